/**
 * <cs-forms data-prefix="others" data-number="__prefix__">: small forms that people add and remove. A removed one stays
 * hidden with its mark, so that the numbers of the others hold.
 */

class Forms extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = this.querySelector(":scope > [data-forms]");
    this.total = this.querySelector(`[name="${this.dataset.prefix}-TOTAL_FORMS"]`);
    const add = this.querySelector(":scope > [data-add]");
    add.hidden = false;
    add.addEventListener("click", () => this.#added());
    this.addEventListener("change", ({ target }) => {
      if (target.name?.startsWith(`${this.dataset.prefix}-`) && target.name.endsWith("-DELETE")) this.#count();
    });
    this.#count();
  }

  #added() {
    const number = this.total.value;
    const copy = document.importNode(this.querySelector(":scope > template").content, true);
    numbered(copy, this.dataset.number, number);
    this.total.value = Number(number) + 1;
    this.list.append(copy);
    this.#count();
    this.list.lastElementChild.querySelector("input:not([type=hidden]), select")?.focus();
  }

  /** Hides what is removed and counts the rest anew. */
  #count() {
    let place = 0;
    for (const form of this.list.querySelectorAll(":scope > [data-form]")) {
      form.hidden = form.querySelector(`[name^="${this.dataset.prefix}-"][name$="-DELETE"]:not(cs-forms cs-forms *)`)?.checked ?? false;
      const said = form.querySelector("[data-place]");
      if (said && !form.hidden) said.textContent = ++place;
    }
  }
}

/** Puts the number of a new form into everything that names it, also in the templates inside. */
function numbered(root, mark, number) {
  for (const element of root.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      if (attribute.value.includes(mark)) attribute.value = attribute.value.replaceAll(mark, number);
    }
    if (element.localName === "template") numbered(element.content, mark, number);
  }
}

customElements.define("cs-forms", Forms);
