/** Text with its web addresses made into links. Nothing but text nodes and <a> with http(s) ever comes out. */

const ADDRESS = /https?:\/\/[^\s<>"'，。；！？、）】」]+/g;

export function linkify(text) {
  const out = document.createDocumentFragment();
  let done = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    out.append(text.slice(done, index), link(address));
    done = index + address.length;
  }
  out.append(text.slice(done));
  return out;
}

function link(address) {
  const anchor = document.createElement("a");
  anchor.href = address;
  if (!anchor.host) return address;
  anchor.rel = "noopener noreferrer nofollow ugc";
  anchor.target = "_blank";
  anchor.textContent = address;
  return anchor;
}
