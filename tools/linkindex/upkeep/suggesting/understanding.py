"""From answers to what they ask of the index, or to what must still be answered. Pure.

Nothing of an answer goes on from here that the rules of the index have not let through.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from linkindex.catalogue import Catalogue, Phone, Resource, addresses, telephone
from linkindex.catalogue.addresses import AddressError, around, contacts
from linkindex.catalogue.codes import fits_resource_code, resource_code
from linkindex.catalogue.fields import language_names
from linkindex.catalogue.languages import language_name
from linkindex.catalogue.problems import nearest, quoted, shown
from linkindex.catalogue.rules.telling import tells_in_any_language
from linkindex.links.pages.html import PageText
from linkindex.upkeep.proposing import proposed
from linkindex.upkeep.suggesting.answers import Answers
from linkindex.upkeep.suggesting.questions import (
    NOT_SURE,
    FormName,
    Kind,
    Question,
    known_as,
    known_in,
)
from linkindex.wording import listed

Entry = dict[str, Any]
"""The keys of a link and their values, as they are written in YAML."""


@dataclass(frozen=True)
class NewLink:
    """A link that somebody suggests.

    :ivar entry: its keys in the order of the file.
    """

    category_id: str
    entry: Entry

    @property
    def code(self) -> str:
        """The code that it will have."""
        return resource_code(self.entry["id"])


@dataclass(frozen=True)
class Mend:
    """What somebody says is wrong with a link, and what should stand there instead.

    :ivar changes: the keys that change, with what they should say; empty if a person must look.
    """

    resource: Resource
    fault: str
    changes: Entry


@dataclass(frozen=True)
class NewTopic:
    """A topic that somebody misses: people decide on it.

    :ivar links: addresses that belong to it.
    """

    title: str
    summary: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


Suggestion = NewLink | Mend | NewTopic


@dataclass(frozen=True)
class Understood:
    """What was made of somebody's answers.

    :ivar suggestion: what they ask for; none as long as something needed is missing.
    :ivar given: what was understood so far, by key.
    :ivar questions: what must still be answered, one sentence each.
    :ivar remarks: what was put right on the way, one sentence each.
    :ivar note: what they wrote to those who keep the index.
    """

    answers: Answers
    suggestion: Suggestion | None
    given: Entry
    questions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    note: str = ""


def understood(answers: Answers, catalogue: Catalogue, today: datetime.date) -> Understood:
    """What somebody's answers ask for."""
    reading = _Reading(answers, catalogue)
    for label in answers.twice:
        reading.ask(label, "this is answered twice, in different words; leave one answer")
    made = {
        FormName.LINK: _new_link,
        FormName.FAULT: _mend,
        FormName.TOPIC: _new_topic,
    }[answers.form.name](reading, today)
    language = answers.language
    if language not in ("", catalogue.languages[0]):
        name = language_name(language)
        reading.remarks.append(
            f"This came by the form in {name}. Texts that are in {name} belong there alone: "
            f"`{{{language}: …}}`, or `linkindex edit CODE --in-language {language}`."
        )
    labels = [question.label for question in answers.form.questions]

    def order(asked: str) -> int:
        return labels.index(asked.partition(":")[0])

    return Understood(
        answers=answers,
        suggestion=None if reading.questions else made,
        given=reading.entry,
        questions=tuple(sorted(reading.questions, key=order)),
        remarks=tuple(reading.remarks),
        note="\n".join(answers.lines("note")),
    )


@dataclass
class _Reading:
    """Answers as they are being understood."""

    answers: Answers
    catalogue: Catalogue
    entry: Entry = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def ask(self, label: str, what: str) -> None:
        self.questions.append(f"{label}: {what}")

    def label(self, key: str) -> str:
        return self.answers.form.question(key).label

    def value(self, key: str) -> None:
        """Take over one answer, by the rules of its key."""
        question = self.answers.form.question(key)
        if question.kind in (Kind.ONE, Kind.SEVERAL):
            chosen = self._chosen(question)
            if chosen:
                self.entry[key] = chosen if question.kind is Kind.SEVERAL else chosen[0]
            return
        written = self.answers.one(key)
        if written:
            rule = _RULES.get(key)
            kept = rule(self, question, written) if rule else written
            if kept and self._is_fit(question, kept):
                self.entry[key] = kept

    def missing(self) -> None:
        """Ask for everything that is needed and has no answer."""
        asked = {question.partition(":")[0] for question in self.questions}
        for question in self.answers.form.questions:
            if question.needed and question.key not in self.entry and question.label not in asked:
                self.ask(question.label, _wanted(question))

    def _is_fit(self, question: Question, value: str | list[str]) -> bool:
        """Whether the index lets a value stand; if not, what is asked of whoever wrote it."""
        if question.key not in Resource.model_fields:
            return True
        try:
            Resource.model_validate({**_WHOLE, question.key: value})
        except ValidationError as error:
            details = error.errors()[0]
            context = details.get("ctx", {})
            what = context.get("what", details["msg"])
            self.ask(question.label, f"{what}; {context.get('remedy', 'write it anew')}")
            return False
        return True

    def _chosen(self, question: Question) -> list[str]:
        by_name = {
            known_as(name): choice.value
            for choice in question.choices
            for name in (*choice.others, choice.value, choice.label, choice.sent)
        }
        values: list[str] = []
        for written in _parts(self.answers, question, by_name):
            name = known_as(written)
            if name in by_name:
                values.append(by_name[name])
            elif name and name not in known_in(NOT_SURE, self.catalogue.languages):
                close = nearest(name, by_name)
                labels = {choice.value: choice.label for choice in question.choices}
                meant = (
                    f"did you mean {quoted(labels[by_name[close]])}?"
                    if close
                    else _wanted(question)
                )
                self.ask(question.label, f"{quoted(written)} is none of the choices; {meant}")
        unique = list(dict.fromkeys(values))
        if question.kind is Kind.ONE and len(unique) > 1:
            self.ask(question.label, "choose one only")
            return []
        order = [choice.value for choice in question.choices]
        return sorted(unique, key=order.index)


_WHOLE: Mapping[str, Any] = {
    "id": "a",
    "title": "A",
    "url": "https://example.org/",
    "publisher": "A",
    "summary": "A.",
    "audiences": ["families"],
    "format": "guide",
    "nations": ["uk"],
    "added": "2026-01-01",
}
"""A link without a fault, in which one answer at a time is tried."""


def _parts(answers: Answers, question: Question, by_name: Mapping[str, str]) -> list[str]:
    """The single choices of an answer: ticked, one a line, or joined as in a sentence."""
    parts = []
    for line in answers.lines(question.key):
        bare = re.sub(r"^[-*•]\s+", "", line)
        if known_as(bare) in by_name or question.kind is Kind.ONE:
            parts.append(bare)
        else:
            parts += re.split(r"\s*[,;/]\s*|\s+(?:and|&)\s+", bare)
    return parts[:50]


def _wanted(question: Question) -> str:
    if question.kind is Kind.ONE and len(question.choices) <= 12:
        return f"choose {listed_or(choice.label for choice in question.choices)}"
    if question.kind is Kind.SEVERAL:
        return f"choose one or more of {listed(choice.label for choice in question.choices)}"
    help_text = question.help
    return f"this is missing. {help_text}" if help_text else "this is missing"


def listed_or(words: Any) -> str:
    """Words joined as a choice: ``one, two or three``."""
    *first, last = list(words)
    return f"{', '.join(first)} or {last}" if first else str(last)


def _web_address(reading: _Reading, question: Question, written: str) -> str | None:
    """The address that is meant: unwrapped, and without what tells who shared it."""
    found = _addresses_in(written)
    if len({addresses_key(_unwrapped(address)) for address in found}) > 1:
        reading.ask(question.label, "there are several addresses here; send one form for each link")
        return None
    meant = found[0] if found else around.bare(written)
    if contacts.contact_instead(meant):
        reading.ask(
            question.label,
            "this opens no web page; write a number under *Number to call*, an e-mail address of "
            "the service under *E-mail to write to*, and here the address of a page, if it has one",
        )
        return None
    for _ in range(3):
        try:
            addresses.check(meant)
        except AddressError as error:
            if error.instead is None or error.instead == meant:
                return meant  # the rule of the key says what is wrong
            _say_instead(reading, question, error.what, error.instead)
            meant = error.instead
            continue
        advice = addresses.advice(meant)
        if advice is None or advice.instead is None:
            break
        _say_instead(reading, question, advice.what, advice.instead)
        meant = advice.instead
    return meant


def _addresses_in(written: str) -> list[str]:
    """The addresses in what somebody wrote, without what stands around them."""
    found = re.finditer(r"(?:https?://|www\.)[^\s<>\"`]+", written, re.IGNORECASE)
    tails = (around.without_tail(match[0], written[: match.start()]) for match in found)
    return [around.without_ends(address) for address in tails]


def _unwrapped(address: str) -> str:
    """The address that another only leads on to, or itself."""
    try:
        addresses.check(address)
    except AddressError as error:
        return error.instead or address
    return address


def _say_instead(reading: _Reading, question: Question, what: str, instead: str) -> None:
    reading.remarks.append(f"{question.label}: {what}; {quoted(instead, 200)} is taken.")


def addresses_key(address: str) -> str:
    """What is equal for two addresses of one page; the address itself if it is none."""
    try:
        return addresses.same_page_key(address)
    except ValueError:
        return address


def _number(_reading: _Reading, _question: Question, written: str) -> str | None:
    """The number in the groups in which it is read out."""
    plain = re.sub(r"\((\d+)\)", r" \1 ", re.sub(r"\(0\)", " ", written))
    digits = re.sub(r"[().;,]+", ";", re.sub(r"[\u2010-\u2015/-]+|(?<=\d)\.(?=\d)", " ", plain))
    found = re.findall(r"\+?[0-9][0-9 ]{1,24}[0-9]|[0-9]{2,}", digits)
    several = [number for number in found if len(number.replace(" ", "")) >= 3]
    is_clear = len(several) == 1 and not telephone.is_garbled(written)
    if is_clear and (proposed := telephone.proposed(several[0])):
        return proposed
    return written


def _languages(reading: _Reading, question: Question, written: str) -> str | list[str] | None:
    """The codes of the languages that are written, alone or with commas between them."""
    parts = [part for part in re.split(r"[,;/&+\n]|\band\b", written) if part.strip(". ")]
    codes = [code for part in parts if (code := _language(reading, question, part.strip()))]
    if not parts or len(codes) < len(parts):
        return None
    return codes[0] if len(codes) == 1 else list(dict.fromkeys(codes))


def _language(reading: _Reading, question: Question, written: str) -> str | None:
    """The code of a language that is written by its English name, its own, or its code."""
    codes = {name.casefold(): code for code, name in language_names().items()} | _own_names()
    folded = written.strip(". ").casefold()
    if folded in codes or folded in language_names():
        return codes.get(folded, folded)
    close = nearest(folded, codes)
    meant = f"did you mean {quoted(language_names()[codes[close]])}?" if close else ""
    reading.ask(
        question.label,
        f"{quoted(written)} is not known here as a language; "
        + (meant or "write its English name, such as Polish"),
    )
    return None


@functools.cache
def _own_names() -> dict[str, str]:
    """The codes of languages much spoken in the UK, by what they call themselves (from CLDR)."""
    from babel import Locale

    spoken = (
        *("cy", "gd", "ga", "pl", "ro", "ar", "ur", "pa", "bn", "gu", "so", "ku", "fa", "ps"),
        *("uk", "ru", "es", "pt", "fr", "it", "de", "tr", "vi", "zh", "ta", "hi", "ne", "lt"),
    )
    names = ((code, Locale(code).get_language_name()) for code in spoken)
    return {name.casefold(): code for code, name in names if name}


_RULES: Mapping[str, Callable[[_Reading, Question, str], str | list[str] | None]] = {
    "url": _web_address,
    "phone": _number,
    "text": _number,
    "language": _languages,
}

_LINK_KEYS = (
    *("title", "url", "publisher", "summary", "use_when", "audiences", "format", "nations"),
    *("language", "cost", "phone", "text", "email"),
)
"""In the order of the file."""


def _new_link(reading: _Reading, today: datetime.date) -> NewLink | None:
    for key in (*_LINK_KEYS, "topic"):
        reading.value(key)
    if "topic" not in reading.entry:
        _ask_topic(reading)
    reading.missing()
    if "url" not in reading.entry and not reading.answers.one("url"):
        _without_page(reading)
    _already_listed(reading)
    if reading.questions:
        return None
    topic = reading.entry["topic"]
    entry: Entry = {"id": _new_id(reading.entry, reading.catalogue)}
    entry |= {key: reading.entry[key] for key in _LINK_KEYS if key in reading.entry}
    entry = {key: value for key, value in entry.items() if _PLAIN.get(key) != value}
    if not reading.catalogue.category(topic).sensitive and _tells(entry):
        # Safer so than otherwise: whoever keeps the index can take it away.
        entry["sensitive"] = True
        reading.remarks.append(
            "Its words may tell what somebody lives with, so it is marked as sensitive: outside "
            "its page it is named by its code alone."
        )
    return NewLink(topic, entry | {"added": today})


def _tells(entry: Entry) -> bool:
    """Whether the words of a link tell a sensitive topic to whoever sees them."""
    texts = (str(entry.get(key, "")) for key in ("title", "publisher", "summary", "use_when"))
    return any(map(tells_in_any_language, texts))


def _ask_topic(reading: _Reading) -> None:
    """Ask for the topic, and name those that the words of the link are likeliest to belong to."""
    question = reading.answers.form.question("topic")
    if any(asked.startswith(f"{question.label}:") for asked in reading.questions):
        return
    given = {key: str(reading.entry.get(key, "")) for key in ("title", "summary", "use_when")}
    page = PageText(title=given["title"], description=f"{given['summary']} {given['use_when']}")
    labels = {choice.value: choice.label for choice in question.choices}
    likely = [
        labels[proposal.value]
        for proposal in proposed(reading.catalogue, reading.entry.get("url"), page).topics
        if proposal.value in labels
    ]
    may_be = f" By its words it may be {listed_or(likely)}." if likely else ""
    wanted = _wanted(question)
    reading.ask(question.label, f"{wanted if wanted.endswith('.') else wanted + '.'}{may_be}")


_PLAIN = {"language": "en", "cost": "free"}
"""What a link says unless it is written."""


def _without_page(reading: _Reading) -> None:
    """A service that has a number and no page."""
    if not any(reading.answers.one(key) for key in ("phone", "text", "email")):
        reading.ask(
            reading.label("url"),
            "write the address of the page, or a number or an e-mail address of the service",
        )


def _already_listed(reading: _Reading) -> None:
    url = reading.entry.get("url")
    if not url:
        return
    key = addresses_key(url)
    for home in reading.catalogue.categories:
        for resource in home.resources:
            same = resource.url is not None and addresses_key(resource.url) == key
            if same and known_as(resource.title) == known_as(reading.entry.get("title", "")):
                reading.ask(
                    reading.label("url"),
                    f"this link is listed already, with the code `{resource.code}`; if something "
                    "about it is wrong, fill in *Something is wrong with a link*",
                )
                return


def _new_id(entry: Entry, catalogue: Catalogue) -> str:
    """An id that no other has, made of the title, and of the publisher where that is needed."""
    taken = {category.id for category in catalogue.categories}
    links = [resource for category in catalogue.categories for resource in category.resources]
    taken |= {resource.id for resource in links}
    codes = {resource.code for resource in links}
    title, publisher = slugged(entry["title"]), slugged(entry["publisher"])
    page = slugged(re.sub(r"^https?://(www\.)?", "", entry.get("url", "")))
    stem = title or page or publisher or "link"
    candidates = [stem, f"{stem[:38].rstrip('-')}-{publisher[:20]}".strip("-")]
    candidates += [f"{stem[:50].rstrip('-')}-{number}" for number in range(2, 1000)]
    return next(
        name for name in candidates if name not in taken and resource_code(name) not in codes
    )


def slugged(text: str, longest: int = 50) -> str:
    """A text as small letters with hyphens; empty if it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return words[:longest].rpartition("-")[0] if len(words) > longest else words


def _mend(reading: _Reading, _today: datetime.date) -> Mend | None:
    resource = _named(reading)
    for key in ("fault", "url", "phone", "title", "summary", "use_when"):
        reading.value(key)
    if resource is None:
        return None
    changes: Entry = {
        key: reading.entry[key]
        for key in ("title", "url", "summary", "use_when", "phone")
        if key in reading.entry and reading.entry[key] != _now(resource, key)
    }
    return Mend(resource, reading.entry.get("fault", "else"), changes)


def _now(resource: Resource, key: str) -> str | None:
    value = getattr(resource, key)
    return value.number if isinstance(value, Phone) else value


def _named(reading: _Reading) -> Resource | None:
    """The link that is meant: by its code, its short address, its own address, or its id."""
    written = reading.answers.one("link")
    label = reading.label("link")
    if not written:
        reading.missing()
        return None
    links = [link for home in reading.catalogue.categories for link in home.resources]
    by_code = {link.code: link for link in links}
    words = re.findall(r"[a-z0-9]+", written.lower())
    codes = list(dict.fromkeys(word for word in words if word in by_code))
    if len(codes) == 1:
        return by_code[codes[0]]
    keys = {addresses_key(link.url): link for link in links if link.url}
    found = re.findall(r"https?://[^\s<>\"'`]+", written, re.IGNORECASE)
    for name in (*found, written.strip(), f"https://{written.strip()}"):
        if addresses_key(name) in keys:
            return keys[addresses_key(name)]
    by_id = {link.id: link for link in links}
    if written.strip() in by_id:
        return by_id[written.strip()]
    code = next((word for word in words if fits_resource_code(word)), None)
    what = (
        "several links are named; send one form for each"
        if len(codes) > 1
        else f"no link has the code {quoted(code)}"
        if code and len(words) == 1
        else f"no link is known by {quoted(written)}"
    )
    reading.ask(
        label, f"{what}; write its code, the six characters at the end of its short address"
    )
    return None


def _new_topic(reading: _Reading, _today: datetime.date) -> NewTopic | None:
    for key in ("title", "summary"):
        reading.value(key)
    reading.missing()
    title = reading.entry.get("title", "")
    names = {
        known_as(name): category
        for category in reading.catalogue.current_categories
        for name in (category.title, category.full_title, *category.aliases)
    }
    if known_as(title) in names:
        reading.ask(
            reading.label("title"),
            f"this topic is there already, at `/{names[known_as(title)].code}/`; say what it lacks",
        )
    aliases = [word.strip() for word in reading.answers.one("aliases").split(",")]
    aliases = [alias for alias in aliases if alias]
    links: list[str] = []
    for line in reading.answers.lines("links")[:50]:
        for address in _addresses_in(line):
            question = reading.answers.form.question("links")
            meant = _web_address(reading, question, address)
            if meant:
                links.append(meant)
    return NewTopic(
        title,
        reading.entry.get("summary", ""),
        tuple(shown(alias, 60) for alias in aliases[:20]),
        tuple(dict.fromkeys(links)),
    )
