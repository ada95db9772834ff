/**
 * What was written and is not yet acknowledged, in order, kept across reloads and restarts. One frame is under way
 * at a time, so that order holds; the same client_id makes sending it again harmless.
 *
 * Events: "failed" (detail: the item; item.failed says why in words).
 */

import { recall, remember } from "../../common/js/memory.js";
import { uuid } from "../../common/js/uuid.js";

const ACK_PATIENCE = 8_000;
const PASSING = new Set(["rate-limited", "busy"]);

export class Outbox extends EventTarget {
  #key;
  #send;
  #under = null;
  #timer = 0;

  /** `send(frame)` returns false when the line is down. */
  constructor(key, send) {
    super();
    this.#key = key;
    this.#send = send;
  }

  get items() {
    return recall(this.#key) ?? [];
  }

  /** Keeps the frame until it is acknowledged and sends it when its turn comes. `label` is what people see. */
  add(frame, label) {
    const item = { frame: { ...frame, client_id: uuid() }, label, at: new Date().toISOString(), failed: null };
    remember(this.#key, [...this.items, item]);
    this.pump();
    return item;
  }

  /** Sends the first waiting frame. Called when the line is ready and after each acknowledgement. */
  pump() {
    const item = this.items.find(({ failed }) => !failed);
    if (!item || this.#under === item.frame.client_id || !this.#send(item.frame)) return;
    this.#under = item.frame.client_id;
    this.#after(ACK_PATIENCE);
  }

  /** The line went down: nothing is under way any more. */
  pause() {
    this.#under = null;
    clearTimeout(this.#timer);
  }

  /** The server has stored it; both the acknowledgement and the message itself say so. */
  acknowledged(clientId) {
    this.remove(clientId);
    if (this.#under !== clientId) return;
    this.pause();
    this.pump();
  }

  /** Takes an error frame; true when it was about one of ours. */
  refused({ code, sentence, retry_after: wait, client_id: clientId }) {
    const item = this.items.find(({ frame }) => frame.client_id === clientId);
    if (!item) return false;
    this.pause();
    if (PASSING.has(code)) {
      this.#under = clientId;
      this.#after((wait ?? 2) * 1000);
      return true;
    }
    item.failed = sentence;
    remember(this.#key, this.items.map((other) => (other.frame.client_id === clientId ? item : other)));
    this.dispatchEvent(new CustomEvent("failed", { detail: item }));
    this.pump();
    return true;
  }

  remove(clientId) {
    remember(this.#key, this.items.filter(({ frame }) => frame.client_id !== clientId));
  }

  #after(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#under = null;
      this.pump();
    }, milliseconds);
  }
}
