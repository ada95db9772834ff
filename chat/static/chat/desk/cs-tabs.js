/** <cs-tabs>: on narrow screens, one of the desk's three columns at a time (the style sheet hides the others). */

class Tabs extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.show(button.value);
    });
    this.show("inbox");
  }

  show(column) {
    document.body.dataset.column = column;
    for (const button of this.querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === column);
  }

  /** Says how many wait, on the inbox's own button. */
  set waiting(count) {
    const badge = this.querySelector("[data-count]");
    badge.textContent = count;
    badge.hidden = count === 0;
  }
}

customElements.define("cs-tabs", Tabs);
