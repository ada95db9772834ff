/**
 * <cs-import data-address="…">: asks how far an import is until it is over, and says so.
 * The address answers {sentence, done, total, over, drafted, issues: [sentence, …]}; once something is drafted, the
 * button that leads to its replay is shown.
 */
const EVERY_MS = 1000;

class Import extends HTMLElement {
  connectedCallback() {
    if (!this.hasAttribute("over")) this.ask();
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
    if (this.isConnected && !this.hasAttribute("over")) this.timer = setTimeout(() => this.ask(), EVERY_MS);
  }

  show(run) {
    this.toggleAttribute("over", run.over);
    this.querySelector("[data-told]").textContent = run.sentence;
    const progress = this.querySelector("progress");
    progress.max = Math.max(run.total, 1);
    progress.value = run.over ? progress.max : run.done;
    this.querySelector("[data-replay]").hidden = !run.drafted;
    this.querySelector("[data-issues]").replaceChildren(
      ...run.issues.map((issue) => Object.assign(document.createElement("li"), { textContent: issue })),
    );
  }
}

customElements.define("cs-import", Import);
