// The search itself: asks the engine at every change of what is typed, and shows what it finds. What
// is typed stays here: the same files are fetched for everybody, in the same order.
(() => {
  "use strict";
  const { root } = document.currentScript.dataset;
  const panel = document.getElementById("li-search");
  const query = panel.querySelector("[data-search-query]");
  const output = panel.querySelector("[data-search-output]");
  const way = (path, said) => `<a href="${root}${path}">${said}</a>`;
  // What is said beside what is found. It is made here, since every page would hold it.
  output.insertAdjacentHTML("afterbegin", `
    <p class="li-call-note" data-call-note hidden>${_("A call may show in this phone's call list and on its bill.")}</p>
    <div class="li-call-first" role="region" aria-label="${_("Whom to call first")}" data-call-first hidden>
      <ul class="li-urgent__list"></ul>
      <p>${way("urgent/", _("Urgent help: all numbers"))}</p>
    </div>
    <p class="li-hidden" role="status" data-call-said></p>`);
  output.insertAdjacentHTML("beforeend", `
    <p class="li-search-help" data-search-slow hidden>${_("The search is slow to come. <a>Everything, A to Z</a> is there already.").replace("<a>", `<a href="${root}all/">`)}</p>
    <div class="li-search-help" data-search-help hidden>
      <p>${_("Check the spelling, or try a shorter or more everyday word.")}</p>
      <ul>
        <li>${way("all/", _("Everything, A to Z"))}</li>
        <li>${way("", _("All topics"))}</li>
        <li>${way("urgent/", _("Numbers to call or text for urgent help"))}</li>
      </ul>
    </div>`);
  const found = panel.querySelector("[data-search-found]");
  const count = panel.querySelector("[data-search-count]");
  const help = panel.querySelector("[data-search-help]");
  const slow = panel.querySelector("[data-search-slow]");
  const callFirst = panel.querySelector("[data-call-first]");
  const lines = callFirst.querySelector("ul");
  const callNote = panel.querySelector("[data-call-note]");
  const callSaid = panel.querySelector("[data-call-said]");
  const SLOW = 8000;
  const AT_ONCE = 100;  // entries indexed between two looks at the keyboard

  const engine = LinkIndexEngine.create(MiniSearch);
  let ready = false;  // links are found by their titles, at least
  let whole = false;  // and by all their words
  let danger = null;
  let active = -1;

  // --- Fetching ---

  let kept = "default";  // what came and could not be read may wait in the browser's memory
  const got = (name) => fetch(`${root}search/${name}`, { cache: kept }).then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  });
  const indexed = (words) => new Promise((done) => {
    const some = engine.addWords(words);
    const next = () => {
      if (some(AT_ONCE)) { setTimeout(next); return; }
      show();
      done();
    };
    next();
  });
  // Asked again after a failure, and not otherwise.
  const once = (ask) => {
    let asked = null;
    return (again) => {
      asked = (!again && asked) || ask().catch((error) => { asked = null; throw error; });
      return asked;
    };
  };
  const fetchFirst = once(() => got("index.json"));
  const fetchNumbers = once(async () => {
    const numbers = LinkIndexUnpack.numbers(await got("numbers.json"));
    danger = LinkIndexDanger.create(numbers);
    show();
    return numbers.table;
  });
  let asking = false;
  let unreadable = false;  // the first part came, and was something else
  let unpack = null;
  let lacking = [];  // parts that have not come
  let unmeant = null;  // nor the part that says what words mean
  const fetchIndex = async () => {
    if (whole || asking) return;
    asking = true;
    const late = setTimeout(() => { slow.hidden = false; }, SLOW);
    try {
      // What is found is never there before the numbers, with which most of its words are spelt.
      const [table, packed] = await Promise.all([fetchNumbers(), fetchFirst(unreadable)]);
      if (!ready) {
        unpack = LinkIndexUnpack.create(table);
        unreadable = true;
        const first = unpack.begin(packed);
        unreadable = false;
        engine.begin(first);
        lacking = first.parts;
        unmeant = first.meanings;
        ready = true;
        show();
        await indexed(first.words);
      }
      if (unmeant) {
        engine.addMeanings(unpack.meanings(await got(unmeant)));
        unmeant = null;
        show();
      }
      while (lacking.length) {
        const words = unpack.words(await got(lacking[0]));
        lacking = lacking.slice(1);
        await indexed(words);
      }
      whole = true;
      show();
      output.dataset.indexed = "all";
    } catch (_) {
      slow.hidden = false;  // a bad connection: asked again with the next letter
      kept = "reload";
    }
    clearTimeout(late);
    if (whole) slow.hidden = true;
    asking = false;
  };

  // --- Whom to call first ---

  // What holds where the reader lives comes first (assets/choices.js keeps that in the address).
  const nation = () => (/[#&]nation=([\w-]+)/.exec(location.hash) || [])[1] || null;
  const homeFirst = () => {
    const home = nation();
    if (!home) return;
    for (const line of Array.from(lines.children)) {
      const nations = (line.dataset.nations || "uk").split(" ");
      if (!nations.includes(home) && !nations.includes("uk")) lines.appendChild(line);
    }
  };
  let concern;
  const showNumbers = () => {
    const now = danger ? danger.concernOf(query.value) : null;
    if (now === concern) return;
    concern = now;
    callFirst.hidden = !now;
    callFirst.classList.toggle("li-call-first--quiet", Boolean(now && now.isQuiet));
    lines.innerHTML = now ? now.lines : "";
    homeFirst();
    const first = lines.querySelector("a");
    callSaid.textContent = !first ? "" : now.isQuiet ? lines.textContent.trim()
      : _("Numbers stand above what is found. The first: {number}.", { number: first.textContent });
  };

  // --- What is found ---

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const row = (...cells) => {
    const element = make("div", "li-found__row");
    element.setAttribute("role", "row");
    for (const cell of cells.filter(Boolean)) {
      cell.setAttribute("role", "gridcell");
      element.appendChild(cell);
    }
    return element;
  };
  const leading = (href, { title, lang }, ...texts) => {
    const cell = make("div", "li-found__cell");
    const link = make("a", "li-found__link", title);
    if (lang) Object.assign(link, { lang, dir: "auto" });
    link.href = root + href;
    cell.appendChild(link);
    for (const text of texts.filter(Boolean)) cell.appendChild(make("p", "li-found__about", text));
    return cell;
  };
  const NAMES = { england: _("England"), wales: _("Wales"), scotland: _("Scotland"), "northern-ireland": _("Northern Ireland") };
  const READERS = { families: _("families"), practitioners: _("practitioners"), "young-people": _("young people") };
  const nationsOf = ({ nations }) => {
    const named = nations.filter((name) => NAMES[name]).map((name) => NAMES[name]);
    return nations.includes("uk") || named.length === 4 || !named.length ? "" : _("{nations} only", { nations: named.join(", ") });
  };
  const readersOf = ({ audiences }) => {
    const [first, second] = audiences.map((name) => READERS[name] || name);
    return audiences.length > 2 ? "" : second ? _("for {first} and {second}", { first, second }) : _("for {audience}", { audience: first });
  };
  const calls = ({ title, call, text }) => {
    if (!call && !text) return null;
    const cell = make("div", "li-result-calls");
    for (const [scheme, said, number] of [["tel", _("Call {number}", { number: call }), call], ["sms", _("Text {number}", { number: text }), text]]) {
      if (!number) continue;
      const link = make("a", "", said);
      link.href = `${scheme}:${number.replace(/[^\d+]/g, "")}`;
      link.appendChild(make("span", "li-hidden", ` ${_("for {name}", { name: title })}`));
      link.hidden = Boolean(lines.querySelector(`[href="${link.getAttribute("href")}"]`));
      cell.appendChild(link);
    }
    return cell;
  };
  const because = (why, shown) => {
    const words = why.filter((word) => !LinkIndexEngine.wordsOf(shown).includes(word));
    return words.length ? _("Found by: {words}", { words: Array.from(new Set(words)).join(", ") }) : "";
  };
  const rowOfTopic = (topic) => {
    const { at, code, title, full } = topic;
    const line = row(leading(at || `${code}/`, topic, full === title ? "" : full));
    line.classList.add("li-found__row--topic");
    return line;
  };
  const rowOfLink = ({ link, why, isByMeaning }, topic) => {
    const about = [link.publisher, topic, nationsOf(link), readersOf(link)];
    const words = isByMeaning ? _("Found by what it is about") : because(why, `${link.title} ${link.publisher}`);
    const add = make("div", "li-found__add");
    add.appendChild(window.LinkIndexList.button(link.code, link.title));
    return row(leading(`r/${link.code}`, link, about.filter(Boolean).join(" · "), words), calls(link), add);
  };
  const showFound = (groups) => {
    found.textContent = "";
    active = -1;
    query.removeAttribute("aria-activedescendant");
    for (const { topic, fits, lines: ofTopic } of groups) {
      const group = make("div", "li-found__group");
      group.setAttribute("role", "rowgroup");
      group.setAttribute("aria-label", topic.title);
      for (const line of ofTopic) {
        group.appendChild(line.link ? rowOfLink(line, fits ? "" : topic.title) : rowOfTopic(topic));
      }
      found.appendChild(group);
    }
    Array.from(found.querySelectorAll(".li-found__link")).forEach((link, place) => {
      link.parentNode.id = `li-found-${place}`;
    });
  };
  const show = () => {
    showNumbers();
    const typed = query.value.trim();
    if (!ready || !typed) {
      showFound([]);
      count.textContent = typed ? _("Searching …") : _("Type a word or a question.");
      help.hidden = true;
    } else {
      const { groups } = engine.search(typed, { isTyping: !/\s$/.test(query.value), nation: nation() });
      showFound(groups);
      const all = found.querySelectorAll(".li-found__link").length;
      const nothing = whole ? _("Nothing found.") : _("Searching …");
      count.textContent = all === 0 ? nothing : _n(all, "{n} found.", "{n} found, the best first.");
      help.hidden = all > 0 || !whole;
    }
    callNote.hidden = callFirst.hidden && !found.querySelector(".li-result-calls a:not([hidden])");
  };

  // --- The keyboard: arrows go through what is found while the words stay in the field ---

  const move = (by) => {
    const cells = Array.from(found.querySelectorAll(".li-found__link"), (link) => link.parentNode);
    if (!cells.length) return;
    if (active >= 0) cells[active].removeAttribute("aria-selected");
    active = (active + by + cells.length + (active < 0 && by < 0 ? 1 : 0)) % cells.length;
    cells[active].setAttribute("aria-selected", "true");
    cells[active].scrollIntoView({ block: "nearest" });
    query.setAttribute("aria-activedescendant", cells[active].id);
  };
  query.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && !event.altKey) {
      event.preventDefault();
      move(by);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      found.querySelectorAll(".li-found__link")[active].click();
    }
  });

  query.addEventListener("input", () => { fetchIndex(); show(); });
  panel.querySelector("form").addEventListener("reset", () => setTimeout(() => { show(); query.focus(); }));
  fetchIndex();
})();
