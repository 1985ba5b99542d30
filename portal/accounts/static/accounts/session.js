// Warns two minutes before the session ends, lets the resident stay, and leaves the page when it is over.
// Asking how long is left does not count as being there.
const dialog = document.getElementById("stay");
const addresses = document.getElementById("stay-addresses")?.dataset;
const WARN = 120; // seconds
let next;
let warned = false; // of the end that is near now; who put the warning away is not asked again for it

async function look() {
  clearTimeout(next);
  let left = { seconds: WARN + 30, can_stay: true };
  try {
    const answer = await fetch(addresses.stateUrl, { headers: { "X-Automatic": "1" }, redirect: "error" });
    left = await answer.json();
  } catch {
    // No connection now; the next look may have one.
  }
  if (left.seconds <= 0) {
    location.replace(addresses.outUrl);
    return;
  }
  show(left);
  const wait = left.seconds > WARN ? Math.min(left.seconds - WARN, 300) : 5;
  next = setTimeout(look, wait * 1000);
}

function show({ seconds, can_stay: canStay }) {
  dialog.querySelector("[data-can-stay]").hidden = !canStay;
  dialog.querySelector("[data-must-go]").hidden = canStay;
  if (seconds > WARN) {
    dialog.close();
  } else if (!warned) {
    dialog.showModal();
  }
  warned = seconds <= WARN;
}

if (dialog) {
  dialog.querySelector("form[data-stay]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(event.target.action, {
      method: "POST",
      body: new FormData(event.target),
      headers: { "X-Automatic": "1" },
    });
    if (answer.ok) look();
    else location.replace(addresses.outUrl);
  });
  document.addEventListener("visibilitychange", () => document.hidden || look());
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  look();
}
