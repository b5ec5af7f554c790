// The menu of narrow screens, and what else every page needs.
(() => {
  "use strict";
  document.documentElement.classList.remove("no-js");
  document.documentElement.classList.add("js");

  // Text may be set large, and then the bar is higher than the style sheet thinks.
  const bar = document.querySelector(".li-bar");
  const measure = () => document.documentElement.style.setProperty(
    "--li-bar-height", `${bar.offsetHeight}px`);
  if (bar && window.ResizeObserver) new ResizeObserver(measure).observe(bar);

  // A page opened from a file has no host that finds index.html in a folder.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }

  // What is folded would print as a heading with nothing below it. What names links to open stays:
  // its heading has an address, and some of those links must not be named on paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("#content details:not([open])"))
      .filter((part) => !part.querySelector("[data-picks]"));
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of opened) part.open = false; });

  // The navigation scrolls by itself: what it says of this page should be in view.
  const here = document.querySelector(".li-nav [aria-current=page]");
  const side = here && here.closest(".li-nav");
  if (side) {
    const below = here.getBoundingClientRect().bottom - side.getBoundingClientRect().bottom;
    if (below > 0) side.scrollTop += below + side.clientHeight / 2;
  }

  const button = document.querySelector("[data-open-menu]");
  const navigation = document.getElementById("li-navigation");
  if (!button || !navigation) return;

  const state = document.documentElement.classList;
  const isOpen = () => state.contains("li-menu-open");
  const set = (open) => {
    state.toggle("li-menu-open", open);
    button.setAttribute("aria-expanded", open);
  };
  const close = () => {
    if (!isOpen()) return;
    set(false);
    button.focus();
  };

  button.addEventListener("click", () => {
    if (isOpen()) { close(); return; }
    set(true);
    navigation.querySelector("button, a").focus();
  });
  for (const way of document.querySelectorAll("[data-close-menu]")) way.addEventListener("click", close);
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  // The page behind an open menu is covered, so the keyboard stays in the menu and the bar.
  document.addEventListener("focusin", (event) => {
    if (isOpen() && !event.target.closest("#li-navigation, .li-bar, .li-skip")) close();
  });
})();
