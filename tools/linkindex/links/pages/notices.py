"""What a page says of itself: that it has closed, moved, been withdrawn and the like. Pure.

A notice counts where it takes the place of the page, or stands at its head: not where a page with
much else to say mentions an older edition, an office that has moved, or what is shut at Christmas.
"""

from __future__ import annotations

import datetime
import re

from linkindex.links.causes import Danger
from linkindex.links.pages.fit import Fit
from linkindex.links.pages.hosts import registrable
from linkindex.links.pages.signs import Said
from linkindex.links.pages.words import words

NOTICES = (
    Danger.NUMBER_ENDED,
    Danger.WITHDRAWN,
    Danger.REPLACED,
    Danger.CLOSED,
    Danger.MOVED,
    Danger.MAINTENANCE,
)
"""What a page may say of itself; of two in one sentence, the first counts."""

_LITTLE_ELSE = 130
"""Words of a page that says hardly more than its notice."""

_NOTHING_ELSE = 60
"""Words of a page that says nothing but that it is being worked on."""

_FIRST_BLOCKS = 5
"""How many paragraphs are the head of a page, with its title and headings."""

_HOST = re.compile(
    r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(/[^\s,;)]{0,200})?", re.I
)


def notice(fit: Fit, today: datetime.date) -> Danger | None:
    """What the page says of itself, if that takes its place."""
    said = fit.shown
    found = {kind: said.sentences_with(kind) for kind in NOTICES}
    if not any(found.values()):
        return None
    main = [block.replace("|", "/") for block in fit.page.main] or list(fit.blocks[1:])
    head = {fit.page.title, *(heading.replace("|", "/") for heading in fit.page.headings[:2])}
    first = {*head, *main[:_FIRST_BLOCKS]}
    passing = said.sentences_with("passing")
    unchanged = {_block_of(number, said) for number in said.sentences_with("as-before")}
    title = words(fit.identity.title)
    for number in sorted(frozenset().union(*found.values())):
        block = _block_of(number, said)
        text = fit.blocks[block]
        in_head = block == 0 or text in head
        of_a_number = number in found[Danger.NUMBER_ENDED] and _NUMBER.search(text)
        if not (in_head or text in main or of_a_number):
            continue
        names_it = len(title & words(text)) >= min(2, len(title))
        is_short = fit.main_count <= _LITTLE_ELSE
        if not (in_head or text in first or is_short or names_it or of_a_number):
            continue
        if block in unchanged:
            continue
        for kind in NOTICES:
            if number not in found[kind]:
                continue
            if kind is Danger.MAINTENANCE:
                alone = fit.main_count <= _NOTHING_ELSE or in_head
                days = _days_in(text)
                if alone and (days or number not in passing) and all(day < today for day in days):
                    return kind
            elif number not in passing:
                return kind
    return None


def _block_of(sentence: int, said: Said) -> int:
    """The number of the block in which a sentence stands."""
    ends = said.sentence_ends
    return said.block_of(ends[sentence] if sentence < len(ends) else len(said.spaced))


_NUMBER = re.compile(r"\b(?:0\d[\d ]{7,13}|1\d\d|1\d{4,5}|[4-8]\d{4})\b")
"""A number that one rings, or sends a text to."""


_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december"]  # fmt: skip
_DATE = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})\s+(20\d\d)\b", re.I)


def _days_in(text: str) -> list[datetime.date]:
    days = []
    for day, month, year in _DATE.findall(text):
        try:
            days.append(datetime.date(int(year), _MONTHS.index(month.lower()) + 1, int(day)))
        except ValueError:
            continue
    return days


def new_address(fit: Fit) -> str:
    """Where a page that has moved in words says that it is now; empty where it names no address."""
    own = registrable(fit.final_address)
    blocks = [block for block in fit.page.main or fit.page.blocks if Said(block).found("moved")]
    near = " ".join(blocks)
    for link in fit.page.links:
        leads_on = link.address.startswith(("http://", "https://"))
        if leads_on and link.text and link.text in near and link.address != fit.final_address:
            return link.address
    for match in _HOST.finditer(near):
        if registrable(f"https://{match[1]}") != own or match[2]:
            return f"https://{match[1]}{match[2] or '/'}".rstrip(".")
    return ""
