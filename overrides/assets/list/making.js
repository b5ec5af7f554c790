// Making a list for one family: a sheet to print, a message, a code. Which links it has stands in the
// fragment of this page's address; the files that are fetched are the same for every list, and the
// codes are drawn here.
(() => {
  "use strict";
  const page = document.querySelector("[data-hand-out]");
  const fragment = window.LinkIndexFragment;
  const find = (name) => page.querySelector(`[data-${name}]`);
  const { site, root, from, opened, neutral } = page.dataset;
  const form = find("settings");
  const FOR = { families: _("families"), "young-people": _("young people"), practitioners: _("practitioners") };
  const MODULE = 0.55;  // millimetres: the least side of a square on paper
  const SMALLEST = 28;  // millimetres: of the code of the whole list
  const QUIET = 4;      // squares around a code

  // --- What the files say ---

  const parts = (name) => {
    const get = (file) => fetch(`${root}${opened}/${file}`)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject()));
    return get(`${name}.json`).then((first) => Promise.all(first.parts.map(get))
      .then((others) => [first].concat(others)));
  };
  let links = new Map();
  const known = ([ofLinks, ofWords]) => {
    ofLinks.forEach((part, number) => {
      const words = ofWords[number];
      part.code.match(/.{6}/g).forEach((code, at) => {
        const flag = part.flags[at];
        links.set(code, {
          code, title: part.title[at], publisher: part.publishers[part.publisher[at]],
          call: part.call[at], text: part.text[at], email: part.email[at],
          isNeutral: /[nW]/.test(flag), isWithheld: /w/i.test(flag),
          summary: words.summary[at], when: words.when[at], kind: words.kinds[words.kind[at]],
          place: words.places[words.place[at]], audiences: words.fors[words.for[at]].split(" "),
          language: words.languages[words.language[at]],
        });
      });
    });
    for (const code of Object.keys(ofLinks[0].retired)) {
      const [what, more, path, title] = ofLinks[0].retired[code];
      links.set(code, { code, gone: { what, more, path, title } });
    }
  };

  // --- What the address says ---

  const read = () => fragment.read(location.hash);
  const codes = () => {
    const { anchor, list } = read();
    const own = fragment.codes(anchor);
    return own.length ? own : list;
  };
  const listed = () => codes().map((code) => links.get(code) || { code, isUnknown: true });
  const printable = () => listed().filter((link) => link.title && !link.isWithheld);
  const keep = (list) => {
    const { values } = read();
    window.LinkIndexList.replace({ anchor: list.join(","), list: [], values: { nation: values.nation, for: form.elements.for.value === "families" ? "" : form.elements.for.value } });
    show();
  };

  // --- Codes to scan ---

  const drawn = (address, name) => {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const code = window.LinkIndexCode(address, { minCorrectionLevel: 1 });
    let path = "";
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
    }
    const side = code.size + 2 * QUIET;
    picture.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${side} ${side}`);
    picture.setAttribute("shape-rendering", "crispEdges");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", name);
    for (const [fill, d] of [["#fff", `M${-QUIET} ${-QUIET}h${side}v${side}h-${side}z`], ["#000", path]]) {
      const part = document.createElementNS("http://www.w3.org/2000/svg", "path");
      part.setAttribute("fill", fill);
      part.setAttribute("d", d);
      picture.appendChild(part);
    }
    return { picture, side, size: code.size };
  };
  const whole = () => `${site}${opened}#${codes().join(",")}`;

  // --- The sheet ---

  const both = ([first, second]) => (second ? _("{first} and {second}", { first, second }) : first);
  const make = (parent, name, text, className) => {
    const made = parent.appendChild(document.createElement(name));
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const short = (address) => address.replace(/^https?:\/\//, "");
  const button = (parent, kind, text, name, act, isIdle) => {
    const made = make(parent, "button", text, "li-slight");
    made.type = "button";
    made.setAttribute("aria-label", `${text}: ${name}`);
    made.dataset.act = kind;
    made.hidden = Boolean(isIdle);
    made.addEventListener("click", act);
  };
  const moved = (code, by) => {
    const list = codes();
    const at = list.indexOf(code);
    const to = Math.max(0, Math.min(list.length - 1, at + by));
    list.splice(at, 1);
    list.splice(to, 0, code);
    return list;
  };
  const move = (code, by) => {
    const act = by < 0 ? "Up" : "Down";
    keep(moved(code, by));
    const item = find("links").querySelector(`[data-code="${code}"]`);
    (item.querySelector(`[data-act=${act}]:not([hidden])`) || item.querySelector("[data-act]:not([hidden])")).focus();
    find("said").textContent = _("{place} of {all}", { place: codes().indexOf(code) + 1, all: codes().length });
  };
  const said = (link) => {
    if (link.isUnknown) return _("There is no such link.");
    if (link.gone) return `${link.gone.what}.`;
    return link.isWithheld ? _("We are checking this link. It is not printed or sent for now.") : "";
  };
  const ways = ({ call, text, email }) => [
    call && _("Call {number}", { number: call }),
    text && _("Text {number}", { number: text }),
    email && _("E-mail {address}", { address: email }),
  ].filter(Boolean).join(" · ");
  const item = (link, at, all) => {
    const made = make(find("links"), "li", "", "li-sheet__link");
    made.dataset.code = link.code;
    const forWhom = form.elements.for.value;
    const trouble = said(link);
    made.classList.toggle("li-screen", Boolean(trouble));
    const code = make(made, "div", "", "li-sheet__code");
    const words = make(made, "div", "", "li-sheet__words");
    const address = `${site}r/${link.code}`;
    const name = link.title || link.code;
    if (trouble) {
      make(words, "p", name, "li-sheet__name");
      make(words, "p", `${trouble} ${link.gone ? link.gone.more : ""}`);
      if (!link.isUnknown) {
        const instead = make(make(words, "p"), "a", _("What to try instead"));
        instead.href = `${root}r/${link.code}`;
        if (link.gone) {
          instead.textContent = _("Use this instead: {title}", { title: link.gone.title });
          instead.href = root + link.gone.path;
        }
        const next = link.gone && /^r\/(\w{6})$/.exec(link.gone.path);
        if (next) button(words, "Replace", _("Put it in its place"), link.gone.title, () => keep(codes().map((one) => one === link.code ? next[1] : one)));
      }
    } else {
      code.appendChild(drawn(address, _("QR code. Opens {address}", { address })).picture);
      const title = make(words, "p", "", "li-sheet__name");
      make(title, "span", name, link.isNeutral ? "li-screen" : "");
      if (link.isNeutral) make(title, "span", neutral, "li-paper");
      const facts = [link.kind, link.place, link.language].filter(Boolean);
      const about = make(words, "div", "", link.isNeutral ? "li-screen" : "");
      if (link.publisher !== name) facts.unshift(link.publisher);
      make(about, "p", facts.join(" · "), "li-sheet__facts");
      const isForThem = link.audiences.includes(forWhom);
      make(about, "p", [link.summary, isForThem && link.when].filter(Boolean).join(" "));
      if (!isForThem) make(about, "p", _("Written for {audiences}.", { audiences: both(link.audiences.map((one) => FOR[one])) }));
      if (ways(link)) make(about, "p", ways(link), "li-sheet__ways");
      make(words, "p", short(address), "li-sheet__address");
    }
    const acts = make(made, "div", "", "li-sheet__acts li-screen");
    const handle = make(acts, "span", "⠿", "li-sheet__handle");
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", (event) => drag(event, made));
    button(acts, "Up", _("Up"), name, () => move(link.code, -1), at === 0);
    button(acts, "Down", _("Down"), name, () => move(link.code, 1), at === all - 1);
    button(acts, "Remove", _("Remove"), name, () => { keep(codes().filter((one) => one !== link.code)); page.querySelector("[data-said]").focus(); });
  };
  const drag = (event, made) => {
    event.preventDefault();
    const place = made.parentNode;
    const over = ({ clientY }) => {
      const others = Array.from(place.children).filter((one) => one !== made);
      const next = others.find((one) => {
        const { top, height } = one.getBoundingClientRect();
        return clientY < top + height / 2;
      });
      if (next !== made.nextElementSibling) place.insertBefore(made, next || null);
    };
    const drop = () => {
      removeEventListener("pointermove", over);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", drop);
      made.classList.remove("li-sheet__link--held");
      keep(Array.from(place.children, (one) => one.dataset.code));
    };
    made.classList.add("li-sheet__link--held");
    addEventListener("pointermove", over);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", drop);
  };

  // --- What is sent ---

  const message = () => {
    const sent = printable();
    const careful = sent.some((link) => link.isNeutral);
    const lines = sent.map((link) => `${link.isNeutral ? neutral : link.title}: ${site}r/${link.code}`);
    const first = careful ? _("Links for you")
      : _n(sent.length, "From {from}: {n} link for you", "From {from}: {n} links for you", { from });
    return [`${first}: ${whole()}`].concat(lines).join("\n");
  };
  const ready = () => {
    const body = encodeURIComponent(find("message").value);
    find("text").href = `sms:?&body=${body}`;
    find("mail").href = `mailto:?body=${body}`;
  };

  const show = () => {
    const all = listed();
    const some = all.length > 0;
    const hidden = all.filter((link) => link.isNeutral);
    find("said").textContent = !some ? _("There is no link in your list yet.")
      : _n(all.length, "{n} link in your list.", "{n} links in your list.")
        + (all.length < fragment.MOST ? "" : ` ${_("It is full.")}`);
    find("none").hidden = some;
    find("some").hidden = !some;
    find("sheet").hidden = !some;
    find("empty-place").hidden = !some;
    find("care").hidden = !hidden.length;
    find("sensitive").textContent = _n(hidden.length, "{n} of these links is sensitive: on paper and in messages it has no name.",
      "{n} of these links are sensitive: on paper and in messages they have no name.");
    find("links").textContent = "";
    all.forEach((link, at) => item(link, at, all.length));
    find("title").textContent = form.elements.title.value.trim() || _("Links for you");
    find("from-line").textContent = hidden.length ? "" : _("From {from}", { from });
    find("all").textContent = "";
    find("space").hidden = !form.elements.space.checked;
    find("sheet").dataset.size = form.elements.size.value;
    find("shown-code").textContent = "";
    if (!some) return;
    const { picture, side, size } = drawn(whole(), _("QR code. Opens all of these links"));
    const wide = Math.max(SMALLEST, Math.ceil(side * MODULE));
    find("sheet").style.setProperty("--li-wide", `${wide}mm`);
    find("size").textContent = _("The code of the whole list has {size} by {size} squares. On paper it is {wide} mm wide. It holds {most} links at most.", { size, wide, most: fragment.MOST });
    find("all").appendChild(picture);
    make(find("all"), "p", _("Scan to open them all"));
    find("shown-code").appendChild(picture.cloneNode(true));
    find("message").value = message();
    ready();
  };

  // --- Controls ---

  const done = (text) => { find("done").textContent = text; };
  form.addEventListener("input", show);
  form.addEventListener("change", () => keep(codes()));
  form.addEventListener("submit", (event) => event.preventDefault());
  find("message").addEventListener("input", ready);
  find("print").addEventListener("click", () => print());
  find("empty").addEventListener("click", () => { keep([]); find("said").focus(); });
  find("leave-off").addEventListener("click", () => {
    keep(listed().filter((link) => !link.isNeutral).map((link) => link.code));
    find("said").focus();
  });
  find("show-code").addEventListener("click", () => {
    const place = find("shown-code");
    place.hidden = !place.hidden;
    find("show-code").setAttribute("aria-expanded", !place.hidden);
    if (!place.hidden) place.scrollIntoView({ block: "nearest" });
  });
  find("copy").addEventListener("click", () => {
    const marked = () => {
      find("message").closest("details").open = true;
      find("message").select();
      done(_("Copy the marked text."));
    };
    if (navigator.clipboard) navigator.clipboard.writeText(find("message").value).then(() => done(_("Copied.")), marked);
    else marked();
  });
  if (navigator.share) {
    find("share").hidden = false;
    find("share").addEventListener("click", () => {
      navigator.share({ text: find("message").value }).catch((refusal) => {
        if (refusal.name !== "AbortError") done(_("This device did not share it. Copy it instead."));
      });
    });
  }
  addEventListener("hashchange", () => { if (links.size) show(); });

  // What draws the codes came to browsers in 2020; older ones are told how to do it by hand.
  if (!String.prototype.replaceAll || location.protocol === "file:") return;
  const script = document.createElement("script");
  script.src = `${root}assets/list/lean-qr.js`;
  const came = new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
  });
  document.head.appendChild(script);
  find("said").tabIndex = -1;
  Promise.all([parts("links"), parts("words"), came]).then(([ofLinks, ofWords]) => {
    known([ofLinks, ofWords]);
    const chosen = read().values.for;
    if (FOR[chosen]) form.elements.for.value = chosen;
    find("by-hand").hidden = true;
    find("makes").hidden = false;
    page.dataset.ready = "";
    if (read().list.length) keep(codes());
    else show();
  }).catch(() => {
    find("by-hand").querySelector("p").textContent = _("The links did not come. Try again with a better connection. On paper it goes like this:");
  });
})();
