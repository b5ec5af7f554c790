// A page printed as a hand-out: a code beside each link that is shown, for a phone to scan. The codes
// are fetched only now.
(() => {
  "use strict";
  const button = document.querySelector("[data-print-handout]");
  if (!button || !window.print) return;

  const open = () => {
    for (const more of document.querySelectorAll("[data-entries] details")) more.open = true;
  };
  // Drawings within the page: a browser may print a page before it has drawn a picture of its own.
  const draw = (place) => fetch(place.dataset.drawing)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject()))
    .then((drawing) => {
      place.insertAdjacentHTML("afterbegin", drawing);
      place.firstElementChild.setAttribute("aria-hidden", "true");  // the address stands beside it
    })
    .catch(() => {});  // printed without its code, but with its address
  const codes = () => {
    document.documentElement.classList.add("li-coded");
    const places = Array.from(document.querySelectorAll("[data-drawing]"))
      .filter((place) => !place.closest("[hidden]") && !place.querySelector("svg"));
    return Promise.all(places.map(draw));
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
