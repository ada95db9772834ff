/** The customer's photos: sent and fetched with the visitor's token in a header, so that no address opens them. */

import { uuid } from "../../common/js/uuid.js";

export const MOST_BYTES = 10 * 1024 * 1024;

export class Photographs {
  #address;
  #token;

  /** `token()` is the visitor's token as it is now. */
  constructor(shop, token) {
    this.#address = `/widget/${encodeURIComponent(shop)}/photos/`;
    this.#token = token;
  }

  /** A file that is to be sent: its id stays the same however often it is tried, so that it arrives once. */
  parcel(file) {
    return { file, id: uuid() };
  }

  /**
   * Sends it; resolves to null, or to why it was not taken: `sentence` (the given one when nobody answered in words),
   * and whether the same may be tried `again`.
   */
  async send({ file, id }, sentence) {
    try {
      const answer = await fetch(this.#address, { method: "POST", headers: this.#headers({ "X-Client-Id": id }), body: file });
      if (answer.ok) return null;
      const again = answer.status >= 500 || answer.status === 429;
      return { sentence: (await answer.json()).error.sentence, again };
    } catch {
      return { sentence, again: true };
    }
  }

  /** Puts the photo into the image element; a photo that is gone leaves its words. */
  async show(image, id) {
    const answer = await fetch(`${this.#address}${id}/`, { headers: this.#headers() });
    if (!answer.ok) return image.remove();
    const reader = new FileReader();
    reader.addEventListener("load", () => (image.src = reader.result));
    reader.readAsDataURL(await answer.blob());
  }

  #headers(more = {}) {
    return { Accept: "application/json", "X-Visitor-Token": this.#token() ?? "", ...more };
  }
}
