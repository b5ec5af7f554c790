(() => {
  "use strict";
  const links = document.querySelectorAll("[data-exit]");
  const status = document.querySelector("[data-exit-status]");
  if (!links.length) return;

  const PRESSES = 3;
  const PATIENCE = 5000;
  let presses = 0;
  let alone = false;
  let timer = 0;

  const say = (text) => { if (status) status.textContent = text; };
  // Replacing the page, so that Back does not lead to it again.
  const leave = () => {
    document.documentElement.classList.add("li-leaving");
    document.title = "Loading";
    say("Loading");
    location.replace(links[0].href);
  };
  const forget = () => { presses = 0; say(""); };

  // A jump within the page would add an entry that Back leads to after leaving.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !link.hash || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (link.origin + link.pathname !== location.origin + location.pathname) return;
    event.preventDefault();
    location.replace(link.hash);
  });

  for (const link of links) {
    link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  }
  // Shift three times, pressed alone: Escape would stop the next page from loading. Captured, so
  // that nothing else on the page can keep a key from being seen here.
  addEventListener("keydown", (event) => {
    if (event.key === "Shift" && !event.altKey && !event.ctrlKey && !event.metaKey) {
      alone = !event.repeat || alone;
      return;
    }
    alone = false;
    forget();
  }, true);
  addEventListener("pointerdown", () => { alone = false; forget(); }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses += 1;
    clearTimeout(timer);
    if (presses === PRESSES) { leave(); return; }
    const left = PRESSES - presses;
    say(`Shift: press ${left} more ${left === 1 ? "time" : "times"} to leave this site.`);
    timer = setTimeout(forget, PATIENCE);
  }, true);
  addEventListener("pageshow", () => document.documentElement.classList.remove("li-leaving"));
})();
