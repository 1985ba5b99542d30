// Sends a document in parts, so that a broken connection costs one part and not all of it. The site says how far the
// file came; from there it goes on, also after a reload, when the same file is chosen again. Without this script the
// form sends the file at once.
const form = document.querySelector("form[data-upload]");
const sending = document.querySelector("[data-sending]");
const stopped = document.querySelector("[data-stopped]");
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds before it is tried again
const STEP = 10; // percents that are said aloud

/** What ends the sending: a text of the page, or the site's own words. */
class Stop extends Error {
  constructor(what, words = "") {
    super(what);
    Object.assign(this, { what, words });
  }
}

let going = false, paused = false, wake = () => {};

/** Shows of a part of the page the one text that is true now. */
function say(place, what) {
  for (const text of place.querySelectorAll("[data-says]")) text.hidden = text.dataset.says !== what;
}

function show(place) {
  form.hidden = place === sending;
  sending.hidden = place !== sending;
  stopped.hidden = place !== stopped;
  place.focus();
}

function progress(done, of) {
  const percent = Math.floor((100 * done) / of);
  sending.querySelector("progress").value = percent;
  sending.querySelector("[data-percent]").textContent = percent - (percent % STEP);
}

function buttons() {
  sending.querySelector("[data-when=going]").hidden = paused;
  sending.querySelector("[data-when=paused]").hidden = !paused;
}

/** One answer of the site in JSON; throws Stop for what cannot get better by itself, and else just throws. */
async function ask(url, options = {}) {
  const answer = await fetch(url, {
    credentials: "same-origin",
    redirect: "manual",
    ...options,
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, ...options.headers },
  });
  if (answer.type === "opaqueredirect") throw new Stop("signed-out");
  const told = await answer.json().catch(() => null);
  if (answer.ok || (answer.status === 409 && told)) return told;
  if (answer.status >= 500 && !told) throw new Error(`${answer.status}`);
  throw told?.melding ? new Stop("told", told.melding) : new Stop("trouble");
}

/** Waits, but not longer than until the connection is back or somebody presses the button. */
function rest(seconds) {
  return new Promise((resolve) => {
    wake = resolve;
    setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
  });
}

async function untilOn() {
  while (paused) {
    say(sending, "paused");
    await rest(3600);
  }
}

/** Tries again for as long as only the connection is to blame. */
async function patiently(asking) {
  for (let tries = 0; ; tries += 1) {
    await untilOn();
    try {
      return await asking();
    } catch (fault) {
      if (fault instanceof Stop) throw fault;
      say(sending, "broken");
      await rest(PAUSES[Math.min(tries, PAUSES.length - 1)]);
    }
  }
}

async function sha256(file) {
  const bytes = await file.arrayBuffer().catch(() => { throw new Stop("unreadable"); });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** All of it; gives the address of the receipt. */
async function send(file) {
  say(sending, "reading");
  const about = { naam: file.name, omvang: file.size, sha256: await sha256(file), titel: form.elements.titel.value };
  let told = await patiently(() => ask(form.dataset.upload, { method: "POST", body: new URLSearchParams(about) }));
  const { delen, klaar } = told;
  let unsure = false; // whether a part may have come that we heard nothing of
  while (!told.bewijs && told.ontvangen < file.size) {
    const from = told.ontvangen;
    progress(from, file.size);
    told = await patiently(async () => {
      say(sending, "going");
      if (unsure) {
        const now = await ask(delen);
        unsure = false;
        if (now.bewijs || now.ontvangen !== from) return now;
      }
      unsure = true;
      const part = file.slice(from, from + Number(form.dataset.part));
      const headers = { "Upload-Offset": `${from}`, "Content-Type": "application/octet-stream" };
      const after = await ask(delen, { method: "POST", body: part, headers });
      unsure = false;
      return after;
    });
  }
  progress(1, 1);
  say(sending, "checking");
  if (!told.bewijs) told = await patiently(() => ask(klaar, { method: "POST" }));
  if (!told.bewijs) throw new Stop("trouble");
  return told.bewijs;
}

async function begin(event) {
  const file = form.elements.bestand?.files[0];
  if (!form.elements.bestand) return; // the file is there already: the form sends the rest
  event.preventDefault();
  if (going) return;
  going = true;
  paused = false;
  buttons();
  try {
    if (!file) throw new Stop("no-file");
    if (file.size > Number(form.dataset.largest)) throw new Stop("too-large");
    progress(0, 1);
    show(sending);
    location.assign(await send(file));
  } catch (fault) {
    const { what, words } = fault instanceof Stop ? fault : new Stop("trouble");
    stopped.querySelector("[data-says=told]").textContent = words;
    say(stopped, what);
    show(stopped);
  } finally {
    going = false;
  }
}

function press(event) {
  event.preventDefault();
  paused = event.submitter?.name === "pauzeer";
  buttons();
  sending.querySelector(`[name=${paused ? "verder" : "pauzeer"}]`).focus();
  wake();
}

// Without a way to know the file again (an old browser) the form goes as it is.
if (form && globalThis.crypto?.subtle) {
  form.addEventListener("submit", begin);
  sending.querySelector("form").addEventListener("submit", press);
}
