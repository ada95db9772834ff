/** Bubbles: what was said, by whom, when, and how far it got. */

import { fill, stamp } from "../../common/js/stamp.js";
import { clockTime } from "../../common/js/times.js";
import { say } from "../../common/js/words.js";
import { bodyOf } from "./body.js";
import { partElement } from "./parts.js";
import { thumbs } from "./thumbs.js";

/** The bubble of a stored message. `own` is the author whose messages stand on the right. */
export function messageElement(message, own) {
  const { author, name, parts, at } = message;
  const bubble = stamp(author === "system" ? "system-message" : "message", {
    name: author === own ? say("you") : name || say(author),
    text: bodyOf(message),
    time: clockTime(at),
  });
  bubble.dataset.author = author;
  bubble.dataset.seq = message.seq;
  bubble.classList.toggle("message-own", author === own);
  bubble.querySelector("time")?.setAttribute("datetime", at);
  const blocks = (parts ?? []).map(partElement).filter(Boolean);
  bubble.querySelector("[data-parts]").append(...blocks);
  if (author === "bot") bubble.querySelector(".source")?.append(thumbs());
  if (author === own) showProgress(bubble, "sent");
  return bubble;
}

/** The bubble of something written here that the server has not acknowledged. */
export function pendingElement({ frame, label, at, failed }, own) {
  const bubble = messageElement({ author: own, body: label, parts: [], at, seq: "" }, own);
  bubble.dataset.clientId = frame.client_id;
  showProgress(bubble, failed ? "failed" : "sending", failed);
  return bubble;
}

/** "sending", "sent", "read" or "failed" with the reason in words. */
export function showProgress(bubble, progress, reason = null) {
  bubble.dataset.progress = progress;
  fill(bubble, "progress", stamp(`progress-${progress}`, { reason }));
}

export function noteElement({ by, body, at }) {
  return stamp("note", { by, text: body, time: clockTime(at) });
}
