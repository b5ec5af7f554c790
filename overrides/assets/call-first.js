// Whom to call first, above what a search finds, for somebody in danger who searches instead; and
// the numbers of what is found. Fetched when the search is first used. What is typed stays here.
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const panel = document.getElementById("li-search");
  const query = panel.querySelector("[data-md-component=search-query]");
  const results = panel.querySelector("ol");
  const place = panel.querySelector("[data-call-first]");
  const lines = place.querySelector("ul");
  const note = panel.querySelector("[data-call-note]");
  const status = panel.querySelector("[data-call-said]");

  // How words are compared: see site/concerns.yaml.
  const BETWEEN = 2;
  const LONG = 7;
  // Whether two words differ by one letter: changed, added, left out, or swapped with the next.
  const oneApart = (one, other) => {
    let start = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    const [left, right] = [one.slice(start), other.slice(start)];
    return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1)
      || (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
  };
  const alike = (typed, word) => typed === word
    || (word.length >= LONG && typed[0] === word[0] && oneApart(typed, word));
  const inOrder = (typed, parts, from, at) => at === parts.length || typed.some((word, place) =>
    place >= from && (at === 0 || place <= from + BETWEEN)
    && parts[at].some((one) => alike(word, one)) && inOrder(typed, parts, place + 1, at + 1));
  const runTogether = (word, parts, at) => (at === parts.length ? word === ""
    : parts[at].some((one) => word.startsWith(one) && runTogether(word.slice(one.length), parts, at + 1)));
  const typedWords = (text) => text.toLowerCase().replace(/['`\u2018\u2019]/g, "")
    .split(/[\s!-/:-@[-`{-~\u2010-\u201f\u2026]+/).filter(Boolean);
  const concernOf = (text) => {
    const typed = typedWords(text);
    return numbers.concerns.find(({ words }) => words.some((phrase) => {
      const parts = phrase.split(" ").map((part) => part.split("/"));
      return inOrder(typed, parts, 0, 0)
        || (parts.length > 1 && typed.some((word) => runTogether(word, parts, 0)));
    }));
  };

  // What holds where the reader lives comes first (assets/choices.js keeps that in the address).
  const homeFirst = () => {
    const [, home] = /[#&]nation=([\w-]+)/.exec(location.hash) || [];
    if (!home) return;
    for (const line of Array.from(lines.children)) {
      const nations = line.dataset.nations.split(" ");
      if (!nations.includes(home) && !nations.includes("uk")) lines.appendChild(line);
    }
  };

  let numbers = null;
  let shown;
  const showLines = () => {
    const concern = concernOf(query.value);
    if (concern === shown) return;
    shown = concern;
    place.hidden = !concern;
    lines.innerHTML = concern ? concern.lines : "";
    homeFirst();
    const first = lines.querySelector("a");
    status.textContent = first ? `Numbers stand above what is found. The first: ${first.textContent}.` : "";
  };
  // A number that stands above is not said again below.
  const showCalls = () => {
    for (const link of results.querySelectorAll(".md-search-result__link")) {
      const calls = numbers.calls[link.href.replace(root.href, "").replace(/[?#].*/, "")];
      if (calls && !link.parentNode.querySelector(".li-result-calls")) {
        link.insertAdjacentHTML("afterend", `<p class="li-result-calls">${calls}</p>`);
      }
    }
    for (const call of results.querySelectorAll(".li-result-calls a")) {
      call.hidden = Boolean(lines.querySelector(`[href="${call.getAttribute("href")}"]`));
    }
    note.hidden = place.hidden && !results.querySelector(".li-result-calls a:not([hidden])");
  };
  const show = () => {
    if (!numbers) return;
    showLines();
    showCalls();
  };

  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    fetch(new URL("search/numbers.json", root).href)
      .then((answer) => answer.json())
      .then((come) => { numbers = come; show(); })
      .catch(() => { asked = false; });  // a bad connection: asked again with the next letter
  };
  query.addEventListener("input", () => { ask(); show(); });
  panel.querySelector("form").addEventListener("reset", () => setTimeout(show));
  // Nothing of a search may come back with the page from the browser's memory.
  addEventListener("pagehide", () => setTimeout(show));
  new MutationObserver(show).observe(results, { childList: true });
  ask();
})();
