// Choosing what is shown, and where the reader lives. What is chosen is kept in the fragment of
// the address and nowhere else; internal links carry the nation along.
(() => {
  "use strict";
  const NAMES = {
    england: "England", scotland: "Scotland", wales: "Wales", "northern-ireland": "Northern Ireland",
  };
  const form = document.querySelector("[data-choices]");
  const entries = Array.from(document.querySelectorAll("[data-entry]"));
  const count = document.querySelector("[data-count]");
  const reset = form && form.querySelector("[type=reset]");
  const places = entries.map((entry) => entry.parentNode);

  // "#abc123&nation=wales": an anchor, then choices; either may be missing.
  const read = () => {
    const parts = location.hash.slice(1).split("&").filter(Boolean);
    const chosen = {};
    let anchor = "";
    for (const part of parts) {
      const [key, value] = part.split("=");
      if (value === undefined) anchor = key;
      else chosen[key] = decodeURIComponent(value);
    }
    return { anchor, chosen };
  };
  const written = (chosen, anchor) => {
    const parts = Object.keys(chosen).filter((key) => chosen[key])
      .map((key) => `${key}=${encodeURIComponent(chosen[key])}`);
    return (anchor ? [anchor] : []).concat(parts).join("&");
  };

  // 0 holds where the reader lives, 1 was not made for one nation, 2 holds elsewhere.
  const distance = (entry, nation) => {
    const nations = entry.dataset.nations.split(" ");
    if (!nation || nations.includes(nation) || nations.includes("uk")) return 0;
    return nations.includes("international") ? 1 : 2;
  };

  const show = (chosen) => {
    let shown = 0;
    for (const entry of entries) {
      const far = distance(entry, chosen.nation);
      const fits = ["for", "kind", "cost", "language"].every(
        (key) => !chosen[key] || entry.dataset[key].split(" ").includes(chosen[key]));
      entry.hidden = !fits || (Boolean(chosen.only) && far === 2);
      if (!entry.hidden) shown += 1;
      const mark = entry.querySelector("[data-elsewhere]");
      mark.hidden = far !== 2;
      mark.textContent = far === 2 ? `Does not hold in ${NAMES[chosen.nation]}` : "";
    }
    const order = entries.map((entry, at) => ({ entry, at, far: distance(entry, chosen.nation) }))
      .sort((one, other) => one.far - other.far || one.at - other.at);
    for (const { entry, at } of order) places[at].appendChild(entry);
    for (const part of document.querySelectorAll("[data-entries] section, [data-entries] details")) {
      part.hidden = !part.querySelector("[data-entry]:not([hidden])");
      if (part.tagName === "DETAILS" && Object.keys(chosen).some((key) => chosen[key])) part.open = true;
    }
    if (count) {
      const all = shown === entries.length;
      count.textContent = all ? `All ${shown} links are shown.` : `${shown} of ${entries.length} links are shown.`;
    }
    if (reset) reset.hidden = !Object.keys(chosen).some((key) => chosen[key]);
  };

  const base = new URL(document.querySelector("[data-md-component=logo]").href).pathname;
  const carry = (nation) => {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.origin !== location.origin || !link.pathname.startsWith(base)) continue;
      const below = link.pathname.slice(base.length);
      if (/^(q|r|cards|urgent)\b|\.\w+$/.test(below)) continue;
      if (link.getAttribute("href").startsWith("#")) continue;
      const anchor = link.hash.slice(1).split("&").filter((part) => part && !part.includes("="))[0];
      link.hash = written({ nation }, anchor);
    }
  };

  // An anchor of this page takes the place of the choices in the address; they are put back.
  let current = {};
  const follow = () => {
    const { anchor, chosen } = read();
    if (anchor && !Object.keys(chosen).length && written(current, "")) {
      history.replaceState(null, "", `#${written(current, anchor)}`);
    } else apply();
  };

  const fields = () => Array.from(form.elements).filter((field) => field.name);
  const apply = () => {
    const { anchor, chosen } = read();
    if (form) {
      for (const field of fields()) {
        if (field.type === "checkbox") field.checked = Boolean(chosen[field.name]);
        else if (field.querySelector(`option[value="${CSS.escape(chosen[field.name] || "")}"]`)) {
          field.value = chosen[field.name] || "";
        } else delete chosen[field.name];
      }
      form.hidden = false;
    }
    if (!Object.prototype.hasOwnProperty.call(NAMES, chosen.nation)) delete chosen.nation;
    current = chosen;
    if (entries.length) show(chosen);
    carry(chosen.nation);
    const details = form && form.querySelector("details");
    if (details && Object.keys(chosen).length) details.open = true;
    const target = anchor && Object.keys(chosen).length && document.getElementById(anchor);
    if (target) { target.classList.add("li-target"); target.scrollIntoView(); }
  };
  const choose = () => {
    const chosen = {};
    for (const field of fields()) {
      chosen[field.name] = field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
    }
    const hash = written(chosen, "");
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    apply();
  };

  if (form) {
    form.addEventListener("change", choose);
    form.addEventListener("reset", () => { setTimeout(choose); form.querySelector("summary, select").focus(); });
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  addEventListener("hashchange", follow);
  apply();
})();
