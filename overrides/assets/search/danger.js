// Who may be in danger, by what they type. Pure: it knows neither page nor network. What the words,
// groups and frames are, and how they are written, is said in site/danger/.
(() => {
  "use strict";
  const GAP = 2;    // so many telling words may stand between two parts of a frame
  const FAR = 7;    // and so many where the frame says "..."
  const LONGEST = 300;  // words that are looked at
  const FORGIVING = 5;  // letters of a word in which one may be wrong
  const LENIENT = 9;    // and two
  const SHORT = 7;
  const VOWELS = "aeiou";
  const ENDS = new Set(["^", "$", "."]);
  // What the marks and the words of a question weigh together, in fifths of a logit: so much shows numbers,
  // and so much one quiet line. Where a frame fits, too, it weighs FITS more. In a question of fewer than
  // TELLING places, both ends counted, a frame weighs BRIEFLY more, and words without one must weigh as much
  // more, or HINT more for the quiet line. Chosen by hands whose questions were left out of learning
  // (danger_weights.py --leave-out), among those by which the tests of the content pass.
  const SURE = -3;
  const UNSURE = -16;
  const FITS = 13;
  const BRIEFLY = 7;
  const HINT = 4;
  const TELLING = 8;
  const WORDY = 13;  // of fewer places, what is settled, and a topic of work that a frame names, show the line
  const BEGUN = 4;   // of no more places, words say nothing without a frame: most questions go on otherwise
  const NO_WEIGHT = "h";  // the letter of a place that weighs nothing; those before it weigh less
  // Groups that say too little of a word to stand in its place.
  const PLAIN = new Set(["LIGHT", "HE", "SOMEBODY", "ANYONE", "WHO", "I", "ME", "NOT"]);

  // --- Spelling ---

  // How a word sounds, roughly: "nife" is "knife", "skared" is "scared", "hitt" is "hit".
  const sound = (word) => word.replace(/ph/g, "f").replace(/^kn/, "n").replace(/^wr/, "r").replace(/igh/g, "i")
    .replace(/c(?=[eiy])/g, "s").replace(/ck|c(?!h)|q/g, "k").replace(/z/g, "s").replace(/y/g, "i")
    .replace(/(.)\1+/g, "$1");
  // Letters changed, added, left out, or swapped with the next: so many, or more than `most`. In short
  // words, one consonant in place of another makes another word: "racing" is no slip of "raping".
  const apart = (one, other, most) => {
    let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1] || one[i - 1] === "*";
        const slip = one.length > SHORT || (VOWELS.includes(one[i - 1]) && VOWELS.includes(other[j - 1])) ? 1 : 2;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : slip));
        if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[other.length];
  };
  const DIGITS = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i" };

  const reader = (known, spellings, alone) => {
    const shelves = new Map();
    for (const word of known.keys()) {
      const said = sound(word);
      if (!shelves.has(said[0])) shelves.set(said[0], []);
      shelves.get(said[0]).push([word, said]);
    }
    const nearest = (typed) => {
      const said = sound(typed);
      const starred = said.includes("*");
      const most = starred ? 0 : said.length >= LENIENT ? 2 : said.length >= FORGIVING ? 1 : 0;
      let [best, least] = [null, most + 1];
      for (const [word, spoken] of shelves.get(said[0]) || []) {
        if (Math.abs(spoken.length - said.length) > most) continue;
        const far = Math.min(apart(said, spoken, most), apart(typed, word, most));
        // A word as short as three letters is taken for another only where it sounds the same.
        if (far < least && word.length > 2) [best, least] = [word, far];
      }
      return best;
    };
    const apiece = (typed, left) => {
      if (!typed) return [];
      for (let cut = Math.min(typed.length, 14); left && cut > 0; cut -= 1) {
        const piece = typed.slice(0, cut);
        if (cut < 2 && piece !== "i" || !(known.has(piece) || cut > 2 && spellings.has(piece))) continue;
        const rest = apiece(typed.slice(cut), left - 1);
        if (rest) return [piece, ...rest];
      }
      return null;
    };
    const read = (typed) => {
      if (spellings.has(typed)) return spellings.get(typed);
      if (known.has(typed) || alone.has(typed) || typed.length < 3) return [typed];
      const short = typed.replace(/(.)\1\1+/g, "$1");
      const plain = /[a-z]/.test(typed) ? typed.replace(/[013457@$!]/g, (sign) => DIGITS[sign]) : typed;
      for (const other of [short, typed.replace(/(.)\1\1+/g, "$1$1"), plain, `${typed}g`]) {
        if (other !== typed && (known.has(other) || spellings.has(other))) return read(other);
      }
      const near = nearest(plain);
      if (near) return spellings.get(near) || [near];
      const pieces = typed.length > 5 && apiece(typed, 6);
      return pieces ? pieces.flatMap((piece) => spellings.get(piece) || [piece]) : [typed];
    };
    const cache = new Map();
    return (typed) => {
      if (!cache.has(typed)) cache.set(typed, read(typed));
      return cache.get(typed);
    };
  };

  // --- Words in order ---

  const AGE = /\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen) ?-?(?:(month|mth|week|wk)s?|(?:years?|yrs?|y)) ?-?(?:olds?|o)\b/g;
  const NAMES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split(" ");
  const aged = (_, number, months) => {
    const age = NAMES.includes(number) ? NAMES.indexOf(number) : Number(number);
    return months || age < 8 ? " littleone " : age < 18 ? " teenager " : " grownup ";
  };
  const split = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .replace(/['`\u00b4\u2018\u2019]/g, "").replace(AGE, aged)
    .replace(/(\w)[*#]+(?=\w)/g, "$1*").replace(/([a-z])[!@$](?=[a-z])/g, (pair, letter) => letter + DIGITS[pair[1]])
    .replace(/[.?!;\n\u2026]+/g, " . ").split(/[\s"-)+-\-/:-@[-^_{-~\u2010-\u201f]+/).filter(Boolean);

  // --- The net ---

  // The place of a word or a mark: a number made of its letters, which may be that of others, too.
  const placed = (text, below) => {
    let sum = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
    return ((sum ^ (sum >>> 15)) >>> 0) % below;
  };
  const times = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);
  // What words weigh together, in fifths of a logit, as site/danger/net.py says it. What each part of a filter
  // makes of each class is reckoned once.
  const weigher = ({ places, classes, centres, filters, least, largest, total, start, unit }) => {
    const classAt = new Map(classes);
    const made = filters.map((rows) => centres.map((centre) => rows.map((row) => times(row, centre))));
    return (words) => {
      const numbers = words.map((word) => classAt.get(placed(word, places)) || 0);
      const root = Math.sqrt(numbers.length + 1);
      const weight = least.reduce((sum, from, filter) => {
        const said = numbers.map((_, at) => Math.max(0, made.reduce(
          (all, part, next) => all + (at + next < numbers.length ? part[numbers[at + next]][filter] : 0), from)));
        return sum + largest[filter] * Math.max(0, ...said)
          + total[filter] * said.reduce((all, one) => all + one, 0) / root;
      }, start);
      return Math.floor(weight / unit + 0.5);
    };
  };

  // --- Frames ---

  // "kick||s|ing" is kick, kicks and kicking.
  const forms = (written) => {
    const [stem, ...ends] = written.split("|");
    return ends.length ? ends.map((end) => stem + end) : [stem];
  };

  const create = ({ words, concerns, lines, quiet }) => {
    // The names of a word: itself, and the groups that it belongs to.
    const names = new Map();
    const named = (word, name) => {
      if (!names.has(word)) names.set(word, new Set([word]));
      if (name) names.get(word).add(name);
    };
    const membersOf = (name) => words.groups[name].split(" ")
      .flatMap((word) => (words.groups[word] ? membersOf(word) : forms(word)));
    for (const name of Object.keys(words.groups)) membersOf(name).forEach((word) => named(word, name));
    const parts = new Map();
    const part = (text) => {
      if (!parts.has(text)) {
        const atoms = text.split("/").flatMap(forms);
        atoms.forEach((atom) => { if (!words.groups[atom]) named(atom); });
        parts.set(text, { atoms, said: null, places: null });
      }
      return parts.get(text);
    };
    const frame = (text) => {
      let room = GAP;
      const made = [];
      for (const piece of text.split(" ")) {
        if (piece === "...") room = FAR;
        else {
          piece.split("-").forEach((word, at) => made.push({ part: part(word), room: at ? 0 : room }));
          room = GAP;
        }
      }
      return made;
    };
    const asked = concerns.map(({ told, named: called, faint, shown }) => ({
      told: told.map(frame), named: called.map(frame), faint: faint.map(frame),
      shown: { lines: shown.map((at) => lines[at]).join(""), isQuiet: false },
    }));
    const unsure = { lines: quiet, isQuiet: true };
    const signs = {};
    for (const [name, all] of Object.entries(words.signs)) signs[name] = all.map(frame);
    const spellings = new Map(Object.entries(words.spellings).map(([typed, said]) => [typed, said.split(" ")]));
    const read = reader(names, spellings, new Set(words.alone.split(" ")));

    const tokens = (text) => {
      const typed = split(text).slice(0, LONGEST);
      const all = ["^"];
      for (let at = 0; at < typed.length; at += 1) {
        const joined = typed[at] + (typed[at + 1] || " ");
        if (joined.length > 5 && names.has(joined)) {
          all.push(...read(joined));
          at += 1;
        } else all.push(...(typed[at] === "." ? ["."] : read(typed[at])));
      }
      // Who stammers or dictates says a word twice: "I I I want to die".
      const once = [...all, "$"].filter((word, at, words) => word !== words[at - 1]);
      return once.map((word) => {
        const is = names.get(word) || new Set([word]);
        return { word, is, isLight: is.has("LIGHT"), isSpent: false };
      });
    };
    const fits = (asked, said, place) => {
      if (asked.said !== said) {
        asked.said = said;
        asked.places = said.map(({ is }) => asked.atoms.some((atom) => is.has(atom)));
      }
      return asked.places[place] && !said[place].isSpent;
    };
    // Calls `accept` with the places of each way in which a frame fits, until it is content.
    const fit = (said, frame, accept, stop) => {
      const go = (at, from, used) => {
        if (at === frame.length) return accept(used);
        let { room } = frame[at];
        for (let place = from; place < said.length; place += 1) {
          if (fits(frame[at].part, said, place) && go(at + 1, place + 1, [...used, place])) return true;
          if (at) {
            const { word, is, isLight } = said[place];
            if (ENDS.has(word) || (stop && is.has(stop))) return false;
            if (!isLight || !frame[at].room) room -= 1;
            if (room < 0) return false;
          }
        }
        return false;
      };
      return go(0, 0, []);
    };
    const marked = (said, name) => {
      const places = new Set();
      for (const parts of signs[name]) fit(said, parts, (used) => { used.forEach((place) => places.add(place)); });
      return places;
    };
    // The places of a sentence are one clause, as are those of a part of it that begins with "now", with
    // "but" (save "but that was years ago"), or with "and" and a person.
    const clauses = (said) => {
      let clause = 0;
      return said.map(({ word }, at) => {
        const next = at + 1 < said.length ? said[at + 1] : { word: "", is: new Set() };
        const begins = word === "now" || (word === "but" && !["that", "it", "this"].includes(next.word))
          || (word === "and" && next.is.has("WHO"));
        if (begins || (at && said[at - 1].word === ".")) clause += 1;
        return clause;
      });
    };

    // Takes the words of everyday frames out of account, save those that are meant.
    const spend = (said) => {
      const meant = marked(said, "serious");
      const spent = new Set();
      for (const parts of signs.everyday) {
        fit(said, parts, (used) => {
          if (!used.some((place) => meant.has(place))) used.forEach((place) => spent.add(place));
        }, "SOMEBODY");
      }
      spent.forEach((place) => { said[place].isSpent = true; });
      return said;
    };
    // What tells a danger from everyday, learnt, settled and present matters in a question.
    const examine = (text) => {
      const said = spend(tokens(text));
      const clause = clauses(said);
      const signed = {};
      for (const name of ["not_meant", "past", "present", "learning"]) signed[name] = marked(said, name);
      const among = (places) => new Set(Array.from(places, (place) => clause[place]));
      const [past, present] = [among(signed.past), among(signed.present)];
      const isNot = (place) => said[place].is.has("NOT") && !signed.not_meant.has(place);
      const isDenied = (used) => {
        if (present.has(clause[used[0]]) && said.some(({ word }) => word === "yet")) return false;
        for (let place = used[0]; place < used[used.length - 1]; place += 1) {
          if (!used.includes(place) && isNot(place)) return true;
        }
        if (said[used[0]].is.has("WHO")) return false;
        let place = used[0] - 1;
        while (place > 0 && said[place].isLight && !isNot(place)) place -= 1;
        return place >= 0 && isNot(place);
      };
      const isOver = (used) => used.every((place) => past.has(clause[place])) && !present.has(clause[used[0]]);
      return {
        said,
        signs: [...Object.keys(signed).filter((name) => signed[name].size), ...(said.some(({ isSpent }) => isSpent) ? ["everyday"] : [])],
        // "I think he hit her" is not said of oneself.
        isOfAnother: ([first, next]) => said[first].is.has("I")
          && said.slice(first + 1, next).some(({ is }) => is.has("SOMEBODY")),
        isSettled: (used) => isDenied(used) || isOver(used),
      };
    };
    // What is weighed: the signs of a question ("!past"); its words by themselves, and those that follow
    // each other, at once ("a b") or with one between ("a_b"), each as the first group that it belongs to:
    // it is all one which partner it is.
    const kindOf = ({ word, is }) => [...is].find((name) => words.groups[name] && !PLAIN.has(name)) || word;
    const marks = ({ said, signs: some }) => {
      const found = new Set([...some.map((name) => `!${name}`), ...said.map(({ word }) => word)]);
      const kinds = said.map(kindOf);
      kinds.forEach((kind, at) => {
        found.add(kind);
        if (at + 1 < kinds.length) found.add(`${kind} ${kinds[at + 1]}`);
        if (at + 2 < kinds.length) found.add(`${kind}_${kinds[at + 2]}`);
      });
      return [...found];
    };
    // Each mark weighs what stands at its place among the weights (the hashing trick).
    const placeOf = (mark) => placed(mark, words.weights.length);
    const together = weigher(words.net);
    const wordsOf = ({ said }) => said.map(({ word }) => word);
    const ZERO = NO_WEIGHT.charCodeAt(0);
    const weightOf = (question) => Array.from(new Set(marks(question).map(placeOf)))
      .reduce((sum, place) => sum + words.weights.charCodeAt(place) - ZERO, together(wordsOf(question)));

    // What to show above what is found, as `lines` of a list, or null. It `isQuiet` where it is one
    // line. The same answer is the same object.
    const concernOf = (text) => {
      const question = examine(text);
      const { said, isOfAnother, isSettled } = question;
      const [isLearning, isNow] = ["learning", "present"].map((name) => question.signs.includes(name));
      const weight = weightOf(question);
      const brief = said.length < TELLING ? BRIEFLY : 0;
      const speaks = said.length > BEGUN && weight >= SURE + brief;
      const sure = weight + FITS + brief >= SURE;
      let [faint, settled] = [false, false];
      for (const concern of asked) {
        const holds = (all, isMeant) => all.some((parts) => fit(said, parts, (used) => {
          if (isOfAnother(used)) return false;
          if (!isSettled(used) && isMeant(used)) return true;
          faint = true;
          settled = settled || isSettled(used);
          return false;
        }));
        const isNowOrMine = (used) => !isLearning || speaks || isNow || used.some((place) => said[place].is.has("MINE"));
        if (holds(concern.told, isNowOrMine) || holds(concern.named, () => !isLearning || speaks)) {
          return sure ? concern.shown : unsure;
        }
        holds(concern.faint, () => false);
      }
      const maybe = said.length > BEGUN && weight >= (brief ? SURE + HINT : UNSURE) ? unsure : null;
      if (settled) return said.length < WORDY ? unsure : maybe;
      if (speaks) return asked[asked.length - 1].shown;
      return faint && said.length < WORDY ? unsure : maybe;
    };
    // What weights are learnt from: the marks of a question and their places, and whether a frame fits it.
    const weighed = (text) => {
      const question = examine(text);
      const fits = asked.some(({ told, named: called }) => [...told, ...called].some((parts) => fit(
        question.said, parts, (used) => !question.isOfAnother(used) && !question.isSettled(used))));
      return {
        fits, words: wordsOf(question), together: together(wordsOf(question)),
        marks: marks(question).map((mark) => [mark, placeOf(mark)]),
      };
    };
    return { concernOf, weighed };
  };

  const danger = { create };
  if (typeof module === "object") module.exports = danger;
  else window.LinkIndexDanger = danger;
})();
