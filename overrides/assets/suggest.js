// The form 'Add or mend a link': checks what is typed, shows what will be sent, and offers the ways to
// send it. This page itself sends nothing and keeps nothing.
(() => {
  "use strict";
  const holder = document.querySelector("[data-suggest]");
  if (!holder || !window.fetch || !window.URL) return;  // then three e-mails do
  const form = holder.querySelector("[data-form]");
  const { contact, issues, site, end } = holder.dataset;
  const find = (name) => form.querySelector(`[data-${name}]`);
  const way = (name) => form.querySelector(`[data-way=${name}]`);
  const sections = Array.from(form.querySelectorAll("[data-questions]"));
  const LONG_MAIL = 1800;  // Outlook and Windows cut longer addresses off
  let words = {};
  let listed = {};
  let judge = null;

  const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const current = () => sections.find((section) => !section.hidden);
  const fieldOf = (asked) => asked.querySelector("input:not([type=checkbox]), textarea, select");

  // --- What was answered --------------------------------------------------------------------------

  // Each answer: its values for the file, and how it is sent, in which topics keep their quiet names.
  const answerOf = (asked) => {
    const { ask, kind, label } = asked.dataset;
    if (kind === "several") {
      const boxes = Array.from(asked.querySelectorAll("input:checked"));
      return { ask, kind, label, value: boxes.map((box) => box.value), sent: boxes.map((box) => box.dataset.sent).join(", ") };
    }
    const field = fieldOf(asked);
    if (kind === "one") {
      const option = field.selectedOptions[0];
      return { ask, kind, label, value: field.value, sent: (option && option.dataset.sent) || "" };
    }
    const text = field.value.replace(/[^\S\n]+/g, " ").trim();
    const meant = ask === "url" && text && judge ? judge.judged(text).meant || text : text;
    return { ask, kind, label, value: meant.replace(/\s+/g, " "), sent: meant };
  };
  const shownName = (asked) => asked.querySelector("legend, label").firstChild.textContent.trim();
  const answers = (section) => Array.from(section.querySelectorAll("[data-ask]"), answerOf);
  const linesOf = (given) => given.filter(({ sent }) => sent).map(({ label, sent }) => `${label}: ${sent}`);

  // --- The lines for the file ---------------------------------------------------------------------

  const ORDER = ["title", "url", "publisher", "summary", "use_when", "audiences", "format", "nations", "cost", "phone", "text", "email"];
  const WORDS_OF_YAML = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
  const scalar = (text) => {
    if (/^https?:\/\/[^\s#]+(?:#\S*)?$/.test(text) || /^\+?[0-9]{2,}(?: [0-9]+)*$/.test(text)) return text;
    const plain = /^[A-Za-z][\w ,.'()/&\u00c0-\u024f\u2018\u2019\u2013-]*$/.test(text) && !WORDS_OF_YAML.test(text);
    return plain ? text : JSON.stringify(text);
  };
  const slug = (text) => text.normalize("NFKD").replace(/[^\0-\x7f]|'/g, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 50).replace(/-$/, "") || "new-link";
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
  };
  const block = (given) => {
    const values = {};
    for (const { ask, value } of given) values[ask] = value;
    const lines = [`      - id: ${scalar(slug(values.title || ""))}`];
    for (const key of ORDER) {
      const value = values[key];
      if (!value || !value.length || (key === "cost" && value === "free")) continue;
      lines.push(`        ${key}: ${Array.isArray(value) ? `[${value.join(", ")}]` : scalar(value)}`);
    }
    return lines.concat(`        added: ${today()}`).join("\n");
  };

  // --- What is said while somebody types ----------------------------------------------------------

  const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;
  const sayOf = {
    url: (text) => {
      if (!judge) return "";
      if (EMAIL.test(text) || /^(?:tel|sms|mailto):/i.test(text) || /^\+?[0-9 ()-]+$/.test(text)) return words.contact;
      const { meant, said } = judge.judged(text);
      const sentences = said.map((one) => fill(words[one.kind], { by: one.by, removed: (one.removed || []).join(", ") }));
      if (said.some((one) => one.kind === "wrapped" && !one.instead)) sentences.push(words.openIt);
      if (meant && meant !== text.trim()) sentences.push(fill(words.meant, { meant }));
      const code = meant && listed[judge.hash(judge.key(meant))];
      if (code && current().dataset.questions === "link") sentences.push(fill(words.listed, { code }));
      return sentences.join(" ") || words.fine;
    },
    summary: (text) => {
      const count = text.split(/\s+/).filter(Boolean).length;
      const most = Number(holder.dataset.mostWords);
      return fill(count > most ? words.wordsOver : words.words, { count, most });
    },
    phone: (text) => (/^\+?[0-9 ]+$/.test(text) ? "" : words.number),
    text: (text) => (/^\+?[0-9 ]+$/.test(text) ? "" : words.number),
  };
  const sayOn = (asked) => {
    const said = asked.querySelector(".li-ask__said");
    if (!said) return;
    const text = fieldOf(asked).value.trim();
    const say = sayOf[asked.dataset.ask];
    const sentence = text && say ? say(text) : "";
    if (said.textContent !== sentence) said.textContent = sentence;
  };

  // --- The ways to send it ------------------------------------------------------------------------

  const show = () => {
    const section = current();
    const given = answers(section);
    const { title, questions, file } = section.dataset;
    const lines = linesOf(given);
    const text = [title, ""].concat(lines, end).join("\n");
    const reached = given.some(({ ask, sent }) => /^(?:url|phone|text|email)$/.test(ask) && sent);
    const missing = Array.from(section.querySelectorAll("[data-needed]"))
      .filter((asked) => !answerOf(asked).value.length).map(shownName);
    if (questions === "link" && !reached) missing.unshift(shownName(section.querySelector("[data-ask=url]")));
    find("missing").textContent = !lines.length ? ""
      : missing.length ? fill(words.missing, { names: missing.join(", ") }) : words.ready || "";
    const asLines = questions === "link" && lines.length > 0;
    find("block").value = asLines ? block(given) : text;
    find("block-label").textContent = (asLines ? words.lines : words.sent) || find("block-label").textContent;
    const body = encodeURIComponent(text.replace(/\n/g, "\r\n"));
    way("mail").href = `mailto:${contact}?subject=${encodeURIComponent(title)}&body=${body}`;
    if (issues) {
      const asked = [["template", file], ["title", title]];
      for (const { ask, kind, sent } of given) {
        if (sent && (kind === "line" || kind === "text")) asked.push([`${holder.dataset.idBegins}${ask.replace(/_/g, "-")}`, sent]);
      }
      const chosen = linesOf(given.filter(({ kind }) => kind === "one" || kind === "several"));
      if (chosen.length) asked.push([holder.dataset.sentId, chosen.concat(end).join("\n")]);
      way("issue").href = `${issues}?${asked.map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}`;
    }
  };
  const choose = (name) => {
    for (const section of sections) section.hidden = section.dataset.questions !== name;
    form.querySelector(`#form-${name}`).checked = true;
    find("said").textContent = "";
    show();
  };

  const answered = ({ target }) => {
    const asked = target.closest("[data-ask]");
    if (asked) sayOn(asked);
    if (target.name === "form") choose(target.value);
    else show();
  };
  // Old browsers tell of a choice by the second alone.
  for (const name of ["input", "change"]) form.addEventListener(name, answered);
  form.addEventListener("submit", (event) => event.preventDefault());
  way("mail").addEventListener("click", () => {
    const long = way("mail").href.length > LONG_MAIL ? ` ${words.longMail}` : "";
    find("said").textContent = fill(words.mailed, { contact }) + long;
  });
  way("copy").addEventListener("click", () => {
    const marked = () => {
      find("block").select();
      find("said").textContent = document.execCommand("copy") ? words.copied : words.notCopied;
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(find("block").value).then(() => { find("said").textContent = words.copied; }, marked);
    } else marked();
  });

  // 'Something wrong?' of a link leads here with its code, and with nothing else that tells.
  const follow = () => {
    const named = /^#wrong-([a-z0-9]{6})(?:&|$)/.exec(location.hash);
    if (!named) return;
    const field = form.querySelector("#fault-link");
    field.value = named[1];
    choose("fault");
    const said = field.parentNode.querySelector(".li-ask__said");
    said.textContent = `${site.replace(/^https?:\/\//, "")}r/${named[1]}`;
    form.querySelector("#fault-fault").focus();
  };

  form.hidden = false;
  holder.querySelector("[data-plain]").hidden = true;
  show();
  fetch(holder.dataset.source).then((answer) => (answer.ok ? answer.json() : Promise.reject())).then((data) => {
    words = data.words;
    listed = data.listed;
    judge = window.linkIndexAddresses(data.rules);
    for (const asked of current().querySelectorAll("[data-ask]")) sayOn(asked);
    show();
    follow();
  }).catch(() => follow());
  addEventListener("hashchange", follow);
})();
