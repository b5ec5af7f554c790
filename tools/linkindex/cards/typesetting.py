"""The deck as PDF, by Typst and the templates in ``templates/``.

Text travels as JSON and is shown as strings, so nothing in a catalogue is taken for markup. Only
the bundled typeface is used, so that a file is the same wherever it is made and a character that
the typeface does not have is an error instead of an empty box.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import typst

from linkindex.cards.deck import Card, Deck
from linkindex.cards.errors import CardError
from linkindex.cards.layout import Layout
from linkindex.catalogue.problems import quoted
from linkindex.qr import QrPlan, matrix, outline

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parent / "fonts"

MADE_ON = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""The date inside every file: a fixed one, so that the same catalogue gives the same bytes."""

Standard = Literal["ua-1", "a-2a"]


@dataclass(frozen=True)
class Fit:
    """The sizes, in points, at which the whole deck fits.

    :ivar titles: the size of each card's title, in the order of the deck.
    :ivar index: the size of the list on the index cards.
    :ivar foot: the size of title and address at the foot of the backs.
    :ivar foot_stacked: whether the two stand one above the other.
    :ivar help_front: the size of the text below the emergency number.
    :ivar help_number: the size of the emergency number.
    :ivar help: the size of the list of urgent help.
    :ivar help_explained: whether urgent help has room to say when to use each number.
    """

    text: float
    titles: tuple[float, ...]
    address: float
    index: float
    foot: float
    foot_stacked: bool
    help_front: float
    help_number: float
    help: float
    help_explained: bool


def job_of(deck: Deck, layout: Layout, plan: QrPlan) -> dict[str, Any]:
    """The deck as the templates read it."""
    return {
        "title": f"{deck.title}: cards",
        "organisation": deck.organisation,
        "specimen": deck.specimen,
        "layout": layout.model_dump(),
        "bleed": layout.bleed.model_dump(),
        "modules": plan.modules,
        "cards": [_card(card, plan) for card in deck.cards],
        "pages": _pages(len(deck.cards), layout),
    }


def fitted(job: Mapping[str, Any], fit: Fit) -> dict[str, Any]:
    """The job with the sizes at which its text is set."""
    titles = zip(job["cards"], fit.titles, strict=True)
    return {
        **job,
        "cards": [{**card, "title_size": size} for card, size in titles],
        "text_size": fit.text,
        "address_size": fit.address,
        "index_size": fit.index,
        "foot_size": fit.foot,
        "foot_stacked": fit.foot_stacked,
        "help_front_size": fit.help_front,
        "help_number_size": fit.help_number,
        "help_size": fit.help,
        "help_explained": fit.help_explained,
    }


def typeset(
    template: str, job: Mapping[str, Any], deck: Deck, standards: Sequence[Standard]
) -> bytes:
    """One PDF file.

    :raises CardError: when a text holds what no accessible PDF can, naming the card.
    """
    try:
        return _compiled(template, job, standards)
    except typst.TypstError as error:
        faults = _faults(template, job, deck, standards)
        if not faults:
            raise
        raise CardError("\n".join(faults)) from error


def measured(template: str, job: Mapping[str, Any]) -> Any:
    """What a template reports under the label ``<fit>``."""
    found = typst.query(
        TEMPLATES / template,
        "<fit>",
        field="value",
        one=True,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"job": json.dumps(job)},
    )
    return json.loads(found)


def _compiled(template: str, job: Mapping[str, Any], standards: Sequence[Standard]) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        format="pdf",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"job": json.dumps(job)},
        pdf_standards=list(standards),
        timestamp=MADE_ON,
    )


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _card(card: Card, plan: QrPlan) -> dict[str, Any]:
    modules = matrix(card.address, plan.version, plan.levels[card.address])
    return {**dataclasses.asdict(card), "outline": outline(modules)}


def _pages(cards: int, layout: Layout) -> list[list[dict[str, Any]]]:
    """The places of the cards on each sheet, front and back."""
    return [
        [
            {
                "card": card,
                "fronts": layout.front(card - first)._asdict(),
                "backs": layout.back(card - first)._asdict(),
            }
            for card in range(first, min(first + layout.per_page, cards))
        ]
        for first in range(0, cards, layout.per_page)
    ]


def _faults(
    template: str, job: Mapping[str, Any], deck: Deck, standards: Sequence[Standard]
) -> list[str]:
    """One sentence for each card that cannot be typeset, found by typesetting them one by one.

    A deck in which plain text fails too has a fault of ours, which is nobody's text.
    """
    plain = _with_cards(job, [_plain(job["cards"][0])])
    try:
        _compiled(template, plain, standards)
    except typst.TypstError:
        return []
    faults: list[tuple[Card, str]] = []
    for card, data in zip(deck.cards, job["cards"], strict=True):
        try:
            _compiled(template, _with_cards(job, [data]), standards)
        except typst.TypstError as error:
            faults.append((card, error.message))
    # The index repeats the titles of the others, which are what has to change.
    own = [fault for fault in faults if fault[0].kind != "index"] or faults
    return [_sentence(card, message) for card, message in own]


_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


def _sentence(card: Card, message: str) -> str:
    start = f"{card.where}: the card {quoted(card.title)}"
    missing = _MISSING.search(message)
    if missing:
        return (
            f"{start} holds {quoted(missing.group(1))}, which its typeface does not have; "
            "write it in other characters"
        )
    return (
        f"{start} cannot be printed ({quoted(message, longest=120)}); "
        "look for an unusual character in its text and remove it"
    )


def _with_cards(job: Mapping[str, Any], cards: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **job,
        "title": "Cards",
        "organisation": "",
        "cards": cards,
        "pages": [[{**place, "card": 0} for place in job["pages"][0][:1]]],
    }


def _plain(card: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **card,
        "kind": "category",
        "title": "Title",
        "lead": None,
        "front": "Text",
        "readable": "address",
        "back": {"items": ["Text"]},
    }
