/**
 * <cs-standing data-address="…">: asks how far a release has got until every process has it, and says so.
 * The address answers {sentence, live, of, everywhere, behind: [sentence, …]}.
 */
const EVERY_MS = 250;
const LATER_MS = 2000;
const SOON_MS = 5000;
const UNTIL_MS = 60000;

class Standing extends HTMLElement {
  connectedCallback() {
    this.began = performance.now();
    if (!this.hasAttribute("everywhere")) this.ask();
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
    if (this.isConnected && !this.hasAttribute("everywhere") && waited < UNTIL_MS) {
      this.timer = setTimeout(() => this.ask(), waited < SOON_MS ? EVERY_MS : LATER_MS);
    }
  }

  show(standing) {
    this.toggleAttribute("everywhere", standing.everywhere);
    const progress = this.querySelector("progress");
    progress.max = Math.max(standing.of, 1);
    progress.value = standing.live;
    this.querySelector("[data-told]").textContent = standing.sentence;
    const behind = this.querySelector("[data-behind]");
    behind.hidden = standing.behind.length === 0;
    behind.querySelector("ul").replaceChildren(
      ...standing.behind.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
    );
  }
}

customElements.define("cs-standing", Standing);
