/** What stands in a bubble: the words, and where a `rich` part says them with a form, that form. */

import { fragmentOf } from "../../common/js/nodes.js";
import { linkify } from "./linkify.js";

export function bodyOf({ author, body, parts }) {
  if (author === "customer") return body;
  const out = document.createDocumentFragment();
  let done = 0;
  for (const { text, nodes } of (parts ?? []).filter(({ kind }) => kind === "rich")) {
    const at = body.indexOf(text, done);
    if (at < 0) continue;
    out.append(linkify(body.slice(done, at)), formed(nodes));
    done = at + text.length;
  }
  out.append(linkify(body.slice(done)));
  return out;
}

function formed(nodes) {
  const block = document.createElement("div");
  block.className = "rich";
  block.append(fragmentOf(nodes));
  return block;
}
