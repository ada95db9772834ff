/**
 * <cs-replaying data-address="…">: asks how far a replay has got until it is over, then shows the page anew.
 * The address answers {state, done, total}.
 *
 * <cs-replayed data-address="…">: beside an article's buttons, what its newest replay says.
 * The address answers {words, url}, or {} when there is none.
 */
const EVERY_MS = 700;

class Replaying extends HTMLElement {
  connectedCallback() {
    this.ask();
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
    if (this.isConnected && !this.over) this.timer = setTimeout(() => this.ask(), EVERY_MS);
  }

  show({ state, done, total }) {
    this.over = state !== "queued" && state !== "running";
    if (this.over) {
      location.reload();
      return;
    }
    const progress = this.querySelector("progress");
    if (total > 0) {
      progress.max = total;
      progress.value = done;
      this.querySelector("[data-told]").textContent = this.dataset.template
        .replace("{done}", done)
        .replace("{total}", total);
    }
  }
}

class Replayed extends HTMLElement {
  async connectedCallback() {
    try {
      const answer = await fetch(this.dataset.address, { headers: { Accept: "application/json" } });
      const { words, url } = answer.ok ? await answer.json() : {};
      if (words) this.append(Object.assign(document.createElement("a"), { textContent: words, href: url }));
    } catch {
      // Without the network there is nothing to say; the button beside it still works.
    }
  }
}

customElements.define("cs-replaying", Replaying);
customElements.define("cs-replayed", Replayed);
