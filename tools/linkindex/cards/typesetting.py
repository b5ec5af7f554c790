"""Running Typst on the templates in ``templates/``: to print, to draw and to measure.

Only the bundled typefaces are used, so that a file is the same wherever it is made and a character
that they do not have is an error instead of an empty box.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import typst

from linkindex.cards.contract import Handed, LogoAlone, printed_logo
from linkindex.cards.deck import Deck
from linkindex.cards.errors import CardError, TextFault
from linkindex.cards.formats import ARCHIVE, Standard

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parent / "fonts"

MADE_ON = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""The date inside every file: a fixed one, so that the same catalogue gives the same bytes."""

AnswerT = TypeVar("AnswerT", bound=Handed)


def typeset(template: str, job: Handed, standards: Sequence[Standard] = ()) -> bytes:
    """One PDF file, of texts whose letters the typefaces have."""
    return typst.compile(
        TEMPLATES / template,
        format="pdf",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"job": job.as_json()},
        pdf_standards=list(standards),
        timestamp=MADE_ON,
    )


def typeset_svg(template: str, job: Handed) -> list[bytes]:
    """Each page as a drawing of its own, its letters as outlines."""
    drawn = typst.compile(
        TEMPLATES / template,
        format="svg",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"job": job.as_json()},
        timestamp=MADE_ON,
    )
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


def measured(template: str, job: Handed, answer: type[AnswerT]) -> AnswerT:
    """What a template reports under the label ``<fit>``."""
    report = typst.query(
        TEMPLATES / template,
        "<fit>",
        field="value",
        one=True,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"job": job.as_json()},
    )
    return answer.model_validate_json(report)


def refusal(template: str, job: Handed) -> str | None:
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
    if deck.logo and refusal("logo.typ", LogoAlone(logo=printed_logo(deck.logo))) is not None:
        what = "the logo cannot be printed on the cards"
        remedy = "save it as a plain SVG, or as PNG"
        raise CardError(TextFault(deck.logo_place, what, remedy, "the logo"))


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
