/** <cs-inbox>: the conversations, in groups. Event: "pick" (detail: the conversation). */

import { fill, stamp } from "../../common/js/stamp.js";
import { say } from "../../common/js/words.js";
import { groups } from "./queue.js";

const WARN_AFTER = 60;
const LATE_AFTER = 180;

class Inbox extends HTMLElement {
  #order = [];
  chosen = null;

  connectedCallback() {
    this.addEventListener("click", (event) => this.#pick(event.target.closest("[data-conversation]")));
  }

  /** Shows the rows; `headStart` is the server's table of seconds by tier. */
  show(rows, headStart) {
    const sorted = groups(rows, headStart);
    this.#order = Object.values(sorted).flat();
    for (const [name, members] of Object.entries(sorted)) this.#group(name, members);
    this.querySelector("[data-empty]").hidden = this.#order.length > 0;
  }

  get waiting() {
    return this.#order.filter(({ state }) => state === "waiting");
  }

  /** The conversation `steps` after the chosen one. */
  neighbour(steps) {
    const at = this.#order.findIndex(({ conversation }) => conversation === this.chosen);
    return this.#order[Math.min(this.#order.length - 1, Math.max(0, at + steps))]?.conversation;
  }

  choose(conversation) {
    this.chosen = conversation;
    for (const row of this.querySelectorAll("[data-conversation]")) {
      row.toggleAttribute("aria-current", row.dataset.conversation === conversation);
    }
  }

  #group(name, members) {
    const group = this.querySelector(`[data-group="${name}"]`);
    const focused = group.contains(document.activeElement) ? document.activeElement.dataset.conversation : null;
    group.hidden = members.length === 0;
    group.querySelector("[data-count]").textContent = members.length;
    group.querySelector("ul").replaceChildren(...members.map((row) => this.#row(row)));
    if (focused) group.querySelector(`[data-conversation="${focused}"]`)?.focus();
  }

  #row(row) {
    const element = stamp("row", {
      customer: row.customer || say("visitor", { number: row.number }),
      last: row.last,
      reason: row.reason_name,
      agent: row.mine ? null : row.agent,
    });
    const button = element.querySelector("button");
    button.dataset.conversation = row.conversation;
    button.toggleAttribute("aria-current", row.conversation === this.chosen);
    this.#tier(element, row);
    this.#clock(element, row);
    return element;
  }

  #tier(element, { tier, tier_name: name }) {
    const badge = tier && tier !== "regular" ? stamp("tier", { name }) : null;
    if (badge) badge.dataset.tier = tier;
    fill(element, "tier", badge);
  }

  #clock(element, { waiting_since: waiting, unanswered_since: unanswered, state }) {
    const clock = element.querySelector("cs-since");
    const since = state === "waiting" ? waiting : unanswered;
    if (!since) return clock.remove();
    clock.setAttribute("warn", WARN_AFTER);
    clock.setAttribute("late", LATE_AFTER);
    clock.setAttribute("at", since);
  }

  #pick(row) {
    if (row) this.dispatchEvent(new CustomEvent("pick", { detail: row.dataset.conversation }));
  }
}

customElements.define("cs-inbox", Inbox);
