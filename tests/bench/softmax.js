// Learns weights by which what is right is likelier than what is beside it (multinomial logistic
// regression over choices, with a penalty on the size of each weight).
//
// `asked` are [count, choices] each, `choices` [share, features], `features` [place, value] each: the
// shares of the choices of a question come to 1. `penalties` has one for each place of a feature. The
// steps are those of FISTA, begun anew where the loss rises; how far a weight goes in one is bound by how
// much the slope may change along it.
(() => {
  "use strict";

  // Everything in a row, since lists of lists take twenty times as long.
  const inRows = (asked) => {
    const choices = asked.flatMap(([, choices]) => choices);
    const features = choices.flatMap(([, features]) => features);
    const ends = (lists) => {
      let end = 0;
      return Int32Array.from(lists, (list) => end += list.length);
    };
    return {
      counts: Float64Array.from(asked, ([count]) => count),
      endsOfAsked: ends(asked.map(([, choices]) => choices)),
      shares: Float64Array.from(choices, ([share]) => share),
      ends: ends(choices.map(([, features]) => features)),
      places: Int32Array.from(features, ([place]) => place),
      values: Float64Array.from(features, ([, value]) => value),
    };
  };

  // The largest of what each question may add to the change of a slope, all together.
  const changes = ({ counts, endsOfAsked, ends, places, values }, size) => {
    const sum = new Float64Array(size).fill(1e-9);
    let [choice, at] = [0, 0];
    counts.forEach((count, question) => {
      const most = new Map();
      for (; choice < endsOfAsked[question]; choice += 1) {
        let mass = 0;
        for (let one = at; one < ends[choice]; one += 1) mass += Math.abs(values[one]);
        for (; at < ends[choice]; at += 1) {
          most.set(places[at], Math.max(most.get(places[at]) || 0, Math.abs(values[at]) * mass));
        }
      }
      for (const [place, much] of most) sum[place] += count * much / 2;
    });
    return sum;
  };

  const learnt = ({ asked, penalties, steps }) => {
    const rows = inRows(asked);
    const { counts, endsOfAsked, shares, ends, places, values } = rows;
    const size = penalties.length;
    const bounds = changes(rows, size);
    const scores = new Float64Array(shares.length);
    const slopes = new Float64Array(size);
    const loss = (weights) => {
      slopes.fill(0);
      let [all, choice, at, back] = [0, 0, 0, 0];
      for (let question = 0; question < counts.length; question += 1) {
        const [first, end] = [choice, endsOfAsked[question]];
        let most = -Infinity;
        for (; choice < end; choice += 1) {
          let score = 0;
          for (; at < ends[choice]; at += 1) score += weights[places[at]] * values[at];
          scores[choice] = score;
          most = Math.max(most, score);
        }
        let sum = 0;
        for (let one = first; one < end; one += 1) sum += Math.exp(scores[one] - most);
        for (let one = first; one < end; one += 1) {
          const likely = Math.exp(scores[one] - most) / sum;
          if (shares[one]) all -= counts[question] * shares[one] * Math.log(likely + 1e-12);
          const off = counts[question] * (likely - shares[one]);
          for (; back < ends[one]; back += 1) slopes[places[back]] += off * values[back];
        }
      }
      return all;
    };
    let weights = new Float64Array(size);
    let ahead = weights.slice();
    let speed = 1;
    let before = Infinity;
    for (let step = 0; step < steps; step += 1) {
      const now = loss(ahead) + ahead.reduce((sum, weight, at) => sum + penalties[at] * Math.abs(weight), 0);
      if (now > before) [speed, ahead] = [1, weights.slice()];
      before = now;
      if (speed === 1 && step) loss(ahead);
      const next = ahead.map((weight, at) => {
        const moved = weight - slopes[at] / bounds[at];
        return Math.sign(moved) * Math.max(0, Math.abs(moved) - penalties[at] / bounds[at]);
      });
      const faster = (1 + Math.sqrt(1 + 4 * speed * speed)) / 2;
      ahead = next.map((weight, at) => weight + (speed - 1) / faster * (weight - weights[at]));
      [weights, speed] = [next, faster];
    }
    return Array.from(weights);
  };

  // --- The same without penalties, for a few features that every choice has: Newton's method ---

  const solved = (matrix, vector) => {
    const rows = matrix.map((row, at) => [...row, vector[at]]);
    rows.forEach((row, at) => {
      const best = rows.slice(at).reduce((one, other) => (Math.abs(other[at]) > Math.abs(one[at]) ? other : one));
      const place = rows.indexOf(best);
      [rows[at], rows[place]] = [rows[place], rows[at]];
      for (const other of rows.filter((_, line) => line !== at)) {
        const times = other[at] / rows[at][at];
        for (let column = at; column < other.length; column += 1) other[column] -= times * rows[at][column];
      }
    });
    return rows.map((row, at) => row[row.length - 1] / row[at]);
  };

  const fitted = ({ asked, size, steps }) => {
    const dense = asked.map(([count, choices]) => [count, choices.map(([share, features]) => {
      const values = new Float64Array(size);
      for (const [place, value] of features) values[place] = value;
      return [share, values];
    })]);
    let weights = new Float64Array(size);
    for (let step = 0; step < steps; step += 1) {
      const slope = new Float64Array(size);
      const bend = Array.from({ length: size }, (_, at) => Float64Array.from({ length: size }, (__, other) => (at === other ? 1e-6 : 0)));
      for (const [count, choices] of dense) {
        const scores = choices.map(([, values]) => values.reduce((sum, value, at) => sum + value * weights[at], 0));
        const most = Math.max(...scores);
        const parts = scores.map((score) => Math.exp(score - most));
        const sum = parts.reduce((one, other) => one + other, 0);
        const mean = new Float64Array(size);
        choices.forEach(([, values], place) => values.forEach((value, at) => { mean[at] += parts[place] / sum * value; }));
        choices.forEach(([share, values], place) => {
          const likely = parts[place] / sum;
          for (let at = 0; at < size; at += 1) {
            slope[at] += count * (share - likely) * values[at];
            const off = count * likely * (values[at] - mean[at]);
            if (off) for (let other = 0; other < size; other += 1) bend[at][other] += off * (values[other] - mean[other]);
          }
        });
      }
      const move = solved(bend, slope);
      const longest = Math.max(...move.map(Math.abs));
      weights = weights.map((weight, at) => weight + move[at] * Math.min(1, 2 / longest));
    }
    return Array.from(weights);
  };

  Object.assign(window, { learnt, fitted });
})();
