
"use strict";
// Streamlit's own words are English, and its formats follow the browser. Here both follow the product's language, which
// lives in the address: ?lang=en, French being understood. Defines properties on `navigator` itself, not on a prototype.
(() => {
  const english = () => new URLSearchParams(location.search).get("lang") === "en";
  const locales = () => (english() ? ["en-GB", "en"] : ["fr-FR", "fr"]);
  Object.defineProperty(navigator, "languages", { configurable: true, get: locales });
  Object.defineProperty(navigator, "language", { configurable: true, get: () => locales()[0] });

  // Where the server is: beside the files that this document links to. Without it Streamlit first asks below the page's
  // own address (/annees/_stcore/health), and gets two 404 on every deep link.
  window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: new URL(".", location.href).href };

  // Whole texts, labels, titles and placeholders of Streamlit's that a reader of these pages can meet, to French.
  const french = new Map(Object.entries(STREAMLIT_WORDS));
  const patterns = [
    [/^Press Enter to (?:apply|submit form)$/, "Entrée pour valider"],
    [/^Press (Ctrl|⌘)\+Enter to (?:apply|submit form)$/, "$1+Entrée pour valider"],
    [/^Choose date(?: range)?, (.+)$/, "Choisir une date, $1"],
    [/^day, (.+?)(?: (?:start|end) date)?$/, "jour, $1"],
    [/^month, (.+?)(?: (?:start|end) date)?$/, "mois, $1"],
    [/^year, (.+?)(?: (?:start|end) date)?$/, "année, $1"],
    [/^(.+) start date$/, "$1, début"],
    [/^(.+) end date$/, "$1, fin"],
    [/^Select (\d+) matches$/, "Choisir les $1 résultats"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
      "Pas plus de $1 choix\u00a0: retirez-en un d’abord."],
    [/^View (\d+) more$/, "Voir les $1 autres"],
    [/^Remove (.+)$/, "Retirer $1"],
    [/^Page (\d+)$/, "Page $1"],
    [/^(.+), selected$/, "$1, choisi"],
    [/^(\d+) options? available\.$/, "Choix possibles\u00a0: $1."],
    [/^(\d+) results?$/, "Résultats\u00a0: $1"],
    [/^You have requested page \/(.+), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/,
      "La page /$1 n’existe pas. Voici la première page."],
    [/^([\d.]+)([KMGT]?)B per file(.*)$/, "$1\u00a0$2o par fichier$3"],
  ];
  const inFrench = (text) => {
    const bare = text.trim();
    if (bare === "") return null;
    const known = french.get(bare);
    if (known !== undefined) return text.replace(bare, () => known);
    const pattern = patterns.find(([shape]) => shape.test(bare));
    return pattern === undefined ? null : text.replace(bare, () => bare.replace(pattern[0], pattern[1]));
  };

  // What pages write is in the reader's language already; names of clients or works must stay as they are.
  const WRITTEN_BY_PAGES = [
    ".stMarkdown, .stHtml, .stText, .stTable, .stHeading, .stCode, [data-tag]",
    "noscript, script, style, textarea",
  ].join();
  // Of the choices of a list only these are Streamlit's.
  const BULK_CHOICE = /^Select (all|\d+ matches)$/;
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const OBSERVED = { childList: true, characterData: true, subtree: true, attributeFilter: ATTRIBUTES };
  // The English of what was translated, by node: { written: French now shown, english: what it was }, for the way back.
  const texts = new WeakMap();
  const attributes = new WeakMap();

  const turned = (kept, now) => {
    const before = kept !== undefined && kept.written === now ? kept.english : now;
    const written = english() ? before : (inFrench(before) ?? before);
    return { english: before, written };
  };
  const turnText = (node) => {
    const now = node.data;
    const kept = turned(texts.get(node), now);
    if (kept.written === now && !texts.has(node)) return;
    const around = node.parentElement;
    if (around?.closest(WRITTEN_BY_PAGES)) return;
    if (around?.closest("[role=option]") && !BULK_CHOICE.test(kept.english)) return;
    texts.set(node, kept);
    if (kept.written !== now) node.data = kept.written;
  };
  const turnAttributes = (element) => {
    if (element.matches("[data-tag], [data-tag] [title]")) return;
    for (const name of ATTRIBUTES) {
      const now = element.getAttribute(name);
      if (now === null) continue;
      const all = attributes.get(element) ?? {};
      const kept = turned(all[name], now);
      if (kept.written === now && all[name] === undefined) continue;
      all[name] = kept;
      attributes.set(element, all);
      if (kept.written !== now) element.setAttribute(name, kept.written);
    }
  };
  const turn = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return turnText(root);
    if (root.nodeType !== Node.ELEMENT_NODE || root instanceof SVGElement) return undefined;
    turnAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof SVGElement ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) turnText(node); else turnAttributes(node);
    }
    return undefined;
  };

  let wasEnglish = english();
  document.documentElement.lang = wasEnglish ? "en" : "fr";
  const followAddress = () => {
    if (english() === wasEnglish) return;
    wasEnglish = !wasEnglish;
    document.documentElement.lang = wasEnglish ? "en" : "fr";
    turn(document.documentElement);
  };
  new MutationObserver((records) => {
    followAddress();
    for (const record of records) {
      if (record.type === "characterData") turnText(record.target);
      else if (record.type === "attributes") turnAttributes(record.target);
      else record.addedNodes.forEach(turn);
    }
  }).observe(document, OBSERVED);
  // Where the browser announces it, the words turn with the address; elsewhere with the first change of the page that follows.
  window.navigation?.addEventListener("currententrychange", followAddress);
})();
