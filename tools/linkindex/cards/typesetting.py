"""The deck as PDF, by Typst and the templates in ``templates/``.

Text travels as JSON and is shown as strings, so nothing in a catalogue is taken for markup. Only
the bundled typefaces are used, so that a file is the same wherever it is made and a character that
they do not have is an error instead of an empty box.
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
from typing import Any

import typst

from linkindex.cards.deck import About, Card, Deck, Index
from linkindex.cards.edition import Edition
from linkindex.cards.errors import CardError, Fault
from linkindex.cards.formats import ARCHIVE, Standard
from linkindex.cards.imposition import Page, footer
from linkindex.cards.layout import CardLayout, Flip, LabelLayout, Layout
from linkindex.cards.themes import Theme
from linkindex.qr import QrPlan, matrix, outline

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parent / "fonts"

MADE_ON = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""The date inside every file: a fixed one, so that the same catalogue gives the same bytes."""


@dataclass(frozen=True)
class Fit:
    """The sizes, in points, at which the whole deck fits.

    :ivar titles: the size of each card's title, in the order of the deck.
    :ivar index: the size of the list on the index cards.
    :ivar index_columns: in how many columns that list stands.
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
    index_columns: int
    foot: float
    foot_stacked: bool
    help_front: float
    help_number: float
    help: float
    help_explained: bool


@dataclass(frozen=True)
class Look:
    """What all files of one run share besides the deck.

    :ivar outlines: the code of each address, as an outline in modules.
    """

    plan: QrPlan
    outlines: Mapping[str, str]
    theme: Theme
    edition: Edition


def look_of(deck: Deck, plan: QrPlan, theme: Theme, edition: Edition) -> Look:
    """Every code of the deck, drawn once for all files."""
    outlines = {
        card.address: outline(matrix(card.address, plan.version, plan.levels[card.address]))
        for card in deck.cards
    }
    return Look(plan, outlines, theme, edition)


def job_of(
    deck: Deck,
    layout: Layout,
    look: Look,
    pages: Sequence[Page] = (),
    *,
    ink: str = "grey",
    punch: bool = True,
) -> dict[str, Any]:
    """The deck as the templates read it."""
    at_foot = footer(layout)
    return {
        "title": f"{deck.title}: cards",
        "name": deck.title,
        "organisation": deck.organisation,
        "specimen": deck.specimen,
        "edition": str(look.edition),
        "theme": look.theme.model_dump(),
        "logo": logo_data(deck),
        "ink": ink,
        "punch": punch,
        "whole_words": isinstance(layout, CardLayout),
        "one_sided": isinstance(layout, LabelLayout) or layout.one_sided,
        "folded": isinstance(layout, CardLayout) and layout.flip is Flip.FOLD,
        "layout": layout.model_dump(mode="json"),
        "bleed": layout.bleed.model_dump(),
        "modules": look.plan.modules,
        "cards": [_card(card, look, ink) for card in deck.cards],
        "pages": [dataclasses.asdict(page) for page in pages],
        "footer": dataclasses.asdict(at_foot) if at_foot else None,
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
        "index_columns": fit.index_columns,
        "foot_size": fit.foot,
        "foot_stacked": fit.foot_stacked,
        "help_front_size": fit.help_front,
        "help_number_size": fit.help_number,
        "help_size": fit.help,
        "help_explained": fit.help_explained,
    }


def typeset(template: str, job: Mapping[str, Any], standards: Sequence[Standard]) -> bytes:
    """One PDF file, of texts whose letters the typefaces have."""
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


def refusal(template: str, job: Mapping[str, Any]) -> str | None:
    """Why Typst makes no accessible PDF of this, or nothing."""
    try:
        typeset(template, job, ARCHIVE)
    except typst.TypstError as error:
        return str(error.message)
    return None


def refuse_logo(deck: Deck) -> None:
    """Refuse a logo that cannot be printed.

    :raises CardError: naming its line.
    """
    if deck.logo and refusal("logo.typ", {"logo": logo_data(deck)}) is not None:
        raise CardError(
            [
                Fault(
                    deck.where_logo,
                    "the logo",
                    "the logo cannot be printed on the cards",
                    "save it as a plain SVG, or as PNG",
                )
            ]
        )


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


def typeset_svg(template: str, job: Mapping[str, Any]) -> list[bytes]:
    """Each page as a drawing of its own, its letters as outlines."""
    drawn = typst.compile(
        TEMPLATES / template,
        format="svg",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"job": json.dumps(job)},
        timestamp=MADE_ON,
    )
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _card(card: Card, look: Look, ink: str) -> dict[str, Any]:
    back = dataclasses.asdict(card.back)
    if isinstance(card.back, Index):
        for entry in back["entries"]:
            entry["accent"] = look.theme.of_card(entry["colour"])["accent"]
    if isinstance(card.back, About):
        back["facts"] = [fact._asdict() for fact in card.back.facts]
    return {
        **dataclasses.asdict(card),
        **look.theme.of_card(card.colour),
        "back": back,
        "outline": look.outlines[card.address],
        "loops": _loops(look.outlines[card.address]) if ink == "cmyk" else [],
    }


_STEP = re.compile(r"M(\d+) (\d+)|h(-?\d+)|v(-?\d+)|z")


def _loops(path: str) -> list[list[tuple[int, int]]]:
    """The corners of each loop of an outline, in modules."""
    loops: list[list[tuple[int, int]]] = []
    x = y = 0
    for start_x, start_y, across, down in _STEP.findall(path):
        if start_x:
            x, y = int(start_x), int(start_y)
            loops.append([])
        elif across or down:
            x, y = x + int(across or 0), y + int(down or 0)
        else:
            continue
        loops[-1].append((x, y))
    return loops


def logo_data(deck: Deck) -> dict[str, Any] | None:
    """The logo as the templates read it."""
    if deck.logo is None:
        return None
    content: Any = list(deck.logo.content)
    return {"kind": deck.logo.kind, "content": content, "ratio": deck.logo.ratio}
