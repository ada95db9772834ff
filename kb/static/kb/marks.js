/* Marks in a text that somebody is writing: over a plain field, and in an editor's page. Both show findings, which say
   where they begin and end in characters, and put a suggestion in the place of the words. */

/** A copy of the field's text on top of it, letter on letter, in which only the marks can be seen. */
export class Mirror {
  constructor(field) {
    this.field = field;
    this.box = document.createElement("div");
    this.box.className = "kb-marked";
    this.sheet = document.createElement("div");
    this.sheet.className = "kb-mirror";
    this.sheet.setAttribute("aria-hidden", "true");
    this.list = document.createElement("ul");
    this.list.className = "kb-marks";
    field.before(this.box);
    this.box.append(field, this.sheet);
    this.box.after(this.list);
    field.addEventListener("scroll", () => this.follow());
    new ResizeObserver(() => this.fit()).observe(field);
    this.fit();
  }

  fit() {
    const worn = getComputedStyle(this.field);
    for (const name of ["font", "letterSpacing", "wordSpacing", "lineHeight", "tabSize", "textIndent", "textAlign", "padding", "borderWidth", "boxSizing"]) {
      this.sheet.style[name] = worn[name];
    }
    const lines = this.field.localName === "textarea";
    this.sheet.style.whiteSpace = lines ? "pre-wrap" : "pre";
    this.sheet.style.overflowWrap = "break-word";
    const edges = parseFloat(worn.borderLeftWidth) + parseFloat(worn.borderRightWidth);
    this.sheet.style.width = `${this.field.clientWidth + edges}px`;
    this.sheet.style.height = `${this.field.offsetHeight}px`;
    if (!lines) this.sheet.style.lineHeight = `${this.field.clientHeight - parseFloat(worn.paddingTop) - parseFloat(worn.paddingBottom)}px`;
    this.follow();
  }

  follow() {
    this.sheet.scrollTop = this.field.scrollTop;
    this.sheet.scrollLeft = this.field.scrollLeft;
  }

  /** Draws the findings; `text` is what they were found in. */
  show(text, findings) {
    const characters = Array.from(text);
    const parts = [];
    let here = 0;
    for (const one of findings) {
      parts.push(characters.slice(here, one.start).join(""));
      const mark = document.createElement("mark");
      mark.textContent = characters.slice(one.start, one.end).join("");
      mark.toggleAttribute("data-blocks", one.blocks);
      parts.push(mark);
      here = one.end;
    }
    parts.push(characters.slice(here).join(""), "\n");
    this.sheet.replaceChildren(...parts);
    this.follow();
  }

  /** What was found no longer stands where it stood: better no mark than one on the wrong word. */
  edited() {
    this.show(this.field.value, []);
  }

  /** Puts the suggestion in the place of the words, if they still stand there. */
  replace(one) {
    const characters = Array.from(this.field.value);
    if (characters.slice(one.start, one.end).join("") !== one.text) return;
    const start = characters.slice(0, one.start).join("").length;
    this.field.setRangeText(one.suggestion, start, start + one.text.length, "end");
    this.field.focus();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const BLOCKS = "p, li, h1, h2, h3, h4, div, blockquote";

/** The marks of an editor's page (see cs-rich.js); drawn by the browser over the text, which stays as it is. */
export class Page {
  constructor(editor) {
    this.page = editor.querySelector("[data-page]");
    this.list = document.createElement("ul");
    this.list.className = "kb-marks";
    editor.after(this.list);
    this.drawn = [];
  }

  /** `text` is the plain text of the page, in which the findings were made. */
  show(text, findings) {
    this.#keep(() => false);
    const characters = Array.from(text);
    for (const one of findings) {
      const before = characters.slice(0, one.start).join("").split(one.text).length - 1;
      const range = this.#occurrence(one.text, before);
      if (!range) continue;
      this.drawn.push({ one, range });
      ink(one)?.add(range);
    }
  }

  /** A range moves with its words; it goes when they change. */
  edited() {
    this.#keep(({ one, range }) => range.toString() === one.text);
  }

  replace(one) {
    const range = this.drawn.find((mark) => mark.one === one)?.range;
    if (range?.toString() !== one.text) return;
    this.page.focus();
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    document.execCommand("insertText", false, one.suggestion);
  }

  #keep(wanted) {
    for (const mark of this.drawn) {
      if (!wanted(mark)) ink(mark.one)?.delete(mark.range);
    }
    this.drawn = this.drawn.filter(wanted);
  }

  /** Where the words stand for the (n+1)-th time; null where the page writes them otherwise than its plain text. */
  #occurrence(words, n) {
    const { whole, pieces } = this.#pieces();
    let at = whole.indexOf(words);
    for (let seen = 0; seen < n && at >= 0; seen += 1) at = whole.indexOf(words, at + words.length);
    if (at < 0) return null;
    const range = document.createRange();
    for (const [set, place] of [["setStart", at], ["setEnd", at + words.length]]) {
      const piece = pieces.findLast((one) => one.begin < place || (set === "setStart" && one.begin === place));
      range[set](piece.node, Math.min(place - piece.begin, piece.node.length));
    }
    return range;
  }

  /** The page's texts in a row, those of two blocks apart, and where each begins. */
  #pieces() {
    const walker = document.createTreeWalker(this.page, NodeFilter.SHOW_TEXT);
    const pieces = [];
    let whole = "";
    let block = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const its = node.parentElement.closest(BLOCKS);
      if (block && its !== block) whole += "\n";
      block = its;
      pieces.push({ node, begin: whole.length });
      whole += node.data;
    }
    return { whole, pieces };
  }
}

/** What draws marks of this kind; nothing in a browser that cannot, where the list below has to do. */
function ink(one) {
  const name = one.blocks ? "kb-blocks" : "kb-warns";
  if (!CSS.highlights) return null;
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  return CSS.highlights.get(name);
}
