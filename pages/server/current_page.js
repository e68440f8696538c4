"use strict";
// What Streamlit does not say of the page on screen: the group of the menu that it stands in, its description in the head of the
// document, and, to those who listen, the new answer after a filter or a choice.
(() => {
  const frame = () => document.querySelector(".cap-frame");
  const spoken = document.createElement("div");
  spoken.setAttribute("role", "status");
  spoken.className = "cap-spoken";
  let run = "";
  let path = "";
  let answer = "";

  const mark = (group) => {
    for (const button of document.querySelectorAll('[data-testid="stTopNavSection"]')) {
      const current = group !== "" && button.textContent.startsWith(group);
      if (current !== button.hasAttribute("aria-current")) button.toggleAttribute("aria-current", current);
      if (current) button.setAttribute("aria-current", "true");
    }
  };

  // On a phone Streamlit's menu has groups between its list and their entries: each group is an entry of the list, for those who listen.
  const mend = () => {
    // What receives files can be reached by keyboard: it is no decoration.
    for (const zone of document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]')) zone.removeAttribute("role");
    for (const group of document.querySelectorAll('[data-testid="stSidebarNavItems"] > div:not([role])')) {
      group.setAttribute("role", "listitem");
      for (const entry of group.querySelectorAll(":scope > li")) entry.setAttribute("role", "none");
    }
  };

  // An answer is spoken when the page stays and its answer is another: on another page, reading starts at the title.
  const speak = () => {
    const now = document.querySelector(".cap-answer")?.textContent ?? "";
    if (location.pathname === path && answer !== "" && now !== "" && now !== answer) spoken.textContent = now;
    path = location.pathname;
    answer = now;
  };

  let waiting = false;
  const look = () => {
    waiting = false;
    const line = frame();
    if (line === null) return;
    if (!spoken.isConnected) document.body.append(spoken);
    mark(line.dataset.group ?? "");
    mend();
    if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning" || line.dataset.run === run) return;
    run = line.dataset.run;
    document.querySelector('meta[name="description"]')?.setAttribute("content", line.dataset.about ?? "");
    speak();
  };
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(look);
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["data-test-script-state"] });
})();
