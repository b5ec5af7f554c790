// What is wrong with an address, and which one is meant: the rules of the program, asked in the same
// order. Pure. Every table and pattern is data (catalogue/addresses/sharing.py). What a browser cannot
// say is left to the program, which looks at everything again.
(() => {
  "use strict";

  const made = (rules) => {
    const pattern = ([source, flags], more = "") => {
      try {
        return new RegExp(source, flags + more);
      } catch (_) {
        return /(?!)/g;  // an old browser cannot read it: then nothing is found
      }
    };
    const P = {};
    for (const name of Object.keys(rules.patterns)) P[name] = pattern(rules.patterns[name], "g");
    const finds = (one, text) => { one.lastIndex = 0; return one.test(text); };
    const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    const ofHost = (host) => new RegExp(`^(?:.+\\.)?${escaped(host).replace(/\\\*/g, "[a-z0-9.-]+")}$`);

    const wrappers = rules.wrappers.map((one) => Object.assign({}, one, {
      hosts: (one.hosts || []).map(ofHost),
      path: pattern([`^(?:${one.path || ""})`, "i"]),
      pattern: one.pattern ? pattern([`^(?:${one.pattern})`, "is"]) : null,
      parameters: (one.parameters || []).map((name) => name.toLowerCase()),
      base64: (one.base64 || []).map((name) => name.toLowerCase()),
    }));
    const closed = rules.closed.map((one) => ({
      hosts: (one.hosts || []).map(ofHost),
      path: pattern([`^(?:${one.path || ""})`, "i"]),
    }));
    const tracking = rules.tracking.map((one) => ({
      names: new RegExp(`^(?:${one.names.map((name) => escaped(name).replace(/\\\*/g, ".*")).join("|")})$`),
      hosts: (one.hosts || []).map(ofHost),
      value: pattern([`^(?:${one.value || ".*"})$`, "s"]),
    }));

    // --- Parts of an address ------------------------------------------------------------------------

    const split = (address) => {
      const m = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$/.exec(address);
      const [, scheme = "", netloc = "", path = "", query = "", fragment = ""] = m || [];
      const behind = netloc.slice(netloc.lastIndexOf("@") + 1);
      const port = /:([^:\]]*)$/.exec(behind);
      const host = (port ? behind.slice(0, port.index) : behind).replace(/^\[|\]$/g, "").toLowerCase();
      return { scheme, netloc, path, query, fragment, host, port: port ? port[1] : "", user: netloc.includes("@") };
    };
    const joined = ({ scheme, netloc, path, query, fragment }) =>
      (scheme && scheme.toLowerCase() + ":") + (netloc && "//" + netloc) + path + (query && "?" + query)
      + (fragment && "#" + fragment);
    const unquote = (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try { return decodeURIComponent(run); } catch (_) { return run; }
    });
    const unquotePlus = (text) => unquote(text.replace(/\+/g, " "));
    const pairsOf = (query) => query.split("&").filter(Boolean).map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [unquotePlus(pair), ""] : [unquotePlus(pair.slice(0, at)), unquotePlus(pair.slice(at + 1))];
    });
    const fromBase64 = (text) => {
      try {
        const raw = atob(text.replace(/ /g, "+").replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, ""));
        return decodeURIComponent(Array.from(raw, (sign) => `%${(`0${sign.charCodeAt(0).toString(16)}`).slice(-2)}`).join(""));
      } catch (_) {
        return "";
      }
    };

    // --- Signs around an address (catalogue/addresses/around.py) ------------------------------------

    const mayBeAround = (address) => {
      const last = address[address.length - 1];
      const count = (sign) => address.split(sign).length - 1;
      const place = rules.pairs.indexOf(last);
      if (place > 0 && place % 2) return count(last) > count(rules.pairs[place - 1]);
      if ("'\"".includes(last)) return count(last) % 2 === 1;
      return rules.doubtful.includes(last) || finds(P.sure, last);
    };
    const withoutTail = (address, before = "") => {
      let begin = address.length;
      while (begin && mayBeAround(address.slice(0, begin))) begin -= 1;
      const opened = finds(P.opens, before);
      for (let place = begin; place < address.length; place += 1) {
        const sign = address[place];
        const stressed = rules.emphasis.includes(sign) && before.includes(sign);
        if (finds(P.sure, sign) || stressed || (opened && rules.closes.includes(sign))) return address.slice(0, place);
      }
      return address;
    };
    const bare = (text) => {
      P.markdown.lastIndex = 0;
      const link = P.markdown.exec(text);
      const whole = link ? link[1] : text;
      const [before] = whole.match(P.before) || [""];
      const rest = whole.slice(before.length);
      return finds(P.likeAnAddress, rest) ? withoutTail(rest, before) : text;
    };
    const insideOf = (text) => {
      P.inside.lastIndex = 1;
      const found = P.inside.exec(text);
      return found ? withoutTail(found[0], text.slice(0, found.index)) : null;
    };

    // --- What is wrapped around another -------------------------------------------------------------

    const WEB = /^https?:\/\/[^/]/i;
    const HOST = /^[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:[/?#][^]*)?$/;
    const asAddress = (text) => {
      let plain = bare(text.trim());
      for (let round = 0; round < 3 && !WEB.test(plain); round += 1) plain = bare(unquote(plain));
      plain = plain.replace(/^(https?):\/+(?=[^/])/i, "$1://");
      if (!WEB.test(plain) && HOST.test(plain)) plain = `https://${plain}`;
      return WEB.test(plain) && plain.length <= rules.longestInside ? plain : null;
    };
    const RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const readers = {
      "proofpoint-2": (parts) => {
        const written = (pairsOf(parts.query).filter(([name]) => name === "u").pop() || ["", ""])[1];
        return unquote(written.replace(/_/g, "/").replace(/-([0-9A-Fa-f]{2})/g, "%$1"));
      },
      "proofpoint-3": (parts) => {
        const whole = parts.path + (parts.query ? `?${parts.query}` : "") + (parts.fragment ? `#${parts.fragment}` : "");
        const m = /^\/v3\/__([^]+?)__;([^!]*)!/.exec(whole);
        if (!m) return "";
        const signs = Array.from(fromBase64(m[2]));
        return m[1].replace(/\*(?:\*([A-Za-z0-9_-]))?/g,
          (_, run) => signs.splice(0, run ? RUNS.indexOf(run) + 2 : 1).join(""));
      },
      translated: (parts) => {
        const host = parts.host.replace(/\.translate\.goog$/, "").replace(/--?/g, (h) => (h.length === 2 ? "-" : "."));
        const query = parts.query.split("&").filter((pair) => pair && !pair.startsWith("_x_tr_")).join("&");
        return joined(Object.assign({}, parts, { netloc: host, query }));
      },
    };
    const opened = (address) => {
      if (address.length > rules.longestRead) return null;
      const parts = split(address);
      const host = parts.host.replace(/\.+$/, "");
      const one = wrappers.find((it) =>
        (!it.hosts.length || it.hosts.some((name) => name.test(host))) && it.path.test(parts.path));
      if (!one) return null;
      const given = {};
      for (const [name, value] of pairsOf(parts.query).reverse()) given[name.toLowerCase()] = value;
      const texts = [];
      for (const name of one.parameters) {
        const value = given[name] || "";
        if (value.startsWith("/")) {
          try { texts.push(new URL(value, address).href); } catch (_) { /* no address */ }
        }
        texts.push(value);
      }
      for (const name of one.base64) {
        const value = given[name] || "";
        texts.push(fromBase64(one.skip && value.startsWith(one.skip) ? value.slice(one.skip.length) : value));
      }
      if (one.pattern) {
        const m = one.pattern.exec(address.slice(address.indexOf(parts.netloc) + parts.netloc.length));
        texts.push(m && m.groups ? m.groups.address : "");
      }
      if (one.reader) texts.push(readers[one.reader](parts));
      const site = (one.site && given[one.site]) || "";
      return {
        by: one.name, archive: Boolean(one.archive), site: HOST.test(site) ? site : null,
        inside: texts.map(asAddress).find(Boolean) || null,
      };
    };
    const wrapped = (address) => {
      const outer = opened(address);
      let inner = outer;
      for (let round = 0; round < rules.deepest; round += 1) {
        const deeper = inner && inner.inside ? opened(inner.inside) : null;
        if (!deeper || deeper.archive) break;
        inner = deeper;
      }
      return outer && Object.assign({}, outer, { inside: inner.inside, site: inner.site });
    };
    const holdsAnother = (address) => {
      const parts = split(address);
      const later = /https?:\/{1,2}[^/][^]*/i.exec(unquote(parts.path));
      const values = [unquote(parts.query)].concat(pairsOf(parts.query).map(([, value]) => value), later ? [later[0]] : []);
      for (const value of values) {
        const inside = WEB.test(value) ? asAddress(value) : null;
        if (inside && split(inside).host !== parts.host) return inside;
      }
      return null;
    };

    // --- What is somebody's own, and what no reader needs -------------------------------------------

    const forms = (text) => {
      const all = [text];
      for (let round = 0; round < 3; round += 1) {
        const next = unquote(all[all.length - 1]);
        if (next === all[all.length - 1]) break;
        all.push(next);
      }
      return all;
    };
    const decoded = (text) => (unquotePlus(text).match(P.perhapsBase64) || []).map(fromBase64)
      .filter((plain) => /^[\0-\x7f]+$/.test(plain));
    const isEmailIn = (text) => forms(text).concat(decoded(text)).some((plain) =>
      (plain.match(P.email) || []).some((email) => !rules.sharedEmails.some((end) => email.toLowerCase().endsWith(end))));
    const isPasswordIn = (text) => forms(text).some((plain) => finds(P.userAndPassword, plain) || finds(P.secret, plain));
    const behindTheHost = (parts) => joined(Object.assign({}, parts, { scheme: "", netloc: "" }));
    const holdsEmail = (address) => {
      const parts = split(address);
      if (parts.host.endsWith("-my.sharepoint.com")) return finds(P.personalFolder, parts.path);
      return isEmailIn(behindTheHost(parts));
    };
    const holdsPassword = (address) => isPasswordIn(behindTheHost(split(address)));
    const withoutPersonal = (address) => {
      const parts = split(address);
      const own = (text) => isEmailIn(text) || isPasswordIn(text);
      const query = parts.query.split("&").filter((pair) => !own(pair)).join("&");
      return joined(Object.assign({}, parts, { query, fragment: own(parts.fragment) ? "" : parts.fragment }));
    };
    const isNeedless = (host, name, value) => tracking.some((rule) =>
      rule.names.test(name.toLowerCase()) && rule.value.test(value)
      && (!rule.hosts.length || rule.hosts.some((one) => one.test(host))));
    const clean = (address) => {
      const parts = split(address);
      const host = parts.host.replace(/\.+$/, "");
      const removed = [];
      const without = (query) => query && query.split("&").filter((pair) => {
        const [name, ...value] = pair.replace(/^amp;/, "").split("=");
        const needless = isNeedless(host, unquotePlus(name), value.join("="));
        if (needless) removed.push(unquotePlus(name));
        return !needless;
      }).join("&");
      const path = parts.path.replace(P.sessionInPath, (found) => {
        removed.push(found.replace(/^[;/]+|[;/]+$/g, "").split("=")[0]);
        return "";
      });
      const query = without(parts.query);
      const at = parts.fragment.indexOf(rules.passage);
      let fragment = at < 0 ? parts.fragment : parts.fragment.slice(0, at);
      if (at >= 0) removed.push(`#${rules.passage}${parts.fragment.slice(at + rules.passage.length).split("=")[0]}`);
      if (/^(?:[\w.-]+=[^&=]*&?)+$/.test(fragment)) fragment = without(fragment);
      if (!removed.length) return { address, removed };
      return { address: joined(Object.assign({}, parts, { path, query, fragment })), removed: Array.from(new Set(removed)) };
    };

    // --- Hosts --------------------------------------------------------------------------------------

    const fault = (kind, instead, more) => Object.assign({ kind, instead: instead || null }, more);
    const asNumber = (ip) => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    const networks = rules.notPublic.map((network) => {
      const [ip, bits] = network.split("/");
      const size = 2 ** (32 - Number(bits));
      return [Math.floor(asNumber(ip) / size), size];
    });
    const isPrivate = (host) => {
      let name = host.normalize("NFKC").replace(/。/g, ".").replace(/\.+$/, "").toLowerCase();
      if (name.includes(":")) return !/^[23][0-9a-f]{3}:/.test(name) || /^2001:db8:|^2002:|^2001:0?:/.test(name);
      if (/^[0-9][0-9a-fx.]*$/.test(name)) {
        try { name = new URL(`http://${name}/`).hostname; } catch (_) { /* judged below */ }
      }
      if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) {
        const number = asNumber(name);
        return networks.some(([start, size]) => Math.floor(number / size) === start);
      }
      return !name.includes(".") || rules.privateDomains.some((domain) => name.endsWith(`.${domain}`));
    };
    const SCRIPTS = ["Latin", "Cyrillic", "Greek", "Armenian", "Hebrew", "Arabic", "Cherokee", "Coptic", "Lisu",
      "Deseret", "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Thai", "Devanagari", "Georgian", "Bengali"]
      .map((name) => [name === "Han" ? "CJK" : name.toUpperCase(), pattern([`^\\p{Script=${name}}$`, "u"])]);
    const scriptOf = (sign) => {
      if (sign < "\x80") return /[a-z]/i.test(sign) ? "LATIN" : null;
      const found = SCRIPTS.find(([, one]) => finds(one, sign));
      return found ? found[0] : null;
    };
    const deceives = (label, latinEnd) => {
      const letters = Array.from(label).filter((sign) => sign >= "\x80" || /[a-z]/i.test(sign));
      const scripts = Array.from(new Set(letters.map(scriptOf).filter(Boolean)));
      const foreign = letters.filter((sign) => scriptOf(sign) && scriptOf(sign) !== "LATIN");
      if (scripts.length > 1 && !rules.together.some((set) => scripts.every((one) => set.includes(one)))) return true;
      const alike = scripts.some((one) => rules.likeLatin.includes(one)) || foreign.every((sign) => rules.lookalikes[sign]);
      return Boolean(latinEnd && foreign.length && alike);
    };
    // RFC 3492, section 6.2.
    const unpuny = (label) => {
      if (!label.startsWith("xn--")) return label;
      const at = label.lastIndexOf("-");
      const output = Array.from(at > 3 ? label.slice(4, at) : "");
      let [n, i, bias, place] = [128, 0, 72, at > 3 ? at + 1 : 4];
      while (place < label.length) {
        const before = i;
        for (let w = 1, k = 36; ; k += 36) {
          const sign = label.charCodeAt(place);
          const digit = sign < 58 ? sign - 22 : sign - 97;
          place += 1;
          if (!(digit >= 0 && digit < 36)) return label;
          i += digit * w;
          const t = Math.min(Math.max(k - bias, 1), 26);
          if (digit < t) break;
          w *= 36 - t;
        }
        const count = output.length + 1;
        let delta = Math.floor((i - before) / (before === 0 ? 700 : 2));
        delta += Math.floor(delta / count);
        let k = 0;
        for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
        bias = k + Math.floor((36 * delta) / (delta + 38));
        n += Math.floor(i / count);
        i %= count;
        if (n > 0x10ffff) return label;
        output.splice(i, 0, String.fromCodePoint(n));
        i += 1;
      }
      return output.join("");
    };
    const checkHost = (host) => {
      if (isPrivate(host)) return fault("private");
      if (host.includes(":") || /^\d+(\.\d+){3}$/.test(host)) return null;
      const name = host.replace(/\.+$/, "");
      if (/^[\0-\x7f]*$/.test(name)) {
        const fits = name.split(".").every((label) => /^[a-z0-9_-]{1,63}$/.test(label) && !/^-|-$/.test(label));
        if (!fits) return fault("host");
        if (!name.includes("xn--")) return null;
      } else {
        try { new URL(`https://${name}/`); } catch (_) { return fault("host"); }
      }
      const labels = name.split(".").map(unpuny);
      const latinEnd = /^[\0-\x7f]*$/.test(labels[labels.length - 1]);
      return labels.some((label) => deceives(label, latinEnd)) ? fault("lookalike") : null;
    };

    // --- Asked in this order ------------------------------------------------------------------------

    // The address that is meant, with its scheme, as slips.py makes it.
    const mended = (address) => {
      const [whole] = /^https?:\/\/(?=[^\s/\\])/i.exec(address) || [""];
      let rest = address.slice(whole.length);
      const [slip] = rest.match(P.scheme) || [""];
      rest = rest.slice(slip.length);
      if (slip.includes("\\")) rest = rest.replace(/\\/g, "/");
      rest = rest.replace(P.hostBegins, "www.")
        .replace(/^[^/?#]*/, (host) => host.replace(/[.,]+/g, ".").replace(/^\.+/, ""));
      return (whole && !slip ? whole : "https://") + rest;
    };
    const namesNoWebsite = (address) => {
      const page = mended(address);
      return fault("website", page.split("/")[2].includes(".") ? publishable(page) : null);
    };
    const checkWeb = (address) => {
      const parts = split(address);
      if (parts.port && !(/^\d+$/.test(parts.port) && Number(parts.port) < 65536)) return fault("notAddress");
      if (/^\[(?![0-9a-f.]*:)/i.test(parts.netloc.slice(parts.netloc.lastIndexOf("@") + 1))) return fault("notAddress");
      if (!parts.host) return fault("website");
      if (parts.user) return fault("password");
      return checkHost(parts.host);
    };
    const publishable = (address) => {
      const plain = withoutTail(address).replace(P.forbidden, (sign) => encodeURIComponent(sign));
      const page = clean(withoutPersonal(plain)).address;
      if (checkWeb(page)) return null;
      const outer = wrapped(page);
      if ((outer && !outer.archive) || holdsEmail(page) || holdsPassword(page)) return null;
      return finds(P.invisible, page) || finds(P.strange, page) ? null : page;
    };
    const checkScheme = (address) => {
      const colon = address.indexOf(":");
      const scheme = colon < 0 ? address : address.slice(0, colon);
      const rest = colon < 0 ? "" : address.slice(colon + 1);
      if (colon >= 0 && rules.schemes.includes(scheme.toLowerCase())) {
        return !rest.startsWith("//") || /^\/\/(?:\/|https?(?::|\/\/))/.test(rest) ? namesNoWebsite(address) : null;
      }
      if (colon >= 0 && finds(P.slippedScheme, scheme)) return namesNoWebsite(address);
      if (/^(?:file:|\\\\|[a-z]:[\\/])/i.test(address)) return fault("private");
      const inside = insideOf(address);
      const whole = inside && (/%3A/i.test(inside.split("/")[0]) ? unquote(inside) : inside);
      const page = whole && publishable(whole);
      if (page) return fault(/^[a-z][\w+-]*:\S/i.test(address) ? "program" : "around", page);
      if (colon < 0 || !/^(?!w+$)[a-z][\w+-]*$/i.test(scheme)) {
        return fault("scheme", publishable(mended(address)));
      }
      return fault("otherScheme");
    };
    const check = (address) => {
      if (address.length > rules.longestRead) return fault("long");
      const alone = bare(address);
      if (alone !== address) {
        const wrong = check(alone);
        return wrong && !wrong.instead ? wrong : fault("around", wrong ? wrong.instead : alone);
      }
      if (finds(P.strange, address)) {
        const seen = address.replace(P.needless, "");
        return fault("sign", finds(P.strange, seen) ? null : publishable(seen));
      }
      const wrong = checkScheme(address);
      if (wrong) return wrong;
      const web = finds(P.forbidden, address) || finds(P.invisible, address) ? fault("sign") : checkWeb(address);
      if (web) {
        const meant = mended(address);
        if (meant !== address && !finds(P.forbidden, meant)) web.instead = publishable(meant);
        return web;
      }
      const outer = wrapped(address);
      if (outer && !outer.archive) {
        return fault("wrapped", outer.inside && publishable(outer.inside), { by: outer.by, site: outer.site });
      }
      if (holdsPassword(address)) return fault("password", publishable(address));
      if (holdsEmail(address)) return fault("email", publishable(address));
      return address.length > rules.longest ? fault("long") : null;
    };
    const advice = (address) => {
      const meant = mended(address);
      if (meant !== address && publishable(meant) === meant) return fault("slip", meant);
      const copy = wrapped(address);
      const there = copy && copy.inside && publishable(copy.inside);
      if (there) return fault("copy", null, { perhaps: there });
      const cleaned = clean(address);
      if (cleaned.removed.length) return fault("tracked", cleaned.address, { removed: cleaned.removed });
      const parts = split(address);
      const host = parts.host.replace(/^www\./, "");
      if (host.length <= rules.shortHost && !rules.keepsItsOwn.includes(host) && finds(P.chosenByChance, parts.path)) {
        return fault("short");
      }
      return closed.some(({ hosts, path }) =>
        (!hosts.length || hosts.some((one) => one.test(parts.host))) && path.test(parts.path)) ? fault("closed") : null;
    };

    // The same for two addresses that lead to one page, as `same_page_key` of the program.
    const quoted = (text, safe) => encodeURIComponent(text)
      .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
      .replace(/%[0-9A-F]{2}/g, (run) => {
        const sign = String.fromCharCode(parseInt(run.slice(1), 16));
        return safe.includes(sign) ? sign : run;
      });
    const key = (address) => {
      const parts = split(clean(address).address);
      let host = parts.host;
      try { host = new URL(`https://${parts.host}/`).hostname; } catch (_) { /* as it is */ }
      host = host.replace(/\.+$/, "").replace(/^www\./, "");
      const port = parts.port && !["80", "443"].includes(parts.port) ? `:${parts.port}` : "";
      const path = parts.path.split("/").map((part) => quoted(unquote(part), ":@!$&'()*+,;=~")).join("/").replace(/\/+$/, "");
      const order = ([a, b], [c, d]) => (a < c ? -1 : a > c ? 1 : b < d ? -1 : b > d ? 1 : 0);
      const plus = (text) => quoted(text, "").replace(/%20/g, "+");
      const query = pairsOf(parts.query).sort(order).map(([name, value]) => `${plus(name)}=${plus(value)}`).join("&");
      return host + port + path + (query ? `?${query}` : "") + (parts.fragment ? `#${parts.fragment}` : "");
    };
    // FNV-1a of 32 bits (draft-eastlake-fnv): short enough to keep a list of what is there already.
    const hash = (text) => {
      let sum = 0x811c9dc5;
      for (const sign of unescape(encodeURIComponent(text))) sum = Math.imul(sum ^ sign.charCodeAt(0), 0x01000193);
      return (`0000000${(sum >>> 0).toString(16)}`).slice(-8);
    };

    // What is wrong, what would be better, and the address that is meant in the end.
    const judged = (written) => {
      let address = written.trim();
      const said = [];
      for (let round = 0; round < 4; round += 1) {
        const wrong = check(address);
        const found = wrong || advice(address);
        if (!found) break;
        said.push(found);
        if (!found.instead || found.instead === address) return { meant: wrong ? null : address, said };
        address = found.instead;
      }
      return { meant: address, said };
    };
    return { check, advice, judged, key, hash, clean };
  };

  window.linkIndexAddresses = made;
})();
