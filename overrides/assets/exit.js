(() => {
  "use strict";
  const page = document.documentElement;
  const exit = document.querySelector("[data-exit]");
  const status = document.querySelector("[data-exit-status]");
  if (!exit) return;

  const PRESSES = 3;
  const PATIENCE = 5000;
  let presses = 0;
  let alone = false;
  let timer = 0;

  const say = (text) => { if (status) status.textContent = text; };
  // Replacing the page, so that Back does not lead to it again.
  const leave = () => {
    page.classList.add("li-leaving");
    document.title = _("Loading");
    say(_("Loading"));
    location.replace(exit.href);
  };
  const forget = () => { alone = false; presses = 0; say(""); };

  // Everything is captured, so that nothing else on the page can keep it from being seen here.
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    if (link.matches("[data-exit]")) {
      event.preventDefault();
      leave();
    // A jump within the page would add an entry that Back leads to after leaving.
    } else if (link.hash && link.href === location.href.split("#")[0] + link.hash
      && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      location.replace(link.hash);
    }
  }, true);
  // Shift three times, pressed alone: Escape would stop the next page from loading.
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.altKey || event.ctrlKey || event.metaKey) forget();
    else alone = alone || !event.repeat;
  }, true);
  addEventListener("pointerdown", forget, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    clearTimeout(timer);
    const left = PRESSES - ++presses;
    if (!left) { leave(); return; }
    say(_n(left, "Shift: press {n} more time to leave this site.", "Shift: press {n} more times to leave this site."));
    timer = setTimeout(forget, PATIENCE);
  }, true);
  addEventListener("pageshow", () => page.classList.remove("li-leaving"));
})();
