// Loads the page anew when a theme's folder changed, or when the watch was started again.
const changes = new EventSource(document.currentScript.dataset.changes);
let seen;
changes.addEventListener("state", (event) => {
  if (seen !== undefined && seen !== event.data) location.reload();
  seen = event.data;
});
