/**
 * One conversation's messages in the order of their numbers, each once. What arrives early is held back until the
 * gap before it is filled.
 */
export class Feed {
  #early = new Map();
  last = 0;

  /** The messages that may be shown now, in order. */
  take(message) {
    if (message.seq <= this.last) return [];
    this.#early.set(message.seq, message);
    const ready = [];
    while (this.#early.has(this.last + 1)) {
      this.last += 1;
      ready.push(this.#early.get(this.last));
      this.#early.delete(this.last);
    }
    return ready;
  }

  get hasGap() {
    return this.#early.size > 0;
  }
}
