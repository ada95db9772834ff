/** The blocks beside a message's text, each made from the server's template of the same name. */

import { picture, stamp } from "../../common/js/stamp.js";
import { clockTime, dateAndTime, fullDate, shortDate } from "../../common/js/times.js";
import { say } from "../../common/js/words.js";
import { photos } from "./photos.js";
import { TONES } from "./tones.js";

const SHOWN_EVENTS = 3;
// Done, or the next word is the customer's: we owe no answer by any time.
const WITHOUT_CLOCK = new Set(["waiting_customer", "solved", "closed"]);

/** The element for a part; null for kinds that this page does not know, whose words are in the body anyway. */
export function partElement(part) {
  return BUILDERS[part.kind]?.(part) ?? null;
}

export const yuan = (amount) => `¥${Number(amount).toFixed(2)}`;

export function pill(status, name) {
  const element = stamp("pill", { name });
  element.dataset.tone = TONES[status] ?? "";
  return element;
}

function choices({ options }) {
  const group = stamp("choices");
  for (const { value, label } of options) {
    const button = stamp("choice", { label });
    button.dataset.choice = value;
    group.append(button);
  }
  return group;
}

function form(part) {
  const group = choices(part);
  group.classList.add("choices-stacked");
  if (part.field === "photo") group.prepend(stamp("choice-photo"));
  return group;
}

const source = ({ question }) => stamp("source", { question: say("from_article", { question }) });

export function order({ number, status, status_name: name, placed_at: at, total, items }) {
  const card = stamp("order", { number, status: pill(status, name), at: fullDate(at), total: yuan(total) });
  card.querySelector("ul").append(...items.map(orderItem));
  return card;
}

function orderItem({ name, quantity, image }) {
  const item = stamp("order-item", { name, quantity: `× ${quantity}` });
  picture(item.querySelector("img"), image);
  return item;
}

export function parcel({ carrier, tracking_number: number, status, status_name: name, events }) {
  const card = stamp("parcel", { carrier, number, status: pill(status, name) });
  const [recent, older] = [events.slice(0, SHOWN_EVENTS), events.slice(SHOWN_EVENTS)];
  card.querySelector("[data-list=recent]").append(...recent.map(parcelEvent));
  card.querySelector("[data-list=older]").append(...older.map(parcelEvent));
  card.querySelector("details").hidden = older.length === 0;
  return card;
}

const parcelEvent = ({ at, place, text }) => stamp("parcel-event", { at: dateAndTime(at), place, text });

function product({ name, price, image, url }) {
  const card = stamp("product", { name, price: yuan(price) });
  picture(card.querySelector("img"), image, name);
  return url ? led(stamp("product-link"), url, card) : card;
}

const link = ({ url, words }) => led(stamp("link", { words, host: hostOf(url) }), url);

function coupon({ code, words, ends }) {
  const until = ends ? say("valid_until", { day: fullDate(`${ends}T00:00`) }) : null;
  return stamp("coupon", { code, words, until });
}

function image({ url, words }) {
  const card = stamp("image", { words });
  picture(card.querySelector("img"), url, words);
  return card;
}

function photo({ id, width, height }) {
  const card = stamp("photo");
  // Its place is kept before it has come, so that nothing jumps.
  card.style.aspectRatio = `${width} / ${height}`;
  photos.show(card.querySelector("img"), id);
  return card;
}

/** The link, leading there if that is a safe place to lead to, with the content if there is any. */
function led(anchor, url, content = null) {
  if (content) anchor.replaceChildren(content);
  if (/^(https:\/\/|tel:|mailto:)/.test(url)) anchor.href = url;
  return anchor;
}

const hostOf = (url) => (url.startsWith("https://") ? new URL(url).host : url.replace(/^(tel|mailto):/, ""));

export function ticket({ number, kind_name: kind, state, state_name: name, due_at: due }) {
  const until = due && !WITHOUT_CLOCK.has(state) ? say("due", { time: `${shortDate(due)} ${clockTime(due)}` }) : null;
  const card = stamp("ticket", { kind, number, state: pill(state, name), due: until });
  card.dataset.ticket = number;
  return card;
}

const BUILDERS = { choices, form, source, order, parcel, product, link, coupon, image, photo, ticket };
