"""By how much a printer prints its backs beside its fronts: two numbers off a calibration page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from linkindex.cards.errors import CardError
from linkindex.cards.layout import PAPERS, Layout
from linkindex.cards.written import faults_of, read_map
from linkindex.catalogue.problems import on_one_line, quoted

Shift = Annotated[float, Field(ge=-20, le=20, allow_inf_nan=False)]
"""Millimetres."""


class Printer(BaseModel):
    """How to move the backs so that they meet the fronts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dx: Shift = 0
    """Millimetres by which backs are moved to the right, as the back is looked at."""
    dy: Shift = 0
    """Millimetres by which backs are moved down."""
    scale: Annotated[float, Field(ge=0.9, le=1.1, allow_inf_nan=False)] = 1
    """By how much backs are enlarged."""
    paper: str = "A4"
    """The paper with which it was measured."""


def read_printer(path: Path) -> Printer:
    """The profile in a file.

    :raises CardError: when the file cannot be read or has a fault, with its line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CardError(
            f"{on_one_line(path)}: the printer profile cannot be read "
            f"({error.strerror or 'no such file'}); "
            "print the calibration page (linkindex cards --format calibration), which says how "
            "to write one"
        ) from None
    profile = read_map(data, str(path), "write `dx: 0.0` and `dy: 0.0`")
    try:
        printer = Printer.model_validate(profile.root)
    except ValidationError as error:
        raise CardError(faults_of(error, [profile], "`dx: 0.5` and `dy: -0.3`")) from None
    if printer.paper not in PAPERS.values():
        raise CardError(
            f"{on_one_line(path)}: {quoted(printer.paper)} is no paper; "
            f"use one of: {', '.join(PAPERS.values())}"
        )
    return printer


def refuse_other_paper(printer: Printer | None, layout: Layout, name: str) -> None:
    """Refuse a layout for another paper than that of the printer.

    :raises CardError: naming both.
    """
    if printer and layout.per_page > 1 and layout.page.paper != printer.paper:
        raise CardError(
            f"the layout {quoted(name)} is for {layout.page.paper}, and the printer was measured "
            f"with {printer.paper}; choose another layout, or measure the printer with that paper"
        )
