/**
 * <cs-transcript own="customer|agent">: bubbles in order, with the days between them. Messages are shown once; what
 * is not acknowledged yet stands at the end. Scrolls along unless the reader has scrolled back.
 *
 * Events: "choose" (detail: choice, label), "thumb" (detail: seq, up), "photo", "retry" and "give-up" (detail: the outbox item).
 */

import { fill, stamp } from "../../common/js/stamp.js";
import { dayName, sameDay } from "../../common/js/times.js";
import { say } from "../../common/js/words.js";
import { messageElement, noteElement, pendingElement, showProgress } from "./message.js";
import { ticket as ticketCard } from "./parts.js";
import { showVerdict, verdictOf } from "./thumbs.js";

const NEAR = 80;

class Transcript extends HTMLElement {
  #own = this.getAttribute("own");
  #list = null;
  #pending = new Map();
  #lastAt = null;
  #lastAuthor = null;
  #follows = true;
  #height = 0;
  lastSeq = 0;

  connectedCallback() {
    if (this.#list) return;
    this.#list = this.querySelector("[data-log]");
    this.querySelector("[data-act=newest]").addEventListener("click", () => this.toNewest());
    this.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#list.addEventListener("click", (event) => this.#clicked(event.target.closest("button")));
    new ResizeObserver(() => this.#resized()).observe(this);
  }

  /** While history is loaded, screen readers stay silent. */
  set loading(isLoading) {
    this.#list.setAttribute("aria-live", isLoading ? "off" : "polite");
  }

  show(message) {
    this.lastSeq = message.seq;
    const bubble = messageElement(message, this.#own);
    if (message.author === "customer") this.#spendChoices();
    this.drop(message.client_id);
    this.#divideDays(message.at);
    bubble.classList.toggle("message-follows", this.#lastAuthor === `${message.author} ${message.name}`);
    this.#lastAuthor = `${message.author} ${message.name}`;
    bubble.querySelectorAll("[data-ticket]").forEach(({ dataset }) => this.#cards(dataset.ticket).forEach((old) => old.remove()));
    this.#append(bubble);
    if (this.#own !== "customer") this.#spendChoices();
  }

  /** Shows what has been written but not stored, or how it fails. */
  pend(item) {
    const { client_id: clientId } = item.frame;
    if (this.#own === "customer") this.#spendChoices();
    const bubble = pendingElement(item, this.#own);
    this.drop(clientId);
    this.#pending.set(clientId, { bubble, item });
    this.#append(bubble);
    this.toNewest();
  }

  /** The server has it; the message itself follows. */
  stored(clientId) {
    if (this.#pending.has(clientId)) showProgress(this.#pending.get(clientId).bubble, "sent");
  }

  /** Shows what was said of the answer of this number: by the reader himself, or by the customer to an agent. */
  thumbed({ seq, up, by = this.#own }) {
    const bubble = this.#list.querySelector(`[data-author="bot"][data-seq="${Number(seq)}"]`);
    if (bubble && by === this.#own) showVerdict(bubble, up);
    else if (bubble) fill(bubble, "verdict", say(up ? "customer_up" : "customer_down"));
  }

  /** Takes away the bubble of something that was not stored: it is stored now, or given up. */
  drop(clientId) {
    this.#pending.get(clientId)?.bubble.remove();
    this.#pending.delete(clientId);
  }

  note(note) {
    this.#divideDays(note.at);
    this.#lastAuthor = null;
    this.#append(noteElement(note));
  }

  /** Brings the card of this ticket up to date; shows one when there was none. */
  ticket(ticket) {
    const [card] = this.#cards(ticket.number);
    if (card) card.replaceWith(ticketCard(ticket));
    else this.#append(ticketCard(ticket));
  }

  /** The card of a ticket, which stands where the ticket was last spoken of. */
  #cards(number) {
    return [...this.#list.querySelectorAll("[data-ticket]")].filter((card) => card.dataset.ticket === number);
  }

  /** Marks own messages up to this number as read by the other side. */
  readUpTo(seq) {
    for (const bubble of this.#list.querySelectorAll('.message-own[data-progress="sent"]')) {
      if (Number(bubble.dataset.seq) <= seq) showProgress(bubble, "read");
    }
  }

  typing(isTyping) {
    this.querySelector("[data-typing]").hidden = !isTyping;
    this.#follow();
  }

  /** A line across: what follows is another conversation. */
  divide(words) {
    this.#lastAuthor = null;
    this.#append(stamp("day", { day: words }));
  }

  clear() {
    this.#list.replaceChildren();
    this.#pending.clear();
    this.#lastAt = this.#lastAuthor = null;
    this.lastSeq = 0;
    this.typing(false);
  }

  toNewest() {
    this.#follows = true;
    this.scrollTop = this.scrollHeight;
  }

  #append(element) {
    const waiting = this.#pending.values().next().value?.bubble;
    if (waiting?.isConnected && !element.dataset.clientId) waiting.before(element);
    else this.#list.append(element);
    this.#follow();
  }

  #divideDays(at) {
    if (!this.#lastAt || !sameDay(this.#lastAt, at)) {
      this.#lastAuthor = null;
      this.#append(stamp("day", { day: dayName(at) }));
    }
    this.#lastAt = at;
  }

  #spendChoices() {
    this.#list.querySelectorAll("[data-choice]:not(:disabled), [data-act=photo]:not(:disabled)").forEach((button) => (button.disabled = true));
  }

  #clicked(button) {
    const up = verdictOf(button);
    if (up !== null) this.#tell("thumb", { seq: Number(button.closest("[data-seq]").dataset.seq), up });
    if (button?.dataset.choice) this.#tell("choose", { choice: button.dataset.choice, label: button.textContent.trim() });
    if (button?.dataset.act === "photo") this.#tell("photo");
    if (button?.dataset.act === "retry" || button?.dataset.act === "give-up") {
      const { item } = this.#pending.get(button.closest("[data-client-id]").dataset.clientId);
      this.drop(item.frame.client_id);
      this.#tell(button.dataset.act, item);
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #follow() {
    if (this.#follows) this.toNewest();
    this.querySelector("[data-act=newest]").hidden = this.#follows;
  }

  /** A new height moves the text too; only the reader's own scrolling says whether to follow. */
  #scrolled() {
    if (this.clientHeight !== this.#height) return;
    this.#follows = this.scrollHeight - this.scrollTop - this.clientHeight < NEAR;
    this.querySelector("[data-act=newest]").hidden = this.#follows;
  }

  #resized() {
    this.#height = this.clientHeight;
    this.#follow();
  }
}

customElements.define("cs-transcript", Transcript);
