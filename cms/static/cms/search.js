// Below a search field: the best pages for what was typed so far. Arrow down goes into the list, Escape closes it. Sent in
// the body, never in an address. Without this script the form itself brings a page with all results.
const PAUSE = 200; // ms after the last key

for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const field = form.querySelector("input[type=search]");
  const found = form.querySelector(".mijn-search__found");
  const status = form.querySelector("[role=status]");
  let timer, asked = 0;

  const close = () => {
    found.hidden = true;
    found.replaceChildren();
    status.textContent = "";
  };

  const ask = async () => {
    const turn = (asked += 1);
    try {
      const answer = await fetch(form.dataset.suggestions, { method: "POST", body: new URLSearchParams({ q: field.value }) });
      const text = answer.status === 200 ? await answer.text() : "";
      if (turn !== asked) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      const list = page.querySelector("ul");
      if (!list || !list.children.length) return close();
      found.replaceChildren(list);
      found.hidden = false;
      status.textContent = page.querySelector("p").textContent;
    } catch {
      close();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < 2) {
      asked += 1;
      return close();
    }
    timer = setTimeout(ask, PAUSE);
  });

  form.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && !found.hidden) {
      close();
      field.focus();
      event.preventDefault();
    } else if (event.key === "ArrowDown" && links.length) {
      links[Math.min(at + 1, links.length - 1)].focus();
      event.preventDefault();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (links[at - 1] ?? field).focus();
      event.preventDefault();
    }
  });

  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
}
