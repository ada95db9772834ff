/* <cs-wording data-address data-shop data-fields>: while an editor writes, marks what the wording rules find in the
   text itself and says it below the field, with the suggested wording one click away. */
import { Mirror, Page } from "./marks.js";

const QUIET_MS = 400;

class Wording extends HTMLElement {
  connectedCallback() {
    this.asked = 0;
    this.marks = new Map();
    this.shop = document.querySelector("select[name=shop]");
    this.shop?.addEventListener("change", () => this.soon());
    document.addEventListener("input", (event) => event.target.matches?.(this.dataset.fields) && this.edited(event.target));
    document.addEventListener("formset:added", () => this.soon());
    this.check();
  }

  disconnectedCallback() {
    clearTimeout(this.waiting);
  }

  edited(field) {
    this.marks.get(field)?.edited();
    this.soon();
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.check(), QUIET_MS);
  }

  async check() {
    const shop = this.dataset.shop || this.shop?.value;
    const fields = [...document.querySelectorAll(this.dataset.fields)].filter((field) => field.name && !field.readOnly);
    if (!shop || !fields.length) return;
    const turn = ++this.asked;
    const texts = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    const found = await this.ask({ shop, texts });
    if (turn !== this.asked) return;
    if (!found) {
      this.textContent = this.dataset.unchecked;
      return;
    }
    // What the page said of the stored text is said in the fields from now on.
    this.replaceChildren();
    for (const field of fields) {
      const marks = await this.marksOf(field);
      if (field.value === texts[field.name]) this.tell(field, marks, found[field.name] ?? []);
    }
  }

  async marksOf(field) {
    const editor = field.closest("cs-rich");
    if (editor) await customElements.whenDefined("cs-rich");
    if (!this.marks.has(field)) this.marks.set(field, editor ? new Page(editor) : new Mirror(field));
    return this.marks.get(field);
  }

  async ask(question) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
    try {
      const answer = await fetch(this.dataset.address, { method: "POST", headers, body: JSON.stringify(question) });
      return answer.ok ? (await answer.json()).found : null;
    } catch {
      return null;
    }
  }

  tell(field, marks, findings) {
    marks.show(field.value, findings);
    marks.list.replaceChildren(...findings.map((one) => this.line(marks, one)));
  }

  line(marks, one) {
    const item = document.createElement("li");
    item.toggleAttribute("data-blocks", one.blocks);
    const what = document.createElement("b");
    what.textContent = one.blocks ? this.dataset.blocks : this.dataset.warns;
    const words = document.createElement("q");
    words.textContent = one.text;
    const why = document.createElement("span");
    why.className = "kb-quiet";
    why.textContent = [one.clause, one.rule].filter(Boolean).join(" · ");
    item.append(what, words, why);
    if (one.suggestion) item.append(this.remedy(marks, one));
    return item;
  }

  remedy(marks, one) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-button";
    button.textContent = `${this.dataset.instead}: ${one.suggestion}`;
    button.addEventListener("click", () => marks.replace(one));
    return button;
  }
}

customElements.define("cs-wording", Wording);
