// At a product: the resident's own case of that kind, for who is signed in. The page itself is the same for everyone and
// is stored; this is asked apart, counts as nothing the resident did, and is gone when the page is left.
async function show(place) {
  place.replaceChildren();
  try {
    const answer = await fetch(place.dataset.ownCase, { headers: { "X-Automatic": "1" }, redirect: "error" });
    if (answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
  } catch {
    // Without it the page is whole all the same.
  }
}

const places = document.querySelectorAll("[data-own-case]");
places.forEach(show);
addEventListener("pagehide", () => places.forEach((place) => place.replaceChildren()));
addEventListener("pageshow", (event) => event.persisted && places.forEach(show));
