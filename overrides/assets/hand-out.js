// A page printed as a hand-out: a code beside each link that is shown, for a phone to scan. The codes
// are fetched only now.
(() => {
  "use strict";
  const button = document.querySelector("[data-print-handout]");
  if (!button || !window.print) return;

  const open = () => {
    for (const more of document.querySelectorAll("[data-entries] details")) more.open = true;
  };
  const pictures = () => {
    document.documentElement.classList.add("li-coded");
    const places = Array.from(document.querySelectorAll("[data-code]"))
      .filter((place) => !place.closest("[hidden]"));
    return places.map((place) => {
      const there = place.querySelector("img");
      if (there) return there;
      const picture = new Image();
      picture.alt = "";  // the address stands beside it
      picture.src = place.dataset.code;
      place.insertBefore(picture, place.firstChild);
      return picture;
    });
  };
  const loaded = (picture) => new Promise((done) => {
    if (picture.complete) { done(); return; }
    picture.addEventListener("load", done);
    picture.addEventListener("error", done);
  });
  const drawn = (picture) => (picture.decode ? picture.decode().catch(() => {}) : undefined);
  const ready = (picture) => loaded(picture).then(() => drawn(picture));
  // What was decoded is on the page two frames later.
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
  });

  // Printed by the browser's own menu there is no waiting: codes would come too late, and leave holes.
  addEventListener("beforeprint", open);
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    open();
    Promise.all(pictures().map(ready)).then(painted).then(() => { button.disabled = false; print(); });
  });
})();
