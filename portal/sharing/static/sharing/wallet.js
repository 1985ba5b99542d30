// Asks where the wallet stands, says so in the status line, and moves on by itself. Often at first, since most
// people have their phone in hand; then less. Without this script the page refreshes itself.
const waiting = document.querySelector("[data-stand-url]");
const FIRST = 200, SLOWEST = 2000, SLOWER = 1.15; // milliseconds, and by how much each pause grows

async function look(pause) {
  try {
    const answer = await fetch(waiting.dataset.standUrl, { headers: { "X-Automatic": "1" }, redirect: "manual" });
    const { stand, words } = answer.ok ? await answer.json() : {};
    if (stand !== waiting.dataset.stand) {
      if (words) waiting.textContent = words;
      location.replace(waiting.dataset.next);
      return;
    }
  } catch {
    // No connection just now: the next look may succeed, and the page itself offers another way.
  }
  setTimeout(look, pause, Math.min(pause * SLOWER, SLOWEST));
}

if (waiting) {
  document.querySelector("input[name=code]")?.focus();
  setTimeout(look, FIRST, FIRST);
}
