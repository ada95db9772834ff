/* <cs-fill low="" expected="" high="">: its button writes the three figures into the fields of the same fieldset. */
class Fill extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.fill());
  }

  fill() {
    for (const name of ["low", "expected", "high"]) {
      this.closest("fieldset").querySelector(`[name$="-${name}"]`).value = this.getAttribute(name);
    }
  }
}

customElements.define("cs-fill", Fill);
