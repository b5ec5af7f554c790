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

  // How well a word fits that is in a field, and how much it speaks for what holds it. What is asked are
  // words of questions that an entry answers, and the sayings of a topic.
  const FIELDS = { title: 1, names: 0.95, publisher: 0.8, about: 0.65, asked: 0.3 };
  const SPEAKS = { title: 2, names: 1, publisher: 0.7, about: 0.7, asked: 1 };
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
  const ELSEWHERE = 1.6;    // and one that belongs to questions that are asked elsewhere
  const LEAST = 0.25;       // under this, nothing fits
  const NEAR_BEST = 0.5;    // and what reaches less than this share of the best is not shown
  const BESIDE = 0.35;      // nor a topic that reaches less of the best, with how likely they are
  const FEW = 1.6;
  const BEYOND = 0.2;
  const ALONE = 0.82;       // what is left of a fit by one word out of many
  const HALF = 0.5;
  const BY_CHANCE = 0.55;
  const BY_LINKS = 0.3;     // what the best link of a topic adds to it
  // What words of a question say of an entry that holds them in another form.
  const SPEAKS_AS = { exact: 1, form: 0.7, near: 0.5, family: 0.3 };
  const LEAST_TELLING = 2;    // one word alone says no more than where it is found
  const ENTRY_DOUBT = 0.01;  // what speaks for an entry that holds nothing of it, and for a topic
  const TOPIC_DOUBT = 0.05;
  const LIKELY = 0.3;        // what it adds to a link that it is likely meant
  const LIKELY_TOPIC = 0.8;  // and to a topic
  const LIKELIEST = 0.85;    // a link more likely than this, and than its topic, stands before it
  const TOLD = 0.2;
  const STRANGE = 0.05;
  const BY_TOPIC = 0.3;     // how much it counts that a topic is likely
  const AWAY = 0.5;
  const RATHER_AWAY = 0.3;
  const MEANT = 0.8;
  const CERTAIN = 0.85;      // more than this makes nothing else less fitting
  const WHOLE = 3;          // words of a saying that counts as a whole, since none of them tells anything
  const MOST = 10;
  const PICKS = 3;
  const OF_ONE_TOPIC = 4;   // links of one topic
  const TITLE = 1;          // what it adds that a link is called just so
  const MUCH = 0.2;         // so much better than its topic is a link that stands before it
  const NEARLY_ALL = 0.75;  // so much of a question of several words is in a link that answers all of it
  const OWN_SAYING = 0.7;   // more than this, and the topic is what the question says
  const OWN_NAME = 0.5;     // or what it names
  const HARDLY = 0.05;      // a difference that is none
  const SEVERAL = 3;        // words of a question that asks for something about a topic
  const CODE = 6;           // characters of a link's code

  const create = (MiniSearch) => {
    let topics = [];
    let links = [];
    let pages = [];
    let indexed = 0;  // so many links have their words
    let sayings = [];
    let phrases = [];  // sayings of which no word tells anything by itself
    let small = new Set();
    let common = new Set();
    let elsewhere = new Set();  // words of questions that belong elsewhere
    let doubtful = new Set();  // and of those that more often do
    let kin = new Map();       // word -> the other words of its families
    let spelt = new Map();     // word -> other spellings
    let vocabulary = new Map();  // word -> in how many entries it is
    let bySound = new Map();
    let sayingsWith = new Map();  // word -> numbers of the sayings that hold it
    let known = new Map();       // memory of expand()
    const titled = new Set();  // words of titles
    const masses = new Map();  // entry -> how much its words speak, all together
    const topicMasses = [];
    let allMass = 0;
    let documents = 0;
    const mini = new MiniSearch({
      idField: "id",
      fields: Object.keys(FIELDS),
      tokenize: wordsOf,
      processTerm: (term, field) => {
        if (field === "title") titled.add(term);
        if (field !== "asked") ofEntry.add(term);
        else if (!vocabulary.has(term)) note([term]);
        const told = `${field} ${term}`;
        if (!small.has(term) && !ofFields.has(told)) {
          ofFields.add(told);
          mass += SPEAKS[field];
        }
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
    let ofFields = new Set();
    let mass = 0;
    const addEntry = (id, fields, topic) => {
      documents += 1;
      [ofEntry, ofFields, mass] = [new Set(), new Set(), 0];
      mini.add({ id, ...fields });
      note(ofEntry);
      if (topic === undefined) return;
      masses.set(id, mass);
      allMass += mass;
      topicMasses[topic] = (topicMasses[topic] || 0) + mass;
    };
    const join = (...texts) => texts.flat().filter(Boolean).join(" \n ");

    // Titles first: an early question is answered by them. Words follow, part by part.
    const begin = (data) => {
      small = new Set(data.small.split(" "));
      common = new Set(data.common.split(" "));
      elsewhere = new Set(data.elsewhere.split(" "));
      doubtful = new Set(data.doubtful.split(" "));
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
      }, place);
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
          }, link.topic);
        }
        indexed = first + at;
        known = new Map();
        return at < words.names.length;
      };
    };

    // How telling a word is: rare words say more than common ones. From 0 to 1.
    const rarity = (count) => Math.log(1 + documents / (1 + count)) / Math.log(1 + documents);
    const isSmall = (word) => small.has(word) || /^\d{1,2}$/.test(word);
    // Unless a title of this index holds it.
    const isElsewhere = (word) => elsewhere.has(word) && ![word, ...formsOf(word)].some((form) => titled.has(form));
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
      const strange = units.filter((unit) => isElsewhere(unit.word) && !isSaidHere(unit, units));
      for (const unit of strange) Object.assign(unit, { found: new Map(), weight: ELSEWHERE, elsewhere: true });
      return units;
    };
    // Unless something that is said here holds it beside another word of the question.
    const isSaidHere = (unit, units) => [...unit.found.keys()].some((term) => (sayingsWith.get(term) || [])
      .some((number) => sayings[number].words.some((word) => word !== term && !common.has(word)
        && units.some((other) => other !== unit && !other.small && other.found.has(word)))));
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
      for (const { id, score, match } of results) {
        let sum = 0;
        let tells = 0;
        const why = [];
        const speaks = units.map((unit) => {
          let most = 0;
          let by = null;
          let much = 0;
          for (const [term, { weight, kind }] of unit.found) {
            if (!match[term] || (kind === "loose" && isSensitive(id))) continue;
            const field = Math.max(...match[term].map((name) => FIELDS[name]));
            if (weight * field > most) { most = weight * field; by = term; }
            for (const name of match[term]) much += SPEAKS[name] * (SPEAKS_AS[kind] || 0);
          }
          sum += unit.weight * most;
          if (by && !unit.small) why.push(by);
          if (by && !unit.small && !common.has(unit.word)) tells += unit.weight;
          return much;
        });
        const fits = Math.min(1, sum / total) * (tells ? 1 : UNTOLD) * alone(why.length, tells, units);
        if (why.length) scores.set(id, { score: fits + 0.04 * (score / best), why, speaks });
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
        const score = Math.min(1, why.reduce((sum, unit) => sum + unit.weight, 0) / total);
        scores.set(`l${link.place}`, { score, why: why.map(({ word }) => word) });
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
    const meant = (units, total, whole) => {
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
    // How likely each entry and each topic is meant, from 0 to 1, by all that holds words of a question
    // (naive Bayes): a word says the more, the less else is said of what holds it.
    const likelihoods = (units, found) => {
      const telling = [];
      units.forEach(({ word, small, elsewhere }, place) => {
        const isFirst = units.findIndex((unit) => unit.word === word) === place;
        if (isFirst && !small && !elsewhere) telling.push(place);
      });
      const entries = new Map();
      const ofTopics = new Map();
      if (telling.filter((place) => !common.has(units[place].word)).length < LEAST_TELLING) return { entries, ofTopics };
      const [usual, usualOfTopics] = [allMass / masses.size, allMass / topics.length];
      const evidence = (speaks, doubt) => telling.reduce((sum, place) => sum + Math.log(1 + (speaks[place] || 0) / doubt), 0);
      for (const [id, { speaks }] of found) {
        if (!speaks || !masses.has(id)) continue;
        entries.set(id, evidence(speaks, ENTRY_DOUBT * masses.get(id) / usual));
        const topic = topicAt(id);
        if (!ofTopics.has(topic)) ofTopics.set(topic, units.map(() => 0));
        speaks.forEach((much, place) => { ofTopics.get(topic)[place] += much; });
      }
      for (const [topic, speaks] of ofTopics) {
        ofTopics.set(topic, evidence(speaks, TOPIC_DOUBT * topicMasses[topic] / usualOfTopics));
      }
      return { entries: shares(entries, masses.size), ofTopics: shares(ofTopics, topics.length) };
    };
    // Evidence as shares of 1; of what is not among it, `all` in number, nothing speaks for any.
    const shares = (evidence, all) => {
      const most = Math.max(0, ...evidence.values());
      let sum = (all - evidence.size) * Math.exp(-most);
      for (const much of evidence.values()) sum += Math.exp(much - most);
      return new Map(Array.from(evidence, ([id, much]) => [id, Math.exp(much - most) / sum]));
    };
    const namedBy = (typed, text) => {
      const name = wordsOf(text).join(" ");
      if (!name) return 0;
      if (typed === name) return 0.6;
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
      const scores = new Map();
      for (const [topic, { score, saying }] of spoken(name)) {
        scores.set(topic, { score, why: [], saying: saying.text });
      }
      topics.forEach((topic, place) => {
        const isNamed = [topic.title, topic.full, ...topic.names].some((text) => wordsOf(text || "").join(" ") === name);
        if (name && isNamed) scores.set(place, { score: 1, why: [] });
      });
      const hits = links.filter((link) => name && wordsOf(link.title).join(" ") === name)
        .map((link) => ({ link, score: 1, why: [] }));
      return grouped(hits, scores);
    };

    const search = (typed, { isTyping = false, nation = null } = {}) => {
      const exact = asTyped(typed);
      if (exact.length) return { groups: grouped(exact.map((link) => ({ link, score: 1, why: [] })), new Map()) };
      const units = unitsOf(typed, isTyping);
      if (units.every((unit) => unit.small)) return { groups: byName(typed) };
      const total = asked(units.reduce((sum, unit) => sum + unit.weight, 0));
      if (!total) return { groups: [] };
      const whole = wordsOf(typed).join(" ");
      const found = lexical(units, total);
      early(units, total, found);
      const meanings = meant(units, total, whole);
      const { entries, ofTopics } = likelihoods(units, found);
      const byLinks = new Map();
      links.forEach((link, place) => {
        const by = found.get(`l${place}`);
        if (by) byLinks.set(link.topic, Math.max(byLinks.get(link.topic) || 0, by.score));
      });
      const topicScores = new Map();
      topics.forEach((topic, place) => {
        const by = found.get(`t${place}`);
        const meaning = meanings.get(place);
        if (!by && !meaning) return;
        const [high, low] = [by ? by.score : 0, meaning ? meaning.score : 0].sort((a, b) => b - a);
        const named = phrase(whole, [topic.title, topic.full, ...topic.names]);
        topicScores.set(place, {
          score: high + 0.2 * low + BY_LINKS * (byLinks.get(place) || 0) + named,
          inTopic: LIKELY_TOPIC * (ofTopics.get(place) || 0),
          likely: entries.get(`t${place}`) || 0,
          words: by ? by.score : 0,
          said: meaning ? meaning.score : 0,
          named,
          why: by ? by.why : [],
          saying: meaning && meaning.saying.text,
        });
      });
      const hits = [];
      links.forEach((link, place) => {
        const by = found.get(`l${place}`);
        const topic = topicScores.get(link.topic);
        if (!by) return;
        const away = nation && !link.nations.includes(nation) && !link.nations.includes("uk") ? 0.7 : 1;
        const likely = entries.get(`l${place}`) || 0;
        const isTitle = wordsOf(link.title).join(" ") === whole;
        const score = (by.score * 0.85 + 0.15 * Math.min(1, topic ? topic.score : 0)
          + phrase(whole, [link.title, link.publisher]) + (isTitle ? TITLE : 0) + LIKELY * likely) * away;
        hits.push({ link, score, words: by.score, inTopic: LIKELY_TOPIC * (ofTopics.get(link.topic) || 0), likely, why: by.why });
      });
      const ofPages = [];
      pages.forEach((page, place) => {
        const by = found.get(`p${place}`);
        if (by) ofPages.push({ page, why: by.why, words: by.score, score: by.score * 0.8 + phrase(whole, [page.title]) });
      });
      const fits = [...hits, ...topicScores.values(), ...ofPages];
      return { groups: isMeant(units, fits) ? grouped(hits, topicScores, ofPages, units.length) : [] };
    };
    // Whether what fits is what was meant, or words of it by chance: whoever writes of their life writes
    // small words, too; several telling words must fit better, and so must those that are nowhere here.
    const isMeant = (units, fits) => {
      const telling = units.filter((unit) => !unit.small);
      if (telling.filter(({ word }) => !common.has(word)).length < 2) return true;
      const best = Math.max(0, ...fits.map(({ page, words, score }) => (page ? Math.max(words, score) : score)));
      const inTopic = Math.max(0, ...fits.map((fit) => fit.inTopic || 0));
      const strange = telling.filter(({ found }) => !Array.from(found.values()).some(({ kind }) => kind !== "loose"));
      return best + BY_TOPIC * inTopic + TOLD * Math.log(1 + units.length - telling.length)
        - STRANGE * strange.length - AWAY * telling.filter((unit) => unit.elsewhere).length
        - RATHER_AWAY * telling.filter((unit) => !unit.elsewhere && doubtful.has(unit.word)).length >= MEANT;
    };

    // Below the topic that fits best, its first links stand even if their words do not fit; fewer where
    // other topics fit, too, which may be what was meant.
    const addPicks = ({ topic, links: fitting }, most) => {
      const there = new Set(fitting.map(({ link }) => link));
      const picks = (topic.first || []).map((place) => links[place]).filter((link) => !there.has(link));
      const room = Math.max(0, Math.min(most, (topic.first || []).length) - fitting.length);
      fitting.push(...picks.slice(0, room).map((link) => ({ link, score: 0, why: [] })));
    };

    // Whether a link holds nearly all that was asked, and its topic neither is named nor says it: a
    // template, a guideline, a grant.
    const isAnswer = (link, topic) => link.words >= NEARLY_ALL && link.words >= topic.words - HARDLY
      && topic.said <= OWN_SAYING && topic.named <= OWN_NAME;

    // The topics that fit best, each with the links of it that fit; ten lines in all.
    const grouped = (hits, topicScores, ofPages = [], asked = 0) => {
      const best = Math.max(0, ...[...hits, ...topicScores.values(), ...ofPages].map(({ score }) => score));
      const least = Math.max(LEAST, Math.min(best, CERTAIN) * NEAR_BEST);
      const groups = new Map();
      const group = (place) => {
        if (!groups.has(place)) groups.set(place, { topic: topics[place], place, score: 0, fits: null, links: [] });
        return groups.get(place);
      };
      for (const [place, fit] of topicScores) {
        if (fit.score >= least) Object.assign(group(place), { fits: fit, score: fit.score + (fit.inTopic || 0) });
      }
      for (const hit of hits.sort((a, b) => b.score - a.score)) {
        if (hit.score < least) break;
        const into = group(hit.link.topic);
        into.links.push(hit);
        into.score = Math.max(into.score, hit.score + (hit.inTopic || 0));
      }
      for (const fits of ofPages) {
        if (fits.score >= least) groups.set(fits.page, { topic: fits.page, score: fits.score, fits, links: [] });
      }
      let left = MOST;
      const shown = [];
      const all = [...groups.values()].sort((a, b) => b.score - a.score);
      const sorted = all.filter(({ score }) => score >= all[0].score * BESIDE);
      for (const one of sorted) {
        if (left <= 0) break;
        const { topic, fits } = one;
        if (!shown.length && fits) addPicks(one, Math.max(0, PICKS + 1 - sorted.length));
        const fitting = one.links.slice(0, Math.min(OF_ONE_TOPIC, left - (fits ? 1 : 0)));
        const isBefore = (link) => (link.likely > LIKELIEST && link.likely > (fits.likely || 0)) || link.score > fits.score + MUCH || (asked >= SEVERAL && isAnswer(link, fits));
        const lines = fits
          ? [...fitting.filter(isBefore), { topic, ...fits }, ...fitting.filter((link) => !isBefore(link))]
          : fitting;
        left -= lines.length;
        shown.push({ topic, fits, lines });
      }
      return shown;
    };
    return { begin, addWords, search, unitsOf };
  };

  const engine = { create, wordsOf, formsOf, apart, soundOf };
  if (typeof module === "object") module.exports = engine;
  else window.LinkIndexEngine = engine;
})();
