/** <cs-status>: who answers now, how long it may take, and whether the line is up. */

import { say } from "../../common/js/words.js";

const PATIENCE = 1_200;

class Status extends HTMLElement {
  #down = 0;

  /** Takes a `state` frame. */
  show({ state, ahead, wait_s: wait, agent }) {
    this.dataset.state = state;
    this.#slot("who").textContent = state === "human" ? say("with_agent", { name: agent }) : say(`state_${state}`);
    this.#slot("queue").hidden = state !== "waiting";
    this.#slot("place").textContent = place(ahead, wait);
  }

  /** Says that the line is down, once it has been so for a moment. */
  down() {
    clearTimeout(this.#down);
    this.#down = setTimeout(() => (this.#slot("offline").hidden = false), PATIENCE);
  }

  up() {
    clearTimeout(this.#down);
    this.#slot("offline").hidden = true;
  }

  #slot(name) {
    return this.querySelector(`[data-slot="${name}"]`);
  }
}

function place(ahead, wait) {
  const position = ahead > 0 ? say("ahead", { n: ahead }) : say("next");
  return wait === null ? position : `${position} ${say("about", { n: Math.max(1, Math.round(wait / 60)) })}`;
}

customElements.define("cs-status", Status);
