// Opening and closing the search. What it needs is fetched when it is first used (search/panel.js).
(() => {
  "use strict";
  const panel = document.getElementById("li-search");
  const buttons = document.querySelectorAll("[data-open-search]");
  if (!panel) return;
  const root = new URL("../", document.currentScript.src).href;
  // What the search needs came to browsers in 2019, and a page opened from a file may fetch nothing.
  // The A to Z stands in its place there.
  if (!window.Blob || !Blob.prototype.text || location.protocol === "file:") {
    document.documentElement.classList.add("li-no-search");
    return;
  }
  const query = panel.querySelector("[data-search-query]");
  const output = panel.querySelector("[data-search-output]");
  let opener = null;
  let fetched = false;

  const fetchOnce = () => {
    if (fetched) return;
    fetched = true;
    for (const name of ["minisearch", "unpack", "engine", "danger", "panel"]) {
      const script = document.createElement("script");
      script.src = `${root}assets/search/${name}.js`;
      script.async = false;
      script.dataset.root = root;
      document.head.appendChild(script);
    }
  };
  const set = (open) => {
    document.documentElement.classList.toggle("li-searching", open);
    output.hidden = !open;
    query.setAttribute("aria-expanded", open);
    for (const button of buttons) button.setAttribute("aria-expanded", open);
  };
  const close = () => {
    const back = opener;
    opener = null;
    set(false);
    if (back) back.focus();
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      opener = button;
      set(true);
      query.focus();
    });
  }
  panel.addEventListener("focusin", ({ target }) => {
    if (target.closest("[data-open-search]")) return;  // the focus given back
    fetchOnce();
    set(true);
  });
  panel.addEventListener("input", () => set(true));
  panel.querySelector("[data-close-search]").addEventListener("click", () => {
    opener = opener || Array.from(buttons).find((button) => button.offsetParent);
    close();
  });
  panel.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  panel.addEventListener("focusout", ({ relatedTarget }) => {
    if (!relatedTarget || panel.contains(relatedTarget)) return;
    opener = null;
    set(false);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (output.hidden || panel.contains(target) || target.closest(".li-bar, [data-open-search]")) return;
    opener = null;
    set(false);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || output.hidden) return;
    event.preventDefault();
    if (!opener) query.focus();
    close();
  });

  // Nothing of a search may come back with the page from the browser's memory.
  addEventListener("pagehide", () => {
    opener = null;
    query.value = "";
    query.dispatchEvent(new Event("input"));
    set(false);
  });
})();
