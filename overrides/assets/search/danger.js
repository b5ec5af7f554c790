// Who may be in danger, by what they type. Pure: it knows neither page nor network.
(() => {
  "use strict";
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

  const create = ({ concerns }) => ({
    concernOf: (text) => {
      const typed = typedWords(text);
      return concerns.find(({ words }) => words.some((phrase) => {
        const parts = phrase.split(" ").map((part) => part.split("/"));
        return inOrder(typed, parts, 0, 0)
          || (parts.length > 1 && typed.some((word) => runTogether(word, parts, 0)));
      })) || null;
    },
  });

  const danger = { create };
  if (typeof module === "object") module.exports = danger;
  else window.LinkIndexDanger = danger;
})();
