// Finding what was meant. Pure: it knows neither page nor network. MiniSearch holds the words of
// topics and links; what words are worth, which are forgiven, and what fits at all is decided here.
//
// The data are made by site/search/files.py: `topics`, `links` column by column, the words of the
// links part by part, `families` (words that say the same), `spellings`, and `small` words.
(() => {
  "use strict";

  // --- Words --------------------------------------------------------------------------------------

  // The vowel signs of many scripts (marks) belong to the words they are in. Browsers before 2020
  // cannot all name letters of every script, and would refuse the whole file: to them, only the signs
  // of a keyboard are signs.
  const named = (source, flags, otherwise) => {
    try {
      return new RegExp(source, flags);
    } catch (_) {
      return otherwise;
    }
  };
  const SIGNS = named("[^\\p{L}\\p{M}\\p{N}]+", "u", /[\s!-/:-@[-`{-~\u2010-\u201f]+/);
  const LETTER = named("\\P{M}\\p{M}*", "gu", /[^]/g);
  const APOSTROPHES = /['`\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]/g;
  const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
  // What may be left out over or under a letter, and letters that a keyboard may lack.
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
  const OTHER_LETTERS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŋ: "n",
    "\u0643": "\u06a9", "\u064a": "\u06cc", "\u0649": "\u06cc",
    "\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647",
  };
  // Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese leave no space between words: each two
  // letters that stand together count as one.
  const UNSPACED = /[\u0e00-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]/;

  const bare = (word) => word.normalize("NFD").replace(MARKS, "").normalize("NFC")
    .replace(/[^\0-\x7f]/g, (letter) => OTHER_LETTERS[letter] || letter);
  const pairs = (word) => {
    if (!UNSPACED.test(word)) return [word];
    const letters = word.match(LETTER) || [word];
    if (letters.length < 2) return [word];
    return letters.slice(1).map((letter, place) => letters[place] + letter);
  };
  const ASCII = /^[\0-\x7f]*$/;
  const wordsOf = (text) => {
    const whole = text.normalize("NFKC").replace(APOSTROPHES, "").toLowerCase();
    if (ASCII.test(whole)) return whole.split(/[^a-z0-9]+/).filter(Boolean);
    return whole.replace(UNSEEN, "").split(SIGNS).filter(Boolean).map(bare).filter(Boolean).flatMap(pairs);
  };

  // --- Forms of a word ----------------------------------------------------------------------------

  const VOWEL = /[aeiou]/;
  // Forms that differ by an ending: plural, and how a verb is bent. Only those count that are in the
  // index, so a form that is no word does no harm.
  const formsOf = (word) => {
    const forms = new Set();
    if (word.length < 3 || !/^[a-z]+$/.test(word)) return forms;
    const stems = new Set([word]);
    const strip = (ending, ...instead) => {
      if (!word.endsWith(ending) || word.length - ending.length < 3) return;
      const stem = word.slice(0, -ending.length);
      for (const end of ["", ...instead]) stems.add(stem + end);
      const last = stem.slice(-1);
      if (last === stem.slice(-2, -1) && !VOWEL.test(last)) stems.add(stem.slice(0, -1));
    };
    strip("ies", "y", "ie");
    strip("es", "e");
    strip("s");
    strip("ing", "e");
    strip("ed", "e");
    strip("ied", "y");
    strip("d");
    for (const stem of stems) {
      if (stem.length < 3) continue;
      forms.add(stem);
      for (const end of ["s", "es", "ing", "ed", "d"]) forms.add(stem + end);
      if (stem.endsWith("e")) for (const end of ["ing", "ed"]) forms.add(stem.slice(0, -1) + end);
      if (stem.endsWith("y")) for (const end of ["ies", "ied"]) forms.add(stem.slice(0, -1) + end);
      if (/[aeiou][bdgmnprt]$/.test(stem)) {
        for (const end of ["ing", "ed"]) forms.add(stem + stem.slice(-1) + end);
      }
    }
    forms.delete(word);
    return forms;
  };

  // Letters to change, add, leave out or swap with the next between two words, up to `most`.
  const apart = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[other.length];
  };

  // How a word sounds, roughly: anxiaty and anxiety, phisical and physical, skizofrenia.
  const soundOf = (word) => word
    .replace(/ph/g, "f").replace(/sch|sk|ck|qu|q/g, "k").replace(/^kn|^gn/, "n").replace(/^wr/, "r")
    .replace(/c(?=[eiy])/g, "s").replace(/[cx]/g, "k").replace(/z/g, "s").replace(/g(?=[eiy])/g, "j")
    .replace(/t(?=io|ia)/g, "s").replace(/gh/g, "").replace(/h/g, "").replace(/y/g, "i")
    .replace(/(?!^)[aeiouw]/g, "").replace(/(.)\1+/g, "$1");

  // --- What is found ------------------------------------------------------------------------------

  // How well a word fits that is in a field. What is asked are the sayings of a topic, and
  // words of questions that an entry answers.
  const FIELDS = { title: 1, names: 0.95, publisher: 0.8, about: 0.65, asked: 0.3 };
  const OWN_FORM = 0.86;    // the same word with another ending, or in another spelling
  const SAME_FAMILY = 0.7;  // another word that says the same
  const BEGUN = 0.85;       // a word that is still being typed
  const SOUNDS_ALIKE = 0.6;
  const SHORTEST_FORGIVEN = 4;
  const LONG = 7;           // of words this long, one wrong letter leads to sensitive topics too
  const SMALL = 0.1;        // what a small word weighs beside telling ones
  const COMMON = 0.4;       // and a word that many questions hold
  const UNTOLD = 0.85;       // what is left of a fit by such words alone
  const UNKNOWN = 0.6;      // what a word weighs that is nowhere in the index, of the most telling
  const FAR = 3.5;          // what is so much less likely meant than the best is not shown, in logits
  const NEXT = 1;           // a topic so little less likely than the one before leaves that fewer links
  const OF_SEVERAL = 1;
  // What fits so well is always meant, half as well if one word alone tells, and a topic of which it is
  // said; and a link that holds all words, or is asked for in them.
  const NEARLY_ALL = 0.8;
  const SAID_SO = 0.95;
  const WHOLLY = 0.99;
  const EXACTLY = 0.6;      // how much a name says that is typed as it is, and what it gains besides, in logits
  const AS_TYPED = 1.5;
  const FEW = 1.6;
  const BEYOND = 0.2;
  const ALONE = 0.82;       // what is left of a fit by one word out of many
  const HALF = 0.5;
  const BY_CHANCE = 0.55;
  const LEAST_TELLING = 2;  // one word alone says no more than where it is found
  const UNLIKELY = -12;     // what is so much less likely than sure is as good as not likely at all, in nats
  const IN_NATS = 4;        // of which so many count as 1 among features
  const NEAREST = 12;       // so many entries are found by what words mean alone
  const WHOLE = 3;          // words of a saying that counts as a whole, since none of them tells anything
  const MOST = 10;
  const PICKS = 3;
  const OF_ONE_TOPIC = 4;   // links of one topic
  const ELSEWHERE_IN_NATIONS = 1.5;  // what a link of other nations than the reader's loses, in logits
  const CODE = 6;           // characters of a link's code
  const MOST_WORDS = 40;    // words of a question whose vectors count

  const create = (MiniSearch) => {
    let topics = [];
    let links = [];
    let pages = [];
    let indexed = 0;  // so many links have their words
    let sayings = [];
    let phrases = [];  // sayings of which no word tells anything by itself
    let small = new Set();
    let common = new Set();
    let elsewhere = new Map();  // word -> how much it tells that something else is asked for
    let ranking = {};           // what features weigh
    let kin = new Map();       // word -> the other words of its families
    let spelt = new Map();     // word -> other spellings
    let vocabulary = new Map();  // word -> in how many entries it is
    let bySound = new Map();
    let sayingsWith = new Map();  // word -> numbers of the sayings that hold it
    let known = new Map();       // memory of expand()
    let vectors = new Map();    // word -> numbers that say what it means (site/search/vectors.py)
    let products = {};          // what is made of products of vectors, and what nothing answers
    const meanings = new Map();  // entry -> its vector
    let awaited = false;        // whether they are still to come
    let documents = 0;
    const mini = new MiniSearch({
      idField: "id",
      fields: Object.keys(FIELDS),
      tokenize: wordsOf,
      processTerm: (term, field) => {
        if (field !== "asked") ofEntry.add(term);
        else if (!vocabulary.has(term)) note([term]);
        return term;
      },
      searchOptions: { boost: FIELDS, combineWith: "OR", prefix: false, fuzzy: false },
    });

    const note = (words) => {
      for (const word of words) {
        const count = vocabulary.get(word) || 0;
        vocabulary.set(word, count + 1);
        if (!count && word.length > 3 && /^[a-z]+$/.test(word)) {
          const sound = soundOf(word);
          bySound.set(sound, [...(bySound.get(sound) || []), word]);
        }
      }
    };
    let ofEntry = new Set();
    const addEntry = (id, fields) => {
      documents += 1;
      ofEntry = new Set();
      mini.add({ id, ...fields });
      note(ofEntry);
    };
    const join = (...texts) => texts.flat().filter(Boolean).join(" \n ");

    // Titles first: an early question is answered by them. Words follow, part by part.
    const begin = (data) => {
      small = new Set(data.small.split(" "));
      common = new Set(data.common.split(" "));
      elsewhere = new Map(data.elsewhere.flatMap(([weight, words]) => words.split(" ").map((word) => [word, weight])));
      ranking = data.ranking;
      awaited = Boolean(data.meanings);
      const into = (map, word, others) => map.set(word, [...(map.get(word) || []), ...others]);
      for (const family of data.families.map((line) => line.split(" "))) {
        for (const word of family) into(kin, word, family.filter((other) => other !== word));
      }
      for (const [one, other] of data.spellings.map((line) => line.split(" "))) {
        into(spelt, one, [other]);
        into(spelt, other, [one]);
      }
      for (const topic of data.topics) addTopic(topic);
      for (const page of data.pages) addPage(page);
      const columns = data.links;
      links = columns.title.map((title, place) => ({
        title,
        place,
        code: columns.code.slice(place * CODE, place * CODE + CODE),
        topic: columns.topic[place],
        publisher: columns.publishers[columns.publisher[place]],
        nations: columns.places[columns.nations[place]].split(" "),
        audiences: columns.readers[columns.audiences[place]].split(" "),
        call: columns.call[place],
        text: columns.text[place],
        lang: (columns.lang || {})[place],
      }));
    };
    const addTopic = (made) => {
      const topic = { names: [], sayings: [], ...made };
      const place = topics.push(topic) - 1;
      addEntry(`t${place}`, {
        title: join(topic.title, topic.full),
        names: join(topic.names),
        about: topic.about,
        asked: join(topic.sayings, topic.asked),
      });
      for (const saying of [...topic.names, ...topic.sayings]) addSaying(place, saying);
    };
    const addPage = (page) => {
      const place = pages.push(page) - 1;
      addEntry(`p${place}`, { title: page.title, names: page.names });
    };
    const addSaying = (topic, text) => {
      const words = Array.from(new Set(wordsOf(text).filter((word) => !small.has(word))));
      const all = wordsOf(text);
      if (all.length >= WHOLE && words.every((word) => common.has(word))) {
        phrases.push({ topic, words: Array.from(new Set(all)), text });
        return;
      }
      if (!words.length) return;
      const number = sayings.push({ topic, words, text }) - 1;
      for (const word of words) {
        if (!sayingsWith.has(word)) sayingsWith.set(word, []);
        sayingsWith.get(word).push(number);
        if (!vocabulary.has(word)) note([word]);
      }
    };
    // Adds the words of the next links, a few at a time: `some(count)` adds so many of them.
    const addWords = (words) => {
      let at = 0;
      const first = indexed;
      return (count) => {
        const end = Math.min(words.names.length, at + count);
        for (; at < end; at += 1) {
          const link = links[first + at];
          addEntry(`l${link.place}`, {
            title: link.title,
            names: words.names[at],
            about: words.about[at],
            publisher: link.publisher,
            asked: words.asked[at],
          });
        }
        indexed = first + at;
        known = new Map();
        return at < words.names.length;
      };
    };

    // What words mean: the last that comes, since it is the most of it.
    const addMeanings = (data) => {
      vectors = new Map(data.words.map((word, at) => {
        const [fine, ...numbers] = data.rows[at];
        return [word, numbers.map((number) => number / 2 ** fine)];
      }));
      products = data;
      data.topics.forEach((vector, place) => meanings.set(`t${place}`, vector));
      data.links.forEach((vector, place) => meanings.set(`l${place}`, vector));
      awaited = false;
    };

    // How telling a word is: rare words say more than common ones. From 0 to 1.
    const rarity = (count) => Math.log(1 + documents / (1 + count)) / Math.log(1 + documents);
    const isSmall = (word) => small.has(word) || /^\d{1,2}$/.test(word);
    const share = (word) => (isSmall(word) ? SMALL : common.has(word) ? COMMON : 1);
    const weightOf = (word) => share(word) * rarity(vocabulary.get(word) || 0);

    // --- From typed words to words of the index ---

    const forgiven = (word) => {
      const found = new Map();
      if (word.length < SHORTEST_FORGIVEN || /\d/.test(word)) return found;
      const most = word.length > 8 ? 2 : 1;
      for (const [other] of vocabulary) {
        if (Math.abs(other.length - word.length) > most || other.length < SHORTEST_FORGIVEN) continue;
        if (other[0] !== word[0] && other[1] !== word[0] && other[0] !== word[1]) continue;
        const distance = apart(word, other, most);
        if (distance <= most) found.set(other, distance === 1 ? 0.75 : 0.6);
      }
      for (const other of bySound.get(soundOf(word)) || []) {
        if (word.length > 4 && other[0] === word[0] && !found.has(other)) {
          if (apart(word, other, 4) <= 4) found.set(other, SOUNDS_ALIKE);
        }
      }
      return found;
    };
    const expand = (word, begun) => {
      const key = begun ? `${word}*` : word;
      if (known.has(key)) return known.get(key);
      const found = new Map();
      const put = (other, weight, kind) => {
        if (!vocabulary.has(other)) return;
        const was = found.get(other);
        if (!was || was.weight < weight) found.set(other, { weight, kind });
      };
      put(word, 1, "exact");
      for (const form of formsOf(word)) put(form, OWN_FORM, "form");
      for (const other of spelt.get(word) || []) put(other, OWN_FORM, "form");
      const own = [word, ...formsOf(word), ...(spelt.get(word) || [])];
      for (const form of own) {
        for (const other of kin.get(form) || []) put(other, SAME_FAMILY, "family");
      }
      const isKnown = found.size > 0;
      if (begun && word.length > 2 && !vocabulary.has(word)) {
        for (const [other] of vocabulary) {
          if (other.length > word.length && other.startsWith(word)) {
            put(other, BEGUN * Math.sqrt(word.length / other.length), "begun");
          }
        }
      }
      if (!isKnown && !kin.has(word)) {
        for (const [other, weight] of forgiven(word)) {
          put(other, weight, weight === 0.75 && word.length >= LONG ? "near" : "loose");
        }
      }
      known.set(key, found);
      return found;
    };

    // The units of a question: words with what they may mean, those run together cut apart, those
    // torn apart joined.
    const unitsOf = (typed, isTyping) => {
      const words = wordsOf(typed);
      const units = [];
      for (let place = 0; place < words.length; place += 1) {
        const word = words[place];
        const next = words[place + 1];
        const joined = next && word + next;
        if (joined && joined.length > 5 && vocabulary.has(joined) && !(vocabulary.has(word) && vocabulary.has(next))) {
          units.push({ word: joined, found: expand(joined, false) });
          place += 1;
          continue;
        }
        const found = expand(word, isTyping && place === words.length - 1);
        const cut = found.size === 0 || ![...found.values()].some(({ kind }) => kind !== "loose" && kind !== "near")
          ? cutApart(word) : null;
        if (cut) for (const part of cut) units.push({ word: part, found: expand(part, false) });
        else units.push({ word, found });
        if (joined && joined.length > 5 && vocabulary.has(joined)) {
          for (const [other, match] of expand(joined, false)) {
            if (!found.has(other)) units[units.length - 1].found = new Map([...units[units.length - 1].found, [other, match]]);
          }
        }
      }
      for (const unit of units) {
        unit.small = isSmall(unit.word);
        const counts = [...unit.found].filter(([, { kind }]) => kind !== "family").map(([other]) => vocabulary.get(other));
        const all = counts.length ? counts : [...unit.found.keys()].map((other) => vocabulary.get(other));
        unit.weight = share(unit.word) * (all.length ? rarity(Math.max(...all)) : UNKNOWN);
      }
      return units;
    };
    const cutApart = (word) => {
      if (word.length < 6 || !/^[a-z]+$/.test(word)) return null;
      for (let at = 3; at <= word.length - 3; at += 1) {
        const [left, right] = [word.slice(0, at), word.slice(at)];
        if (vocabulary.has(left) && vocabulary.has(right)) return [left, right];
      }
      return null;
    };

    // --- Scores ---

    // Whoever writes much is not understood in every word: what comes beyond a few counts for less.
    const asked = (weight) => (weight <= FEW ? weight : FEW + (weight - FEW) * BEYOND);

    const topicAt = (id) => (id[0] === "t" ? Number(id.slice(1)) : links[id.slice(1)].topic);
    // One word out of many may be there by chance; more so if most of what tells was not found.
    const alone = (count, tells, units) => {
      if (count > 1 || units.length < 3) return 1;
      const all = units.filter((unit) => !unit.small && !common.has(unit.word))
        .reduce((sum, unit) => sum + unit.weight, 0);
      return tells < all * HALF ? BY_CHANCE : ALONE;
    };
    const isSensitive = (id) => id[0] !== "p" && topics[topicAt(id)].sensitive;
    const lexical = (units, total) => {
      const terms = new Set(units.flatMap(({ found }) => [...found.keys()]));
      const scores = new Map();
      if (!terms.size) return scores;
      const results = mini.search({ combineWith: "OR", queries: [...terms] });
      const best = results.length ? results[0].score : 1;
      const whole = units.reduce((all, unit) => all + (unit.small ? 0 : unit.weight), 0);
      for (const { id, score, match } of results) {
        let sum = 0;
        let tells = 0;
        let held = 0;
        const why = [];
        for (const unit of units) {
          let most = 0;
          let by = null;
          for (const [term, { weight, kind }] of unit.found) {
            if (!match[term] || (kind === "loose" && isSensitive(id))) continue;
            const field = Math.max(...match[term].map((name) => FIELDS[name]));
            if (weight * field > most) { most = weight * field; by = term; }
          }
          sum += unit.weight * most;
          if (by && !unit.small) { why.push(by); held += unit.weight; }
          if (by && !unit.small && !common.has(unit.word)) tells += unit.weight;
        }
        const fits = Math.min(1, sum / total) * (tells ? 1 : UNTOLD) * alone(why.length, tells, units);
        if (why.length) scores.set(id, { words: fits, rare: score / best, held: held / whole, why });
      }
      return scores;
    };
    // Links whose words have not come yet are found by their titles.
    const early = (units, total, scores) => {
      for (const link of links.slice(indexed)) {
        const title = link.title.toLowerCase();
        const near = units.filter(({ word }) => title.includes(word));
        if (!near.length) continue;
        const words = new Set(wordsOf(title));
        const why = near.filter(({ word }) => words.has(word));
        if (why.every((unit) => unit.small)) continue;
        const fits = Math.min(1, why.reduce((sum, unit) => sum + unit.weight, 0) / total);
        scores.set(`l${link.place}`, { words: fits, rare: fits, held: fits, why: why.map(({ word }) => word) });
      }
    };
    // Topics of which something is said that tells nothing by any one word of it: all of it must be there.
    const spoken = (whole) => {
      const typed = new Set(whole.split(" "));
      const byTopic = new Map();
      for (const saying of phrases) {
        if (!saying.words.every((word) => typed.has(word))) continue;
        const score = Math.sqrt(saying.words.length / typed.size);
        const was = byTopic.get(saying.topic);
        if (!was || was.score < score) byTopic.set(saying.topic, { score, saying });
      }
      return byTopic;
    };
    const said = (units, total, whole) => {
      const sums = new Map();
      const matched = new Map();
      const told = new Map();  // sayings with which a question shares a telling word
      for (const unit of units) {
        if (unit.small) continue;
        const best = new Map();
        for (const [term, { weight, kind }] of unit.found) {
          for (const number of sayingsWith.get(term) || []) {
            if (kind === "loose" && topics[sayings[number].topic].sensitive) continue;
            if ((best.get(number) || 0) < weight) best.set(number, weight);
          }
        }
        for (const [number, weight] of best) {
          sums.set(number, (sums.get(number) || 0) + unit.weight * weight);
          matched.set(number, (matched.get(number) || 0) + 1);
          if (!common.has(unit.word)) told.set(number, (told.get(number) || 0) + unit.weight);
        }
      }
      const byTopic = spoken(whole);
      for (const [number, sum] of sums) {
        const saying = sayings[number];
        const whole = saying.words.reduce((all, word) => all + weightOf(word), 0);
        const score = Math.min(1, sum / total) ** 0.6 * Math.min(1, sum / whole) ** 0.4
          * (told.has(number) ? 1 : UNTOLD) * alone(matched.get(number), told.get(number) || 0, units);
        const was = byTopic.get(saying.topic);
        if (!was || was.score < score) byTopic.set(saying.topic, { score, saying });
      }
      return byTopic;
    };
    // The vector of a question, of the words that have one: by themselves, in another form, or in the
    // likeliest of those that may be meant. Only words that are loosely alike are `isLoose`.
    const vectorOf = (units, isLoose) => {
      const told = new Set();
      for (const { word, found } of units) {
        const own = [word, ...formsOf(word)].find((form) => vectors.has(form));
        const meant = own || [...found].filter(([other, { kind }]) => vectors.has(other) && (isLoose || kind !== "loose"))
          .sort(([, one], [, other]) => other.weight - one.weight).map(([other]) => other)[0];
        if (meant && told.size < MOST_WORDS) told.add(meant);
      }
      if (!told.size) return null;
      const sum = new Array(products.nothing.length).fill(0);
      for (const word of told) vectors.get(word).forEach((number, at) => { sum[at] += number; });
      return sum.map((number) => number / Math.sqrt(told.size));
    };
    // How likely each entry and each topic is meant by what words mean, as logarithms of shares of 1;
    // and how much likelier it is that nothing is. Sensitive topics count without what is loosely alike.
    const likelihoods = (units) => {
      const loose = vectorOf(units, true);
      if (!loose || !meanings.size) return null;
      const strict = vectorOf(units, false) || loose.map(() => 0);
      const { weights } = products;
      const times = (one, other) => {
        let sum = 0;
        for (let at = 0; at < other.length; at += 1) sum += one[at] * other[at];
        return weights.scale * sum;
      };
      const odds = new Map();
      for (const [id, vector] of meanings) {
        odds.set(id, times(isSensitive(id) ? strict : loose, vector) + (id[0] === "t" ? weights.topic : 0));
      }
      const sumOf = (all) => {
        const most = all.reduce((best, one) => Math.max(best, one), -Infinity);
        return most + Math.log(all.reduce((sum, one) => sum + Math.exp(one - most), 0));
      };
      const whole = sumOf([...odds.values()]);
      const byTopic = topics.map(() => 0);
      for (const [id, much] of odds) {
        odds.set(id, much - whole);
        byTopic[topicAt(id)] += Math.exp(much - whole);
      }
      const least = Float64Array.from(odds.values()).sort()[Math.max(0, odds.size - NEAREST)];
      const nearest = [...odds].filter(([, much]) => much >= least).map(([id]) => id);
      return {
        entries: odds,
        topics: byTopic.map(Math.log),
        nearest: new Set(nearest),
        nothing: times(loose, products.nothing) + weights.elsewhere - whole,
      };
    };
    const namedBy = (typed, text) => {
      const name = wordsOf(text).join(" ");
      if (!name) return 0;
      if (typed === name) return EXACTLY;
      if (` ${typed} `.includes(` ${name} `)) return 0.35 * Math.min(1, name.length / typed.length + 0.3);
      return typed.length > 3 && ` ${name} `.includes(` ${typed} `) ? 0.15 * (typed.length / name.length) : 0;
    };
    const phrase = (typed, texts) => Math.max(0, ...texts.filter(Boolean).map((text) => namedBy(typed, text)));

    // A number as it is dialled at home, without what Relay UK wants before it.
    const dialled = (number) => number.replace(/\D/g, "")
      .replace(/^1800[12](?=0\d{6,})/, "").replace(/^(?:00)?440?(?=[1-9]\d{6,})/, "0");
    // Numbers, codes and addresses are found as they are typed, with or without spaces.
    const asTyped = (typed) => {
      const plain = typed.trim().toLowerCase();
      const digits = plain.replace(/[\s().+-]/g, "");
      if (/^\d{3,}$/.test(digits)) {
        const asked = dialled(digits);
        return links.filter((link) => [link.call, link.text].filter(Boolean).map(dialled)
          .some((number) => number === asked || (asked.length > 4 && number.startsWith(asked))));
      }
      const code = /(?:^|\/)(?:r\/)?([a-z0-9]{6})\/?$/.exec(plain);
      return code ? links.filter((link) => link.code === code[1]) : [];
    };

    // Words that say nothing by themselves find only what is called or said just so, such as Urgent help.
    const byName = (typed) => {
      const name = wordsOf(typed).join(" ");
      const found = [];
      for (const [place, { saying }] of spoken(name)) found.push({ place, rank: 0, why: [], saying: saying.text });
      topics.forEach((topic, place) => {
        const isNamed = [topic.title, topic.full, ...topic.names].some((text) => wordsOf(text || "").join(" ") === name);
        if (name && isNamed) found.push({ place, rank: 1, why: [] });
      });
      for (const link of links) {
        if (name && wordsOf(link.title).join(" ") === name) found.push({ link, rank: 1, why: [] });
      }
      return grouped(found);
    };

    const search = (typed, { isTyping = false, nation = null } = {}) => {
      const exact = asTyped(typed);
      if (exact.length) return { groups: grouped(exact.map((link) => ({ link, rank: 0, why: [] }))) };
      const units = unitsOf(typed, isTyping);
      if (units.every((unit) => unit.small)) return { groups: byName(typed) };
      const byMeaning = likelihoods(units);
      const found = weighed(typed, units, byMeaning, nation);
      return { groups: isMeant(typed, units, byMeaning, found) ? grouped(found) : [] };
    };

    // --- How likely what is found is meant ---
    //
    // Each link, topic and page that is found has features: numbers, mostly from 0 to 1, that speak for
    // it (likelihoods are in fours of nats, so that they are about as large). What they weigh is learnt from
    // questions (site/search/ranking.yaml); a page weighs what a link does.

    const weigh = (features, weights) => Object.keys(weights)
      .reduce((sum, name) => sum + weights[name] * (features[name] || 0), 0);
    const UNKNOWN_MEANING = { entries: new Map(), topics: [], nearest: new Set() };
    const gainOf = (named) => (named === EXACTLY ? AS_TYPED : 0);
    const likely = (logarithm) => (logarithm === undefined ? 0 : Math.max(0, logarithm - UNLIKELY) / IN_NATS);
    const most = (all, of) => all.reduce((best, one) => Math.max(best, of(one) || 0), 0);

    const weighed = (typed, units, byMeaning, nation) => {
      const total = asked(units.reduce((sum, unit) => sum + unit.weight, 0));
      if (!total) return [];
      const whole = wordsOf(typed).join(" ");
      const found = lexical(units, total);
      early(units, total, found);
      const sayingsOf = said(units, total, whole);
      const { entries: likelyEntries, topics: likelyTopics, nearest } = byMeaning || UNKNOWN_MEANING;
      const length = Math.log(units.length);
      const telling = Math.log(1 + units.filter((unit) => !unit.small && !common.has(unit.word)).length);
      const nothing = { words: 0, rare: 0, held: 0, why: [] };
      const foundAs = (id) => found.get(id) || (nearest.has(id) ? nothing : undefined);
      const named = topics.map((topic) => phrase(whole, [topic.title, topic.full, ...topic.names]));
      const saidOf = (place) => (sayingsOf.has(place) ? sayingsOf.get(place).score : 0);
      const ofAny = ({ words, rare }, id, place) => ({
        words,
        rare,
        ofMany: words * length,
        meant: likely(likelyEntries.get(id)),
        inTopic: likely(likelyTopics[place]),
      });
      const candidates = [];
      for (const link of links) {
        const id = `l${link.place}`;
        const by = foundAs(id);
        if (!by) continue;
        const features = {
          ...ofAny(by, id, link.topic),
          link: 1,
          telling,
          said: saidOf(link.topic),
          named: named[link.topic],
          phrase: phrase(whole, [link.title, link.publisher]),
        };
        const isAway = nation && !link.nations.includes(nation) && !link.nations.includes("uk");
        const gain = gainOf(features.phrase);
        const rank = weigh(features, ranking.links) + gain - (isAway ? ELSEWHERE_IN_NATIONS : 0);
        candidates.push({ link, features, rank, gain, why: by.why, held: by.held, isByMeaning: by === nothing });
      }
      topics.forEach((topic, place) => {
        const by = foundAs(`t${place}`);
        if (!by && !sayingsOf.has(place)) return;
        const { held, why } = by || nothing;
        const features = {
          ...ofAny(by || nothing, `t${place}`, place),
          held,
          said: saidOf(place),
          saidOfMany: saidOf(place) * length,
          named: named[place],
        };
        const saying = sayingsOf.has(place) ? sayingsOf.get(place).saying.text : undefined;
        const gain = gainOf(named[place]);
        candidates.push({ place, features, rank: weigh(features, ranking.topics) + gain, gain, why, saying });
      });
      pages.forEach((page, place) => {
        const by = found.get(`p${place}`);
        if (!by) return;
        // It has no vector. Where it holds all words, what they mean tells nothing against it.
        const asOthers = by.held < WHOLLY ? {} : {
          meant: most(candidates, ({ features }) => features.meant),
          inTopic: most(candidates, ({ features }) => features.inTopic),
        };
        const features = { ...ofAny(by), ...asOthers, link: 1, telling, phrase: phrase(whole, [page.title]) };
        candidates.push({ page, features, rank: weigh(features, ranking.links), why: by.why });
      });
      return candidates;
    };

    // Whether what is found is what was meant, or words of it by chance: by what speaks best for any of it,
    // and by words that are asked elsewhere.
    const chances = (units, byMeaning, found) => {
      const telling = units.filter((unit) => !unit.small);
      const rare = telling.filter(({ word }) => !common.has(word));
      const best = (name) => most(found, ({ features }) => features[name]);
      const words = best("words");
      const many = Math.log(1 + rare.length);
      return {
        words,
        meant: best("meant"),
        inTopic: best("inTopic"),
        nothing: byMeaning ? Math.max(UNLIKELY, Math.min(-UNLIKELY, byMeaning.nothing)) / IN_NATS : 0,
        blind: byMeaning ? 0 : 1,
        said: best("said"),
        named: Math.max(best("named"), best("phrase")),
        held: best("held"),
        length: Math.log(units.length),
        small: Math.log(1 + units.length - telling.length),
        telling: many,
        few: rare.length < LEAST_TELLING ? 1 : 0,
        wordsOfMany: words * many,
        strange: telling.filter(({ found: of }) => ![...of.values()].some(({ kind }) => kind !== "loose")).length,
        unknown: telling.filter(({ found: of }) => !of.size).length,
        always: 1,
      };
    };
    const isMeant = (typed, units, byMeaning, found) => {
      if (!found.length || awaited) return found.length > 0;
      const features = chances(units, byMeaning, found);
      const strange = [...new Set(wordsOf(typed))].reduce((sum, word) => sum + (elsewhere.get(word) || 0), 0);
      const isKnown = strange <= 0
        && ((features.few && features.words >= HALF) || found.some(({ held }) => held >= WHOLLY));
      return isKnown || features.words >= NEARLY_ALL || features.said >= SAID_SO || weigh(features, ranking.meant) >= strange;
    };

    // --- What is shown ---

    // Below the topic that fits best, its first links stand even if their words do not fit; fewer where
    // other topics fit, too, which may be what was meant.
    const addPicks = ({ topic, links: fitting }, most) => {
      const there = new Set(fitting.map(({ link }) => link));
      const picks = (topic.first || []).map((place) => links[place]).filter((link) => !there.has(link));
      const room = Math.max(0, Math.min(most, (topic.first || []).length) - fitting.length);
      fitting.push(...picks.slice(0, room).map((link) => ({ link, rank: -Infinity, why: [] })));
    };

    // The topics that fit best, each with the links of it that fit; ten lines in all.
    const grouped = (found) => {
      const best = Math.max(...found.map(({ rank, gain = 0 }) => rank - gain));
      const groups = new Map();
      const group = (key, topic) => {
        if (!groups.has(key)) groups.set(key, { topic, rank: -Infinity, fits: null, links: [] });
        return groups.get(key);
      };
      for (const one of found.filter(({ rank }) => rank >= best - FAR).sort((a, b) => b.rank - a.rank)) {
        const { link, page, place } = one;
        const into = link ? group(link.topic, topics[link.topic]) : page ? group(page, page) : group(place, topics[place]);
        if (link) into.links.push(one);
        else into.fits = one;
        into.rank = Math.max(into.rank, one.rank);
      }
      let left = MOST;
      const shown = [];
      const sorted = [...groups.values()].sort((a, b) => b.rank - a.rank);
      sorted.forEach((one, at) => {
        if (left <= 0) return;
        const { topic, fits } = one;
        const isNear = at + 1 < sorted.length && sorted[at + 1].rank >= one.rank - NEXT;
        const mostLinks = isNear ? OF_SEVERAL : OF_ONE_TOPIC;
        if (!shown.length && fits && !fits.page) addPicks(one, Math.max(0, PICKS + 1 - sorted.length));
        const fitting = one.links.slice(0, Math.min(mostLinks, left - (fits ? 1 : 0)));
        const lines = fits
          ? [...fitting.filter(({ rank }) => rank > fits.rank), { topic, ...fits }, ...fitting.filter(({ rank }) => rank <= fits.rank)]
          : fitting;
        left -= lines.length;
        shown.push({ topic, fits, lines });
      });
      return shown;
    };
    return { begin, addWords, addMeanings, search, unitsOf, likelihoods, weighed, chances };
  };

  const engine = { create, wordsOf, formsOf, apart, soundOf };
  if (typeof module === "object") module.exports = engine;
  else window.LinkIndexEngine = engine;
})();
