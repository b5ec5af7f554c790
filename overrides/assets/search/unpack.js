// What the search fetches, unpacked: words, sets of them, and their order, in as few bits as
// site/packing.py writes them. Each function reads what the one of its name writes there, so they are
// called in the order in which it was written. Pure: it knows neither page nor network.
(() => {
  "use strict";
  const LONGEST = 15;
  const MANY = 31;
  const SEVERAL = 2;
  const NO_WEIGHT = "h";
  const UNSEEN = 0.3;
  const COUNTS = 2 ** 20;
  const many = (count, value) => new Array(count || 0).fill(value);

  // Numbers of some bits, each read by what it stands among: how likely each bit is, is counted as
  // site/spelling.py counts it, with nothing that could come out otherwise in another browser.
  const counted = (text, width) => {
    const bytes = atob(text);
    const size = 2 ** width;
    const seen = new Uint32Array(COUNTS);  // how often each bit was 0 or 1 in each of its surroundings
    const placeOf = (around, node) => 2 * (Math.imul(around * size + node, 0x9e3779b1) >>> 13);
    const oddsAt = (place) => (seen[place + 1] + UNSEEN) / (seen[place] + UNSEEN);
    let [low, high, value, at] = [0, 0xffffffff, 0, 0];
    const take = () => { value = (value << 8 | bytes.charCodeAt(at++)) >>> 0; };
    for (let byte = 0; byte < 4; byte += 1) take();
    return (one, two, three) => {
      let node = 1;
      while (node < size) {
        const [a, b, c] = [placeOf(one, node), placeOf(two, node), placeOf(three, node)];
        const odds = oddsAt(a) * oddsAt(b) * oddsAt(c);
        const root = Math.sqrt(Math.sqrt(odds));
        const part = root * Math.sqrt(root);
        const middle = low + Math.floor((high - low) * (part / (1 + part)));
        const bit = value <= middle ? 1 : 0;
        if (bit) high = middle;
        else low = middle + 1;
        for (; (low ^ high) >>> 24 === 0; take()) {
          low = low << 8 >>> 0;
          high = (high << 8 | 255) >>> 0;
        }
        for (const place of [a, b, c]) seen[place + bit] += 1;
        node = 2 * node + bit;
      }
      return node - size;
    };
  };
  // Words, letter by letter.
  const wordsOf = ([alphabet, count, longest, text]) => {
    const letters = Array.from(alphabet);
    const many = letters.length + 1;
    const number = counted(text, Math.max(4, 32 - Math.clz32(letters.length)));
    let [last, before] = [[], 0];
    return Array.from({ length: count }, () => {
      const shared = number(7, 8 * last.length + 3, 8 * before + 4);
      const word = last.slice(0, shared);
      const follows = last[shared] || 0;
      for (;;) {
        const place = word.length - shared;
        const one = word[word.length - 1] || 0;
        const letter = number(8 * (one * many + (place ? 0 : follows)),
          8 * (one * many + (word[word.length - 2] || 0)) + 1, 8 * (place ? Math.min(place, 3) : 4 + follows) + 2);
        if (!letter) break;
        if (word.push(letter) > longest) throw new Error("no word");
      }
      [last, before] = [word, shared];
      return word.map((letter) => letters[letter - 1]).join("");
    });
  };
  // Rows of whole numbers, by their place in the row, how large those before are, and the last two.
  const rowsOf = ([count, size, text]) => {
    const number = counted(text, 5);
    const near = (one) => Math.max(-3, Math.min(3, one)) + 3;
    return Array.from({ length: count }, () => {
      const row = new Int8Array(size);
      let [sum, last, other] = [0, 0, 0];
      for (let at = 0; at < size; at += 1) {
        const mean = at ? Math.min(15, Math.floor(4 * sum / at)) : 16;
        row[at] = number(8 * at, 8 * mean + 1, 8 * (7 * near(last) + near(other)) + 2) - 15;
        [sum, last, other] = [sum + Math.abs(row[at]), row[at], last];
      }
      return row;
    });
  };

  const reader = (text) => {
    const bytes = atob(text);
    let [at, held, left] = [0, 0, 0];
    const bits = (count) => {
      for (; left < count; left += 8) held = held << 8 | bytes.charCodeAt(at++);
      left -= count;
      return held >>> left & (1 << count) - 1;
    };
    const bit = () => bits(1);
    const number = (below) => {
      if (below < 2) return 0;
      const width = 32 - Math.clz32(below - 1);
      const short = 2 ** width - below;
      const value = bits(width - 1);
      return value < short ? value : 2 * value + bit() - short;
    };
    const amount = () => {
      let width = 0;
      while (!bit()) width += 1;
      return 2 ** width + bits(width) - 1;
    };
    const between = (values, count, least, below) => {
      if (count === below - least) for (let value = least; value < below; value += 1) values.push(value);
      else if (count) {
        const half = count >> 1;
        const middle = least + half + number(below - least - count + 1);
        between(values, half, least, middle);
        values.push(middle);
        between(values, count - half - 1, middle + 1, below);
      }
      return values;
    };
    const increasing = (count, below) => between([], count, 0, below);

    // Codes of given lengths, those of one length in the order of their numbers: reads one of them.
    const coder = (lengths) => {
      const counts = new Array(LONGEST + 1).fill(0);
      for (const length of lengths) counts[length] += 1;
      const sorted = [];
      for (let length = 1; length <= LONGEST; length += 1) {
        lengths.forEach((one, value) => { if (one === length) sorted.push(value); });
      }
      return () => {
        let code = 0;
        let first = 0;
        let before = 0;
        for (let length = 1; length <= LONGEST; length += 1) {
          code = 2 * code + bit();
          if (code - first < counts[length]) return sorted[before + code - first];
          before += counts[length];
          first = 2 * (first + counts[length]);
        }
        throw new Error("no code");
      };
    };
    const codes = (tables) => {
      const most = amount();
      const length = coder(Array.from({ length: LONGEST + 1 }, () => number(LONGEST + 1)));
      return Array.from({ length: tables }, () => coder(Array.from({ length: most }, length)));
    };
    const coded = (count) => Array.from({ length: count }, codes(1)[0]);

    const sets = (sections, members, kinds = []) => {
      const found = sections.map(() => []);
      const bySection = [];
      const every = Array.from({ length: 1 + Math.max(0, ...kinds) }, (_, kind) => kind);
      found.forEach((set, at) => {
        const section = bySection[sections[at]] = bySection[sections[at]] || every.map(() => []);
        section[kinds[at] || 0].push(set);
      });
      const inside = bySection.filter(Boolean);
      const [sectionsOf, setsOf] = codes(2);
      const beyond = (count, most) => (count < most ? count : count + amount());
      const most = every.length > 1 ? SEVERAL : MANY;
      const put = (member, section) => {
        let told = setsOf();
        for (const kind of every) {
          const count = beyond(every.length > 1 ? told % (SEVERAL + 1) : told, most);
          told = Math.floor(told / (SEVERAL + 1));
          for (const place of increasing(count, section[kind].length)) section[kind][place].push(member);
        }
      };
      for (let member = 0; member < members; member += 1) {
        if (inside.length < 2) inside.forEach((section) => put(member, section));
        else for (const section of increasing(beyond(sectionsOf(), MANY), inside.length)) put(member, inside[section]);
      }
      return found;
    };
    const orders = (sets) => {
      const phrases = sets.map((members) => {
        const left = members.slice();
        return members.map(() => left.splice(number(left.length), 1)[0]);
      });
      let at = 0;
      for (let left = amount(); left > 0; left -= 1) {
        at += amount();
        phrases[at].splice(amount(), 0, sets[at][amount()]);
      }
      return phrases;
    };
    // How many places there are, and the few that hold a number, each with it.
    const spread = () => {
      const below = amount();
      const gaps = coded(amount());
      let place = 0;
      return [below, coded(gaps.length).map((value, at) => [place += gaps[at], value])];
    };
    return { number, amount, coded, spread, sets, orders };
  };

  // The net of danger (site/danger/net.py): the class of each place, then numbers in rows.
  const WIDTH = 3;
  const netOf = ({ amount, coded, spread }) => {
    const [places, classes] = spread();
    const signed = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);
    const [centres, depth, filters] = [amount(), amount(), amount()];
    const small = coded((centres + WIDTH * filters) * depth + 2 * filters).map(signed);
    const next = (count) => small.splice(0, count);
    const rows = (count) => many(count, depth).map(next);
    const numbers = {
      places, classes, centres: rows(centres), filters: many(WIDTH, filters).map(rows), largest: next(filters), total: next(filters),
    };
    const large = many(filters + 2, 0).map(() => signed(amount()));
    return { ...numbers, least: large.splice(0, filters), start: large[0], unit: large[1] };
  };

  // Whom to call first (site/danger/packed.py), as danger.js takes it; and the words spelt there, in all
  // their forms, which are not spelt again in the index.
  const numbers = ({ stems, endings, groups, signs, frames, spellings, packed, ...others }) => {
    const read = reader(packed);
    const { coded, spread, sets, orders } = read;
    const words = wordsOf(stems);
    const stemOf = coded(words.length).flatMap((count, at) => new Array(count).fill(words[at]));
    const ends = coded(stemOf.length);
    const names = stemOf.map((stem, at) => stem + endings[ends[at]]).concat(groups);
    const forms = stemOf.flatMap((stem, at) => endings[ends[at]].slice(1).split("|").map((end) => stem + end));
    // What stands between the parts of a frame, frame by frame and list by list.
    const lists = frames.split("|").slice(0, -1).map((list) => list.split(";").slice(0, -1));
    const parts = lists.flat().reduce((sum, between) => sum + between.length + 1, 0);
    const numbered = sets(new Array(parts + groups.length + 2 * spellings + 1).fill(0), names.length);
    const named = numbered.map((members) => members.map((member) => names[member]));
    const told = named.splice(0, parts).map((alternatives) => alternatives.join("/"));
    let at = 0;
    const part = (between) => told[(at += 1) - 1] + (between === "." ? " ... " : between);
    const written = lists.map((list) => list.map((betweens) => Array.from(betweens, part).join("") + part("")));
    const joined = named.map((members) => members.join(" "));
    const typed = joined.slice(groups.length, groups.length + spellings);
    const meant = orders(named.slice(groups.length + spellings, -1));
    const [places, heavy] = spread();
    const weights = new Array(places).fill(NO_WEIGHT);
    for (const [place, value] of heavy) weights[place] = String.fromCharCode(97 + value);
    const net = netOf(read);
    const keyed = (keys, values) => Object.fromEntries(keys.map((key, at) => [key, values[at]]));
    return {
      ...others,
      table: Array.from(new Set(forms)),
      words: {
        groups: keyed(groups, joined),
        spellings: keyed(typed, meant.map((words) => words.join(" "))),
        alone: joined[joined.length - 1],
        signs: keyed(signs, written.slice(3 * others.concerns.length)),
        weights: weights.join(""),
        net,
      },
      concerns: others.concerns.map((concern, at) => {
        const [told, named, faint] = written.slice(3 * at);
        return { ...concern, told, named, faint };
      }),
    };
  };

  // --- The index (site/search/packed.py), as engine.js takes it ---

  const CASES = {
    l: (word) => word,
    C: (word) => word[0].toUpperCase() + word.slice(1),
    U: (word) => word.toUpperCase(),
  };
  // Names of their words and a shape, which says what stands between these; a space goes without saying.
  const namesOf = (shapes, phrases) => shapes.split("e").slice(0, -1).map((shape, at) => {
    const words = phrases[at].slice();
    return shape.replace(/[a-zA-Z]/g, (sign, place) => {
      if (sign === "j") return "";
      return (/[lCU]/.test(shape[place - 1] || "") ? " " : "") + CASES[sign](words.shift());
    });
  });
  const [TITLE, NAMES, ABOUT, ASKED, SAYING] = [0, 1, 2, 3, 4];
  const kindsOf = (links) => [NAMES, ABOUT, ASKED].flatMap((kind) => many(links, kind));

  // `known` are the words that numbers() spelt.
  const create = (known) => {
    let topicOf = [];   // of each link whose words have not come
    let languages = "";  // the names of many, by which some links are found
    let meantWords = [];  // those that have vectors

    // The sets of a file, of which next() and texts() take so many.
    const opened = ({ spelt, packed }, sections, kinds) => {
      const table = known.concat(wordsOf(spelt));
      const { sets, ...others } = reader(packed);
      const found = sets(sections, table.length, kinds);
      const named = (members) => members.map((member) => table[member]);
      let at = 0;
      const next = (count) => found.slice(at, at += count);
      return { texts: (count) => next(count).map((members) => named(members).join(" ")), next, named, ...others };
    };
    const wordsOfLinks = (texts, { count, several }) => {
      const names = texts(count);
      for (const at of several) names[at] += ` ${languages}`;
      return { names, about: texts(count), asked: texts(count) };
    };

    const begin = (packed) => {
      const { count, elsewhere, families, spellings, topics, pages, links, parts, ranking } = packed;
      const besides = topics.length;  // sections of no topic: those of a language, of pages, of publishers
      const sections = [
        ...many(3 + elsewhere.length + families + spellings, besides), ...many(pages.length + 1, besides + 1),
        ...topics.flatMap(({ names, sayings }, at) => many(4 + (names || 0) + (sayings || 0), at)),
        ...many(3, links.topic.slice(0, count)).flat(),
      ];
      const kinds = [
        ...many(3 + elsewhere.length, TITLE), ...many(families + spellings, SAYING), ...many(pages.length + 1, TITLE),
        ...topics.flatMap(({ names, sayings }) => [
          TITLE, TITLE, ABOUT, ASKED, ...many(sayings, SAYING), ...many(names, NAMES),
        ]),
        ...kindsOf(count),
      ];
      // Titles and publishers are text where there are many parts.
      const columns = { ...links };
      if (!links.title) {
        sections.push(...links.topic, ...many(links.publishers, besides + 2));
        kinds.push(...many(links.topic.length + links.publishers, TITLE));
      }
      const { texts, next, named, orders, coded, number } = opened(packed, sections, kinds);
      const [small, common, meant] = texts(3);
      const strange = texts(elsewhere.length);
      const first = {
        parts, ranking, small, meanings: packed.meanings, common,
        elsewhere: elsewhere.map((weight, at) => [weight, strange[at]]),
        families: texts(families), spellings: texts(spellings),
      };
      first.pages = pages.map((page) => ({ ...page, names: texts(1)[0] }));
      [languages] = texts(1);
      const phrases = [];
      first.topics = topics.map((topic) => {
        phrases.push(...next(2));
        const [about, asked] = texts(2);
        const made = { ...topic, about, asked, sayings: texts(topic.sayings || 0) };
        phrases.push(...next(topic.names || 0));
        return made;
      });
      meantWords = meant ? meant.split(" ") : [];
      first.words = wordsOfLinks(texts, packed);
      phrases.push(...next(Infinity));
      const told = orders(phrases).map(named);
      const called = [];
      for (const topic of first.topics) {
        called.push(...told.splice(0, 2));
        topic.names = told.splice(0, topic.names || 0).map((name) => name.join(" "));
      }
      const names = namesOf(packed.shapes, [...called, ...told]);
      first.topics.forEach((topic) => [topic.title, topic.full] = names.splice(0, 2));
      if (!links.title) {
        columns.title = names.splice(0, links.topic.length);
        columns.publishers = names;
      }
      let met = 0;
      columns.publisher = coded(links.topic.length).map((isNew) => (isNew ? met += 1 : 1 + number(met)) - 1);
      for (const name of ["nations", "audiences"]) columns[name] = coded(links.topic.length);
      topicOf = links.topic.slice(count);
      return { ...first, links: columns };
    };
    const words = (part) => {
      const topics = topicOf.slice(0, part.count);
      const read = wordsOfLinks(opened(part, many(3, topics).flat(), kindsOf(part.count)).texts, part);
      topicOf = topicOf.slice(part.count);  // what could not be read is read again
      return read;
    };
    const meanings = ({ weights, words, nothing, topics, links }) => ({
      weights, words: meantWords, rows: rowsOf(words), nothing: rowsOf(nothing)[0], topics: rowsOf(topics), links: rowsOf(links),
    });
    return { begin, words, meanings };
  };

  const unpack = { reader, wordsOf, rowsOf, numbers, create };
  if (typeof module === "object") module.exports = unpack;
  else window.LinkIndexUnpack = unpack;
})();
