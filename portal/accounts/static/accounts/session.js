// Warns two minutes before the idle end, lets the resident stay, and leaves the page when it is over.
// Asking how long is left does not count as being there.
const dialog = document.getElementById("stay");
const WARN = 120;

async function look() {
  let seconds = WARN + 30;
  try {
    const answer = await fetch(dialog.dataset.stateUrl, { headers: { "X-Automatic": "1" }, redirect: "error" });
    seconds = (await answer.json()).seconds;
  } catch {
    // No connection now; the next look may have one.
  }
  if (seconds <= 0) {
    location.replace(dialog.dataset.outUrl);
    return;
  }
  if (seconds <= WARN && !dialog.open) dialog.showModal();
  if (seconds > WARN && dialog.open) dialog.close();
  setTimeout(look, Math.max(1, Math.min(seconds > WARN ? seconds - WARN : 5, 300)) * 1000);
}

if (dialog) {
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(dialog.dataset.stayUrl, {
      method: "POST",
      body: new FormData(event.target),
      headers: { "X-Automatic": "1" },
    });
    if (answer.ok) dialog.close();
    else location.replace(dialog.dataset.outUrl);
  });
  look();
}
