"use strict";
// The tooltip of a chart (RGAA 10.13): it closes with Escape without moving the mouse, and stays while the mouse is on it. Plotly takes one
// away as soon as the mouse leaves its bar or point.
(() => {
  const DRAWING = ".js-plotly-plot .nsewdrag";
  const TOOLTIP = ".js-plotly-plot .hoverlayer .hovertext";
  const leave = (drawing) => drawing.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const drawing of document.querySelectorAll(DRAWING)) leave(drawing);
  });

  // Only after a rest: a mouse that follows a curve goes through the tooltips on its way, each of which is another element.
  const REST = 400; // milliseconds
  const stay = (tooltip) => { tooltip.dataset.stays = ""; };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node instanceof SVGElement && node.matches(TOOLTIP)) setTimeout(stay, REST, node);
  }).observe(document, { childList: true, subtree: true });

  // Between a bar and its tooltip there are some pixels, which are the tooltip's too.
  const GAP = 10;
  const isOn = (event, tooltip) => {
    const { left, right, top, bottom } = tooltip.getBoundingClientRect();
    return event.clientX >= left - GAP && event.clientX <= right + GAP && event.clientY >= top - GAP && event.clientY <= bottom + GAP;
  };
  const moved = (event) => {
    if (!event.isTrusted) return;
    for (const tooltip of document.querySelectorAll(`${TOOLTIP}[data-stays]`)) {
      const drawing = tooltip.closest(".js-plotly-plot").querySelector(".nsewdrag");
      // On the tooltip, Plotly does not hear of it; off it and off the drawing, it would never hear.
      if (isOn(event, tooltip)) event.stopPropagation();
      else if (event.target !== drawing) leave(drawing);
    }
  };
  for (const kind of ["mousemove", "mouseout"]) document.addEventListener(kind, moved, true);
})();
