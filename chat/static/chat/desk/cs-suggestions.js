/**
 * <cs-suggestions>: answers from the knowledge base. Events: "insert" (detail: the answer), "thumb" (detail: seq of
 * the question, article, up).
 */

import { stamp } from "../../common/js/stamp.js";
import { say } from "../../common/js/words.js";
import { showVerdict, thumbs, verdictOf } from "../js/thumbs.js";

class Suggestions extends HTMLElement {
  #answers = [];
  #articles = [];
  #seq = null;

  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-at]");
      if (button) this.insert(Number(button.dataset.at));
      const thumb = event.target.closest("[data-thumb]");
      if (thumb) this.#judge(Number(thumb.closest("li").dataset.place), verdictOf(thumb));
    });
  }

  show(suggestion) {
    const items = suggestion?.items ?? [];
    this.#answers = items.map(({ answer }) => answer);
    this.#articles = items.map(({ article }) => article);
    this.#seq = suggestion?.seq ?? null;
    this.querySelector("ol").replaceChildren(...items.map((item, at) => card(item, at, this.#seq !== null)));
    this.hidden = items.length === 0;
  }

  #judge(place, up) {
    this.dispatchEvent(new CustomEvent("thumb", { detail: { seq: this.#seq, article: this.#articles[place], up } }));
  }

  /** Hands out the answer that stands at this place, if there is one. */
  insert(at) {
    if (this.#answers[at]) this.dispatchEvent(new CustomEvent("insert", { detail: this.#answers[at] }));
  }
}

/** `judged`: whether it was suggested for a question that can be judged. */
function card({ question, answer, version, confidence, up }, at, judged) {
  const sure = say("confidence", { percent: Math.round(confidence * 100) });
  const item = stamp("suggestion", { key: at + 1, question, answer, sure, version: say("version", { n: version }) });
  item.querySelector("button").dataset.at = at;
  item.dataset.place = at;
  if (judged) {
    item.append(thumbs());
    showVerdict(item, up);
  }
  return item;
}

customElements.define("cs-suggestions", Suggestions);
