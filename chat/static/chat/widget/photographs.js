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

  /** Sends one file; resolves to null, or to the sentence that says why it was not taken. */
  async send(file, sentence) {
    try {
      const answer = await fetch(this.#address, { method: "POST", headers: this.#headers({ "X-Client-Id": uuid() }), body: file });
      if (answer.ok) return null;
      return (await answer.json()).error.sentence;
    } catch {
      return sentence;
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
