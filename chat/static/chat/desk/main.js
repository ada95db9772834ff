/** Joins the agent's end of the protocol to the desk's three columns. */

import "../../common/js/cs-since.js";
import "../../common/js/cs-submit.js";
import "../../common/js/cs-toasts.js";
import { say, written } from "../../common/js/words.js";
import "../js/cs-composer.js";
import "../js/cs-transcript.js";
import "./cs-article-search.js";
import "./cs-head.js";
import "./cs-inbox.js";
import "./cs-presence.js";
import "./cs-shortcuts.js";
import "./cs-side.js";
import "./cs-suggestions.js";
import "./cs-tabs.js";
import "./cs-ticket-form.js";
import { Desk } from "./desk.js";

const TYPING_SHOWN = 5_000;
const SIGN_IN = 4401;

const setting = written("setting");
const find = (name) => document.querySelector(name);
const [inbox, head, transcript, suggestions] = ["cs-inbox", "cs-head", "cs-transcript", "cs-suggestions"].map(find);
const [composer, side, ticketForm, presence] = ["cs-composer", "cs-side", "cs-ticket-form", "cs-presence"].map(find);
const [tabs, toasts, shortcuts] = ["cs-tabs", "cs-toasts", "cs-shortcuts"].map(find);
const articleSearch = find("cs-article-search");
const title = document.title;
const desk = new Desk(setting);

let current = null;
let typingTimer = 0;

const isCurrent = ({ conversation }) => conversation === current;
const row = () => desk.rows.get(current);
const thread = () => desk.threads.get(current);
const mode = () => find("[name=mode]:checked").value;

function choose(conversation) {
  if (!conversation) return;
  if (thread()) thread().draft = { text: composer.text, mode: mode() };
  current = conversation;
  inbox.choose(conversation);
  document.body.toggleAttribute("data-chosen", true);
  const { draft } = desk.open(conversation);
  find(`[name=mode][value=${draft.mode}]`).checked = true;
  composer.text = draft.text;
  redraw();
  tabs.show("conversation");
}

/** The whole transcript, after another conversation was chosen. */
function redraw() {
  transcript.clear();
  for (const { message, note } of thread().inOrder) {
    if (message) transcript.show(message);
    else transcript.note(note);
  }
  desk.unsent(current).forEach((item) => transcript.pend(item));
  thread().thumbs.forEach((thumbed) => transcript.thumbed(thumbed));
  transcript.readUpTo(thread().readUpTo);
  transcript.loading = false;
  transcript.toNewest();
  refresh();
}

/** Everything around the transcript. */
function refresh() {
  if (!current || !thread()) return;
  const about = row();
  if (about) head.show(about);
  suggestions.show(thread().suggestion);
  articleSearch.about(current);
  side.show(thread());
  if (thread().card) ticketForm.show(current, thread().card.orders, thread().lastQuestion);
  const isNote = mode() === "note";
  const mayWrite = isNote || (about?.mine && about.state === "human");
  composer.enabled = mayWrite;
  composer.toggleAttribute("data-note", isNote);
  find("[data-hint]").textContent = mayWrite ? "" : whyNot(about ?? {});
}

/** Why nothing can be written to this customer now. */
function whyNot({ state, agent }) {
  if (state === "human") return say("with_agent", { name: agent });
  return say({ waiting: "take_first", bot: "state_bot" }[state] ?? "is_closed");
}

function list() {
  const visible = [...desk.rows.values()].filter(({ state, mine }) => setting.sees_others || mine || state === "waiting");
  inbox.show(visible, setting.head_start);
  inbox.choose(current);
  const waiting = inbox.waiting.length;
  document.title = waiting ? `(${waiting}) ${title}` : title;
  tabs.waiting = waiting;
  refresh();
}

function read() {
  const { last } = thread().feed;
  if (last && row()?.mine && document.visibilityState === "visible") desk.ask("read", { conversation: current, seq: last });
}

function insert(answer) {
  composer.text = composer.text ? `${composer.text}\n${answer}` : answer;
  composer.focus();
}

function take(conversation = current) {
  if (!conversation) return;
  if (conversation !== current) choose(conversation);
  desk.ask("take", { conversation });
}

const shown = (act) => (frame) => isCurrent(frame) && act(frame);
const reactions = {
  welcome: ({ agent, colleagues }) => (presence.show(agent), head.colleagues(colleagues), current && desk.open(current)),
  inbox: list,
  message: shown((message) => (transcript.show(message), transcript.typing(false), read(), refresh())),
  note: shown((note) => transcript.note(note)),
  state: shown(refresh),
  customer: shown(refresh),
  suggestion: shown(refresh),
  ticket: shown(refresh),
  thumbed: shown((thumbed) => (thumbed.article ? refresh() : transcript.thumbed(thumbed))),
  read: shown(({ seq }) => transcript.readUpTo(seq)),
  typing: shown(showTyping),
  alert: ({ sentence, conversation }) =>
    toasts.show(sentence, { act: conversation && (() => choose(conversation)) }),
  pending: (item) => item.frame.type === "send" && transcript.pend(item),
  failed,
  stored: (clientId) => transcript.stored(clientId),
  trouble: ({ sentence }) => toasts.show(sentence, { tone: "bad" }),
  up: () => (find("[data-offline]").hidden = true),
  down: () => (find("[data-offline]").hidden = false),
  refused: (code) => (code === SIGN_IN ? location.reload() : toasts.show(say("not_open"), { tone: "bad" })),
};
for (const [type, react] of Object.entries(reactions)) desk.addEventListener(type, ({ detail }) => react(detail));

/** A text that was refused stays in its place to be sent again; of anything else the sentence is enough. */
function failed(item) {
  if (item.frame.type !== "send" || !isCurrent(item.frame)) toasts.show(item.failed, { tone: "bad" });
  if (item.frame.type !== "send") desk.giveUp(item);
  else if (isCurrent(item.frame)) transcript.pend(item);
}

function showTyping() {
  transcript.typing(true);
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => transcript.typing(false), TYPING_SHOWN);
}

inbox.addEventListener("pick", ({ detail }) => choose(detail));
head.addEventListener("act", ({ detail: { act, ...fields } }) => desk.ask(act, { conversation: current, ...fields }));
head.addEventListener("transfer-menu", () => presence.tell());
composer.addEventListener("say", ({ detail: body }) => {
  desk.write(mode(), { conversation: current, body }, body);
});
composer.addEventListener("typing", () => mode() === "send" && desk.ask("typing", { conversation: current }));
suggestions.addEventListener("thumb", ({ detail }) => desk.ask("thumb", { conversation: current, ...detail }));
for (const one of [suggestions, articleSearch]) one.addEventListener("insert", ({ detail }) => insert(detail));
side.addEventListener("move", ({ detail }) => desk.ask("move_ticket", detail));
ticketForm.addEventListener("open-ticket", ({ detail }) =>
  desk.write("open_ticket", { conversation: current, ...detail }, detail.reason),
);
presence.addEventListener("presence", ({ detail }) => desk.ask("presence", detail));
transcript.addEventListener("retry", ({ detail }) => desk.retry(detail));
transcript.addEventListener("thumb", ({ detail }) => desk.ask("thumb", { conversation: current, ...detail }));
transcript.addEventListener("give-up", ({ detail }) => desk.giveUp(detail));
find(".modes").addEventListener("change", () => (refresh(), composer.focus()));
find("[data-act=take-next]").addEventListener("click", () => take(inbox.waiting[0]?.conversation));
document.addEventListener("visibilitychange", () => current && read());

function write(as) {
  find(`[name=mode][value=${as}]`).click();
  composer.focus();
}

const actions = {
  next: () => choose(inbox.neighbour(1)),
  previous: () => choose(inbox.neighbour(-1)),
  take: () => take(),
  "take-next": () => take(inbox.waiting[0]?.conversation),
  reply: () => write("send"),
  note: () => write("note"),
  ticket: () => ticketForm.focus(),
  search: () => (tabs.show("side"), articleSearch.focus()),
  presence: () => presence.toggle(),
  "insert-1": () => suggestions.insert(0),
  "insert-2": () => suggestions.insert(1),
  "insert-3": () => suggestions.insert(2),
};
shortcuts.addEventListener("shortcut", ({ detail }) => actions[detail]());

desk.start();
