// Browsers keep no page of Mijn, so one that came of a POST cannot be gone back to: there stands an error of the
// browser's own. Left behind in the history, it is the page of that address, which is asked for anew.
addEventListener("pagehide", () => history.replaceState(history.state, "", location.href));
