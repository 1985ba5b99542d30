// Asks how a hand-over stands, and draws the page anew when that changed; on both screens. Without this script the
// page stays as it is, and has a link to look again.
const live = document.querySelector("[data-stand-url]");
const PAUSE = 1000; // milliseconds; two people look at the same thing and talk about it

async function look() {
  try {
    const answer = await fetch(live.dataset.standUrl, { headers: { "X-Automatic": "1" }, redirect: "manual" });
    const { stand } = answer.ok ? await answer.json() : { stand: answer.type === "opaqueredirect" ? "gone" : live.dataset.stand };
    if (stand !== live.dataset.stand) {
      location.replace(live.dataset.next);
      return;
    }
  } catch {
    // No connection just now: the next look may succeed.
  }
  setTimeout(look, PAUSE);
}

if (live) setTimeout(look, PAUSE);
