// Asks every second what arrived, and shows it when that changed.
// Without this script the page refreshes itself.
const announced = document.querySelector("[role=status]");
async function look() {
  try {
    const fresh = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html").querySelector("main");
    const shown = document.querySelector("main");
    if (fresh.innerHTML !== shown.innerHTML) {
      shown.replaceWith(document.adoptNode(fresh));
      announced.textContent = "Er is iets veranderd op deze pagina.";
    }
  } catch {
    // The desk is being started again.
  }
  setTimeout(look, 1000);
}
setTimeout(look, 1000);
