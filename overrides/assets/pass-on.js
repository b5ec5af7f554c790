// Passing a page on: a message that can be changed, sent by whatever the device has, or a code for
// another phone to scan. Nothing is sent by this site.
(() => {
  "use strict";
  const dialog = document.querySelector("[data-pass-on-dialog]");
  if (!dialog || !dialog.showModal) return;  // then the links lead to the page to pass on
  const find = (name) => dialog.querySelector(`[data-${name}]`);
  const way = (name) => dialog.querySelector(`[data-way=${name}]`);
  const message = find("message");
  const said = find("said");
  const code = find("code");
  const care = find("care");
  let path = "";
  let opener = null;

  const address = () => dialog.dataset.site + path;
  const links = () => {
    const text = encodeURIComponent(message.value);
    way("text").href = `sms:?&body=${text}`;
    way("mail").href = `mailto:?body=${text}`;
  };
  const hideCode = () => {
    code.hidden = true;
    code.textContent = "";
    way("code").setAttribute("aria-expanded", "false");
  };

  const sent = (what) => (what
    ? _("From {organisation}: {what}: {address}", { organisation: dialog.dataset.from, what, address: address() })
    : address());

  for (const link of document.querySelectorAll("[data-pass-on]")) {
    link.setAttribute("role", "button");
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); link.click(); }
    });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      opener = link;
      [path] = /\b[qr]\/\w+(?=\/?$)/.exec(link.pathname);
      const careful = "careful" in link.dataset;
      message.value = sent(link.dataset.passOn);
      find("name").textContent = address().replace(/^https?:\/\//, "");
      care.hidden = !careful;
      if (care.hidden) dialog.removeAttribute("aria-describedby");
      else dialog.setAttribute("aria-describedby", care.id);
      said.textContent = "";
      hideCode();
      links();
      dialog.showModal();
      dialog.querySelector("h2").focus();
    });
  }
  message.addEventListener("input", links);

  if (navigator.share) {
    way("share").hidden = false;
    way("share").addEventListener("click", () => {
      navigator.share({ text: message.value }).catch((refusal) => {
        if (refusal.name !== "AbortError") said.textContent = _("This device did not share it. Copy it instead.");
      });
    });
  }
  way("copy").addEventListener("click", () => {
    const done = () => { said.textContent = _("Copied."); };
    if (navigator.clipboard) navigator.clipboard.writeText(message.value).then(done, select);
    else select();
  });
  const select = () => {
    message.select();
    said.textContent = document.execCommand("copy") ? _("Copied.") : _("Copy the marked text.");
  };
  way("code").addEventListener("click", () => {
    if (!code.hidden) { hideCode(); return; }
    const picture = new Image();
    picture.alt = _("QR code. Opens {address}", { address: address() });
    picture.src = `${dialog.dataset.root}${path}.png`;
    code.appendChild(picture);
    code.hidden = false;
    way("code").setAttribute("aria-expanded", "true");
    // Whole, and once more when it is drawn: a browser may know no earlier how high it is.
    const show = () => code.scrollIntoView({ block: "end" });
    picture.addEventListener("load", show);
    show();
  });
  find("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (opener) opener.focus(); });
})();
