/**
 * <cs-rich data-nodes="[...]">: an editor over a textarea. The page holds elements built from the nodes; what is
 * written goes into the textarea as plain text and into the hidden field as HTML, which the server cleans.
 */

import { fragmentOf } from "../common/js/nodes.js";

const WRITER = new XMLSerializer();
const ADDRESS = /^(https:\/\/|tel:|mailto:|\/(static|media)\/)/;

class Rich extends HTMLElement {
  #page = null;
  #asked = null;
  #range = null;

  connectedCallback() {
    if (this.#page) return;
    this.#page = this.querySelector("[data-page]");
    this.text = this.querySelector("textarea");
    this.html = this.querySelector("input[type=hidden]");
    this.ask = this.querySelector("[data-ask]");
    this.#page.append(fragmentOf(JSON.parse(this.dataset.nodes)));
    const label = this.text.labels?.[0]?.textContent.trim();
    if (label) this.#page.setAttribute("aria-label", label);
    this.text.hidden = true;
    this.html.disabled = false;
    this.#page.hidden = this.querySelector("[role=toolbar]").hidden = false;
    document.execCommand("defaultParagraphSeparator", false, "p");
    this.#page.addEventListener("input", () => this.#written());
    this.#page.addEventListener("paste", (event) => this.#pasted(event));
    this.#page.addEventListener("drop", (event) => event.preventDefault());
    // The toolbar must not take the place of the cursor away.
    this.querySelector("[role=toolbar]").addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    this.addEventListener("click", ({ target }) => this.#do(target.closest("button")?.dataset.do));
    this.querySelector("[data-insert]").addEventListener("change", ({ target }) => this.#insertValue(target));
    this.ask.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#insertAsked();
    });
  }

  #do(what) {
    if (!what) return;
    if (what === "link" || what === "image") return this.#askFor(what);
    if (what === "insert") return this.#insertAsked();
    this.#page.focus();
    if (what === "plain") document.execCommand("removeFormat");
    if (what === "plain" || what === "heading") this.#block(what === "heading" && !this.#inHeading() ? "h3" : "p");
    if (what !== "plain" && what !== "heading") document.execCommand(what);
    this.#written();
  }

  #inHeading() {
    return document.queryCommandValue("formatBlock").toLowerCase() === "h3";
  }

  #block(tag) {
    document.execCommand("formatBlock", false, tag);
  }

  #askFor(what) {
    this.#range = this.#selected();
    this.#asked = this.#asked === what ? null : what;
    this.ask.hidden = !this.#asked;
    this.ask.querySelector("[data-words]").hidden = what !== "image";
    if (this.#asked) this.ask.querySelector("[data-address]").focus();
  }

  #insertAsked() {
    const [address, words] = ["address", "words"].map((name) => this.ask.querySelector(`[data-${name}]`));
    const url = address.value.trim();
    address.setCustomValidity(ADDRESS.test(url) ? "" : "https://, tel:, mailto:, /static/, /media/");
    if (!address.reportValidity()) return;
    this.#back();
    if (this.#asked === "image") this.#range.insertNode(fragmentOf([{ tag: "img", src: url, alt: words.value.trim() }]));
    else if (this.#range.collapsed) this.#range.insertNode(fragmentOf([{ tag: "a", href: url, children: [url] }]));
    else document.execCommand("createLink", false, url);
    address.value = words.value = "";
    this.#asked = null;
    this.ask.hidden = true;
    this.#written();
  }

  #insertValue(select) {
    this.#range = this.#selected();
    this.#back();
    document.execCommand("insertText", false, `{${select.value}}`);
    select.value = "";
    this.#written();
  }

  /** What is selected in the page, or its end. */
  #selected() {
    const selection = getSelection();
    if (selection.rangeCount && this.#page.contains(selection.anchorNode)) return selection.getRangeAt(0).cloneRange();
    const end = document.createRange();
    end.selectNodeContents(this.#page);
    end.collapse(false);
    return end;
  }

  #back() {
    this.#page.focus();
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(this.#range);
  }

  /** Only the words: what other pages look like is left there. */
  #pasted(event) {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  }

  #written() {
    this.text.value = this.#page.innerText.replace(/\n{3,}/g, "\n\n").trim();
    this.html.value = [...this.#page.childNodes].map((node) => WRITER.serializeToString(node)).join("");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("cs-rich", Rich);
