/**
 * A line to the server that comes back by itself: backoff with jitter, at once when the browser is online or in
 * sight again, and a heartbeat that notices a line which died without a word.
 *
 * Events: "open", "frame" (detail: the object), "down" (detail: the close code), "refused" (detail: the code; it
 * will not come back by itself).
 */

const FIRST_WAIT = 400;
const LONGEST_WAIT = 15_000;
const BEAT_EVERY = 25_000;
const PATIENCE = 10_000;
const REFUSALS = new Set([4401, 4403, 4404]);

export class Line extends EventTarget {
  #url;
  #socket = null;
  #tries = 0;
  #retry = 0;
  #beat = 0;
  #silence = 0;
  #wanted = false;

  constructor(path) {
    super();
    this.#url = new URL(path, location.href);
    this.#url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#hurry());
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#connect();
  }

  /** Sends the frame now; false when the line is down. */
  send(frame) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Hangs up and dials again, to ask the server for what is missing. */
  again() {
    this.#tries = 0;
    this.#drop(1000);
  }

  #connect() {
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#expectNews();
    const current = (act) => (event) => this.#socket === socket && act(event);
    socket.onopen = current(() => this.#opened());
    socket.onmessage = current((event) => this.#heard(event.data));
    socket.onclose = current((event) => this.#closed(event.code));
  }

  #opened() {
    clearInterval(this.#beat);
    this.#beat = setInterval(() => this.#ping(), BEAT_EVERY);
    this.dispatchEvent(new Event("open"));
  }

  #heard(text) {
    this.#tries = 0;
    clearTimeout(this.#silence);
    const frame = JSON.parse(text);
    if (frame.type !== "pong") this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }

  #ping() {
    this.send({ type: "ping" });
    this.#expectNews();
  }

  #expectNews() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#drop(1006), PATIENCE);
  }

  /** Does not wait for the other side to agree that the line is dead. */
  #drop(code) {
    const dead = this.#socket;
    this.#closed(code);
    dead?.close(1000);
  }

  #closed(code) {
    this.#socket = null;
    clearInterval(this.#beat);
    clearTimeout(this.#silence);
    if (REFUSALS.has(code)) {
      this.#wanted = false;
      this.dispatchEvent(new CustomEvent("refused", { detail: code }));
      return;
    }
    this.dispatchEvent(new CustomEvent("down", { detail: code }));
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries);
    this.#tries += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), longest * (0.5 + Math.random() / 2));
  }

  #hurry() {
    if (this.#wanted && !this.#socket) this.#connect();
  }
}
