// The menu and the search of the theme are opened by check boxes that a keyboard cannot reach on
// a phone. These are the buttons in their place.
(() => {
  "use strict";
  const drawer = document.getElementById("__drawer");
  const search = document.getElementById("__search");
  const menuButton = document.querySelector("[data-toggle=__drawer]");
  const searchButtons = document.querySelectorAll("[data-open-search]");
  const navigation = document.getElementById("li-navigation");
  const query = document.querySelector("[data-md-component=search-query]");
  let opener = null;

  const set = (toggle, checked) => { if (toggle.checked !== checked) toggle.click(); };

  if (menuButton && navigation) {
    menuButton.addEventListener("click", () => {
      set(drawer, !drawer.checked);
      if (drawer.checked) navigation.querySelector("button, a").focus();
    });
    drawer.addEventListener("change", () => menuButton.setAttribute("aria-expanded", drawer.checked));
    const close = () => {
      if (!drawer.checked) return;
      set(drawer, false);
      menuButton.focus();
    };
    navigation.querySelector("[data-close-drawer]").addEventListener("click", close);
    addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    // The page behind an open menu is covered, so the keyboard stays in the menu and the bar.
    document.addEventListener("focusin", (event) => {
      if (!drawer.checked) return;
      if (!event.target.closest("#li-navigation, .li-bar, .li-skip")) close();
    });
  }

  for (const button of searchButtons) {
    button.addEventListener("click", () => {
      opener = button;
      set(search, true);
      query.focus();
    });
  }
  search.addEventListener("change", () => {
    for (const button of searchButtons) button.setAttribute("aria-expanded", search.checked);
    if (!search.checked && opener) { opener.focus(); opener = null; }
  });
  document.querySelector("[data-close-search]").addEventListener("click", () => {
    opener = opener || searchButtons[0];
    set(search, false);
  });

  // The theme closes the search on Tab and takes the results out of the order of the keyboard.
  const panel = document.getElementById("li-search");
  addEventListener("keydown", (event) => {
    if (event.key === "Tab" && panel.contains(event.target)) event.stopImmediatePropagation();
  }, true);
  new MutationObserver(() => {
    for (const link of panel.querySelectorAll("li a, li summary")) link.tabIndex = 0;
  }).observe(panel.querySelector("ol"), { childList: true, subtree: true });
  panel.addEventListener("focusout", (event) => {
    if (!event.relatedTarget || panel.contains(event.relatedTarget)) return;
    opener = null;
    set(search, false);
  });
})();
