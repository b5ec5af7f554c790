(() => {
  "use strict";
  const shown = document;
  const classes = shown.documentElement.classList;
  const find = (name) => shown.querySelector("[data-exit" + name);
  const exit = find("]");
  const status = find("-status]");
  if (!exit) return;

  let presses = 0;
  let alone = 0;
  let timer;

  const say = (text) => { if (status) status.textContent = text; };
  // Replacing the page, so that Back does not lead to it again.
  const leave = () => {
    classes.add("li-leaving");
    say(shown.title = _("Loading"));
    location.replace(exit.href);
  };
  const forget = () => { alone = presses = 0; say(""); };

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
  // Shift three times, pressed alone, each within five seconds: Escape would stop the next page from
  // loading.
  on("keydown", (event) => {
    if (event.key !== "Shift" || event.altKey || event.ctrlKey || event.metaKey) forget();
    else alone |= !event.repeat;
  });
  on("pointerdown", forget);
  on("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = 0;
    clearTimeout(timer);
    const left = 3 - ++presses;
    if (!left) return leave();
    say(_n(left, "Shift: press {n} more time to leave this site.", "Shift: press {n} more times to leave this site."));
    timer = setTimeout(forget, 5000);
  });
  on("pageshow", () => classes.remove("li-leaving"));
})();
