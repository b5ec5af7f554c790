// The page of one link: a list that the address carries goes along, and the link joins it.
(() => {
  "use strict";
  const fragment = window.LinkIndexFragment;
  const said = fragment.read(location.hash);
  for (const link of document.querySelectorAll("[href^='/']")) {
    const code = link.dataset.add;
    said.anchor = fragment.read(link.hash).anchor;
    link.hash = code ? fragment.codes(said.list + "," + code) : fragment.written(said);
  }
})();
