// What the fragment of an address says: "#abc123&nation=wales&list=def456,ghk789". First comes an
// anchor, or on the pages of a list its codes; then what was chosen, and the list of one family.
// Nothing else is kept, and no host is told a fragment. Values are words of the site's own.
window.LinkIndexFragment = (() => {
  "use strict";
  const fragment = {};
  fragment.MOST = 20;  // codes of a list: so many make a code that a phone still reads off paper

  // Programs that send an address on may write a comma in their own way.
  fragment.codes = (text) => text.toLowerCase().split(/,|%2c/)
    .filter((code, at, all) => /^[a-z0-9]{6}$/.test(code) && all.indexOf(code) === at)
    .slice(0, fragment.MOST);
  fragment.read = (hash) => {
    const said = { anchor: "", values: Object.create(null), list: [] };
    for (const part of hash.replace("#", "").split("&")) {
      const at = part.indexOf("=");
      const key = part.slice(0, at);
      const value = part.slice(at + 1);
      if (at < 0) said.anchor = said.anchor || part;
      else if (key === "list") said.list = fragment.codes(value);
      else said.values[key] = value;
    }
    return said;
  };
  fragment.written = (said) => {
    const parts = said.anchor ? [said.anchor] : [];
    for (const key in said.values) if (said.values[key]) parts.push(key + "=" + said.values[key]);
    if (said.list.length) parts.push("list=" + said.list);
    return parts.join("&");
  };
  return fragment;
})();
