// Says to who listens that a part of the page came, where it was waited for so long that they may have heard it was.
// Without this script it is found by reading on.
const NOTICED = 1000, TOGETHER = 500; // milliseconds: since the page was asked for; in which parts are said at once
const said = document.querySelector("[data-came]");
let came = [];

function say() {
  said.textContent = came
    .map(({ what, part }) => {
      const whole = !part.querySelector("[data-again], .mijn-broken");
      return (whole ? said.dataset.came : said.dataset.broken).replace("{what}", () => what);
    })
    .join(" ");
  came = [];
}

function note({ target: slot }) {
  const what = slot.querySelector("h2")?.textContent.trim(); // of what was shown until now
  const [part] = slot.assignedElements();
  if (!what || !part || performance.now() < NOTICED) return;
  if (!came.length) setTimeout(say, TOGETHER); // by then all of it was read
  came.push({ what, part });
}

for (const slot of said?.parentElement.shadowRoot?.querySelectorAll("slot[name]") ?? [])
  slot.addEventListener("slotchange", note);
