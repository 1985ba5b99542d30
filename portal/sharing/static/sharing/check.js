// "Controleer zelf": the resident's own browser checks each step, and the page says only what came out of it.
// The own record comes with the session; head, proofs and keys are asked as anybody asks them, without it, so that
// nobody can be told by the site to be shown another log than everyone.
import { fromHex, includes, isSigned, leafOf, onlyGrew, same } from "./ledger.js";

const page = document.querySelector("[data-proof-url]");
const { proofUrl, headUrl, growthUrl, keysUrl } = page?.dataset ?? {};
const inclusionUrl = page?.dataset.inclusionUrl.replace(/x$/, "");
const STEPS = ["leaf", "head", "inside", "grown"];

/** Shows of a step or of the whole the one text that is true now. */
function say(place, outcome) {
  for (const text of document.querySelectorAll(`[data-place="${place}"] [data-says]`)) {
    text.hidden = text.dataset.says !== outcome;
  }
}

async function asked(url, options = { credentials: "omit" }) {
  const answer = await fetch(url, { redirect: "error", cache: "no-cache", ...options });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const path = (proof) => proof.pad.map(fromHex);
const worst = (outcomes) => ["bad", "unknown", "good"].find((one) => outcomes.includes(one)) ?? "unknown";
const inWords = (proven) => (proven === null ? "unknown" : proven ? "good" : "bad");

/** Everything that this act claims, each by a step of its own; a step that goes wrong proves nothing. */
async function outcomesOf(act, head, keys) {
  const leaf = await leafOf(act.tekst, fromHex(act.zout));
  const root = fromHex(head.wortel);
  const printed = act.kopOpBewijs;
  const steps = {
    leaf: async () => same(leaf, fromHex(act.blad)),
    head: async () => isSigned(head, keys),
    inside: async () => {
      const proof = await asked(`${inclusionUrl}${act.blad}?grootte=${head.grootte}`);
      return includes(leaf, proof.plaats, head.grootte, path(proof), root);
    },
    grown: async () => {
      if (!printed || printed.logboek !== head.logboek) return false;
      if (printed.grootte > head.grootte) return false;
      const signed = await isSigned(printed, keys);
      const proof = await asked(`${growthUrl}?van=${printed.grootte}&tot=${head.grootte}`);
      const grew = await onlyGrew(printed.grootte, fromHex(printed.wortel), head.grootte, root, path(proof));
      return grew && signed;
    },
  };
  const outcomes = {};
  for (const step of STEPS) {
    outcomes[step] = await steps[step]().then(inWords, () => "bad");
  }
  return outcomes;
}

async function check() {
  for (const place of [...STEPS, "whole"]) say(place, "busy");
  if (!globalThis.crypto?.subtle) return say("whole", "impossible");
  try {
    const [own, head, { keys }] = await Promise.all([
      asked(proofUrl, { credentials: "same-origin", headers: { "X-Automatic": "1" } }),
      asked(headUrl),
      asked(keysUrl),
    ]);
    if (own.handelingen.length === 0) return say("whole", "nothing");
    if (own.handelingen.some((act) => act.plaats >= head.grootte)) return say("whole", "soon");
    const all = [];
    for (const act of own.handelingen) all.push(await outcomesOf(act, head, keys));
    const found = STEPS.map((step) => worst(all.map((one) => one[step])));
    STEPS.forEach((step, at) => say(step, found[at]));
    say("whole", worst(found));
  } catch {
    for (const step of STEPS) say(step, "unknown");
    say("whole", "unreachable");
  }
}

if (page) {
  page.hidden = false;
  check();
}
