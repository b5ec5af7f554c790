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
    say(document.title = _("Loading"));
    location.replace(exit.href);
  };
  const forget = () => { alone = false; presses = 0; say(""); };

  // Everything is captured, so that nothing else on the page can keep it from being seen here.
  const on = (name, act) => addEventListener(name, act, true);
  on("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    const leaves = link.matches("[data-exit]");
    // A jump within the page would add an entry that Back leads to after leaving.
    const jumps = link.hash && link.href === location.href.split("#")[0] + link.hash
      && !event.ctrlKey && !event.metaKey;
    if (leaves || jumps) event.preventDefault();
    if (leaves) leave();
    else if (jumps) location.replace(link.hash);
  });
  // Shift three times, pressed alone: Escape would stop the next page from loading.
  on("keydown", (event) => {
    if (event.key !== "Shift" || event.altKey || event.ctrlKey || event.metaKey) forget();
    else alone = alone || !event.repeat;
  });
  on("pointerdown", forget);
  on("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    clearTimeout(timer);
    const left = PRESSES - ++presses;
    if (!left) { leave(); return; }
    say(_n(left, "Shift: press {n} more time to leave this site.", "Shift: press {n} more times to leave this site."));
    timer = setTimeout(forget, PATIENCE);
  });
  on("pageshow", () => page.classList.remove("li-leaving"));
})();
