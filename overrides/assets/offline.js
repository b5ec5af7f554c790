// Saving pages for reading offline. Nothing is stored before the button is pressed, and
// everything that was stored goes with the other button.
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const STORE = `linkindex-offline ${root.pathname}`;
  const SAVED_ON = new URL("offline/saved-on", root).href;
  const AT_ONCE = 6; // requests; more would only queue in the browser

  const panel = document.querySelector("[data-offline]");
  const part = (name) => panel.querySelector(`[data-offline-${name}]`);
  const status = part("status");
  const save = part("save");
  const remove = part("remove");
  const saveButton = save.querySelector("button");
  const list = part("list");

  const language = document.documentElement.lang;
  const say = (text) => { status.textContent = text; };
  const inKilobytes = (bytes) => _("{size} KB", { size: Math.ceil(bytes / 1024).toLocaleString(language) });
  const inWords = (moment) => new Date(moment).toLocaleDateString(
    language, { day: "numeric", month: "long", year: "numeric" });

  if (!("serviceWorker" in navigator) || !("caches" in window)) {
    say(_("This browser cannot save pages here. Some cannot in a private window."));
    return;
  }

  // A copy that holds no more than a page needs, and no trace of having been led elsewhere.
  const ask = async (address) => {
    const answer = await fetch(address, { cache: "no-cache" });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const headers = { "Content-Type": answer.headers.get("Content-Type") };
    return new Response(await answer.blob(), { headers });
  };

  const addressesIn = (names, base) => names.filter(Boolean).map((name) => new URL(name, base).href);

  const OF_SEARCH = ["minisearch", "unpack", "engine", "danger", "panel"]
    .map((name) => `assets/search/${name}.js`)
    .concat("search/index.json", "search/numbers.json");

  // What a page needs beside its text: styles, scripts and, where it can be searched, the search.
  const filesOf = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const needed = page.querySelectorAll("link[rel=stylesheet], link[rel=icon], script");
    const names = Array.from(needed, (element) => element.getAttribute("href")
      || element.getAttribute("src"));
    const own = page.getElementById("li-search") ? addressesIn(OF_SEARCH, root) : [];
    return [...own, ...addressesIn(names, address)].filter((file) => file.startsWith(root.href));
  };

  // Everything is fetched before anything is stored: on a bad connection, what is there stays.
  const fetchEverything = async () => {
    const listed = await (await ask(new URL("offline/pages.json", root).href)).json();
    const answers = new Map();
    const fetchAll = async (addresses, needed) => {
      const waiting = [...new Set(addresses)].filter((address) => !answers.has(address));
      const fetchNext = async () => {
        for (let address = waiting.shift(); address; address = waiting.shift()) {
          const answer = await ask(address);
          if (answer) answers.set(address, answer);
          else if (needed) throw new Error(`${address} is not there`);
          say(_n(answers.size, "{n} file has come.", "{n} files have come."));
        }
      };
      const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, fetchNext));
      const failed = ended.find(({ status }) => status === "rejected");
      if (failed) throw failed.reason;
    };
    await fetchAll(addressesIn(listed.pages.map((page) => page || "./"), root), true);
    const files = addressesIn(listed.files, root);
    for (const [address, answer] of answers) files.push(...filesOf(await answer.clone().text(), address));
    await fetchAll(files, false);
    const index = answers.get(new URL("search/index.json", root).href);
    const { parts } = index ? await index.clone().json() : { parts: [] };
    await fetchAll(addressesIn(parts.map((name) => `search/${name}`), root), false);
    return answers;
  };

  const store = async (answers) => {
    await caches.delete(STORE);
    const kept = await caches.open(STORE);
    for (const [address, answer] of answers) await kept.put(address, answer);
    await kept.put(SAVED_ON, new Response(new Date().toISOString()));
    const scope = root.pathname;
    await navigator.serviceWorker.register(new URL("offline-worker.js", root), { scope });
    await navigator.serviceWorker.ready;
  };

  const removeEverything = async () => {
    const registrations = await navigator.serviceWorker.getRegistrations();
    const ours = registrations.filter((registration) => registration.scope === root.href);
    for (const registration of ours) await registration.unregister();
    await caches.delete(STORE);
  };

  const show = async (news) => {
    const kept = await caches.has(STORE) && await caches.open(STORE);
    const stamp = kept && await kept.match(SAVED_ON);
    remove.hidden = list.hidden = !stamp;
    saveButton.textContent = stamp ? _("Save again") : _("Save these pages on this device");
    if (!stamp) {
      await removeEverything();  // what an interrupted saving, or the browser, may have left behind
      say(`${news} ${_("Nothing is saved on this device.")}`.trim());
      return;
    }
    const addresses = (await kept.keys()).map(({ url }) => url).filter((url) => url !== SAVED_ON);
    const items = [];
    let bytes = 0;
    for (const address of addresses.sort()) {
      bytes += (await (await kept.match(address)).blob()).size;
      const item = document.createElement("li");
      item.textContent = address;
      items.push(item);
    }
    list.querySelector("ul").replaceChildren(...items);
    const day = inWords(await stamp.text());
    const saved = _n(items.length, "Saved on this device on {day}: {n} file, {size}.",
      "Saved on this device on {day}: {n} files, {size}.", { day, size: inKilobytes(bytes) });
    say(`${news} ${saved}`.trim());
  };

  // One thing after the other: a button pressed early waits, so that what is said last is true.
  let before = Promise.resolve();
  const refused = () => say(_("This browser did not let this page look after what is saved."));
  const inTurn = (work) => { before = before.then(work).then(show).catch(refused); };

  const savePages = async () => {
    let answers;
    try {
      answers = await fetchEverything();
    } catch {
      return _("Not all pages came, so nothing was changed. Try again with a better connection.");
    }
    try {
      await store(answers);
    } catch {
      await removeEverything();
      return _("This device did not let the pages be saved. There may be no room.");
    }
    return _("Done.");
  };

  save.hidden = false;
  saveButton.addEventListener("click", () => inTurn(savePages));
  remove.querySelector("button").addEventListener("click", () => inTurn(async () => {
    await removeEverything();
    saveButton.focus();
    return _("Everything was removed.");
  }));
  inTurn(() => "");
})();
