"""Where things stand on a sheet: geometry as data, one YAML file a sheet in ``layouts/``.

There are two kinds: sheets of cards, which have two faces, and sheets of labels (stickers, posters,
key fobs), which show a code with its title. Every length is in millimetres; the origin is the top
left corner of the page, of the card or of the label.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from linkindex.cards.errors import CardError
from linkindex.cards.written import Written, faults_of, over, place_in, read_map
from linkindex.catalogue.problems import Fault, Location, nearest, quoted

FOLDER = Path(__file__).parent / "layouts"

EXTENDS = "extends"
"""The key that names another layout, of which this one says only what differs."""

Length = Annotated[float, Field(ge=0, le=2000, allow_inf_nan=False)]
"""Millimetres."""

Positive = Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False)]
"""Millimetres, more than none."""

Points = Annotated[float, Field(ge=4, le=200, allow_inf_nan=False)]
"""Sizes of type."""


class _Geometry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Size(_Geometry):
    """A page."""

    width: Positive
    """From left to right."""
    height: Positive
    """From top to bottom."""

    @property
    def paper(self) -> str:
        """The name of the paper, or its measures."""
        sides = (min(self.width, self.height), max(self.width, self.height))
        return PAPERS.get(sides, f"{self.width:g} x {self.height:g} mm")


PAPERS = {
    (297, 420): "A3",
    (210, 297): "A4",
    (148, 210): "A5",
    (105, 148): "A6",
    (215.9, 279.4): "US Letter",
}
"""Names by the shorter and the longer side (ISO 216; ANSI/ASME Y14.1)."""


class Grid(_Geometry):
    """How many cards stand on a page."""

    columns: Annotated[int, Field(ge=1, le=20)]
    """Cards from left to right."""
    rows: Annotated[int, Field(ge=1, le=20)]
    """Cards from top to bottom."""


class Offset(_Geometry):
    """A place, or the way from one place to another."""

    x: Length
    """To the right."""
    y: Length
    """Down."""


class CropMarks(_Geometry):
    """Ticks at the cut lines, in the margins only."""

    offset: Length
    """From the cut to where a mark begins."""
    length: Length
    """How long a mark is."""


class Face(_Geometry):
    """One card, trimmed, and the parts of its two faces."""

    width: Positive
    """From left to right, once it is cut."""
    height: Positive
    """From top to bottom, once it is cut."""
    bleed: Length
    """How far artwork runs over the cut."""
    margin: Length
    """Left clear of text on the left and right."""
    band: Length
    """The height of the coloured head of the front."""
    foot: Length
    """The height of the coloured foot of the back."""


class Label(_Geometry):
    """One label, trimmed; nothing is printed in its margin but white."""

    width: Positive
    """From left to right."""
    height: Positive
    """From top to bottom."""
    bleed: Length = 0
    """How far artwork runs over the cut."""
    margin: Length
    """Left white all around."""


class Code(_Geometry):
    """The QR code, with its quiet zone."""

    side: Positive
    """The width of the code with its quiet zone."""
    x: Length
    """From the left edge of the card."""
    y: Length
    """From the upper edge of the card."""


class Hole(_Geometry):
    """The centre of the hole on the front and the radius that print keeps clear of."""

    x: Length
    """Its centre, from the left edge of the front."""
    y: Length
    """Its centre, from the upper edge of the front."""
    diameter: Length
    """How wide it is."""
    keep_out: Length
    """How far from its centre nothing is printed."""


class CardType(_Geometry):
    """Sizes of type: that of the texts, and by how much everything else is larger than usual."""

    wished: Points = 11
    """The size of the texts, in points."""
    floor: Points = 9
    """The smallest size to which they may shrink, in points."""
    scale: Annotated[float, Field(ge=0.5, le=6)] = 1
    """How many times as large as usual everything else is."""
    least: Annotated[float, Field(ge=7, le=200, allow_inf_nan=False)] = 7
    """The smallest size of anything on a card, such as addresses and the edition, in points."""


class LabelType(_Geometry):
    """Sizes of type: the titles, one size for a sheet, and the addresses."""

    wished: Points
    """The size of the titles, in points."""
    floor: Points
    """The smallest size to which they may shrink, in points."""
    address: Points
    """The size of the addresses, in points."""


class Head(_Geometry):
    """The head of a poster, with the name of the index."""

    height: Positive
    """How high it is."""
    title: Points
    """The size of the name of the index, in points."""
    text: Points
    """The size of the line below it, in points."""


class Flip(StrEnum):
    """How the backs meet the fronts."""

    LONG = "long"
    """The printer turns the sheet over its longer edge."""
    SHORT = "short"
    """The printer turns the sheet over its shorter edge."""
    NONE = "none"
    """Backs are sheets of their own, to be cut and glued."""
    FOLD = "fold"
    """Each back stands beside its front, to be folded and glued."""


class Cut(StrEnum):
    """How a sheet comes apart."""

    MARKS = "marks"
    """Marks in the margins show where to cut."""
    LINES = "lines"
    """A thin line runs along each edge."""
    NONE = "none"
    """The sheet is cut or perforated already, or is one card."""


class Corner(NamedTuple):
    """The top left corner of a trimmed card on a page."""

    x: float
    y: float


class _Sheet(_Geometry):
    about: str
    """What the sheet is, in one line."""
    product: str | None = None
    """The product on sale that it is for; whoever prints is told it."""
    source: str
    """Where the measures are from."""
    page: Size
    """The paper."""
    grid: Grid
    """How many stand on a page."""
    origin: Offset
    """The upper left corner of the first one, from that of the page."""
    pitch: Offset
    """From one to the next, edge to same edge."""
    cut: Cut
    """How the sheet comes apart."""
    crop_marks: CropMarks | None = None
    """Where marks in the margins stand, for `cut: marks`."""
    code: Code
    """The QR code."""

    @property
    def per_page(self) -> int:
        """Cards on one page."""
        return self.grid.columns * self.grid.rows

    def front(self, position: int) -> Corner:
        """Where the front at a position (from 0, row by row) stands."""
        row, column = divmod(position, self.grid.columns)
        return Corner(self.origin.x + column * self.pitch.x, self.origin.y + row * self.pitch.y)

    def _bleed(self, width: float, height: float, wished: float) -> Offset:
        across = self.pitch.x - width if self.grid.columns > 1 else float("inf")
        down = self.pitch.y - height if self.grid.rows > 1 else float("inf")
        return Offset(x=max(0, min(wished, across / 2)), y=max(0, min(wished, down / 2)))


class CardLayout(_Sheet):
    """A sheet of cards."""

    kind: Literal["cards"] = Field(alias="for")
    """Says that this is a sheet of cards."""
    flip: Flip = Flip.LONG
    """How the backs meet the fronts."""
    one_sided: bool = False
    """Whether fronts alone are printed."""
    card: Face
    """One card and the parts of its faces."""
    hole: Hole | None = None
    """The hole for the ring; none if left out."""
    type: CardType = CardType()
    """Sizes of type."""

    @property
    def piece(self) -> Face:
        """What is left of the sheet once it is cut."""
        return self.card

    @property
    def mirrors_sideways(self) -> bool:
        """Whether flipping swaps left and right; else it swaps top and bottom."""
        return (self.flip is not Flip.SHORT) == (self.page.height >= self.page.width)

    @property
    def turned(self) -> bool:
        """Whether backs stand on their heads on the page, so that both faces are upright."""
        return self.flip is not Flip.FOLD and not self.mirrors_sideways

    def back(self, position: int) -> Corner:
        """Where the back of a front stands, so that the two meet."""
        x, y = self.front(position)
        if self.flip is Flip.FOLD:
            return Corner(x + self.card.width, y)
        if self.flip is Flip.NONE:
            return Corner(x, y)
        if self.mirrors_sideways:
            return Corner(self.page.width - x - self.card.width, y)
        return Corner(x, self.page.height - y - self.card.height)

    @property
    def bleed(self) -> Offset:
        """How far artwork runs over the trim: no further than half the gap to the next card."""
        width = self.card.width * (2 if self.flip is Flip.FOLD else 1)
        return self._bleed(width, self.card.height, self.card.bleed)

    @property
    def design(self) -> tuple[object, ...]:
        """What decides whether a text fits: the same for all sheets of the same card."""
        return (self.card, self.code, self.hole, self.type)


class LabelLayout(_Sheet):
    """A sheet of labels, printed on one side."""

    kind: Literal["labels"] = Field(alias="for")
    """Says that this is a sheet of labels."""
    label: Label
    """One label."""
    hole: Hole | None = None
    """The hole of a key fob; none if left out."""
    type: LabelType
    """Sizes of type."""
    head: Head | None = None
    """The head of a poster, with the name of the index; none if left out."""

    @property
    def piece(self) -> Label:
        """What is left of the sheet once it is cut."""
        return self.label

    @property
    def bleed(self) -> Offset:
        """How far artwork runs over the trim."""
        return self._bleed(self.label.width, self.label.height, self.label.bleed)


Layout = CardLayout | LabelLayout


def one_sided(layout: Layout) -> bool:
    """Whether a sheet is printed on one side, so that nothing has a back."""
    return isinstance(layout, LabelLayout) or layout.one_sided


def layout_names() -> list[str]:
    """The layouts that come with LinkIndex."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def named_layout(name: str, where: Location | None = None) -> Layout:
    """The layout of this name, or in this file of the user's own.

    :param name: a name, or the path of a file that ends with ``.yaml``.
    :param where: what names it, a line or an option, for the message.
    :raises CardError: when there is none, or its file has a fault.
    """
    if name in layout_names():
        return _shipped_layout(name)
    return _layout_of(_with_bases(_opened(name, where, Path())))


@functools.cache
def _shipped_layout(name: str) -> Layout:
    """One of ours, read once: a run asks for some of them again and again."""
    return _layout_of(_with_bases(_opened(name, None, Path())))


def read_layout(data: bytes, file: str) -> Layout:
    """Read and validate a layout.

    :param file: its path, from which that of a layout is looked for that it extends.
    :raises CardError: with one sentence a fault, each with its file and line.
    """
    return _layout_of(_with_bases(_Opened(data, file, Path(file))))


class _Opened(NamedTuple):
    """The content of a file, what it is called in messages, and where it is."""

    data: bytes
    file: str
    path: Path


def _opened(name: str, where: Location | None, beside: Path) -> _Opened:
    """A layout that comes with LinkIndex, or a file.

    :param beside: the folder from which the path of a file leads.
    """
    if name.endswith((".yaml", ".yml")):
        own = beside / name
        try:
            return _Opened(own.read_bytes(), str(own), own)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "no such file"
            known = layout_names()
            remedy = f"name a file, or one of: {', '.join(known)}"
            if own.stem in known:
                remedy = f"write `{own.stem}` for the one that comes with LinkIndex"
            raise CardError(
                Fault(where, f"the layout {quoted(name)} cannot be read ({reason})", remedy)
            ) from None
    known = layout_names()
    if name not in known:
        close = nearest(name, known)
        raise CardError(
            Fault(
                where,
                f"there is no card layout {quoted(name)}",
                f"did you mean `{close}`?" if close else f"use one of: {', '.join(known)}",
            )
        )
    path = FOLDER / f"{name}.yaml"
    return _Opened(path.read_bytes(), f"layouts/{path.name}", path)


def _with_bases(opened: _Opened) -> list[Written]:
    """A layout, then the one that it extends, and so on to one that stands alone."""
    chain: list[Written] = []
    paths: set[Path] = set()
    while True:
        layout = read_map(opened.data, opened.file, "copy another layout")
        chain.append(layout)
        paths.add(opened.path.resolve())
        if EXTENDS not in layout.root:
            return chain
        name, where = layout.root[EXTENDS], layout.place_of((EXTENDS,))
        if not isinstance(name, str) or not name.strip():
            raise CardError(
                Fault(
                    where,
                    "`extends` does not name a layout",
                    "write one, such as `extends: a4-8up`",
                )
            )
        opened = _opened(name, where, opened.path.parent)
        if opened.path.resolve() in paths:
            raise CardError(
                Fault(
                    where,
                    f"`extends` leads in a circle, back to {opened.file}",
                    "name a layout that does not extend this one",
                )
            )


def _layout_of(chain: Sequence[Written]) -> Layout:
    _refuse_other_kind(chain)
    root = _merged(chain)
    sort = root.get("for")
    if sort not in ("cards", "labels"):
        raise CardError(
            Fault(
                place_in(chain, ("for",)),
                "the layout does not say what it is for",
                "write `for: cards` or `for: labels`",
            )
        )
    try:
        layout: Layout = (
            CardLayout.model_validate(root) if sort == "cards" else LabelLayout.model_validate(root)
        )
    except ValidationError as error:
        raise CardError(*faults_of(error, chain, "another layout")) from None
    broken = _card_clashes(layout) if isinstance(layout, CardLayout) else _label_clashes(layout)
    faults = [_fault_of(chain, clash) for clash in (*_sheet_clashes(layout), *broken)]
    if faults:
        raise CardError(*faults)
    return layout


def _merged(chain: Sequence[Written]) -> dict[str, object]:
    """What a layout says together with all that it extends."""
    merged: dict[str, object] = {}
    for layout in reversed(chain):
        if _MEASURES & layout.root.keys():
            merged.pop("product", None)  # another sheet is another product
        merged = over(merged, layout.root)
    merged.pop(EXTENDS, None)
    return merged


_MEASURES = frozenset({"page", "grid", "origin", "pitch", "card", "label"})


def _refuse_other_kind(chain: Sequence[Written]) -> None:
    """Refuse a layout for labels that extends one for cards, or the other way about."""
    kinds = [(layout, layout.root["for"]) for layout in chain if "for" in layout.root]
    for (layout, kind), (base, other) in pairwise(kinds):
        if {kind, other} == {"cards", "labels"}:
            raise CardError(
                Fault(
                    layout.place_of(("for",)),
                    f"this layout is for {kind}, and {base.file}, which it extends, is for {other}",
                    f"extend a layout for {kind}",
                )
            )


class _Clash(NamedTuple):
    """Measures that do not go together, and the key to look at."""

    key: str
    what: str
    remedy: str


def _fault_of(chain: Sequence[Written], clash: _Clash) -> Fault:
    """A clash, where the user's own file can mend it."""
    key, what, remedy = clash
    own, *bases = chain
    if not bases or key in own.root:
        return Fault(own.place_of((key,)), what, remedy)
    from_base = f"`{key}` comes from {place_in(bases, (key,))}; a line of your own takes its place"
    return Fault(own.place_of((EXTENDS,)), what, f"{remedy} ({from_base})")


def _sheet_clashes(layout: Layout) -> Iterator[_Clash]:
    """What is wrong with the grid, the code, the marks and the hole."""
    piece = layout.piece
    folded = isinstance(layout, CardLayout) and layout.flip is Flip.FOLD
    width, height = piece.width * (2 if folded else 1), piece.height
    last = layout.front(layout.per_page - 1)
    if layout.grid.columns > 1 and layout.pitch.x < width:
        yield _Clash("pitch", "cards overlap from left to right", "make `x` of `pitch` larger")
    if layout.grid.rows > 1 and layout.pitch.y < height:
        yield _Clash("pitch", "cards overlap from top to bottom", "make `y` of `pitch` larger")
    if last.x + width > layout.page.width + 0.01 or last.y + height > layout.page.height + 0.01:
        remedy = "use fewer, or a smaller `origin` or `pitch`"
        yield _Clash("grid", "cards run off the page", remedy)
    code = layout.code
    if code.x + code.side > piece.width or code.y + code.side > piece.height:
        yield _Clash("code", "the code runs off the card", "make it smaller or move it")
    if layout.cut is Cut.MARKS and layout.crop_marks is None:
        yield _Clash("cut", "there are no `crop_marks`", "add them, or write `cut: lines`")
    if layout.crop_marks and layout.crop_marks.offset < max(layout.bleed.x, layout.bleed.y):
        yield _Clash("crop_marks", "the marks are inside the bleed", "make `offset` larger")
    if layout.hole:
        gap_x = max(code.x - layout.hole.x, 0, layout.hole.x - code.x - code.side)
        gap_y = max(code.y - layout.hole.y, 0, layout.hole.y - code.y - code.side)
        if gap_x**2 + gap_y**2 < layout.hole.keep_out**2:
            yield _Clash("hole", "the hole is too close to the code", "move one of the two")
        yield from _hole_clashes(layout.hole, piece)


def _hole_clashes(hole: Hole, piece: Face | Label) -> Iterator[_Clash]:
    nearest_edge = min(
        piece.width - hole.x,
        piece.height - hole.y,
        hole.x + piece.bleed,
        hole.y + piece.bleed,
    )
    if not hole.diameter / 2 <= hole.keep_out <= nearest_edge:
        what = "the hole is too close to an edge, or `keep_out` is under its radius"
        yield _Clash("hole", what, "move it or change `keep_out`")


def _card_clashes(layout: CardLayout) -> Iterator[_Clash]:
    card, hole = layout.card, layout.hole
    if layout.code.y < card.band:
        remedy = "make `y` of `code` larger"
        yield _Clash("code", "the quiet zone runs into the band", remedy)
    hole_ends = hole.y + hole.keep_out - card.bleed if hole else 0
    if card.band < hole_ends or card.band + card.foot > card.height:
        what = "`band` ends inside the hole or overlaps `foot`"
        yield _Clash("card", what, "change one of them")
    if layout.type.floor > layout.type.wished:
        yield _Clash("type", "`floor` is above `wished`", "swap them")


def _label_clashes(layout: LabelLayout) -> Iterator[_Clash]:
    if layout.type.floor > layout.type.wished:
        yield _Clash("type", "`floor` is above `wished`", "swap them")
    if layout.head and layout.head.height > layout.origin.y:
        remedy = "make `y` of `origin` larger"
        yield _Clash("head", "the head runs into the labels", remedy)
