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

  // Replacing the page, so that Back does not lead to it again.
  const leave = () => {
    document.documentElement.classList.add("li-leaving");
    location.replace(links[0].href);
  };
  const say = (text) => { if (status) status.textContent = text; };
  const forget = () => { presses = 0; say(""); };

  for (const link of links) {
    link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  }
  // Shift three times, pressed alone: Escape would stop the next page from loading.
  addEventListener("keydown", (event) => {
    if (event.key === "Shift") { alone = !event.repeat || alone; return; }
    alone = false;
    forget();
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses += 1;
    clearTimeout(timer);
    if (presses === PRESSES) { leave(); return; }
    const left = PRESSES - presses;
    say(`Shift: press ${left} more ${left === 1 ? "time" : "times"} to leave this site.`);
    timer = setTimeout(forget, PATIENCE);
  });
  addEventListener("pageshow", () => document.documentElement.classList.remove("li-leaving"));
})();
