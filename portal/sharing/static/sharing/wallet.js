// Looks every second and a half where the wallet stands, and loads the page again when that changed.
// Without this script the page refreshes itself.
const waiting = document.querySelector("[data-stand-url]");

async function look() {
  try {
    const answer = await fetch(waiting.dataset.standUrl, { headers: { "X-Automatic": "1" }, redirect: "error" });
    const { stand } = await answer.json();
    if (stand !== waiting.dataset.stand) {
      location.replace(waiting.dataset.next);
      return;
    }
  } catch {
    // The next look may succeed; the page itself offers another way.
  }
  setTimeout(look, 1500);
}

if (waiting) setTimeout(look, 1500);
