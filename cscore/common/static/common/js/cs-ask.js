/** <cs-ask>: buttons with data-question inside open the chat with that question written. */

class Ask extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-question]");
      if (button) dispatchEvent(new CustomEvent("cscore:ask", { detail: button.dataset.question }));
    });
  }
}

customElements.define("cs-ask", Ask);
