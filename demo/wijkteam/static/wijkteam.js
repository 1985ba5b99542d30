// Asks every second what was answered, and shows that alone: who is chosen to ask stays chosen.
// Without this script a link looks anew.
const news = document.getElementById("news");
async function look() {
  try {
    const fresh = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html").querySelector("main > ul");
    const shown = document.querySelector("main > ul");
    if (fresh.innerHTML !== shown.innerHTML) {
      shown.replaceWith(document.adoptNode(fresh));
      news.textContent = "Er is iets veranderd bij de vragen.";
    }
  } catch {
    // The team's system is being started again.
  }
  setTimeout(look, 1000);
}
setTimeout(look, 1000);
