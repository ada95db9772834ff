/**
 * <cs-article-search>: searches the knowledge base while one types. Attribute: data-path, with CONVERSATION in place of
 * the conversation's id. Event: "insert" (detail: the answer).
 */

import { stamp } from "../../common/js/stamp.js";

const PATIENCE = 200;

class ArticleSearch extends HTMLElement {
  #conversation = null;
  #timer = 0;
  #asked = null;

  connectedCallback() {
    this.#field.addEventListener("input", () => this.#soon());
    this.#field.addEventListener("keydown", (event) => event.key === "Escape" && this.#field.blur());
    this.querySelector("form").addEventListener("submit", (event) => (event.preventDefault(), this.#search()));
    this.querySelector("[data-act=meant]").addEventListener("click", ({ target }) => {
      this.#field.value = target.textContent;
      this.#search();
    });
  }

  /** What is found belongs to one conversation: another one begins with an empty field. */
  about(conversation) {
    if (conversation === this.#conversation) return;
    this.#conversation = conversation;
    this.#field.value = "";
    this.#show({ found: [], did_you_mean: "" });
  }

  focus() {
    this.#field.focus();
    this.#field.select();
  }

  get #field() {
    return this.querySelector("input");
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), PATIENCE);
  }

  async #search() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    const text = this.#field.value.trim();
    if (!text || !this.#conversation) return this.#show({ found: [], did_you_mean: "" });
    this.#asked = new AbortController();
    const path = this.dataset.path.replace("CONVERSATION", this.#conversation);
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(`${path}?q=${encodeURIComponent(text)}`, { headers, signal: this.#asked.signal });
      this.#show(answer.ok ? await answer.json() : null);
    } catch (error) {
      if (error.name !== "AbortError") this.#show(null);
    }
    return undefined;
  }

  /** `null`: the server did not answer. */
  #show(results) {
    const { found, did_you_mean: meant } = results ?? { found: [], did_you_mean: "" };
    this.querySelector("ol").replaceChildren(...found.map((one) => this.#row(one)));
    this.querySelector("[data-act=meant]").textContent = meant;
    this.querySelector("[data-meant]").hidden = !meant;
    this.querySelector("[data-none]").hidden = results === null || found.length > 0 || !this.#field.value.trim();
    this.querySelector("[data-failed]").hidden = results !== null;
  }

  #row({ question, snippet, answer }) {
    const row = stamp("found", { question: marked(question), snippet: marked(snippet) });
    row.querySelector("button").addEventListener("click", () =>
      this.dispatchEvent(new CustomEvent("insert", { detail: answer })),
    );
    return row;
  }
}

/** Pieces of text, those that were asked for marked. */
function marked(pieces) {
  const whole = document.createElement("span");
  for (const [text, isMarked] of pieces) {
    const piece = isMarked ? document.createElement("mark") : document.createTextNode("");
    piece.textContent = text;
    whole.append(piece);
  }
  return whole;
}

customElements.define("cs-article-search", ArticleSearch);
