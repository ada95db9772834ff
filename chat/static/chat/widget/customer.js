/**
 * The customer's end of the chat protocol (docs/protocol.md): says hello, resumes after a break, keeps what is not
 * acknowledged and shows each message once.
 *
 * Events carry the frame as detail: "welcome", "message", "state", "ticket", "typing", "read", "rated", "thumbed",
 * "trouble".
 * Besides: "pending" and "failed" (detail: an outbox item), "stored" (detail: its client_id), "renewed" (a new
 * conversation begins), "cleared" (another conversation follows), "up", "down", "refused".
 */

import { recall, remember } from "../../common/js/memory.js";
import { Line } from "../../common/js/socket.js";
import { Feed } from "../js/feed.js";
import { Outbox } from "../js/outbox.js";

const GAP_PATIENCE = 1_500;

export class Customer extends EventTarget {
  #line;
  #outbox;
  #feed = new Feed();
  #key;
  #outboxKey;
  #hello;
  #conversation = null;
  #greeted = false;
  #gap = 0;
  #turnedAway = false;

  /** `hello`: locale, page and identity (null for strangers) as the page gives them. */
  constructor({ shop, path, hello }) {
    super();
    this.#key = `cscore.visitor.${shop}`;
    this.#outboxKey = `cscore.outbox.${shop}`;
    this.#hello = hello;
    if (!hello.identity && this.#visitor.signed) this.#forget();
    this.#line = new Line(path);
    this.#outbox = new Outbox(this.#outboxKey, (frame) => this.#greeted && this.#line.send(frame));
    this.#outbox.addEventListener("failed", ({ detail }) => this.#tell("failed", detail));
    this.#line.addEventListener("open", () => this.#sayHello());
    this.#line.addEventListener("frame", ({ detail }) => this.#hear(detail));
    this.#line.addEventListener("down", ({ detail }) => this.#lost(detail));
    this.#line.addEventListener("refused", () => this.#tell("refused"));
  }

  /** Whether this visitor was in the middle of something when the page was left. */
  static isTalking(shop) {
    const visitor = recall(`cscore.visitor.${shop}`);
    return Boolean(visitor?.token && visitor.talking) || Boolean(recall(`cscore.outbox.${shop}`)?.length);
  }

  /** The token by which the server knows this visitor. */
  static token(shop) {
    return recall(`cscore.visitor.${shop}`)?.token ?? null;
  }

  start() {
    this.#line.open();
  }

  say(body) {
    this.#send({ type: "send", body }, body);
  }

  choose(choice, label) {
    this.#send({ type: "choose", choice }, label);
  }

  askForPerson(label) {
    this.#send({ type: "human" }, label);
  }

  retry(item) {
    const { client_id: clientId, ...frame } = item.frame;
    this.#outbox.remove(clientId);
    this.#send(frame, item.label);
  }

  giveUp(item) {
    this.#outbox.remove(item.frame.client_id);
  }

  rate(stars, comment) {
    return this.#line.send({ type: "rate", stars, comment });
  }

  thumb(seq, up) {
    this.#line.send({ type: "thumb", seq, up });
  }

  typing() {
    this.#line.send({ type: "typing" });
  }

  /** Tells the other side how far the customer has read. */
  read() {
    if (this.#greeted && this.#feed.last) this.#line.send({ type: "read", seq: this.#feed.last });
  }

  get unsent() {
    return this.#outbox.items;
  }

  get #visitor() {
    return recall(this.#key) ?? { token: null, signed: false, talking: false };
  }

  #send(frame, label) {
    this.#tell("pending", this.#outbox.add(frame, label));
  }

  #sayHello() {
    const { token } = this.#visitor;
    this.#line.send({ type: "hello", token, conversation: this.#conversation, since: this.#feed.last, ...this.#hello });
  }

  #hear(frame) {
    const handlers = { welcome: this.#welcomed, message: this.#took, ack: this.#acknowledged, error: this.#troubled };
    if (frame.type in handlers) handlers[frame.type].call(this, frame);
    else this.#noted(frame);
  }

  #welcomed(frame) {
    const isOther = this.#conversation !== null && frame.conversation !== this.#conversation;
    const visitor = this.#visitor;
    const signed = visitor.signed || Boolean(this.#hello.identity);
    remember(this.#key, { ...visitor, token: frame.token ?? visitor.token, signed });
    this.#conversation = frame.conversation;
    this.#hello.identity = null; // It lives ten minutes; from here on the token says who this is.
    this.#turnedAway = false;
    if (isOther) {
      this.#feed = new Feed();
      this.#tell(this.#greeted ? "renewed" : "cleared");
    }
    this.#greeted = true;
    this.#tell("welcome", frame);
    this.#tell("up");
    this.#outbox.pump();
  }

  #took(message) {
    this.#feed.take(message).forEach((ready) => this.#tell("message", ready));
    clearTimeout(this.#gap);
    if (this.#feed.hasGap) this.#gap = setTimeout(() => this.#line.again(), GAP_PATIENCE);
    if (message.client_id) this.#outbox.acknowledged(message.client_id);
  }

  #acknowledged({ client_id: clientId }) {
    this.#outbox.acknowledged(clientId);
    this.#tell("stored", clientId);
  }

  #troubled(frame) {
    if (frame.code === "bad-identity") this.#hello.identity = null;
    if (!this.#outbox.refused(frame)) this.#tell("trouble", frame);
  }

  #noted(frame) {
    if (frame.type === "state") remember(this.#key, { ...this.#visitor, talking: frame.state !== "closed" });
    this.#tell(frame.type, frame);
  }

  #lost(code) {
    this.#greeted = false;
    this.#outbox.pause();
    clearTimeout(this.#gap);
    if (code === 1008 && this.#turnedAway) this.#forget();
    this.#turnedAway = code === 1008;
    this.#tell("down");
  }

  /** The next hello is a stranger's. */
  #forget() {
    remember(this.#key, null);
    remember(this.#outboxKey, null);
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
