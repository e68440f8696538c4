"use strict";
// A table that is wider than its place says so above itself, on a screen of any width.
// One with time across opens on its newest columns: those are what readers look for. It stops where no
// number is cut: its first column stays in place, and the next one that is seen begins where it ends.
(() => {
  const place = (box) => {
    const table = box.querySelector("table");
    if (table === null) return;
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

  // Once its width is known, and each time it is another: a fold opens, a screen is turned. A folded one has none.
  const sizes = new ResizeObserver((changes) => {
    for (const { target: box } of changes) {
      if (box.clientWidth === 0) continue;
      if (box.classList.contains("cap-newest")) place(box);
      if (box.scrollWidth > box.clientWidth + 1) box.dataset.wide = WIDE_TABLE[document.documentElement.lang] ?? WIDE_TABLE.fr;
      else delete box.dataset.wide;
    }
  });
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const box of document.querySelectorAll(".cap-table:not([data-watched])")) {
        box.dataset.watched = "";
        sizes.observe(box);
      }
    });
  }).observe(document, { childList: true, subtree: true });
})();
