// Search: the theme's, fetched when it is first used, and made to forgive.
(() => {
  "use strict";
  const RESULTS = 3;  // the theme's search worker: 2 asks, 3 answers
  const QUERY = 2;
  const toggle = document.getElementById("__search");
  const panel = document.getElementById("li-search");
  const buttons = document.querySelectorAll("[data-open-search]");
  if (!toggle || !panel) return;
  // What the theme's search needs came to browsers in 2019; before, the A to Z stands in its place.
  if (!window.Worker || !window.Blob || !Blob.prototype.text) {
    document.documentElement.classList.add("li-no-search");
    return;
  }
  const query = panel.querySelector("[data-md-component=search-query]");
  const help = panel.querySelector("[data-search-help]");
  const slow = panel.querySelector("[data-search-slow]");
  const SLOW = 8000;
  let opener = null;
  let fetched = false;
  let answers = 0;

  const set = (open) => { if (toggle.checked !== open) toggle.click(); };

  // Small words say nothing, and the theme lets each word be the start of a longer one: "at" would
  // find attachment. Short words, such as acronyms, are looked for as they are ("^1" is lunr's way
  // to say so).
  const SMALL = new Set(("a about all am an and any are as at be been being but by can could did do does "
    + "for from get had has have he her him his how i if in is it its ll me my no not of on or our re s she "
    + "should so some t that the their them then there they this to too up us was we were what when "
    + "where which who why will with would you your").split(" "));
  const SHORT = 3;
  const isShort = (word) => word.length <= SHORT && !/[^\0-\u024f]/.test(word);
  // Signs mean something to lunr, and a stray one would make it give up. The vowel signs of many
  // scripts (marks) belong to the words they stand in. Browsers before 2020 cannot
  // all name letters of every script; to them, only the signs of a keyboard are signs.
  const signs = () => {
    try {
      return new RegExp("[^\\p{L}\\p{M}\\p{N}]+", "u");
    } catch (_) {
      return /[\s!-/:-@[-`{-~\u2010-\u201f]+/;
    }
  };
  const SIGNS = signs();
  // One spelling of each letter, one kind of apostrophe, and none of the unseen signs within words.
  const oneSpelling = (text) => text.normalize("NFC")
    .replace(/[\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]/g, "'")
    .replace(/[\u00ad\u200b-\u200d\u2060]/g, "");
  // What may be left out over or under a letter is left out in the index as well.
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
  const OTHER_LETTERS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŋ: "n",
    "\u0643": "\u06a9", "\u064a": "\u06cc", "\u0649": "\u06cc",
    "\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647",
  };
  const withoutMarks = (word) => word.normalize("NFD").replace(MARKS, "").normalize("NFC")
    .replace(/[^\0-\x7f]/g, (letter) => OTHER_LETTERS[letter.toLowerCase()] || letter);
  const telling = (text) => {
    const words = text.split(SIGNS).filter(Boolean);
    const kept = words.filter((word) => !SMALL.has(word.toLowerCase()));
    return kept.length ? kept : words;
  };
  // A phrase of the index is also indexed as one word (site/search_words.py), so that it is found
  // before pages that only share its words: "he hits me" as "hehitsme".
  const LONGEST_RUN = 5;
  const asOneWord = (text) => {
    const words = text.split(SIGNS).filter(Boolean);
    return words.length > 1 && words.length <= LONGEST_RUN ? [`${words.join("")}^5`] : [];
  };
  const tidied = (text) => {
    const words = telling(text);
    const bare = words.map(withoutMarks).filter((word) => word && !words.includes(word));
    const kept = words.concat(bare)
      .map((word) => (isShort(word) && words.length > 1 ? `${word}^1` : word));
    return [...kept, ...asOneWord(text)].join(" ");
  };

  // When nothing is found, ask once more for words that differ by one letter. The worker answers each
  // question once and in order, so an answer belongs to the oldest question that has none: a reader
  // may have typed on meanwhile.
  const forgive = () => {
    const post = Worker.prototype.postMessage;
    const waiting = new WeakMap();
    const ask = (worker, words, question) => {
      waiting.get(worker).push(question);
      post.call(worker, { type: QUERY, data: words });
    };
    const answered = (worker, items) => {
      const question = waiting.get(worker).shift();
      const newest = waiting.get(worker).length === 0;
      if (!question || !newest) return;
      const none = items.length === 0 && question.text !== "";
      const loose = telling(question.text)
        .map((word) => (isShort(word) ? `${word}^1` : `${word}~1`)).join(" ");
      if (none && !question.again && loose) ask(worker, loose, { text: question.text, again: true });
      else help.hidden = !none;
    };
    Worker.prototype.postMessage = function (message, ...rest) {
      if (!waiting.has(this)) {
        waiting.set(this, []);
        this.addEventListener("message", ({ data }) => {
          answers += 1;
          slow.hidden = true;
          if (data && data.type === RESULTS) answered(this, data.data.items);
        });
      }
      if (!message || message.type !== QUERY) return post.call(this, message, ...rest);
      const text = oneSpelling(String(message.data || "").trim());
      return ask(this, tidied(text), { text, again: false });
    };
  };
  const fetchOnce = () => {
    if (fetched) return;
    fetched = true;
    forgive();
    setTimeout(() => { slow.hidden = answers > 0; }, SLOW);
    for (const script of document.querySelectorAll("script[data-src]")) {
      const copy = document.createElement("script");
      copy.src = script.dataset.src;
      script.replaceWith(copy);
    }
  };

  panel.addEventListener("focusin", () => { fetchOnce(); set(true); });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      opener = button;
      set(true);
      query.focus();
    });
  }
  toggle.addEventListener("change", () => {
    for (const button of buttons) button.setAttribute("aria-expanded", toggle.checked);
    if (!toggle.checked && opener) { opener.focus(); opener = null; }
  });
  panel.querySelector("[data-close-search]").addEventListener("click", () => {
    opener = opener || buttons[0];
    set(false);
  });
  panel.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  panel.addEventListener("focusout", (event) => {
    if (!event.relatedTarget || panel.contains(event.relatedTarget)) return;
    opener = null;
    set(false);
  });

  // Nothing of a search may come back with the page from the browser's memory.
  addEventListener("pagehide", () => {
    opener = null;
    query.value = "";
    panel.querySelector("ol").textContent = "";
    set(false);
  });

  addEventListener("keydown", (event) => {
    const inside = panel.contains(event.target);
    // The theme closes the search on Tab, and outside of it acts on single letters, which would
    // surprise people who dictate (WCAG 2.2, 2.1.4).
    if (inside ? event.key === "Tab" : event.key.length === 1) event.stopImmediatePropagation();
    if (inside && event.key === "Escape" && !fetched) set(false);
  }, true);
  // The theme takes the results out of the order of the keyboard.
  new MutationObserver(() => {
    for (const link of panel.querySelectorAll("li a, li summary")) link.tabIndex = 0;
  }).observe(panel.querySelector("ol"), { childList: true, subtree: true });
})();
