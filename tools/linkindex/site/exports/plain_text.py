"""The index as plain text for assistants (https://llmstxt.org).

The form: a heading, a quoted summary, paragraphs, then sections of links ``- [name](url): notes``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from linkindex import wording
from linkindex.site.exports.public import PublicIndex, PublicLink, PublicTopic
from linkindex.speaking import _
from linkindex.speaking.words import date_in_words, listed, month_in_words

PATH = "llms.txt"


def files(index: PublicIndex) -> dict[str, bytes]:
    """One text with every link that may be named, topic by topic."""
    kept = _("Kept by {organisation}.").format(organisation=index.organisation)
    data = _link(_("Data and feeds"), f"{index.address}data/")
    danger = _("In the UK, if someone is in danger now, call 999.")
    numbers = _("More numbers:")
    urgent = _link(_("Urgent help"), f"{index.address}urgent")
    others = _("{page}: the same links in other formats").format(page=data)
    lines = [
        f"# {_text(index.name)}",
        "",
        f"> {_text(index.tagline)}. {_text(kept)}",
        "",
        _(
            "The links lead to pages that others made. They explain ideas and services; they do "
            "not replace local safeguarding procedures, training or a proper assessment. No link "
            "here is said to be correct, working or reviewed unless its note says so."
        ),
        "",
        f"{danger} {numbers} {urgent}",
    ]
    for topic in index.topics:
        lines += ["", *_topic(topic)]
    lines += [
        "",
        "## Optional",
        "",
        f"- {others}",
    ]
    return {PATH: ("\n".join(lines) + "\n").encode()}


def _link(text: str, address: str) -> str:
    return f"[{text}]({address})"


def _topic(topic: PublicTopic) -> Iterator[str]:
    yield f"## {_text(topic.title)}"
    yield ""
    if topic.full_title and topic.full_title.casefold() != topic.title.casefold():
        yield f"{_text(topic.full_title)}."
        yield ""
    if topic.summary:
        yield _text(topic.summary)
        yield ""
    page = _link(_("The page of this topic"), topic.page)
    yield f"- {page}"
    for link in topic.links:
        if not link.neutral:
            address = _address(link.url or link.page)
            yield f"- [{_text(link.title)}]({address}): {_text(_notes(link))}"


def _notes(link: PublicLink) -> str:
    facts = [
        f"{link.publisher}.",
        link.summary,
        _("As of {month}.").format(month=month_in_words(link.as_of)) if link.as_of else "",
        _said_of_day(_("Known to hold until {day}."), link.claim_until),
        link.use_when,
        _("For {audiences}.").format(
            audiences=listed(wording.AUDIENCES[audience] for audience in link.audiences)
        ),
        _("Holds in: {nations}.").format(
            nations=listed(wording.NATIONS[nation] for nation in link.nations)
        ),
        "" if link.url else _("It has no web page: {ways}.").format(ways=listed(link.ways)),
        _said_of_day(_("Reviewed by a person on {day}."), link.reviewed),
    ]
    return " ".join(fact for fact in facts if fact)


def _said_of_day(message: str, day: datetime.date | None) -> str:
    return message.format(day=date_in_words(day)) if day else ""


def _text(text: str) -> str:
    """A text in which nothing is a sign of Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _address(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")
