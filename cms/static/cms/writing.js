// Help while writing: facts picked from a list, in running text and in plain fields, and what to look at again.

(() => {
  if (window.cmsWriting) return;
  window.cmsWriting = true;

  const FACTS = "/admin/schrijven/gegevens/";
  const PLAIN = ["intro", "costs", "term", "promise", "legal_term"].map((name) => `[name=${name}]`).join();
  const PAUSE = 1200; // milliseconds without a key before the text is looked at

  let known;
  const facts = () => {
    known ||= fetch(FACTS).then((answer) => answer.json()).then((answer) => answer.facts);
    return known;
  };

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  // Asks which fact; answers with it, or with nothing when the window is closed.
  const pick = async () => {
    const list = await facts();
    return new Promise((answer) => {
      const dialog = element("dialog", "", { class: "cms-facts", "aria-label": "Kies een gegeven" });
      dialog.append(element("h2", "Kies een gegeven"));
      const listed = element("ul", "");
      list.forEach((fact) => {
        const button = element("button", fact.label, { type: "button", class: "button button-secondary" });
        button.addEventListener("click", () => dialog.close(fact.name));
        const item = element("li", "");
        item.append(button, element("span", fact.value ? ` ${fact.value}` : ""));
        listed.append(item);
      });
      const away = element("button", "Sluit", { type: "button", class: "button" });
      away.addEventListener("click", () => dialog.close(""));
      dialog.append(listed, away);
      dialog.addEventListener("close", () => {
        dialog.remove();
        answer(list.find((fact) => fact.name === dialog.returnValue));
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  };

  // In running text a fact is one piece that shows its name.
  const inRunningText = () => {
    const { React, DraftJS, draftail } = window;
    class FactSource extends React.Component {
      async componentDidMount() {
        const { editorState, onComplete } = this.props;
        const fact = await pick();
        if (!fact) {
          onComplete(editorState);
          return;
        }
        const content = editorState.getCurrentContent().createEntity("FACT", "IMMUTABLE", { name: fact.name });
        const key = content.getLastCreatedEntityKey();
        const written = DraftJS.Modifier.replaceText(content, editorState.getSelection(), fact.label, null, key);
        onComplete(DraftJS.EditorState.push(editorState, written, "insert-characters"));
      }

      render() {
        return null;
      }
    }
    const Fact = (props) => React.createElement("span", { className: "cms-fact" }, props.children);
    draftail.registerPlugin({ type: "FACT", source: FactSource, decorator: Fact }, "entityTypes");
  };
  if (window.draftail && window.React && window.DraftJS) inRunningText();

  // In a plain field it is written as its slot, at the cursor.
  const inPlainField = (field) => {
    const button = element("button", "Gegeven invoegen", { type: "button", class: "button button-small button-secondary" });
    button.addEventListener("click", async () => {
      const fact = await pick();
      if (!fact) return;
      field.setRangeText(`[[${fact.name}]]`, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    field.after(button);
  };

  // What to look at again, asked after each pause.
  const looksAt = (panel) => {
    const form = panel.closest("form");
    let waiting;
    let asked = 0;
    const look = async () => {
      asked += 1;
      const mine = asked;
      try {
        const answer = await fetch(panel.dataset.cmsCheck, { method: "POST", body: new FormData(form) });
        const text = await answer.text();
        if (answer.ok && mine === asked) panel.innerHTML = text;
      } catch {
        // Without an answer nothing is said: it is help, and nothing depends on it.
      }
    };
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, PAUSE);
    };
    ["input", "change", "keyup", "drop"].forEach((name) => form.addEventListener(name, later));
    later();
  };

  const start = () => {
    document.querySelectorAll(PLAIN).forEach(inPlainField);
    document.querySelectorAll("[data-cms-check]:not([data-cms-check=''])").forEach(looksAt);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
