// Asks again for what a register did not tell, and puts it in its place when it comes. Asking does not count as being
// there. Without this script there is a link to try again.
const FIRST = 15, SLOWER = 1.6, TRIES = 8; // seconds before the first time, how much each pause grows, how often at most
const TOGETHER = 500; // milliseconds

function nameOf(mark) {
  const part = mark.closest("[slot]") ?? mark.closest("section[id]");
  if (!part) return "main";
  return part.slot ? `[slot="${part.slot}"]` : `section[id="${part.id}"]`;
}

// Marks of the parts of a page are not those of the page itself.
function isWhole(found, name) {
  return ![...found.querySelectorAll("[data-again]")].some((mark) => nameOf(mark) === name);
}

// To who listens: what came would otherwise be found only by reading the page again. What never was away says in
// its own words (data-arrived) what is new. Parts that come together are said together, and the same again is news.
const said = document.querySelector("[data-came-back]");
let words = [];

function say(place, arrived) {
  const what = place.querySelector("h1, h2")?.textContent.trim();
  if (!said || !what) return;
  if (!words.length) {
    said.textContent = "";
    setTimeout(() => {
      said.textContent = words.join(" ");
      words = [];
    }, TOGETHER);
  }
  words.push(arrived ?? said.dataset.cameBack.replace("{what}", () => what));
}

async function ask(mark, pause, left) {
  const name = nameOf(mark);
  const place = document.querySelector(name);
  if (!mark.isConnected || !left) return;
  // Not under somebody's hands, and not for a page that nobody looks at.
  if (!document.hidden && !place.contains(document.activeElement)) {
    try {
      const answer = await fetch(mark.dataset.again, { headers: { "X-Automatic": "1" }, redirect: "error" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector(name);
      if (answer.ok && found && isWhole(found, name) && mark.isConnected) {
        place.replaceChildren(...found.childNodes);
        say(place, mark.dataset.arrived);
        begin(place.querySelectorAll("[data-again]"));
        return;
      }
    } catch {
      // No connection, or the session is over; accounts/session.js leaves the page then.
    }
    left -= 1;
  }
  setTimeout(ask, pause * 1000, mark, Math.min(pause * SLOWER, 300), left);
}

function begin(marks) {
  const places = new Set();
  for (const mark of marks) {
    if (places.has(nameOf(mark))) continue;
    places.add(nameOf(mark));
    setTimeout(ask, FIRST * 1000, mark, FIRST * SLOWER, TRIES);
  }
}

begin(document.querySelectorAll("[data-again]"));
