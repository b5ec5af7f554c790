// The theme opens its menu by a check box that a keyboard cannot reach on a phone. This is the
// button in its place.
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

  const drawer = document.getElementById("__drawer");
  const button = document.querySelector("[data-toggle=__drawer]");
  const navigation = document.getElementById("li-navigation");
  if (!button || !navigation) return;

  const set = (open) => { if (drawer.checked !== open) drawer.click(); };
  const close = () => {
    if (!drawer.checked) return;
    set(false);
    button.focus();
  };

  button.addEventListener("click", () => {
    set(!drawer.checked);
    if (drawer.checked) navigation.querySelector("button, a").focus();
  });
  drawer.addEventListener("change", () => button.setAttribute("aria-expanded", drawer.checked));
  navigation.querySelector("[data-close-drawer]").addEventListener("click", close);
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  // The page behind an open menu is covered, so the keyboard stays in the menu and the bar.
  document.addEventListener("focusin", (event) => {
    if (drawer.checked && !event.target.closest("#li-navigation, .li-bar, .li-skip")) close();
  });
})();
