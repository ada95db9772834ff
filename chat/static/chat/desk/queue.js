/** Which rows stand in the inbox, in which group and order. Pure: rows in, groups out. */

/**
 * {waiting, mine, others}: waiting by the server's own rule (a better customer has a head start, in seconds), mine
 * with the longest unanswered first.
 */
export function groups(rows, headStart) {
  const turn = ({ waiting_since: since, tier }) => Date.parse(since) - 1000 * (headStart[tier] ?? 0);
  const unanswered = ({ unanswered_since: since }) => (since ? Date.parse(since) : Infinity);
  const by = (key) => (one, other) => key(one) - key(other) || one.number.localeCompare(other.number);
  const alive = [...rows].filter(({ state }) => state !== "closed");
  return {
    waiting: alive.filter(({ state }) => state === "waiting").sort(by(turn)),
    mine: alive.filter(({ state, mine }) => state === "human" && mine).sort(by(unanswered)),
    others: alive.filter(({ state, mine }) => state !== "waiting" && !mine).sort(by(unanswered)),
  };
}
