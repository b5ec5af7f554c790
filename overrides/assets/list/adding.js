// A list of links for one family, while somebody moves about the site: it stands in the fragment of
// the address, and in those of the links within the site. Nothing is stored, and no host is told.
(() => {
  "use strict";
  const fragment = window.LinkIndexFragment;
  const own = document.currentScript;
  const base = own.dataset.base || new URL("../../", own.src).pathname;
  const page = own.dataset.list;  // the address of the page of lists, below the site
  const NATION = /^(england|scotland|wales|northern-ireland)$/;

  let last = fragment.read(location.hash);
  const replace = (said) => {
    const hash = fragment.written(said);
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    last = fragment.read(location.hash);
  };
  const onPage = location.pathname.indexOf(base + page) === 0;
  const list = () => {
    const said = fragment.read(location.hash);
    const own = onPage ? fragment.codes(said.anchor) : [];
    return own.length ? own : said.list;
  };
  const set = (codes) => {
    const said = fragment.read(location.hash);
    said.list = codes;
    replace(said);
    show();
  };

  // --- Links within the site carry the list, and where the reader lives, as far as they are used ---

  const carry = (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || "exit" in link.dataset || link.origin !== location.origin) return;
    if (link.hreflang) {  // the same page in another language
      link.hash = location.hash;
      return;
    }
    if (link.pathname.indexOf(base) !== 0 || link.getAttribute("href").charAt(0) === "#") return;
    const below = link.pathname.slice(base.length);
    if (below.indexOf(page) === 0 || /\.(?!html$)\w+$/.test(below)) return;
    const said = fragment.read(location.hash);
    const carried = fragment.read("");
    carried.anchor = fragment.read(link.hash).anchor;
    carried.list = list();
    if (NATION.test(said.values.nation) && !/^(q|r|cards|urgent)\b/.test(below)) {
      carried.values.nation = said.values.nation;
    }
    Object.assign(carried.values, fragment.read(link.dataset.carry || "").values);
    const hash = fragment.written(carried);
    if (link.hash.slice(1) !== hash) link.hash = hash;
    // What only leads on to the page of a code would lose the fragment.
    if (hash && /^[qr]\/\w+\/$/.test(below)) link.pathname = link.pathname.slice(0, -1);
  };
  for (const name of ["pointerdown", "focusin", "contextmenu", "click"]) addEventListener(name, carry, true);

  // A jump within the page takes the place of what the address said; it is put back.
  addEventListener("hashchange", () => {
    const said = fragment.read(location.hash);
    if (onPage && said.anchor && !fragment.codes(said.anchor).length) {
      replace(last);
      return;
    }
    const kept = last.list.length || Object.keys(last.values).length;
    if (kept && said.anchor && !said.list.length && !Object.keys(said.values).length) {
      last.anchor = said.anchor;
      replace(last);
    } else last = said;
    show();
  });

  // --- The buttons, and the bar ---

  const codeOf = (place) => {
    const entry = place.closest("[data-pick], article");
    return place.dataset.add || entry.dataset.pick || entry.id;
  };
  const nameOf = (place) => {
    const entry = place.closest("article, li, main, [role=row]") || place;
    const title = entry.querySelector("h1, h3") || entry.querySelector("a, b");
    return title ? title.textContent : codeOf(place);
  };
  const settle = (button) => {
    const codes = list();
    const inList = codes.indexOf(button.dataset.code) >= 0;
    const said = inList ? _("Take off the list") : _("Add to list");
    button.textContent = said;
    button.setAttribute("aria-label", said + ": " + button.dataset.name);
    button.hidden = !inList && codes.length >= fragment.MOST;
  };
  const button = (code, name) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "li-add";
    made.dataset.code = code;
    made.dataset.name = name;
    made.addEventListener("click", () => {
      const codes = list();
      set(codes.indexOf(code) < 0 ? codes.concat(code) : codes.filter((one) => one !== code));
    });
    settle(made);
    return made;
  };

  const bar = document.createElement("div");
  bar.className = "li-list-bar";
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", _("Your list"));
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const open = document.createElement("a");
  open.textContent = _("Hand it over");
  const empty = document.createElement("button");
  empty.type = "button";
  empty.textContent = _("Empty the list");
  empty.addEventListener("click", () => set([]));
  for (const part of [count, open, empty]) bar.appendChild(part);

  const show = () => {
    const codes = list();
    bar.classList.toggle("li-list-empty", !codes.length);
    count.textContent = !codes.length ? "" : codes.length < fragment.MOST
      ? _n(codes.length, "{n} link in your list", "{n} links in your list")
      : _n(codes.length, "{n} link in your list. It is full", "{n} links in your list. It is full");
    open.hidden = empty.hidden = !codes.length;
    open.href = base + page + "#" + codes;
    for (const made of document.querySelectorAll(".li-add")) settle(made);
  };
  for (const place of document.querySelectorAll("[data-add]")) {
    const made = button(codeOf(place), nameOf(place));
    const last = place.querySelector(".li-edit");
    place.insertBefore(made, last);
    place.insertBefore(document.createTextNode(" "), last ? last : made);
  }
  if (!onPage) document.body.appendChild(bar);
  show();
  const offered = {};
  offered.button = button;
  offered.replace = replace;
  window.LinkIndexList = offered;
})();
