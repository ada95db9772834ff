/**
 * <cs-head>: whose conversation it is and what may be done with it. Event: "act" (detail: take, release, close, or
 * transfer with `to`), and "transfer-menu" when it opens: who takes chats may have changed since.
 */

import { fill, stamp } from "../../common/js/stamp.js";
import { say } from "../../common/js/words.js";

class Head extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event.target.closest("[data-act]")));
    const menu = this.querySelector("details");
    menu.addEventListener("toggle", () => menu.open && this.dispatchEvent(new Event("transfer-menu")));
  }

  /** Takes the inbox row of the chosen conversation. */
  show({ number, customer, tier, tier_name: tierName, state, agent, mine, reason_name: reason }) {
    fill(this, "title", customer || say("visitor", { number }));
    const badge = stamp("tier", { name: tierName || say("visitor_tier") });
    badge.dataset.tier = tier ?? "";
    fill(this, "badge", badge);
    fill(this, "about", [number, reason, this.#stateWords(state, agent, mine)].filter(Boolean).join(" · "));
    const isMine = mine && state === "human";
    this.#offer("take", state === "waiting");
    for (const act of ["release", "close", "transfer-menu"]) this.#offer(act, isMine);
  }

  colleagues(people) {
    const list = this.querySelector("[data-colleagues]");
    const there = people.filter(({ available }) => available);
    list.replaceChildren(...there.map(colleague));
    this.querySelector("[data-nobody]").hidden = there.length > 0;
  }

  #stateWords(state, agent, mine) {
    if (state === "human") return mine ? say("with_you") : say("with_agent", { name: agent });
    return say(`state_${state}`);
  }

  #offer(act, isOffered) {
    this.querySelector(`[data-offer="${act}"]`).hidden = !isOffered;
  }

  #clicked(button) {
    if (!button) return;
    button.closest("details")?.removeAttribute("open");
    const { act, to } = button.dataset;
    this.dispatchEvent(new CustomEvent("act", { detail: { act, ...(to && { to }) } }));
  }
}

function colleague({ username, name }) {
  const item = stamp("colleague", { name });
  item.querySelector("button").dataset.to = username;
  return item;
}

customElements.define("cs-head", Head);
