"""Where things stand on a sheet: geometry as data, one YAML file a sheet in ``layouts/``.

Every length is in millimetres; the origin is the top left corner of the page or of the card.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from linkindex.cards.errors import CardError
from linkindex.catalogue.problems import nearest, quoted
from linkindex.catalogue.source import YamlMap, read_yaml

FOLDER = Path(__file__).parent / "layouts"

Length = Annotated[float, Field(ge=0, le=2000, allow_inf_nan=False)]
"""Millimetres."""


class _Geometry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Size(_Geometry):
    """A page."""

    width: Annotated[Length, Field(gt=0)]
    height: Annotated[Length, Field(gt=0)]


class Grid(_Geometry):
    """How many cards stand on a page."""

    columns: Annotated[int, Field(ge=1, le=20)]
    rows: Annotated[int, Field(ge=1, le=20)]


class Offset(_Geometry):
    """A place, or the way from one place to another."""

    x: Length
    y: Length


class CropMarks(_Geometry):
    """Ticks at the cut lines, in the margins only."""

    offset: Length
    length: Length


class Face(_Geometry):
    """One card, trimmed, and the parts of its two faces."""

    width: Annotated[Length, Field(gt=0)]
    height: Annotated[Length, Field(gt=0)]
    bleed: Length
    margin: Length
    band: Length
    foot: Length


class Code(_Geometry):
    """The QR code on the front, with its quiet zone."""

    side: Annotated[Length, Field(gt=0)]
    x: Length
    y: Length


class Hole(_Geometry):
    """The centre of the hole on the front and the radius that print keeps clear of."""

    x: Length
    y: Length
    diameter: Length
    keep_out: Length


class Place(NamedTuple):
    """The top left corner of a trimmed card on a page."""

    x: float
    y: float


class Layout(_Geometry):
    """A sheet of cards."""

    page: Size
    grid: Grid
    origin: Offset
    pitch: Offset
    crop_marks: CropMarks
    card: Face
    code: Code
    hole: Hole

    @property
    def per_page(self) -> int:
        """Cards on one page."""
        return self.grid.columns * self.grid.rows

    def front(self, position: int) -> Place:
        """Where the front at a position (from 0, row by row) stands."""
        row, column = divmod(position, self.grid.columns)
        return Place(self.origin.x + column * self.pitch.x, self.origin.y + row * self.pitch.y)

    def back(self, position: int) -> Place:
        """Where the back of a front stands, so that the two meet when flipped on the long edge."""
        x, y = self.front(position)
        return Place(self.page.width - x - self.card.width, y)

    @property
    def bleed(self) -> Offset:
        """How far artwork runs over the trim: no further than half the gap to the next card."""
        across = self.pitch.x - self.card.width if self.grid.columns > 1 else float("inf")
        down = self.pitch.y - self.card.height if self.grid.rows > 1 else float("inf")
        return Offset(
            x=max(0, min(self.card.bleed, across / 2)), y=max(0, min(self.card.bleed, down / 2))
        )


def named_layout(name: str, where: str) -> Layout:
    """The layout of this name.

    :param where: the ``file:line`` that names it, for the message.
    :raises CardError: when there is none, or its file has a fault.
    """
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        known = sorted(other.stem for other in FOLDER.glob("*.yaml"))
        close = nearest(name, known)
        raise CardError(
            f"{where}: there is no card layout {quoted(name)}; "
            + (f"did you mean `{close}`?" if close else f"use one of: {', '.join(known)}")
        )
    return read_layout(path.read_bytes(), f"layouts/{path.name}")


def read_layout(data: bytes, file: str) -> Layout:
    """Read and validate a layout.

    :raises CardError: with one sentence a fault, each with its line.
    """
    source = read_yaml(data, file)
    if source.problems:
        raise CardError("\n".join(map(str, source.problems)))
    if not isinstance(source.root, YamlMap):
        raise CardError(f"{file}:1: the file holds no `key: value` lines; copy another layout")
    try:
        layout = Layout.model_validate(source.root)
    except ValidationError as error:
        faults = [
            f"{file}:{_line(source.root, detail['loc'])}: "
            + _sentence(".".join(map(str, detail["loc"])), detail["type"], detail["msg"])
            for detail in error.errors(include_url=False)
        ]
        raise CardError("\n".join(faults)) from None
    faults = [
        f"{file}:{_line(source.root, (key,))}: {sentence}" for key, sentence in _clashes(layout)
    ]
    if faults:
        raise CardError("\n".join(faults))
    return layout


def _line(root: YamlMap, keys: tuple[int | str, ...]) -> int:
    """The line of the innermost of these keys that is in the file."""
    value: object = root
    line = root.place.line
    for key in keys:
        if not isinstance(value, YamlMap) or key not in value.key_places:
            break
        line, value = value.key_places[str(key)].line, value[str(key)]
    return line


def _sentence(key: str, sort: str, said: str) -> str:
    if sort == "extra_forbidden":
        return f"unknown key {quoted(key)}; remove it, or compare it with another layout"
    if sort == "missing":
        return f"there is no {quoted(key)}; add it, as in another layout"
    return f"{quoted(key)} is wrong ({said[0].lower()}{said[1:]}); write a number of millimetres"


def _clashes(layout: Layout) -> list[tuple[str, str]]:
    """Every rule of geometry that is broken, by the key to look at."""
    found: list[tuple[str, str]] = []
    card, code, hole = layout.card, layout.code, layout.hole
    last = layout.front(layout.per_page - 1)
    if layout.grid.columns > 1 and layout.pitch.x < card.width:
        found.append(("pitch", "cards overlap from left to right; make `x` of `pitch` larger"))
    if layout.grid.rows > 1 and layout.pitch.y < card.height:
        found.append(("pitch", "cards overlap from top to bottom; make `y` of `pitch` larger"))
    if last.x + card.width > layout.page.width or last.y + card.height > layout.page.height:
        found.append(("grid", "cards leave the page; use fewer, or a smaller `origin` or `pitch`"))
    if code.x + code.side > card.width or code.y + code.side > card.height:
        found.append(("code", "the code leaves the card; make it smaller or move it"))
    if code.y < card.band:
        found.append(("code", "the quiet zone runs into the band; make `y` of `code` larger"))
    gap_x = max(code.x - hole.x, 0, hole.x - code.x - code.side)
    gap_y = max(code.y - hole.y, 0, hole.y - code.y - code.side)
    if gap_x**2 + gap_y**2 < hole.keep_out**2:
        found.append(("hole", "the hole is too near the code; move one of the two"))
    if (
        not hole.diameter / 2
        <= hole.keep_out
        <= min(card.width - hole.x, card.height - hole.y, hole.x + card.bleed, hole.y + card.bleed)
    ):
        found.append(
            (
                "hole",
                "the hole is too near an edge, or `keep_out` is under its radius; "
                "move it or change `keep_out`",
            )
        )
    if card.band < hole.y + hole.keep_out - card.bleed or card.band + card.foot > card.height:
        found.append(("card", "`band` ends inside the hole or meets `foot`; change one of them"))
    if layout.crop_marks.offset < max(layout.bleed.x, layout.bleed.y):
        found.append(("crop_marks", "the marks stand in the bleed; make `offset` larger"))
    return found
