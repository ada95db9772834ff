/** Times in the page's language and the reader's own time zone. */

import { say } from "./words.js";

const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat(language, { month: "short", day: "numeric" });
const longDate = new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric" });
const DAY = 86_400_000;

const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);

export const clockTime = (at) => clock.format(new Date(at));
export const shortDate = (at) => date.format(new Date(at));
export const fullDate = (at) => longDate.format(new Date(at));
export const dateAndTime = (at) => `${shortDate(at)} ${clockTime(at)}`;

/** Whether two moments fall on the same day here. */
export const sameDay = (one, other) => midnight(one) === midnight(other);

/** "Today", "Yesterday" or the date. */
export function dayName(at, now = new Date()) {
  const days = Math.round((midnight(now) - midnight(at)) / DAY);
  if (days === 0) return say("today");
  if (days === 1) return say("yesterday");
  return fullDate(at);
}

/** Seconds as 0:42, 12:05 or 3:20:00. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
