"use strict";
// A table with time across that is wider than the screen opens on its newest columns: those are what readers look for. It stops where no
// number is cut: its first column stays in place, and the next one that is seen begins where it ends.
(() => {
  const place = (box) => {
    const table = box.querySelector("table");
    if (table === null || box.clientWidth === 0) return; // folded: once it is open
    table.style.marginRight = "0";
    const columns = [...table.querySelectorAll("thead tr:last-child > *")];
    const first = columns.shift().offsetWidth;
    const most = box.scrollWidth - box.clientWidth;
    const start = columns.map((column) => column.offsetLeft - first).find((left) => left >= most);
    box.style.scrollPaddingLeft = `${first}px`;
    if (most <= 0 || start === undefined) return;
    table.style.marginRight = `${start - most}px`;
    box.scrollLeft = start;
  };

  // Once its width is known, and each time it is another: a fold opens, a font arrives, a screen is turned.
  const sizes = new ResizeObserver((changes) => {
    for (const change of changes) place(change.target);
  });
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const box of document.querySelectorAll(".cap-newest:not([data-watched])")) {
        box.dataset.watched = "";
        sizes.observe(box);
      }
    });
  }).observe(document, { childList: true, subtree: true });
})();
