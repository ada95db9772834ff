/** <cs-inbox>: the conversations, in groups. Event: "pick" (detail: the conversation). */

import { fill, stamp } from "../../common/js/stamp.js";
import { say } from "../../common/js/words.js";
import { groups } from "./queue.js";

const WARN_AFTER = 60;
const LATE_AFTER = 180;

class Inbox extends HTMLElement {
  #order = [];
  // Rows stay the same elements for as long as they are listed: a click whose row were drawn anew between pressing
  // and letting go would be lost, and so would the focus.
  #elements = new Map();
  chosen = null;

  connectedCallback() {
    this.addEventListener("click", (event) => this.#pick(event.target.closest("[data-conversation]")));
  }

  /** Shows the rows; `headStart` is the server's table of seconds by tier. */
  show(rows, headStart) {
    const sorted = groups(rows, headStart);
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    this.#order = Object.values(sorted).flat();
    for (const [name, members] of Object.entries(sorted)) this.#group(name, members);
    const listed = new Set(this.#order.map(({ conversation }) => conversation));
    for (const conversation of this.#elements.keys()) if (!listed.has(conversation)) this.#elements.delete(conversation);
    this.querySelector("[data-empty]").hidden = this.#order.length > 0;
    if (focused !== document.activeElement) focused?.focus();
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
    group.hidden = members.length === 0;
    group.querySelector("[data-count]").textContent = members.length;
    arrange(group.querySelector("ul"), members.map((row) => this.#element(row)));
  }

  /** The row's element: drawn anew only inside, and only when what it says has changed. */
  #element(row) {
    const written = JSON.stringify(row);
    const known = this.#elements.get(row.conversation);
    if (known?.written === written) return known.element;
    const fresh = this.#row(row);
    if (known) known.element.firstElementChild.replaceChildren(...fresh.firstElementChild.childNodes);
    const element = known?.element ?? fresh;
    this.#elements.set(row.conversation, { element, written });
    return element;
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

/** Makes these the list's elements, in this order, and moves none that stands right already. */
function arrange(list, elements) {
  for (const old of [...list.children]) if (!elements.includes(old)) old.remove();
  elements.forEach((element, at) => list.children[at] !== element && list.insertBefore(element, list.children[at] ?? null));
}

customElements.define("cs-inbox", Inbox);
