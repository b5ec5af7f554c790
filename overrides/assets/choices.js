// Choosing what is shown, and where the reader lives. What is chosen is kept in the fragment of
// the address and nowhere else; links within the site carry the nation along (list/adding.js).
(() => {
  "use strict";
  const NAMES = {
    england: _("England"), scotland: _("Scotland"), wales: _("Wales"),
    "northern-ireland": _("Northern Ireland"),
  };
  const fragment = window.LinkIndexFragment;
  const form = document.querySelector("[data-choices]");
  // What most links are; it stands on none of them.
  const usual = { cost: "free", language: form && form.dataset.choices };
  const entries = Array.from(document.querySelectorAll("[data-kind][data-for]"));
  const picks = Array.from(document.querySelectorAll("[data-pick]"));  // what to open first
  // Each group is put in order by itself; its items fill the places that it had.
  const pickLists = Array.from(document.querySelectorAll("[data-picks]"), (list) =>
    Array.from(list.querySelectorAll("[data-pick]")));
  // A link stays under its letter.
  const letters = Array.from(new Set(entries.map((entry) => entry.closest("ul"))), (letter) =>
    entries.filter((entry) => entry.closest("ul") === letter));
  const groups = letters.concat(pickLists)
    .map((items) => ({ items, places: items.map((item) => item.parentNode) }));
  const count = document.querySelector("[data-count]");
  const elsewhere = document.querySelector("[data-elsewhere-shown]");
  const reset = document.querySelector("[type=reset][form]");
  const chosenNames = document.querySelector("[data-chosen]");
  // Long lists: so many stand there at once, and a button shows the others.
  const lists = Array.from(document.querySelectorAll("[data-first]"), (list) => ({
    list, first: Number(list.dataset.first), whole: false,
    more: list.parentNode.querySelector("[data-show-later]"),
  }));
  let elsewhereShown = false;

  const fields = () => Array.from(form ? form.elements : []).filter((field) => field.name);

  // What can be chosen on this page; the nation is carried along even where nothing can be.
  const offered = (asked) => {
    const chosen = {};
    const known = (field, value) => value && field.querySelector(`option[value="${CSS.escape(value)}"]`);
    if (!form && Object.prototype.hasOwnProperty.call(NAMES, asked.nation)) chosen.nation = asked.nation;
    for (const field of fields()) {
      if (known(field, asked[field.name])) chosen[field.name] = asked[field.name];
    }
    return chosen;
  };
  const read = () => {
    const { anchor, values } = fragment.read(location.hash);
    return { anchor, chosen: offered(values) };
  };

  // 0 holds where the reader lives, 1 was not made for one nation, 2 holds elsewhere.
  const distance = (entry, nation) => {
    const nations = entry.dataset.nations || "u";
    if (!nation || nations.includes(nation[0]) || nations.includes("u")) return 0;
    return nations.includes("i") ? 1 : 2;
  };

  // Most links never need one.
  const newMark = (entry) => {
    const mark = document.createElement("p");
    mark.className = "li-elsewhere";
    mark.setAttribute("data-elsewhere", "");
    (entry.querySelector("p") || entry.querySelector("a")).after(mark);
    return mark;
  };

  // What holds where the reader lives comes first. What does not is hidden; if it is shown after
  // all, it is marked.
  const settle = (entry, chosen) => {
    const far = distance(entry, chosen.nation) === 2;
    const mark = entry.querySelector("[data-elsewhere]") || (far && newMark(entry));
    entry.hidden = far && !elsewhereShown;
    if (!mark) return far;
    mark.hidden = !far;
    mark.textContent = far ? _("Does not hold in {nation}", { nation: NAMES[chosen.nation] }) : "";
    return far;
  };
  const isFor = (part, chosen) =>
    !chosen.for || !part.dataset.for || part.dataset.for.includes(chosen.for[0]);  // by first letters
  const order = ({ items, places }, nation) => {
    items.map((item, at) => ({ item, at, far: distance(item, nation) }))
      .sort((one, other) => one.far - other.far || one.at - other.at)
      .forEach(({ item }, at) => places[at].appendChild(item));
  };

  const show = (chosen) => {
    let far = 0;  // links that fit, but for where they hold
    for (const pick of picks) if (settle(pick, chosen) && !entries.length) far += 1;
    const fitting = entries.filter((entry) => {
      const away = settle(entry, chosen);
      const fits = isFor(entry, chosen) && ["kind", "cost", "language", "also"].every(
        (key) => !chosen[key] || (entry.dataset[key] || usual[key] || "").split(" ").includes(chosen[key]));
      if (!fits) entry.hidden = true;
      else if (away) far += 1;
      return !entry.hidden;
    });
    for (const group of groups) order(group, chosen.nation);
    const holders = "[data-entries] section, [data-entries] details, [data-picks]";
    for (const part of document.querySelectorAll(holders)) {
      part.hidden = !isFor(part, chosen)
        || !part.querySelector("[data-kind][data-for]:not([hidden]), [data-pick]:not([hidden])");
      if (part.matches(".li-more") && Object.keys(chosen).some((key) => chosen[key])) part.open = true;
    }
    for (const caution of document.querySelectorAll("[data-cautions] li")) caution.hidden = !isFor(caution, chosen);
    for (const part of document.querySelectorAll(".li-start, [data-cautions]")) {
      part.hidden = !part.querySelector("[data-picks]:not([hidden]), .li-cautions li:not([hidden])");
    }
    // What a pick says is said again below where the pick is hidden.
    const picked = new Set(picks.filter((pick) => !pick.closest("[hidden]")).map((pick) => pick.dataset.pick));
    for (const entry of entries) entry.classList.toggle("li-picked", picked.has(entry.id));
    lists.forEach(fold);
    for (const link of document.querySelectorAll(".li-letters a, .li-jump a")) {
      const part = document.getElementById(link.hash.slice(1).split("&")[0]);
      link.parentNode.hidden = Boolean(part && part.closest("[hidden]"));
    }
    if (count) {
      const all = fitting.length === entries.length;
      const nation = NAMES[chosen.nation];
      const shown = all ? _n(entries.length, "All {n} link are listed.", "All {n} links are listed.")
        : _n(entries.length, "{some} of {n} link are listed.", "{some} of {n} links are listed.", { some: fitting.length });
      count.textContent = !entries.length ? "" : fitting.length || !far ? shown
        : _n(far, "No link of {n} holds in {nation}.", "No link of {n} holds in {nation}.", { nation });
      if (far && (fitting.length || !entries.length)) {
        count.textContent += ` ${_n(far, "{n} does not hold in {nation}.", "{n} do not hold in {nation}.", { nation })}`;
      }
    }
    if (elsewhere) {
      elsewhere.hidden = !far;
      elsewhere.textContent = elsewhereShown ? _n(far, "Hide it", "Hide them") : _n(far, "Show it", "Show them");
    }
    const some = Object.keys(chosen).some((key) => chosen[key]);
    if (reset) {
      reset.hidden = !some;
      reset.parentNode.classList.toggle("li-hidden", !some);
    }
  };

  // Those beyond the first are reached by the button, by a link to one, and on paper.
  const fold = ({ list, first, whole, more }) => {
    const inOrder = Array.from(list.querySelectorAll("[data-kind][data-for]:not([hidden]), [data-caution]:not([hidden])"));
    const later = whole || inOrder.length <= first + 1 ? [] : inOrder.slice(first);
    for (const item of list.querySelectorAll("[data-kind][data-for], [data-caution]")) {
      item.classList.toggle("li-later", later.includes(item));
    }
    more.hidden = !later.length;
    more.textContent = more.dataset.showLater
      ? _n(later.length, "Show {n} more link", "Show {n} more links") : _n(later.length, "Show {n} more", "Show {n} more");
  };
  const unfold = (list) => {
    list.whole = true;
    show(current);
  };

  let current = {};
  const apply = () => {
    const { anchor, chosen } = read();
    if (form) {
      for (const field of fields()) field.value = chosen[field.name] || "";
      form.hidden = false;
    }
    current = chosen;
    const led = anchor && document.getElementById(anchor);
    const holder = led && lists.find(({ list }) => list.contains(led));
    if (holder) holder.whole = true;
    if (entries.length || picks.length) show(chosen);
    if (chosenNames) {
      const names = fields().filter((field) => field.value).map((field) => field.selectedOptions[0].text);
      chosenNames.textContent = names.length ? `: ${names.join(", ")}` : "";
    }
    for (const old of document.querySelectorAll(".li-target")) old.classList.remove("li-target");
    // The browser itself goes to an anchor alone.
    const target = location.hash.includes("&") || holder ? led : null;
    if (target) { target.classList.add("li-target"); target.scrollIntoView(); }
  };
  const choose = () => {
    const chosen = {};
    for (const field of fields()) chosen[field.name] = field.value;
    window.LinkIndexList.replace({ values: chosen, list: fragment.read(location.hash).list });
    apply();
  };

  if (form) {
    form.addEventListener("change", (event) => {
      if (event.target.name === "nation") elsewhereShown = false;
      choose();
    });
    form.addEventListener("reset", () => {
      elsewhereShown = false;
      setTimeout(choose);
      form.querySelector("summary, select").focus();
    });
    if (elsewhere) elsewhere.addEventListener("click", () => {
      elsewhereShown = !elsewhereShown;
      show(current);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  for (const list of lists) {
    list.more.addEventListener("click", () => {
      const next = list.list.querySelector(".li-later");
      unfold(list);
      next.setAttribute("tabindex", "-1");
      next.focus();
    });
  }
  // Whoever looks for a word on the page by the browser's own search should find all of it.
  addEventListener("keydown", (event) => {
    const asks = event.key === "F3" || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f");
    if (asks) lists.forEach(unfold);
  });
  addEventListener("hashchange", apply);
  apply();
})();
