/** <cs-toasts>: short news in the corner; what is urgent stays until it is put away. */

import { stamp } from "./stamp.js";

const STAYS = 8_000;

class Toasts extends HTMLElement {
  /** Shows a sentence. `tone` "bad" stays; `act`, if given, is called by the button. */
  show(sentence, { tone = "", act = null } = {}) {
    const toast = stamp("toast", { text: sentence });
    toast.dataset.tone = tone;
    const [open, dismiss] = ["open", "dismiss"].map((name) => toast.querySelector(`[data-act="${name}"]`));
    dismiss.addEventListener("click", () => toast.remove());
    if (act) open.addEventListener("click", () => (act(), toast.remove()));
    else open.remove();
    this.append(toast);
    if (tone !== "bad") setTimeout(() => toast.remove(), STAYS);
  }
}

customElements.define("cs-toasts", Toasts);
