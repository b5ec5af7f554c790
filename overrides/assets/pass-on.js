// Passing a page on: a message that can be changed, sent by whatever the device has, or a code for
// another phone to scan. Nothing is sent by this site.
(() => {
  "use strict";
  const dialog = document.querySelector("[data-pass-on-dialog]");
  if (!dialog || !dialog.showModal) return;  // then the links lead to the page to pass on
  const { from, leave, root, site } = dialog.dataset;
  const button = (name, said, more) => `<button type="button" class="li-button" data-way="${name}" ${more}>${said}</button>`;
  const link = (name, said, scheme) => `<a class="li-button" href="${scheme}" data-way="${name}">${said}</a>`;
  dialog.innerHTML = `
    <p><a class="li-dialog__leave" rel="noreferrer" data-exit>${_("Leave this site")}</a></p>
    <h2 id="pass-on-title" tabindex="-1">${_("Pass it on")}</h2>
    <p class="li-notice" id="pass-on-care" data-care hidden>${_("<b>Ask first if their phone is safe to send to.</b> The message names no topic. What they open next, and its name, may show in their history.")}</p>
    <p class="li-quiet" data-name></p>
    <label for="pass-on-message">${_("Your message. You can change it.")}</label>
    <textarea id="pass-on-message" rows="4" data-message></textarea>
    <div class="li-dialog__ways">
      ${button("share", _("Share"), "hidden")}
      ${link("text", _("Text message"), "sms:")}
      ${link("mail", _("E-mail"), "mailto:")}
      ${button("copy", _("Copy"), "")}
      ${button("code", _("Show code"), "aria-expanded=false")}
    </div>
    <p role="status" data-said></p>
    <p class="li-dialog__code" data-code hidden></p>
    <p><button type="button" class="li-dialog__close" data-close>${_("Close")}</button></p>`;
  dialog.setAttribute("aria-labelledby", "pass-on-title");
  dialog.querySelector("[data-exit]").href = leave;
  const find = (name) => dialog.querySelector(`[data-${name}]`);
  const way = (name) => dialog.querySelector(`[data-way=${name}]`);
  const message = find("message");
  const said = find("said");
  const code = find("code");
  const care = find("care");
  let path = "";
  let opener = null;

  const address = () => site + path;
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

  // What begins with the title of its link has a sign in its place.
  const named = ({ dataset, parentNode }) => (dataset.passOn[0] !== "+" ? dataset.passOn
    : parentNode.parentNode.querySelector("h3").textContent + dataset.passOn.slice(1));
  const sent = (what) => (what
    ? _("From {organisation}: {what}: {address}", { organisation: from, what, address: address() })
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
      message.value = sent(named(link));
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
    picture.src = `${root}${path}.png`;
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
