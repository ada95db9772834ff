/** <cs-since at="ISO time" warn="60" late="180">: a clock that counts up, and says by data-tone how late it is. */

import { duration } from "./times.js";

const clocks = new Set();
setInterval(() => clocks.forEach((clock) => clock.tick()), 1000);

class Since extends HTMLElement {
  static observedAttributes = ["at"];

  connectedCallback() {
    clocks.add(this);
    this.tick();
  }

  disconnectedCallback() {
    clocks.delete(this);
  }

  attributeChangedCallback() {
    this.tick();
  }

  tick() {
    const began = Date.parse(this.getAttribute("at"));
    if (Number.isNaN(began)) return;
    const seconds = (Date.now() - began) / 1000;
    this.textContent = duration(seconds);
    const [warn, late] = ["warn", "late"].map((name) => Number(this.getAttribute(name) ?? Infinity));
    this.dataset.tone = seconds >= late ? "bad" : seconds >= warn ? "warn" : "";
  }
}

customElements.define("cs-since", Since);
