// A page printed as a hand-out: a code beside each link that is shown, for a phone to scan. The codes
// are fetched only now.
(() => {
  "use strict";
  const button = document.querySelector("[data-print-handout]");
  if (!button || !window.print) return;
  const root = new URL("../", document.currentScript.src).href;

  const open = () => {
    for (const more of document.querySelectorAll("[data-entries] details")) more.open = true;
  };
  // Decoded before it is placed: a browser may print a page before it has drawn what it only fetched.
  const draw = async (place) => {
    const picture = new Image();
    picture.className = "li-code";
    picture.alt = "";  // the address stands beside it
    picture.decoding = "sync";
    picture.src = `${root}${place.dataset.drawing || `r/${place.dataset.pick || place.id}`}.png`;
    await picture.decode();
    place.appendChild(picture);
  };
  const codes = () => {
    document.documentElement.classList.add("li-coded");
    const places = Array.from(document.querySelectorAll("[data-drawing], .li-resource, .li-start [data-pick]"))
      .filter((place) => !place.closest("[hidden]") && !place.querySelector(".li-code"));
    // What does not come is printed without its code, but with its address.
    return Promise.all(places.map((place) => draw(place).catch(() => {})));
  };

  // Printed by the browser's own menu there is no waiting: codes would come too late, and leave holes.
  addEventListener("beforeprint", open);
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    open();
    codes().then(() => { button.disabled = false; print(); });
  });
})();
