/** localStorage that never throws: where a browser refuses it, values last as long as the page. */

const fallback = new Map();

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return fallback.get(key) ?? null;
  }
}

export function remember(key, value) {
  fallback.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden here: the copy above serves until the page closes.
  }
}
