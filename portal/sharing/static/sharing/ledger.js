// The tree of RFC 9162, checked in the browser: what portal/sharing/ledger/tree.py proves, by other code.
// Pure: takes bytes and numbers, gives bytes and yes or no. The page and the tests both use it.

export const fromHex = (text) => {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new TypeError("not hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
};
export const fromBase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

async function hashed(kind, ...parts) {
  const whole = Uint8Array.from([kind, ...parts.flatMap((part) => [...part])]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}
const node = (left, right) => hashed(1, left, right);

/** The leaf of an act: its salted commitment, hashed as a leaf. */
export async function leafOf(text, salt) {
  const key = await crypto.subtle.importKey("raw", salt, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const commitment = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return hashed(0, new Uint8Array(commitment));
}

/** Walks up from a leaf, or from the edge of an earlier tree; `take` hears each hash beside the way and its side. */
async function walk(place, last, path, take) {
  for (const beside of path) {
    if (last === 0) return false;
    const onTheLeft = place % 2 === 1 || place === last;
    await take(beside, onTheLeft);
    if (onTheLeft) {
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0;
}
const half = (number) => Math.floor(number / 2); // no shifts: those end at 32 bits

/** Whether the path shows this leaf at this place of the tree with this root. */
export async function includes(leaf, place, size, path, root) {
  if (!(place >= 0 && place < size)) return false;
  let found = leaf;
  const atTop = await walk(place, size - 1, path, async (beside, onTheLeft) => {
    found = onTheLeft ? await node(beside, found) : await node(found, beside);
  });
  return atTop && same(found, root);
}

/** Whether the path shows that the later tree begins with the earlier one. */
export async function onlyGrew(earlier, then, later, now, path) {
  if (earlier === later) return path.length === 0 && same(then, now);
  if (!(earlier > 0 && earlier < later) || path.length === 0) return false;
  let place = earlier - 1, last = later - 1;
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  const [start, ...rest] = place === 0 ? [then, ...path] : path;
  let old = start, grown = start;
  const atTop = await walk(place, last, rest, async (beside, onTheLeft) => {
    if (onTheLeft) old = await node(beside, old);
    grown = onTheLeft ? await node(beside, grown) : await node(grown, beside);
  });
  return atTop && same(old, then) && same(grown, now);
}

/** What the municipality signs of a head. */
export function signedText(head) {
  const root = btoa(String.fromCharCode(...fromHex(head.wortel)));
  return new TextEncoder().encode(`${head.logboek}\n${head.grootte}\n${root}\n${head.tijd}\n`);
}

/** Whether the owner of one of these keys signed this head; null where this browser cannot tell. */
export async function isSigned(head, keys) {
  const jwk = keys.find((one) => one.kid === head.sleutel);
  if (!jwk) return false;
  let key;
  try {
    const { kty, crv, x } = jwk;
    key = await crypto.subtle.importKey("jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"]);
  } catch (fault) {
    if (fault.name === "NotSupportedError") return null;
    return false;
  }
  return crypto.subtle.verify({ name: "Ed25519" }, key, fromBase64(head.handtekening), signedText(head));
}
