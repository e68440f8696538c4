"use strict";
// The commune or client that the reader keeps in this browser, and nowhere else: it is sent to nobody, and the address stays the truth.
// The bare address of the first page, typed or bookmarked, opens what is kept; an address that asks for anything is left as it is.
(() => {
  const KEPT = "capKeptView";
  const KEYS = ["communes", "clients"];
  const read = () => {
    try {
      const { query, name } = JSON.parse(localStorage.getItem(KEPT)) ?? {};
      const [[key, value]] = [...new URLSearchParams(query)];
      return KEYS.includes(key) && value && name ? { query: new URLSearchParams([[key, value]]).toString(), name: String(name) } : null;
    } catch {
      return null;
    }
  };
  const write = (kept) => {
    try {
      if (kept === null) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, JSON.stringify(kept));
    } catch { /* A browser that keeps nothing keeps nothing. */ }
  };
  const withKept = (kept) => {
    const lang = new URLSearchParams(location.search).get("lang");
    return `?${kept.query}${lang ? `&lang=${encodeURIComponent(lang)}` : ""}`;
  };

  const isBare = location.href.split(/[?#]/, 1)[0] === new URL(".", location.href).href
    && [...new URLSearchParams(location.search).keys()].every((key) => key === "lang");
  const isOpened = performance.getEntriesByType("navigation")[0]?.type === "navigate" && !document.referrer.startsWith(location.origin);
  const atStart = read();
  if (isBare && isOpened && atStart !== null) history.replaceState(history.state, "", withKept(atStart));

  // The line above the page says what is looked at and what is kept; the server wrote each of its sentences, one is shown.
  const show = () => {
    const line = document.querySelector(".cap-kept");
    if (line === null) return;
    const kept = read();
    const here = line.dataset.query;
    const state = here ? (kept?.query === here ? "kept" : "new") : kept === null ? "" : "elsewhere";
    for (const part of line.children) if (part.hidden !== (part.dataset.when !== state)) part.hidden = !part.hidden;
    if (line.hidden !== (state === "")) line.hidden = !line.hidden;
    const link = line.querySelector("a");
    if (state !== "elsewhere" || link === null) return;
    if (link.textContent !== kept.name) link.textContent = kept.name;
    if (link.getAttribute("href") !== withKept(kept)) link.setAttribute("href", withKept(kept));
  };
  document.addEventListener("click", (event) => {
    const line = event.target.closest?.("button[data-cap-keep]")?.closest(".cap-kept");
    if (!line) return;
    const { query, name } = line.dataset;
    write(event.target.closest("button").dataset.capKeep === "keep" ? { query, name } : null);
    show();
    line.querySelector("span:not([hidden]) button")?.focus();
  });
  new MutationObserver(show).observe(document, { childList: true, subtree: true });
})();
