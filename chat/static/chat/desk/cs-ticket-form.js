/** <cs-ticket-form>: opens a ticket, filled from the customer's newest order and last words. Event: "open-ticket". */

import { say } from "../../common/js/words.js";

class TicketForm extends HTMLElement {
  #orders = [];
  #conversation = null;

  connectedCallback() {
    this.#field("order").addEventListener("change", () => this.#listItems());
    this.querySelector("form").addEventListener("submit", (event) => (event.preventDefault(), this.#submit()));
  }

  /** Fills the form; what was typed for this conversation stays. */
  show(conversation, orders, reason) {
    const isSame = conversation === this.#conversation;
    if (isSame && orders.length === this.#orders.length) return;
    this.#orders = orders;
    if (!isSame || !this.#field("reason").value) this.#field("reason").value = reason;
    this.#conversation = conversation;
    const options = orders.map(({ number, status_name: status }) => new Option(`${number} · ${status}`, number));
    this.#field("order").replaceChildren(new Option(say("no_order"), ""), ...options);
    if (orders.length) this.#field("order").value = orders[0].number;
    this.#listItems();
  }

  focus() {
    this.querySelector("details").open = true;
    this.#field("kind").focus();
  }

  #listItems() {
    const order = this.#orders.find(({ number }) => number === this.#field("order").value);
    const options = (order?.lines ?? []).map(({ id, name, quantity }) => new Option(`${name} × ${quantity}`, id));
    this.#field("item").replaceChildren(new Option(say("whole_order"), ""), ...options);
    if (options.length === 1) this.#field("item").value = options[0].value;
    this.#field("item").disabled = options.length === 0;
  }

  #submit() {
    const [kind, order, item, reason] = ["kind", "order", "item", "reason"].map((name) => this.#field(name).value.trim());
    const detail = { kind, order: order || null, item: item ? Number(item) : null, reason };
    this.dispatchEvent(new CustomEvent("open-ticket", { detail }));
    this.#field("reason").value = "";
    this.querySelector("details").open = false;
  }

  #field(name) {
    return this.querySelector(`[name="${name}"]`);
  }
}

customElements.define("cs-ticket-form", TicketForm);
