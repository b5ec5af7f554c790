// Choosing what is shown, and where the reader lives. What is chosen is kept in the fragment of
// the address and nowhere else; internal links carry the nation along.
(() => {
  "use strict";
  const NAMES = {
    england: "England", scotland: "Scotland", wales: "Wales", "northern-ireland": "Northern Ireland",
  };
  const form = document.querySelector("[data-choices]");
  const entries = Array.from(document.querySelectorAll("[data-entry]"));
  const picks = Array.from(document.querySelectorAll("[data-pick]"));  // what to open first
  // Each group is put in order by itself; its items fill the places that it had.
  const lists = Array.from(document.querySelectorAll("[data-picks]"), (list) =>
    Array.from(list.querySelectorAll("[data-pick]")));
  const groups = [entries].concat(lists)
    .map((items) => ({ items, places: items.map((item) => item.parentNode) }));
  const count = document.querySelector("[data-count]");
  const only = form && form.querySelector(".li-choices__only");  // says nothing before a nation is chosen
  const reset = form && form.querySelector("[type=reset]");

  const fields = () => Array.from(form ? form.elements : []).filter((field) => field.name);

  const decoded = (value) => {
    try {
      return decodeURIComponent(value);
    } catch (_) {
      return "";
    }
  };
  // What can be chosen on this page; the nation is carried along even where nothing can be.
  const offered = (asked) => {
    const chosen = {};
    if (Object.prototype.hasOwnProperty.call(NAMES, asked.nation)) chosen.nation = asked.nation;
    for (const field of fields().filter(({ name }) => name !== "nation")) {
      const value = asked[field.name] || "";
      const known = field.type === "checkbox" ? chosen.nation
        : field.querySelector(`option[value="${CSS.escape(value)}"]`);
      if (value && known) chosen[field.name] = value;
    }
    return chosen;
  };
  // "#abc123&nation=wales": an anchor, then choices; either may be missing.
  const read = () => {
    const parts = location.hash.slice(1).split("&").filter(Boolean);
    const chosen = {};
    let anchor = "";
    for (const part of parts) {
      const [key, value] = part.split("=");
      if (value === undefined) anchor = key;
      else chosen[key] = decoded(value);
    }
    return { anchor, chosen: offered(chosen) };
  };
  const written = (chosen, anchor) => {
    const parts = Object.keys(chosen).filter((key) => chosen[key])
      .map((key) => `${key}=${encodeURIComponent(chosen[key])}`);
    return (anchor ? [anchor] : []).concat(parts).join("&");
  };

  // 0 holds where the reader lives, 1 was not made for one nation, 2 holds elsewhere.
  const distance = (entry, nation) => {
    const nations = entry.dataset.nations.split(" ");
    if (!nation || nations.includes(nation) || nations.includes("uk")) return 0;
    return nations.includes("international") ? 1 : 2;
  };

  // What holds where the reader lives comes first, and what does not is marked, or hidden if asked.
  const settle = (entry, chosen) => {
    const elsewhere = distance(entry, chosen.nation) === 2;
    const mark = entry.querySelector("[data-elsewhere]");
    mark.hidden = !elsewhere;
    mark.textContent = elsewhere ? `Does not hold in ${NAMES[chosen.nation]}` : "";
    entry.hidden = elsewhere && Boolean(chosen.only);
  };
  const order = ({ items, places }, nation) => {
    items.map((item, at) => ({ item, at, far: distance(item, nation) }))
      .sort((one, other) => one.far - other.far || one.at - other.at)
      .forEach(({ item }, at) => places[at].appendChild(item));
  };

  const show = (chosen) => {
    let shown = 0;
    for (const entry of entries.concat(picks)) settle(entry, chosen);
    for (const entry of entries) {
      const fits = ["for", "kind", "cost", "language"].every(
        (key) => !chosen[key] || entry.dataset[key].split(" ").includes(chosen[key]));
      if (!fits) entry.hidden = true;
      if (!entry.hidden) shown += 1;
    }
    for (const group of groups) order(group, chosen.nation);
    const holders = "[data-entries] section, [data-entries] details, [data-picks]";
    for (const part of document.querySelectorAll(holders)) {
      part.hidden = !part.querySelector("[data-entry]:not([hidden]), [data-pick]:not([hidden])");
      if (part.tagName === "DETAILS" && Object.keys(chosen).some((key) => chosen[key])) part.open = true;
    }
    for (const letter of document.querySelectorAll(".li-letters a")) {
      const section = document.getElementById(letter.hash.slice(1)).parentNode;
      letter.parentNode.hidden = section.hidden;
    }
    if (count) {
      const all = shown === entries.length;
      count.textContent = all ? `All ${shown} links are shown.` : `${shown} of ${entries.length} links are shown.`;
    }
    if (only) only.hidden = !chosen.nation;
    if (reset) reset.hidden = !Object.keys(chosen).some((key) => chosen[key]);
  };

  const base = new URL(document.querySelector("[data-home]").href).pathname;
  const carry = (nation) => {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.origin !== location.origin || !link.pathname.startsWith(base)) continue;
      const below = link.pathname.slice(base.length);
      if (/^(q|r|cards|urgent)\b|\.\w+$/.test(below)) continue;
      if (link.getAttribute("href").startsWith("#")) continue;
      const anchor = link.hash.slice(1).split("&").filter((part) => part && !part.includes("="))[0];
      const hash = written({ nation }, anchor);
      if (link.hash.slice(1) !== hash) link.hash = hash;
    }
  };

  // An anchor of this page takes the place of the choices in the address; they are put back.
  let current = {};
  const follow = () => {
    const { anchor, chosen } = read();
    if (anchor && !Object.keys(chosen).length && written(current, "")) {
      history.replaceState(null, "", `#${written(current, anchor)}`);
    } else apply();
  };

  const apply = () => {
    const { anchor, chosen } = read();
    if (form) {
      for (const field of fields()) {
        if (field.type === "checkbox") field.checked = Boolean(chosen[field.name]);
        else field.value = chosen[field.name] || "";
      }
      form.hidden = false;
    }
    current = chosen;
    if (entries.length) show(chosen);
    carry(chosen.nation);
    const details = form && form.querySelector("details");
    if (details && Object.keys(chosen).length) details.open = true;
    const target = anchor && Object.keys(chosen).length && document.getElementById(anchor);
    if (target) { target.classList.add("li-target"); target.scrollIntoView(); }
  };
  const choose = () => {
    const chosen = {};
    for (const field of fields()) {
      chosen[field.name] = field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
    }
    const hash = written(chosen, "");
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    apply();
  };

  if (form) {
    form.addEventListener("change", choose);
    form.addEventListener("reset", () => { setTimeout(choose); form.querySelector("summary, select").focus(); });
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  addEventListener("hashchange", follow);
  apply();
})();
