/**
 * The agent's end of the chat protocol (docs/protocol.md): the inbox, the conversations that were opened, and what
 * is written and not yet acknowledged.
 *
 * Events: "welcome", "inbox", "alert", "trouble" (detail: the frame); "message", "note", "state", "customer",
 * "suggestion", "ticket", "thumbed", "typing", "read" (detail: the frame, for conversations that were opened); "pending" and
 * "failed" (detail: an outbox item); "stored" (detail: its client_id); "up", "down", "refused" (detail: the code).
 */

import { Line } from "../../common/js/socket.js";
import { Outbox } from "../js/outbox.js";
import { Thread } from "./thread.js";

const GAP_PATIENCE = 1_500;

export class Desk extends EventTarget {
  rows = new Map();
  threads = new Map();
  #line;
  #outbox;
  #isUp = false;
  #gaps = new Map();

  constructor({ path, me }) {
    super();
    this.#line = new Line(path);
    this.#outbox = new Outbox(`cscore.desk.${me}`, (frame) => this.#isUp && this.#line.send(frame));
    this.#outbox.addEventListener("failed", ({ detail }) => this.#tell("failed", detail));
    this.#line.addEventListener("open", () => this.#line.send({ type: "hello", cursors: this.#cursors }));
    this.#line.addEventListener("frame", ({ detail }) => this.#hear(detail));
    this.#line.addEventListener("down", () => this.#lost());
    this.#line.addEventListener("refused", ({ detail }) => this.#tell("refused", detail));
  }

  start() {
    this.#line.open();
  }

  /** Sends a frame that asks for something and is not kept when the line is down. */
  ask(type, fields) {
    return this.#line.send({ type, ...fields });
  }

  /** Sends what must arrive once: `send`, `note` or `open_ticket`. */
  write(type, fields, label) {
    this.#tell("pending", this.#outbox.add({ type, ...fields }, label));
  }

  open(conversation) {
    if (!this.threads.has(conversation)) this.threads.set(conversation, new Thread());
    this.ask("open", { conversation, since: this.threads.get(conversation).feed.last });
    return this.threads.get(conversation);
  }

  /** Texts for this conversation that are not acknowledged. */
  unsent(conversation) {
    return this.#outbox.items.filter(({ frame }) => frame.conversation === conversation && frame.type === "send");
  }

  retry({ frame: { client_id: clientId, type, ...fields }, label }) {
    this.#outbox.remove(clientId);
    this.write(type, fields, label);
  }

  giveUp({ frame }) {
    this.#outbox.remove(frame.client_id);
  }

  get #cursors() {
    return Object.fromEntries([...this.threads].map(([conversation, { feed }]) => [conversation, feed.last]));
  }

  #hear(frame) {
    const handlers = {
      welcome: this.#welcomed,
      inbox: this.#sorted,
      ack: this.#acknowledged,
      error: this.#troubled,
      alert: (alert) => this.#tell("alert", alert),
    };
    const thread = this.threads.get(frame.conversation);
    if (frame.type in handlers) handlers[frame.type].call(this, frame);
    else if (thread) this.#told(thread, frame);
  }

  #told(thread, frame) {
    const takers = {
      message: () => thread.takeMessage(frame).map((message) => ({ ...message, conversation: frame.conversation })),
      note: () => (thread.takeNote(frame) ? [frame] : []),
      state: () => [(thread.state = frame)],
      customer: () => (thread.takeCard(frame), [frame]),
      suggestion: () => [(thread.suggestion = frame)],
      ticket: () => (thread.takeTicket(frame), [frame]),
      thumbed: () => (thread.takeThumb(frame), [frame]),
      read: () => ((thread.readUpTo = frame.seq), [frame]),
      typing: () => [frame],
    };
    takers[frame.type]?.().forEach((news) => this.#tell(frame.type, news));
    if (frame.type === "message") this.#mend(frame.conversation, thread);
    if (frame.client_id) this.#outbox.acknowledged(frame.client_id);
  }

  /** Asks again for what is missing when a gap does not close by itself. */
  #mend(conversation, thread) {
    clearTimeout(this.#gaps.get(conversation));
    if (thread.feed.hasGap) this.#gaps.set(conversation, setTimeout(() => this.open(conversation), GAP_PATIENCE));
  }

  #welcomed(frame) {
    this.#isUp = true;
    this.#tell("welcome", frame);
    this.#tell("up");
    this.#outbox.pump();
  }

  #sorted({ rows, whole }) {
    if (whole) this.rows.clear();
    for (const row of rows) this.rows.set(row.conversation, row);
    this.#tell("inbox");
  }

  #acknowledged({ client_id: clientId }) {
    this.#outbox.acknowledged(clientId);
    this.#tell("stored", clientId);
  }

  #troubled(frame) {
    if (!this.#outbox.refused(frame)) this.#tell("trouble", frame);
  }

  #lost() {
    this.#isUp = false;
    this.#outbox.pause();
    this.#tell("down");
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
