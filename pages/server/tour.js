"use strict";
// The tour of the first visit: shown once in this browser, closed by its button or Escape, opened again from the page of help.
(() => {
  const SEEN = "capTourSeen";
  const tour = () => document.querySelector(".cap-tour");
  const isSeen = () => {
    try {
      return localStorage.getItem(SEEN) === "1";
    } catch {
      return true;
    }
  };
  let isAskedFor = false;
  let opener = null;
  const show = () => {
    const shown = tour();
    if (shown === null) return;
    const hidden = !(isAskedFor || ("first" in shown.dataset && !isSeen()));
    if (shown.hidden !== hidden) shown.hidden = hidden;
  };
  const close = () => {
    isAskedFor = false;
    try {
      localStorage.setItem(SEEN, "1");
    } catch { /* It is shown again on the next visit. */ }
    show();
    opener?.focus();
    opener = null;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-cap-tour-close]")) close();
    const button = event.target.closest?.("[data-cap-tour-open]");
    if (!button) return;
    isAskedFor = true;
    opener = button;
    show();
    tour()?.querySelector("button")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && tour()?.contains(document.activeElement)) close();
  });
  new MutationObserver(show).observe(document, { childList: true, subtree: true });
})();
