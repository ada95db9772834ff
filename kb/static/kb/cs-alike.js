/**
 * <cs-alike data-address="…" data-article="7">: while an editor types, names the live articles that ask nearly the same.
 * The address takes the form's question and phrasings and answers {alike: [{sentence, question, url, settle}, …]}.
 */
const PAUSE_MS = 700;
const FIELDS = ["question", "phrasings"];

class Alike extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.list = this.querySelector("ul");
    this.later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE_MS);
    };
    for (const name of FIELDS) this.form.elements[name]?.addEventListener("input", this.later);
    if (this.form.elements.question?.value) this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { elements } = this.form;
    const body = new URLSearchParams({
      csrfmiddlewaretoken: elements.csrfmiddlewaretoken.value,
      article: this.dataset.article,
      shop: elements.shop?.value ?? "",
      question: elements.question?.value ?? "",
      phrasings: elements.phrasings?.value ?? "",
    });
    try {
      const answer = await fetch(this.dataset.address, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        signal: this.asking.signal,
      });
      if (answer.ok) this.show((await answer.json()).alike);
    } catch (problem) {
      // The next keystroke asks again; only our own mistakes are worth a word.
      if (problem instanceof ReferenceError) throw problem;
    }
  }

  show(alike) {
    this.hidden = alike.length === 0;
    this.list.replaceChildren(...alike.map((one) => this.item(one)));
  }

  item({ sentence, question, url, settle }) {
    const item = document.createElement("li");
    item.append(sentence, " ", link(url, question));
    if (settle) item.append(" · ", link(settle, this.dataset.settle));
    return item;
  }
}

function link(href, textContent) {
  return Object.assign(document.createElement("a"), { href, textContent, target: "_blank", rel: "noopener" });
}

customElements.define("cs-alike", Alike);
