/** Joins the customer's end of the protocol to the page. */

import { recall, remember } from "../../common/js/memory.js";
import { fill } from "../../common/js/stamp.js";
import { say, written } from "../../common/js/words.js";
import "../js/cs-composer.js";
import "../js/cs-transcript.js";
import { photos } from "../js/photos.js";
import "./cs-rating.js";
import "./cs-status.js";
import { Customer } from "./customer.js";
import { Parent } from "./parent.js";
import { MOST_BYTES, Photographs } from "./photographs.js";

const TYPING_SHOWN = 5_000;
const TROUBLE_SHOWN = 6_000;

const { shop, path, locale, origins } = written("setting");
const find = (name) => document.querySelector(name);
const [transcript, composer, status, rating] = ["cs-transcript", "cs-composer", "cs-status", "cs-rating"].map(find);
const askPerson = find("[data-act=person]");
const parent = new Parent(origins);
const photographs = new Photographs(shop, () => Customer.token(shop));
const photoField = find("[data-photo]");
photos.show = (image, id) => photographs.show(image, id);
const seenKey = `cscore.seen.${shop}`;

let customer = null;
let isOpen = !parent.exists;
let conversation = null;
let unread = 0;
let typingTimer = 0;
let comeIn = null;
/** Until the first welcome a newcomer has no token, and nothing that is sent beside the socket would be his. */
const welcomed = new Promise((resolve) => (comeIn = resolve));

const reactions = {
  welcome(frame) {
    conversation = frame.conversation;
    comeIn();
    find("[data-hello]").hidden = frame.seq > 0;
  },

  message(frame) {
    find("[data-hello]").hidden = true;
    if (frame.author !== "customer") transcript.typing(false);
    transcript.show(frame);
    if (isOpen) seen();
    else if (frame.author !== "customer" && isNew(frame)) parent.tell("unread", { count: (unread += 1) });
  },

  state(frame) {
    transcript.loading = false;
    status.show(frame);
    askPerson.hidden = frame.state !== "bot";
    if (frame.state === "closed" && transcript.lastSeq) rating.ask();
    else rating.hidden = true;
  },

  typing() {
    transcript.typing(true);
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => transcript.typing(false), TYPING_SHOWN);
  },

  cleared() {
    transcript.clear();
    customer.unsent.forEach((item) => transcript.pend(item));
  },

  refused() {
    find("[data-unavailable]").hidden = false;
    composer.enabled = false;
  },

  trouble({ sentence }) {
    const place = find("[data-trouble]");
    place.textContent = sentence;
    place.hidden = false;
    setTimeout(() => (place.hidden = true), TROUBLE_SHOWN);
  },

  ticket: (frame) => transcript.ticket(frame),
  read: ({ seq }) => transcript.readUpTo(seq),
  rated: () => rating.thank(),
  thumbed: (frame) => transcript.thumbed(frame),
  pending: (item) => transcript.pend(item),
  failed: (item) => transcript.pend(item),
  stored: (clientId) => transcript.stored(clientId),
  renewed: () => transcript.divide(say("new_conversation")),
  up: () => status.up(),
  down: () => status.down(),
};

/** Once the page around us has said who the customer is, or that it does not know. */
function begin({ identity = null, page = {} } = {}) {
  if (customer) return;
  customer = new Customer({ shop, path, hello: { identity, page, locale } });
  for (const [type, react] of Object.entries(reactions)) customer.addEventListener(type, ({ detail }) => react(detail));
  customer.unsent.forEach((item) => transcript.pend(item));
  if (isOpen || Customer.isTalking(shop)) customer.start();
}

function open() {
  isOpen = true;
  begin();
  customer.start();
  transcript.toNewest();
  composer.focus();
  seen();
}

function shut() {
  isOpen = false;
  parent.tell("close");
}

function isNew({ seq }) {
  const last = recall(seenKey);
  return last?.conversation !== conversation || seq > last.seq;
}

/** Remembers how far was read, for the badge here and for the agent's ticks. */
function seen() {
  unread = 0;
  parent.tell("unread", { count: 0 });
  remember(seenKey, { conversation, seq: transcript.lastSeq });
  if (document.visibilityState === "visible") customer.read();
}

/** Sends the chosen photo; it comes back as a message like every other. */
async function sendPhoto() {
  const [file] = photoField.files;
  photoField.value = "";
  if (!file) return;
  if (file.size > MOST_BYTES) return reactions.trouble({ sentence: say("photo_too_large") });
  await tryPhoto(photographs.parcel(file));
}

async function tryPhoto(parcel) {
  failedPhoto.forget();
  showSending(true);
  await welcomed;
  const refused = await photographs.send(parcel, say("photo_not_sent"));
  showSending(false);
  if (refused?.again) failedPhoto.show(parcel, refused.sentence);
  else if (refused) reactions.trouble(refused);
}

/** A photo that did not arrive stays here until it is tried again or given up. */
const failedPhoto = {
  strip: find("[data-photo-failed]"),
  parcel: null,

  show(parcel, sentence) {
    this.parcel = parcel;
    fill(this.strip, "sentence", sentence);
    this.strip.hidden = false;
  },

  forget() {
    this.parcel = null;
    this.strip.hidden = true;
  },
};

function showSending(isSending) {
  find("[data-photo-progress]").hidden = !isSending;
  find("[data-act=photo].add-photo").disabled = isSending;
}

photoField.addEventListener("change", sendPhoto);
find("[data-act=photo-again]").addEventListener("click", () => failedPhoto.parcel && tryPhoto(failedPhoto.parcel));
find("[data-act=photo-drop]").addEventListener("click", () => failedPhoto.forget());
find("[data-act=photo].add-photo").addEventListener("click", () => photoField.click());
transcript.addEventListener("photo", () => photoField.click());
composer.addEventListener("say", ({ detail }) => customer.say(detail));
composer.addEventListener("typing", () => customer.typing());
rating.addEventListener("rate", ({ detail }) => customer.rate(detail.stars, detail.comment));
askPerson.addEventListener("click", () => customer.askForPerson(askPerson.textContent.trim()));
transcript.addEventListener("choose", ({ detail }) => customer.choose(detail.choice, detail.label));
transcript.addEventListener("retry", ({ detail }) => customer.retry(detail));
transcript.addEventListener("thumb", ({ detail: { seq, up } }) => customer.thumb(seq, up));
transcript.addEventListener("give-up", ({ detail }) => customer.giveUp(detail));
document.addEventListener("visibilitychange", () => isOpen && customer && seen());

find("[data-act=close]").addEventListener("click", shut);
find("[data-act=close]").hidden = !parent.exists;
addEventListener("keydown", (event) => event.key === "Escape" && parent.exists && shut());

parent.addEventListener("begin", ({ detail }) => begin(detail));
parent.addEventListener("open", open);
parent.addEventListener("shut", () => (isOpen = false));
parent.addEventListener("ask", ({ detail }) => {
  composer.text = detail.text ?? "";
  open();
});

if (parent.exists) parent.tell("ready", { open: say("launcher_open"), shut: say("launcher_shut"), title: document.title });
else open();
