/** <cs-slash>: the key / goes to the search field inside, unless one is writing. */

class Slash extends HTMLElement {
  connectedCallback() {
    addEventListener("keydown", (event) => {
      const isWriting = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const field = this.querySelector("input[type=search]");
      field.focus();
      field.select();
    });
  }
}

customElements.define("cs-slash", Slash);
