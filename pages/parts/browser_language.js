
"use strict";
// Streamlit's own words are English, and its formats follow the browser. Here both follow the product's language, which
// lives in the address: ?lang=en, French being understood. Defines properties on `navigator` itself, never on a prototype.
(() => {
  const english = () => new URLSearchParams(location.search).get("lang") === "en";
  const locales = () => (english() ? ["en-GB", "en"] : ["fr-FR", "fr"]);
  Object.defineProperty(navigator, "languages", { configurable: true, get: locales });
  Object.defineProperty(navigator, "language", { configurable: true, get: () => locales()[0] });

  // Where the server is: beside the files that this document links to. Without it Streamlit first asks below the page's
  // own address (/annees/_stcore/health), and gets two 404 on every deep link.
  window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: new URL(".", location.href).href };

  // Whole texts, labels, titles and placeholders of Streamlit 1.67 that a reader of these pages can meet.
  const french = new Map(Object.entries({
    "(opens in new tab)": "(nouvel onglet)",
    "Add files": "Ajouter des fichiers",
    "App Logo": "Logo",
    "App pages": "Pages",
    "Autosize": "Ajuster la largeur",
    "Bottom": "Bas de page",
    "Cancel": "Annuler",
    "Choose an option": "Choisir",
    "Choose date": "Choisir une date",
    "Choose date range": "Choisir une période",
    "Choose options": "Choisir",
    "Clear all": "Tout effacer",
    "Clear date": "Effacer la date",
    "Clear dates": "Effacer les dates",
    "Clear entry": "Effacer",
    "Clear selection": "Effacer la sélection",
    "Clear value": "Effacer",
    "Click to retry upload": "Recommencer l’envoi",
    "Close": "Fermer",
    "Close Search": "Fermer la recherche",
    "Close fullscreen": "Quitter le plein écran",
    "Collapse sidebar": "Fermer le volet",
    "Connecting": "Connexion",
    "Connecting to Streamlit server": "Connexion au serveur",
    "Connection error": "Connexion interrompue",
    "Connection timed out.": "Le serveur ne répond pas.",
    "Continue anyway": "Continuer",
    "Copied": "Copié",
    "Copy": "Copier",
    "Copy column name": "Copier le nom de la colonne",
    "Copy to clipboard": "Copier",
    "Custom Theme Auto": "Thème du système",
    "Custom Theme Dark": "Thème sombre",
    "Custom Theme Light": "Thème clair",
    "Dark": "Sombre",
    "Dataframe column menu": "Menu de la colonne",
    "Date range": "Période",
    "Decrement": "Diminuer",
    "Dismiss": "Fermer",
    "Download as CSV": "Télécharger (CSV)",
    "Download failed": "Échec du téléchargement",
    "Drag and drop a file here": "Déposer un fichier ici",
    "Drag and drop files here": "Déposer des fichiers ici",
    "Error": "Erreur",
    "Expand sidebar": "Ouvrir le volet",
    "Failed to load data": "Données non chargées",
    "Format": "Format",
    "Fullscreen": "Plein écran",
    "Header Logo": "Logo",
    "Hide column": "Masquer la colonne",
    "Increment": "Augmenter",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Le serveur est-il arrêté\u202f? Relancez-le dans le terminal\u00a0:",
    "Light": "Clair",
    "Link to heading": "Lien vers ce titre",
    "Loading...": "Chargement…",
    "Main": "Contenu",
    "Main menu": "Menu",
    "Multiselect options": "Choix possibles",
    "Navigate to home page": "Aller à la première page",
    "Network Error": "Le réseau ne répond pas.",
    "Network issue": "Incident de réseau",
    "Next month": "Mois suivant",
    "Next page": "Page suivante",
    "Next Result": "Résultat suivant",
    "No data": "Aucune donnée",
    "No options": "Aucun choix",
    "No options to select": "Aucun choix",
    "No options to select.": "Aucun choix.",
    "No results": "Aucun résultat",
    "Notifications": "Notifications",
    "Open": "Ouvrir",
    "Page not found": "Page introuvable",
    "Pagination": "Pages",
    "Past 2 Years": "Les deux dernières années",
    "Past 3 Months": "Les trois derniers mois",
    "Past 6 Months": "Les six derniers mois",
    "Past Month": "Le dernier mois",
    "Past Week": "La dernière semaine",
    "Past Year": "La dernière année",
    "Pin column": "Figer la colonne",
    "Previous month": "Mois précédent",
    "Previous page": "Page précédente",
    "Previous Result": "Résultat précédent",
    "Print": "Imprimer",
    "Quick select a date range": "Périodes usuelles",
    "Record a screencast": "Filmer l’écran",
    // react-aria's own French for a button that closes.
    "Rejeter": "Fermer",
    "Rerun": "Actualiser",
    "Running...": "Calcul en cours…",
    "Script execution error": "Incident",
    "Scroll tabs left": "Onglets précédents",
    "Scroll tabs right": "Onglets suivants",
    "Scrollable table": "Tableau à faire défiler",
    "Search": "Chercher",
    "Select all": "Tout choisir",
    "Select...": "Choisir",
    "Selectbox": "Liste",
    "Selectbox options": "Choix possibles",
    "Selected values": "Valeurs choisies",
    "Show suggestions": "Montrer les choix",
    "Show/hide columns": "Colonnes affichées",
    "Sidebar": "Volet",
    "Sidebar Logo": "Logo",
    "Skip to main content": "Aller au contenu",
    "Sort ascending": "Tri croissant",
    "Sort descending": "Tri décroissant",
    "Statistics": "Statistiques",
    "Stop": "Arrêter",
    "Stopping...": "Arrêt en cours…",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Le serveur ne répond pas. Vérifiez votre connexion au réseau.",
    "Suggestions": "Choix possibles",
    "System": "Système",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Cette page n’existe pas. Voici la première page.",
    "Theme": "Thème",
    "Try again": "Recommencer",
    "Type to search": "Chercher",
    "Unable to connect to Streamlit server": "Le serveur ne répond pas",
    "Unpin column": "Libérer la colonne",
    "Upload": "Choisir un fichier",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Flèches : se déplacer. Entrée : choisir. Échap : fermer.",
    "Use system setting": "Comme le système",
    "View less": "Voir moins",
    "dd": "jj",
    "file upload": "envoi d’un fichier",
    "yyyy": "aaaa",
  }));
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
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "Pas plus de $1 choix\u00a0: retirez-en un d’abord."],
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
    if (around?.closest(WRITTEN_BY_PAGES) || (around?.closest("[role=option]") && !BULK_CHOICE.test(kept.english))) return;
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
  // Where browsers tell of it, the words turn with the address; elsewhere with the first change of the page that follows.
  window.navigation?.addEventListener("currententrychange", followAddress);
})();
