/**
 * The page around this frame. Messages go only to the origin the server allows, and only such are heard. To the
 * parent: ready (words for the launcher), close, unread (count). From the parent: begin (identity, page), open,
 * shut, ask (text).
 */

export class Parent extends EventTarget {
  #origin = null;

  /** `origins`: those that may embed this shop's chat. Outside a frame there is no parent. */
  constructor(origins) {
    super();
    const origin = new URLSearchParams(location.search).get("origin");
    if (window.parent === window || !origins.includes(origin)) return;
    this.#origin = origin;
    addEventListener("message", (event) => this.#hear(event));
  }

  get exists() {
    return this.#origin !== null;
  }

  tell(type, detail = {}) {
    if (this.exists) window.parent.postMessage({ cscore: type, ...detail }, this.#origin);
  }

  #hear({ origin, source, data }) {
    if (origin !== this.#origin || source !== window.parent || typeof data?.cscore !== "string") return;
    this.dispatchEvent(new CustomEvent(data.cscore, { detail: clean(data) }));
  }
}

const textOrNull = (value) => (typeof value === "string" && value.length <= 4_000 ? value : null);

function clean({ identity, page, text }) {
  return { identity: textOrNull(identity), page: cleanPage(page), text: textOrNull(text) };
}

function cleanPage(page) {
  const product = textOrNull(page?.product);
  const order = textOrNull(page?.order);
  return { ...(product && { product }), ...(order && { order }) };
}
