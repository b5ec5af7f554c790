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
  const get = (name) => fetch(base + "l/" + name).then((answer) => answer.json());
  const show = (code, parts, retired) => {
    const item = make(place, "li", "");
    const at = (part) => part.code.match(/.{6}/g).indexOf(code);
    const part = parts.filter((one) => at(one) >= 0)[0];
    const own = base + "r/" + code;
    if (!part) {
      const closed = retired && retired[code];
      make(item, "b", closed ? "This link has closed" : parts.length ? "There is no link " + code : "");
      if (closed) {
        make(item, "p", "It closed on " + closed[0] + ". " + closed[1]);
        make(item, "p", "Use this instead:");
        make(item, "a", closed[3], base + closed[2], "button");
      } else if (!parts.length) make(item, "a", location.host + own, own);
      return;
    }
    const number = at(part);
    const flag = part.flags[number];
    const url = part.url[number];
    if (/[nW]/.test(flag)) {
      notice.hidden = false;
      item.className = "discreet";
      make(item, "p", "A link for you: " + location.host + own, "", "paper");
    }
    if (url) make(item, "a", part.title[number], /^\w+:/.test(url) ? url : "https://" + url).rel = "noreferrer";
    else make(item, "b", part.title[number]);
    make(item, "p", part.publishers[part.publisher[number]], "", "quiet");
    if (/w/i.test(flag)) {
      make(item, "p", "We are checking this link. Please do not open it for now.");
      make(item, "a", "What to try instead", own);
    }
    for (const way of [["call", "Call", "tel:"], ["text", "Text", "sms:"], ["email", "E-mail", "mailto:"]]) {
      const given = part[way[0]][number];
      if (given) make(item, "a", way[1] + " " + given, way[2] + (way[0] === "email" ? given : given.replace(/[^\d+]/g, "")), "button");
    }
  };
  const open = () => {
    const codes = fragment.codes(fragment.read(location.hash).anchor);
    place.textContent = "";
    place.remove();
    if (!codes.length) return;
    said.textContent = "One moment";
    get("links.json").then((first) => Promise.all(first.parts.map(get)).then((others) => {
      said.textContent = "";
      for (const code of codes) show(code, [first].concat(others), first.retired);
      said.parentNode.appendChild(place);
    })).catch(() => {
      said.textContent = "The list did not come. Each link has a page of its own:";
      for (const code of codes) show(code, []);
      said.parentNode.appendChild(place);
    });
  };
  addEventListener("hashchange", open);
  open();
})();
