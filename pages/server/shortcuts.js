"use strict";
// Streamlit runs the page again at the key R, and empties its caches at C, wherever the focus is: nobody who dictates or leans on a
// key means that. Fields and lists, where letters are typed, keep them.
(() => {
  const TYPED_IN = 'input, textarea, select, [contenteditable="true"], [role="listbox"], [role="menu"], [role="option"], [role="menuitem"]';
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(TYPED_IN)) return;
    if (["r", "c"].includes(event.key.toLowerCase())) event.stopImmediatePropagation();
  }, { capture: true });
})();
