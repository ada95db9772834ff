/** Answers with a form: the server's tree of plain values, built into elements one by one. Text stays text. */

const PLAIN = new Set(["p", "h3", "ul", "ol", "li", "b", "i", "br"]);
const LINK = /^(https:\/\/|tel:|mailto:)/;
const PICTURE = /^(https:\/\/|\/(static|media)\/)/;

/** A fragment with the nodes; of a tag that is not known only what stands in it is kept. */
export function fragmentOf(nodes) {
  const out = document.createDocumentFragment();
  out.append(...nodes.map(built));
  return out;
}

function built(node) {
  if (typeof node === "string") return node;
  const { tag, href, src, alt, children } = node;
  if (tag === "img") return PICTURE.test(src) ? pictured(src, alt ?? "") : (alt ?? "");
  const inside = fragmentOf(children);
  if (tag === "a") return LINK.test(href) ? linked(href, inside) : inside;
  if (!PLAIN.has(tag)) return inside;
  const element = document.createElement(tag);
  element.append(inside);
  return element;
}

function linked(href, inside) {
  const link = document.createElement("a");
  link.href = href;
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  link.append(inside);
  return link;
}

/** A picture; where it cannot be loaded, what it shows is said. */
function pictured(src, alt) {
  const image = document.createElement("img");
  image.alt = alt;
  image.loading = "lazy";
  image.referrerPolicy = "no-referrer";
  image.src = src;
  return image;
}
