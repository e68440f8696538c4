"use strict";
// Links between our pages are ordinary links: they open in a tab, are copied, work by keyboard. An ordinary click on one
// need not load the document anew, which takes two seconds and more where a run takes a fraction of one: Streamlit runs the
// page of the address when the reader goes Back or Forward, and so it does after such a click.
(() => {
  const app = () => document.querySelector('[data-testid="stApp"]');
  const main = () => document.querySelector('[data-testid="stMain"]');

  // Once the run that an address asks for has ended. Each run draws the line above the page anew, under a number of its own.
  // Streamlit’s sign of a run is sure about its end only: a short run is over before the page shows that it began. Five seconds
  // are time enough to begin, on a busy server too.
  const afterRun = (action) => {
    const run = () => document.querySelector(".cap-frame")?.dataset.run;
    const before = run();
    const since = performance.now();
    const look = () => {
      const rests = app()?.dataset.testScriptState === "notRunning";
      if (rests && (run() !== before || performance.now() - since > 5000)) action();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  // Closing the form of filters is a run of the page that it stands on. It would come after the run of a link clicked meanwhile,
  // and take the reader back: the form is closed first, then the link is followed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const form = document.querySelector('.st-key-cap_form button[aria-expanded="true"]') && document.querySelector('[data-testid="stPopoverBody"]');
    if (!link || !form || form.contains(link) || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", keyCode: 27, bubbles: true }));
    afterRun(() => link.click());
  }, { capture: true });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.(".stHtml a[href]");
    if (!link || link.origin !== location.origin || !["", "_self"].includes(link.target) || link.hash || link.hasAttribute("download")) return;
    if (app()?.dataset.testConnectionState !== "CONNECTED") return;
    event.preventDefault();
    if (link.href === location.href) return;
    // Where the reader was, for the way back.
    history.replaceState({ ...history.state, capScroll: main()?.scrollTop ?? 0 }, "");
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const { place, stay } = link.dataset;
    afterRun(() => {
      // The header of a column: the reader stays there, the table around it is in another order.
      if (stay !== undefined) {
        document.getElementById(stay)?.focus({ preventScroll: true });
        return;
      }
      // As after a load, reading starts at the title; or at the place that the link names, a list's next page.
      const start = document.querySelector(place ?? "h1");
      if (place === undefined) main()?.scrollTo(0, 0);
      else start?.scrollIntoView();
      if (start !== null) {
        start.tabIndex = -1;
        start.focus({ preventScroll: true });
      }
    });
  });

  // The menu's link to the page on screen keeps the address as it is; from one lot it is to lead to the list, as the page's own
  // way back does.
  document.addEventListener("click", (event) => {
    const entry = event.target.closest?.('a:is([data-testid$="NavLink"], [data-testid="stTopNavDropdownLink"])[aria-current="page"]');
    const back = document.querySelector(".stHtml a[data-way-back]");
    if (!entry || !back || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    back.click();
  }, { capture: true });

  // On a phone the menu lies over the page: it makes room for the page that it led to.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('a[data-testid="stSidebarNavLink"]') && !event.metaKey && !event.ctrlKey)
      document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  });

  addEventListener("popstate", (event) => {
    const scroll = event.state?.capScroll;
    if (scroll !== undefined) afterRun(() => main()?.scrollTo(0, scroll));
  });
})();
