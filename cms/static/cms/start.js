// Starts what Wagtail would start by inline scripts: choosers, dates and panels, named in data attributes.
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

  const watch = () => {
    startAll(document);
    new MutationObserver((changes) => {
      changes.forEach((change) => change.addedNodes.forEach((node) => {
        if (node.nodeType === Node.ELEMENT_NODE) startAll(node);
      }));
    }).observe(document.body, { childList: true, subtree: true });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
