/* <cs-count for="field" count="lines|characters" most="4000" template="{n} of {most}">: says how much stands in a field. */
const COUNTED = {
  lines: (text) => text.split("\n").filter((line) => line.trim()).length,
  characters: (text) => Array.from(text.trim()).length,
};

class Count extends HTMLElement {
  connectedCallback() {
    this.most = Number(this.getAttribute("most"));
    this.field = document.getElementById(this.getAttribute("for"));
    this.field.addEventListener("input", () => this.say());
    this.say();
  }

  say() {
    const n = COUNTED[this.getAttribute("count")](this.field.value);
    this.textContent = this.getAttribute("template").replace("{n}", n).replace("{most}", this.most);
    this.toggleAttribute("over", n > this.most);
  }
}

customElements.define("cs-count", Count);
