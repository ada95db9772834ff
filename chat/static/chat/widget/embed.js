/**
 * Puts the chat on any page:
 *   <script src="https://HOST/widget/embed.js" data-shop="KEY" defer></script>
 * Optional: data-identity (who the customer is, signed by the shop's server), data-locale (zh-hans, en), data-page
 * (the product's SKU, or order:NUMBER). The page may open the chat, with a question already written, by
 *   dispatchEvent(new CustomEvent("cscore:ask", { detail: "Where is my parcel?" }))
 * The launcher appears when the chat is ready; a page that may not embed this shop's chat shows nothing.
 */
(() => {
  const { src, dataset } = document.currentScript;
  const { origin: host } = new URL(src);
  const ICONS = {
    open: ["M4 7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-5l-5 4v-4a3 3 0 0 1-3-3z", "M9 10.5h6"],
    shut: ["M6 9l6 6 6-6"],
  };
  const LOOK = `
    :host { all: initial; color-scheme: light dark; --accent: #2459d6; --on: #fff; --bad: #c62828; }
    button { position: fixed; z-index: 2147483001; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom));
      display: grid; place-items: center; width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%;
      background: var(--accent); color: var(--on); cursor: pointer; box-shadow: 0 8px 24px -6px rgb(16 24 40 / 45%); }
    button:hover { filter: brightness(1.08); }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    svg { width: 26px; height: 26px; fill: none; stroke: currentcolor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
    span { position: absolute; top: -2px; right: -2px; min-width: 20px; padding: 0 5px; border-radius: 10px; box-sizing: border-box;
      background: var(--bad); color: #fff; font: 600 12px/20px system-ui, sans-serif; text-align: center; }
    iframe { position: fixed; z-index: 2147483000; right: max(20px, env(safe-area-inset-right)); bottom: 92px; width: 392px;
      height: min(660px, calc(100vh - 112px)); border: 0; border-radius: 18px; background: Canvas;
      box-shadow: 0 24px 64px -16px rgb(16 24 40 / 40%), 0 0 0 1px rgb(16 24 40 / 8%); }
    [hidden] { display: none; }
    @media (max-width: 520px) {
      iframe { inset: 0; width: 100vw; height: 100vh; height: 100dvh; border-radius: 0; }
      button[aria-expanded=true] { display: none; }
    }
    @media (prefers-color-scheme: dark) { :host { --accent: #7ea6ff; --on: #0a1430; } }`;

  const element = (name, attributes = {}) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  const drawing = (paths) => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const d of paths) svg.appendChild(document.createElementNS(space, "path")).setAttribute("d", d);
    return svg;
  };

  const address = new URL(`/widget/${encodeURIComponent(dataset.shop)}/`, host);
  address.searchParams.set("origin", location.origin);
  if (dataset.locale) address.searchParams.set("locale", dataset.locale);

  const frame = element("iframe", { src: address, allow: "clipboard-write", hidden: "" });
  const launcher = element("button", { type: "button", "aria-expanded": "false", hidden: "" });
  const badge = element("span");
  const words = { open: "", shut: "" };

  const tell = (type, detail = {}) => frame.contentWindow.postMessage({ cscore: type, ...detail }, host);

  const show = (isOpen) => {
    frame.hidden = !isOpen;
    launcher.setAttribute("aria-expanded", String(isOpen));
    launcher.setAttribute("aria-label", isOpen ? words.shut : words.open);
    launcher.replaceChildren(drawing(isOpen ? ICONS.shut : ICONS.open), badge);
  };

  const page = () => {
    const [, order, product] = /^(?:order:(.+)|(.+))$/.exec(dataset.page ?? "") ?? [];
    return { ...(product && { product }), ...(order && { order }) };
  };

  const heard = {
    ready({ open, shut, title }) {
      Object.assign(words, { open: String(open), shut: String(shut) });
      frame.title = String(title);
      launcher.hidden = false;
      show(false);
      tell("begin", { identity: dataset.identity ?? null, page: page() });
    },
    close() {
      show(false);
      launcher.focus();
    },
    unread({ count }) {
      badge.textContent = count > 9 ? "9+" : String(count);
      badge.hidden = !(count > 0);
    },
  };

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== host || source !== frame.contentWindow || !Object.hasOwn(heard, data?.cscore ?? "")) return;
    heard[data.cscore](data);
  });

  launcher.addEventListener("click", () => {
    const willOpen = frame.hidden;
    show(willOpen);
    tell(willOpen ? "open" : "shut");
    if (willOpen) frame.focus();
  });

  addEventListener("cscore:ask", ({ detail }) => {
    if (launcher.hidden) return;
    show(true);
    tell("ask", { text: typeof detail === "string" ? detail : "" });
    frame.focus();
  });

  const holder = element("div");
  const root = holder.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  root.adoptedStyleSheets = [sheet];
  badge.hidden = true;
  root.append(launcher, frame);
  document.body.append(holder);
})();
