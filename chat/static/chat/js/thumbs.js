/** Two small buttons that say whether an answer was the right one. */

import { stamp } from "../../common/js/stamp.js";

export const thumbs = () => stamp("thumbs");

/** What a pressed button says: true for up; null for any other element. */
export function verdictOf(button) {
  const { thumb } = button?.dataset ?? {};
  return thumb ? thumb === "up" : null;
}

/** Shows the verdict in the group of buttons inside this element; null for none. */
export function showVerdict(element, up) {
  for (const button of element.querySelectorAll("[data-thumb]")) {
    button.setAttribute("aria-pressed", String(verdictOf(button) === up));
  }
}
