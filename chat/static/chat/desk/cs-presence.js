/** <cs-presence>: whether I take chats, and how many at a time. Event: "presence" (detail: available, capacity). */

class Presence extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.tell());
  }

  /** Says how it stands; the answer says how it stands with the colleagues. */
  tell() {
    const { available, capacity } = this.#fields;
    if (!capacity.reportValidity()) return;
    const detail = { available: available.checked, capacity: Number(capacity.value) };
    this.dispatchEvent(new CustomEvent("presence", { detail }));
  }

  /** Shows what the server knows of me. */
  show({ available, capacity }) {
    this.#fields.available.checked = available;
    this.#fields.capacity.value = capacity;
  }

  toggle() {
    this.#fields.available.click();
  }

  get #fields() {
    return this.querySelector("form").elements;
  }
}

customElements.define("cs-presence", Presence);
