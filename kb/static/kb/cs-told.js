/** <cs-told data-address>: asks the server what the customer described here would be told from the form on the page. */

import { fragmentOf } from "../common/js/nodes.js";

class Told extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-ask]").addEventListener("click", () => this.ask());
    this.addEventListener("change", () => this.ask());
  }

  async ask() {
    const asked = new FormData(document.getElementById("article_form"));
    for (const field of this.querySelectorAll("[name]")) asked.append(field.name, field.value);
    try {
      const answer = await fetch(this.dataset.address, { method: "POST", body: asked, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      this.show(await answer.json());
    } catch {
      this.show({ wrong: [this.dataset.failed] });
    }
  }

  show({ which = "", nodes = [], cards = [], wrong = [] }) {
    this.querySelector("[data-which]").textContent = which;
    this.querySelector("[data-said]").replaceChildren(fragmentOf(nodes));
    const lines = [...wrong, ...cards].map((line) => Object.assign(document.createElement("li"), { textContent: line }));
    this.querySelector("[data-cards]").replaceChildren(...lines);
    this.querySelector("[data-cards]").classList.toggle("kb-wrong", wrong.length > 0);
    this.querySelector("[data-answer]").hidden = false;
  }
}

customElements.define("cs-told", Told);
