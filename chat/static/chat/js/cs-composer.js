/**
 * <cs-composer>: the field one writes in. Enter sends, Shift+Enter begins a line; while an input method is composing
 * a character, Enter belongs to it. Events: "say" (detail: the text), "typing".
 */

const TYPING_EVERY = 3_000;

class Composer extends HTMLElement {
  #field = null;
  #typedAt = 0;

  connectedCallback() {
    this.#field = this.querySelector("textarea");
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("input", () => this.#typed());
    this.querySelector("form").addEventListener("submit", (event) => (event.preventDefault(), this.#submit()));
    this.#measure();
  }

  get text() {
    return this.#field.value;
  }

  set text(words) {
    this.#field.value = words;
    this.#measure();
  }

  set enabled(isEnabled) {
    this.#field.disabled = !isEnabled;
    this.#measure();
  }

  focus() {
    this.#field.focus();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const words = this.#field.value.trim();
    if (!words || this.#field.disabled) return;
    this.text = "";
    this.#typedAt = 0;
    this.dispatchEvent(new CustomEvent("say", { detail: words }));
  }

  #typed() {
    this.#measure();
    if (Date.now() - this.#typedAt < TYPING_EVERY || !this.#field.value.trim()) return;
    this.#typedAt = Date.now();
    this.dispatchEvent(new Event("typing"));
  }

  /** Grows with its text, up to the height that the style sheet allows. */
  #measure() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
    this.querySelector("form button").disabled = this.#field.disabled || !this.#field.value.trim();
  }
}

customElements.define("cs-composer", Composer);
