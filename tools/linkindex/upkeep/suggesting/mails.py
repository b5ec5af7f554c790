"""Reading an e-mail that holds one of our forms, as mail programs write and quote it. Pure."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from html.parser import HTMLParser

from linkindex.upkeep.suggesting.answers import Answers, NotAFormError, language_of, refuse_long
from linkindex.upkeep.suggesting.labelled import labelled_answers, labels_found, names_found
from linkindex.upkeep.suggesting.questions import Form, FormName

LARGEST = 25_000_000
"""Bytes of an e-mail with what is attached: mail providers take about so much."""

_MOST_PARTS = 100


def answers_of_email(raw: bytes, forms: Mapping[FormName, Form]) -> Answers:
    """What somebody answered in an e-mail.

    :param raw: the e-mail as it arrived (RFC 5322, ``.eml``), or its text alone.
    :raises NotAFormError: when the questions of no form are there.
    """
    if len(raw) > LARGEST:
        raise NotAFormError(
            f"this e-mail has {len(raw):,} bytes, over {LARGEST:,}; save it without what is "
            "attached"
        )
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAFormError(
            "this is a message in the format of Outlook (.msg); open it there, choose Save as, and "
            "save it as text or as .eml"
        )
    best: tuple[int, Form, list[str]] | None = None
    for text in _texts(raw):
        refuse_long(text)
        lines = re.split(r"\r\n|[\n\r\u2028\u2029\x85]", text)
        for form in forms.values():
            count = labels_found(lines, form)
            if count > (best[0] if best else 1):
                best = (count, form, lines)
    if best is None:
        raise NotAFormError(
            "the questions of none of the forms are in this e-mail; answer it with the link to the "
            "page 'Add or mend a link', or copy its answers behind the questions of a form"
        )
    _, form, lines = best
    language = language_of(names_found(lines, form), form)
    return Answers(form, labelled_answers(lines, form), language=language)


def _texts(raw: bytes) -> Iterator[str]:
    """The texts of an e-mail: plain ones first, then those in HTML, each as a reader sees it."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if not message.keys():
        yield _decoded(raw)
        return
    parts = [part for _, part in zip(range(_MOST_PARTS), _parts(message), strict=False)]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
                text = _content(part)
                yield _as_text(text) if kind == "text/html" else _reflowed(text, part)
    # A whole e-mail that was pasted below something else has no header of its own.
    yield _decoded(raw)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if isinstance(part, EmailMessage):
            yield part


def _content(part: EmailMessage) -> str:
    """The text of a part, whatever its header says of the letters."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(part.get_payload())
    charset = part.get_content_charset() or "utf-8"
    try:
        return payload.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return _decoded(payload)


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _reflowed(text: str, part: EmailMessage) -> str:
    """The text with the lines joined that the mail program broke softly (RFC 3676)."""
    if part.get_param("format", "").lower() != "flowed":  # type: ignore[union-attr]
        return text
    joined: list[str] = []
    deletes = str(part.get_param("delsp", "")).lower() == "yes"
    for line in text.splitlines():
        bare = line.removeprefix(" ") if not line.startswith(">") else line
        before = joined[-1] if joined else ""
        if (
            before.endswith(" ")
            and before != "-- "
            and bare.strip()
            and _level(before) == _level(bare)
        ):
            start = before[:-1] if deletes else before
            joined[-1] = start + bare.lstrip("> ")
        else:
            joined.append(bare)
    return "\n".join(joined)


def _level(line: str) -> int:
    return len(re.match(r"(?:> ?)*", line)[0].replace(" ", ""))  # type: ignore[index]


def _as_text(page: str) -> str:
    """What a reader sees of an e-mail in HTML, with a mark before each line that is quoted."""
    reader = _Reader()
    reader.feed(page[: 4 * 1024 * 1024])
    reader.close()
    return reader.text()


_BREAKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "center",
        "div",
        "dl",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset({"head", "style", "script", "title", "template"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)


class _Reader(HTMLParser):
    """Collects the lines of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, list[str]]] = [(0, [])]
        self.quoted = 0
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        unseen = tag in _UNSEEN or bool(_HIDDEN.search(given.get("style") or ""))
        if tag not in _VOID and len(self.open) < 1000:
            self.open.append((tag, unseen))
        if tag == "blockquote":
            self.quoted += 1
        if tag in _BREAKS:
            self._new_line()
        if tag in ("p", "hr"):
            self.lines.append((self.quoted, []))
        if tag == "td" and self.lines[-1][1]:
            self.lines[-1][1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break
        if tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
        if tag in _BREAKS:
            self._new_line()

    def handle_data(self, data: str) -> None:
        if any(unseen for _, unseen in self.open):
            return
        if any(tag == "pre" for tag, _ in self.open):
            for number, line in enumerate(data.split("\n")):
                if number:
                    self._new_line()
                self.lines[-1][1].append(line)
            return
        text = re.sub(r"[ \t\r\n\f\xa0]+", " ", data)
        if text.strip() or self.lines[-1][1]:
            self.lines[-1][1].append(text)

    def _new_line(self) -> None:
        if self.lines[-1][1] or self.lines[-1][0] != self.quoted:
            self.lines.append((self.quoted, []))

    def text(self) -> str:
        return "\n".join("> " * quoted + "".join(words).strip() for quoted, words in self.lines)
