/** <cs-suggestions>: answers from the knowledge base. Event: "insert" (detail: the answer). */

import { stamp } from "../../common/js/stamp.js";
import { say } from "../../common/js/words.js";

class Suggestions extends HTMLElement {
  #answers = [];

  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-at]");
      if (button) this.insert(Number(button.dataset.at));
    });
  }

  show(suggestion) {
    const items = suggestion?.items ?? [];
    this.#answers = items.map(({ answer }) => answer);
    this.querySelector("ol").replaceChildren(...items.map(card));
    this.hidden = items.length === 0;
  }

  /** Hands out the answer that stands at this place, if there is one. */
  insert(at) {
    if (this.#answers[at]) this.dispatchEvent(new CustomEvent("insert", { detail: this.#answers[at] }));
  }
}

function card({ question, answer, version, confidence }, at) {
  const sure = say("confidence", { percent: Math.round(confidence * 100) });
  const item = stamp("suggestion", { key: at + 1, question, answer, sure, version: say("version", { n: version }) });
  item.querySelector("button").dataset.at = at;
  return item;
}

customElements.define("cs-suggestions", Suggestions);
