"""The index as plain text for assistants (https://llmstxt.org).

The form: a heading, a quoted summary, paragraphs, then sections of links ``- [name](url): notes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkindex import wording
from linkindex.site.exports.public import PublicIndex, PublicLink, PublicTopic
from linkindex.wording import date_in_words

PATH = "llms.txt"


def files(index: PublicIndex) -> dict[str, bytes]:
    """One text with every link that may be named, topic by topic."""
    lines = [
        f"# {_text(index.name)}",
        "",
        f"> {_text(index.tagline)}. Kept by {_text(index.organisation)}.",
        "",
        "The links lead to pages that others made. They explain ideas and services; they do not "
        "replace local safeguarding procedures, training or a proper assessment. No link here is "
        "said to be correct, working or reviewed unless its note says so.",
        "",
        "In the UK, if someone is in danger now, call 999. "
        f"More numbers: [Urgent help]({index.address}urgent)",
    ]
    for topic in index.topics:
        lines += ["", *_topic(topic)]
    lines += [
        "",
        "## Optional",
        "",
        f"- [Data and feeds]({index.address}data/): the same links in other formats",
    ]
    return {PATH: ("\n".join(lines) + "\n").encode()}


def _topic(topic: PublicTopic) -> Iterator[str]:
    yield f"## {_text(topic.title)}"
    yield ""
    if topic.full_title and topic.full_title.casefold() != topic.title.casefold():
        yield f"{_text(topic.full_title)}."
        yield ""
    if topic.summary:
        yield _text(topic.summary)
        yield ""
    yield f"- [The page of this topic]({topic.page})"
    for link in topic.links:
        if not link.neutral:
            address = _address(link.url or link.page)
            yield f"- [{_text(link.title)}]({address}): {_text(_notes(link))}"


def _notes(link: PublicLink) -> str:
    facts = [
        f"{link.publisher}.",
        link.summary,
        f"As of {link.as_of:%B %Y}." if link.as_of else "",
        f"Known to hold until {date_in_words(link.claim_until)}." if link.claim_until else "",
        link.use_when,
        f"For {wording.listed(wording.AUDIENCES[audience] for audience in link.audiences)}.",
        f"Holds in: {wording.listed(wording.NATIONS[nation] for nation in link.nations)}.",
        "" if link.url else f"It has no web page: {wording.listed(link.ways)}.",
        f"Reviewed by a person on {date_in_words(link.reviewed)}." if link.reviewed else "",
    ]
    return " ".join(fact for fact in facts if fact)


def _text(text: str) -> str:
    """A text in which nothing is a sign of Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _address(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")
