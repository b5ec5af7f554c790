// The page of a list in another language: what the fragment of the address says goes along.
(() => {
  "use strict";
  for (const link of document.querySelectorAll("[data-edition]")) link.hash = location.hash;
})();
