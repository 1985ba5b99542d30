// What Wagtail does inline, done within the policy. Loaded in the head, before any script of Wagtail's.

// Its text editor puts a style sheet with a random key into the page. A made style element becomes an element that hands
// its text to an adopted sheet: the browser takes that from a script it already trusts.
(() => {
  class AdoptedStyle extends HTMLElement {
    sheet = new CSSStyleSheet();

    connectedCallback() {
      this.hidden = true;
      this.read();
      this.watch = new MutationObserver(() => this.read());
      this.watch.observe(this, { childList: true, characterData: true, subtree: true });
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
    }

    disconnectedCallback() {
      this.watch.disconnect();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    }

    read() {
      this.sheet.replaceSync(this.textContent);
    }
  }

  customElements.define("adopted-style", AdoptedStyle);
  const make = document.createElement.bind(document);
  document.createElement = (name, ...rest) => make(name === "style" ? "adopted-style" : name, ...rest);
})();

// Choosers, dates and panels, named in data attributes.
(() => {
  const CALLED = ["initDateChooser", "initTimeChooser", "initDateTimeChooser"];
  const MADE = [
    "InlinePanel", "MultipleChooserPanel", "PageChooser", "ImageChooser", "DocumentChooser", "SnippetChooser", "Chooser",
    "TaskChooser",
  ];

  const start = (element) => {
    const name = element.dataset.cmsStart;
    const given = JSON.parse(element.dataset.cmsArguments);
    element.removeAttribute("data-cms-start");
    if (CALLED.includes(name)) window[name](...given);
    else if (MADE.includes(name)) new window[name](...given);
  };

  const startAll = (within) => {
    if (within.matches && within.matches("[data-cms-start]")) start(within);
    within.querySelectorAll("[data-cms-start]").forEach(start);
  };

  document.addEventListener("DOMContentLoaded", () => {
    startAll(document);
    new MutationObserver((changes) => {
      changes.forEach((change) => change.addedNodes.forEach((node) => {
        if (node.nodeType === Node.ELEMENT_NODE) startAll(node);
      }));
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
