/** What the desk knows of one conversation it has opened. */

import { Feed } from "../js/feed.js";

export class Thread {
  feed = new Feed();
  /** Messages and notes in the order they came: {message} or {note}. */
  entries = [];
  notes = new Set();
  tickets = new Map();
  card = null;
  suggestion = null;
  /** The newest verdict on each answer: by whom, and on what. */
  thumbs = new Map();
  state = null;
  readUpTo = 0;
  /** What the agent has begun to write here, and whether as "send" or "note". */
  draft = { text: "", mode: "send" };

  /** The messages that are new, in order. */
  takeMessage(frame) {
    const ready = this.feed.take(frame);
    ready.forEach((message) => this.entries.push({ message }));
    return ready;
  }

  /** Whether the note is new. */
  takeNote(note) {
    if (this.notes.has(note.id)) return false;
    this.notes.add(note.id);
    this.entries.push({ note });
    return true;
  }

  takeCard(card) {
    this.card = card;
    card.tickets.forEach((ticket) => this.takeTicket({ ...this.tickets.get(ticket.number), ...ticket }));
  }

  takeTicket(ticket) {
    this.tickets.set(ticket.number, { ...this.tickets.get(ticket.number), ...ticket });
  }

  takeThumb(frame) {
    const { seq, article, up, by } = frame;
    if (!article) this.thumbs.set(`${by} ${seq}`, frame);
    const suggested = this.suggestion?.seq === seq && this.suggestion.items.find((item) => item.article === article);
    if (suggested) suggested.up = up;
  }

  /** In the order of time: notes arrive apart from messages. */
  get inOrder() {
    const at = ({ message, note }) => Date.parse((message ?? note).at);
    return [...this.entries].sort((one, other) => at(one) - at(other));
  }

  /** What the customer said last. */
  get lastQuestion() {
    return this.entries.findLast(({ message }) => message?.author === "customer")?.message.body ?? "";
  }
}
