"use strict";
// The search of the frame: its question is followed as a link, without loading the document anew; the key / leads into its field, unless
// the reader has switched it off on the page of help. Streamlit's own single keys do nothing: R runs the page again and C empties caches,
// and nobody who dictates or leans on a key means that. Fields and lists, where letters are typed, keep them all.
(() => {
  const OFF = "capKeysOff";
  const TYPED_IN = 'input, textarea, select, [contenteditable="true"], [role="listbox"], [role="menu"], [role="option"], [role="menuitem"]';
  const field = () => document.querySelector(".cap-search input[type=search]");
  const isOff = () => {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(TYPED_IN)) return;
    if (["r", "c"].includes(event.key.toLowerCase())) event.stopImmediatePropagation();
    if (event.key === "/" && !isOff() && field() !== null) {
      event.preventDefault();
      field().focus();
    }
  }, { capture: true });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form.cap-search");
    if (!form) return;
    event.preventDefault();
    const asked = new URLSearchParams(new FormData(form));
    if (!asked.get("q").trim()) return;
    const link = document.createElement("a");
    link.href = `${form.action}?${asked}`;
    form.append(link);
    link.click();
    link.remove();
  });

  // The switch of the key, on the page of help: a button that is pressed while the key works.
  const show = () => {
    const button = document.querySelector("[data-cap-keys]");
    const pressed = String(!isOff());
    if (button && button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-cap-keys]")) return;
    try {
      localStorage.setItem(OFF, isOff() ? "0" : "1");
    } catch {
      return;
    }
    show();
  });
  new MutationObserver(show).observe(document, { childList: true, subtree: true });
})();
