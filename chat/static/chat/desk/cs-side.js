/**
 * <cs-side>: who the customer is, what he bought, his tickets, and why the bot said what it said. Events: "move"
 * (detail: number, state) and whatever <cs-ticket-form> inside sends.
 */

import { fill, stamp } from "../../common/js/stamp.js";
import { dateAndTime, fullDate } from "../../common/js/times.js";
import { say } from "../../common/js/words.js";
import { order, parcel, ticket as ticketCard, yuan } from "../js/parts.js";

class Side extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const { number, state } = event.target.closest("[data-move]")?.dataset ?? {};
      if (number) this.dispatchEvent(new CustomEvent("move", { detail: { number, state } }));
    });
  }

  show({ card, tickets, suggestion }) {
    this.#list("tickets", [...tickets.values()].map(movable));
    this.#list("why", suggestion?.why ? [stamp("line", { text: suggestion.why })] : []);
    if (!card) return;
    this.#list("person", [person(card.customer)]);
    this.#list("page", pageLines(card.page));
    this.#list("orders", card.orders.map(orderWithParcels));
    this.#list("earlier", card.earlier.map(visit));
  }

  #list(name, elements) {
    const section = this.querySelector(`[data-section="${name}"]`);
    section.hidden = elements.length === 0;
    section.querySelector("[data-list-here]").replaceChildren(...elements);
  }
}

function person(customer) {
  if (!customer) return stamp("stranger");
  const { name, tier, tier_name: tierName, phone, city, member_since: since, orders_count: count, spent } = customer;
  const card = stamp("person", { name, phone, city, since: since && fullDate(since), count, spent: yuan(spent) });
  const badge = stamp("tier", { name: tierName });
  badge.dataset.tier = tier;
  fill(card, "tier", badge);
  return card;
}

const pageLines = ({ product, order: number } = {}) =>
  [product && say("looks_at_product", { product }), number && say("looks_at_order", { order: number })]
    .filter(Boolean)
    .map((text) => stamp("line", { text }));

function orderWithParcels(content) {
  const group = document.createElement("li");
  group.append(order(content), ...content.parcels.map(parcel));
  return group;
}

function movable(content) {
  const card = ticketCard(content);
  const moves = (content.allowed ?? []).map(({ value, label }) => {
    const button = stamp("move", { label });
    Object.assign(button.dataset, { number: content.number, state: value, move: "" });
    return button;
  });
  const row = stamp("moves");
  row.append(...moves);
  if (moves.length) card.append(row);
  return card;
}

const visit = ({ number, opened_at: at, reason_name: reason }) =>
  stamp("visit", { number, at: dateAndTime(at), reason });

customElements.define("cs-side", Side);
