/** <cs-submit>: a form inside is sent as soon as one of its choices changes; its button is for those without scripts. */

class Submit extends HTMLElement {
  connectedCallback() {
    this.querySelectorAll("button[data-fallback]").forEach((button) => (button.hidden = true));
    this.addEventListener("change", (event) => event.target.form.requestSubmit());
  }
}

customElements.define("cs-submit", Submit);
