/** <cs-rating>: one to five stars and a remark. Event: "rate" (detail: stars, comment). */

class Rating extends HTMLElement {
  connectedCallback() {
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(event.target);
      const detail = { stars: Number(given.get("stars")), comment: given.get("comment").trim() };
      this.dispatchEvent(new CustomEvent("rate", { detail }));
    });
  }

  ask() {
    this.hidden = false;
    this.querySelector("form").hidden = false;
    this.querySelector("[data-thanks]").hidden = true;
  }

  thank() {
    this.querySelector("form").hidden = true;
    this.querySelector("[data-thanks]").hidden = false;
  }
}

customElements.define("cs-rating", Rating);
