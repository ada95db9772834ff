/**
 * <cs-outlook data-address="…">: asks until a draft has been measured, and says what was found.
 * The address answers {sentences, warns, done}.
 */
const EVERY_MS = 1500;
const UNTIL_MS = 120000;

class Outlook extends HTMLElement {
  connectedCallback() {
    this.began = performance.now();
    if (!this.hasAttribute("done")) this.timer = setTimeout(() => this.ask(), EVERY_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.address, { headers: { Accept: "application/json" } });
      if (answer.ok) this.show(await answer.json());
    } catch {
      // The network is away for a moment: the next question will tell.
    }
    const waited = performance.now() - this.began;
    if (this.isConnected && !this.hasAttribute("done") && waited < UNTIL_MS) {
      this.timer = setTimeout(() => this.ask(), EVERY_MS);
    }
  }

  show({ sentences, warns, done }) {
    this.toggleAttribute("done", done);
    this.classList.toggle("kb-decline", warns);
    this.classList.toggle("kb-quiet", !warns);
    this.replaceChildren(...sentences.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  }
}

customElements.define("cs-outlook", Outlook);
