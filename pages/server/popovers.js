"use strict";
// Streamlit draws what a button opens (the form of filters, a list of files) at the end of the document, and leaves the focus at
// the button: a keyboard would go through the whole page to reach it. Here the focus goes into what opens, comes back to the button
// when it closes, and Tab passes from the button into it and from its end to what follows the button.
(() => {
  const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]';
  const body = () => document.querySelector('[data-testid="stPopoverBody"]');
  const opener = () => document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]');
  let shown = null;
  let from = null;

  const opened = (now) => {
    from = opener();
    now.setAttribute("role", "dialog");
    now.setAttribute("aria-label", (from?.querySelector("p")?.textContent ?? from?.textContent ?? "").trim());
    now.tabIndex = -1;
    if (from !== null && [from, document.body].includes(document.activeElement)) now.focus({ preventScroll: true });
  };
  const closed = () => {
    if ([null, document.body].includes(document.activeElement)) from?.focus({ preventScroll: true });
    from = null;
  };
  new MutationObserver(() => {
    const now = body();
    if (now === shown) return;
    const before = shown;
    shown = now;
    if (now !== null) opened(now);
    else if (before !== null) closed();
  }).observe(document, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => {
    const now = body();
    if (event.key !== "Tab" || now === null || from === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const within = [...now.querySelectorAll(FOCUSABLE)].filter((element) => element.getClientRects().length > 0 && element.tabIndex >= 0);
    const active = document.activeElement;
    if (active === from && !event.shiftKey) {
      event.preventDefault();
      (within[0] ?? now).focus();
    } else if (event.shiftKey && (active === now || active === within[0])) {
      event.preventDefault();
      from.focus();
    } else if (!event.shiftKey && active === within.at(-1)) {
      // The browser goes on from the button to what follows it.
      from.focus();
    }
  }, { capture: true });
})();
