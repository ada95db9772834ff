/** The server writes the markup into <template id="t-NAME">; scripts only fill in its slots, and only with text. */

/**
 * A copy of the template. Each value goes into the element marked data-slot="key": text as text, nodes as they
 * are; where the value is empty, the element is removed.
 */
export function stamp(name, values = {}) {
  const { content } = document.getElementById(`t-${name}`);
  const root = document.importNode(content.firstElementChild, true);
  for (const [slot, value] of Object.entries(values)) fill(root, slot, value);
  return root;
}

/** Puts one value into one slot of what was stamped. */
export function fill(root, slot, value) {
  const place = root.dataset.slot === slot ? root : root.querySelector(`[data-slot="${slot}"]`);
  if (!place) return;
  if (value === null || value === undefined || value === "") place.remove();
  else if (value instanceof Node) place.replaceChildren(value);
  else place.textContent = String(value);
}

/** A picture of ours, or nothing: other addresses are not loaded. */
export function picture(image, source, alt = "") {
  if (!source || !image) return image?.remove();
  image.src = /^(\/|https?:)/.test(source) ? source : `/static/${source}`;
  image.alt = alt;
  image.addEventListener("error", () => image.remove(), { once: true });
}
