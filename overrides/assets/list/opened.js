// What the code of a list opens: its links, in the family's words. Which they are stands in the
// fragment of the address; the files that are fetched are the same for every list.
(() => {
  "use strict";
  const base = document.currentScript.dataset.base;
  const fragment = window.LinkIndexFragment;
  const said = document.querySelector("[data-said]");
  const place = document.createElement("ol");
  const notice = document.querySelector("[data-care]");

  const make = (parent, name, text, href, kind) => {
    const made = parent.appendChild(document.createElement(name));
    made.textContent = text;
    if (href) made.href = href;
    if (kind) made.className = kind;
    return made;
  };
  const get = (name) => fetch(base + "l/" + name)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject()));
  const show = (code, parts, retired) => {
    const item = make(place, "li", "");
    const at = (part) => part.code.match(/.{6}/g).indexOf(code);
    const part = parts.filter((one) => at(one) >= 0)[0];
    const own = base + "r/" + code;
    const address = location.host + own;
    if (!part) {
      const gone = retired && retired[code];
      make(item, "b", gone ? gone[0] : parts.length ? _("There is no link {code}", { code }) : "");
      if (gone) {
        make(item, "p", gone[1] + " " + parts[0].said[0]);
        make(item, "a", gone[3], base + gone[2], "button");
      } else if (!parts.length) make(item, "a", address, own);
      return;
    }
    const number = at(part);
    const flag = part.flags[number];
    const url = part.url[number];
    if (/[nW]/.test(flag)) {
      notice.hidden = false;
      item.className = "discreet";
      make(item, "p", _("A link for you") + ": " + address, "", "paper");
    }
    if (url) make(item, "a", part.title[number], /^\w+:/.test(url) ? url : "https://" + url).rel = "noreferrer";
    else make(item, "b", part.title[number]);
    make(item, "p", part.publishers[part.publisher[number]], "", "quiet");
    if (/w/i.test(flag)) {
      make(item, "p", parts[0].said[1]);
      make(item, "a", parts[0].said[2], own);
    }
    const way = (given, said, scheme) => {
      if (given) make(item, "a", said(given), scheme + given.replace(/ /g, ""), "button");
    };
    way(part.call[number], (given) => _("Call {number}", { number: given }), "tel:");
    way(part.text[number], (given) => _("Text {number}", { number: given }), "sms:");
    way(part.email[number], (given) => _("E-mail {address}", { address: given }), "mailto:");
  };
  const open = () => {
    const codes = fragment.codes(fragment.read(location.hash).anchor);
    place.textContent = "";
    place.remove();
    if (!codes.length) return;
    said.textContent = _("One moment");
    get("links.json").then((first) => Promise.all(first.parts.map(get)).then((others) => {
      said.textContent = "";
      for (const code of codes) show(code, [first].concat(others), first.retired);
      said.parentNode.appendChild(place);
    })).catch(() => {
      said.textContent = _("The list did not come. Each link has a page of its own:");
      place.textContent = "";
      for (const code of codes) show(code, []);
      said.parentNode.appendChild(place);
    });
  };
  addEventListener("hashchange", open);
  open();
})();
