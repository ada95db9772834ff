/**
 * <cs-shortcuts>: single keys, listed in the dialog inside; they rest while one writes, and can be switched off.
 * Event: "shortcut" (detail: the action's name, from the list).
 */

import { recall, remember } from "../../common/js/memory.js";

const KEY = "cscore.desk.shortcuts";

class Shortcuts extends HTMLElement {
  connectedCallback() {
    const toggle = this.querySelector("input");
    toggle.checked = recall(KEY) ?? true;
    toggle.addEventListener("change", () => remember(KEY, toggle.checked));
    this.querySelector("[data-act=help]").addEventListener("click", () => this.help());
    this.querySelector("[data-act=shut]").addEventListener("click", () => this.#dialog.close());
    addEventListener("keydown", (event) => this.#pressed(event));
  }

  help() {
    this.#dialog.showModal();
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  #pressed(event) {
    const { target, key } = event;
    if (key === "Escape" && target.matches("textarea")) return target.blur();
    const isBusy = target.matches("input, select, textarea, summary") || this.#dialog.open;
    if (isBusy || event.ctrlKey || event.metaKey || event.altKey || !(recall(KEY) ?? true)) return;
    const action = this.querySelector(`[data-key="${CSS.escape(key)}"]`)?.dataset.action;
    if (!action) return;
    event.preventDefault();
    if (action === "help") this.help();
    else this.dispatchEvent(new CustomEvent("shortcut", { detail: action }));
  }
}

customElements.define("cs-shortcuts", Shortcuts);
