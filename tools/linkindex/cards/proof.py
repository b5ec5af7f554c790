"""Reading every printed code back before a file is handed out.

Each page is drawn as a printer would draw it, every code on it is decoded, and what was read is
compared with what the card in that place should open. Then each code, once for each size at which
it is printed, is measured against the limits of ``limits.yaml`` and tried under hardships.
"""

from __future__ import annotations

import functools
import io
import math
import os
import statistics
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, NamedTuple

import zxingcpp
from PIL import Image, ImageOps
from pydantic import BaseModel, ConfigDict, Field

from linkindex.cards.deck import Card, Deck
from linkindex.cards.errors import CardError, TextFault
from linkindex.cards.hardships import Endured, PrintedCode, endure, hardships
from linkindex.cards.imposition import Side
from linkindex.cards.inks import not_of_inks
from linkindex.cards.layout import Layout
from linkindex.cards.rendering import page_count, rendered_pages
from linkindex.catalogue.problems import Fault, quoted
from linkindex.catalogue.yaml.source import read_yaml
from linkindex.qr import QUIET_ZONE, QrPlan

PROOF_DPI = 300
"""Dots per inch: as coarse as office printers get, so that what reads here reads on paper."""

TOLERANCE_MM = 1.0
"""How far the middle of a code may be from where it belongs."""

GOOD_MODULE_MM = 0.50
"""Below this, a worn card at arm's length begins to fail."""

LIMITS_FILE = Path(__file__).parent / "limits.yaml"

_MM_PER_INCH = 25.4
_LIGHT = 170
_KEPT_DOTS = 480
_RESTORED = {"Q": 25, "H": 30}
"""Per cent of a code that its level restores (ISO/IEC 18004)."""


class Limit(BaseModel):
    """What a printed code is held to, and who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    what: str
    at_least: Annotated[float, Field(gt=0)]
    source: str


class Expected(NamedTuple):
    """A code that must be on a page; millimetres from the top left corner, quiet zone included."""

    card: Card
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class ReadCode:
    """A code that was read, with its middle in millimetres from the top left corner."""

    text: str
    x: float
    y: float

    def is_at(self, expected: Expected) -> bool:
        """Whether this code is where the other should be."""
        half = expected.side / 2
        away = math.dist((self.x, self.y), (expected.x + half, expected.y + half))
        return away <= TOLERANCE_MM


@dataclass(frozen=True)
class Figure:
    """One measure of a code beside its limit."""

    limit: Limit
    value: float

    @property
    def is_kept(self) -> bool:
        """Whether the measure is within the limit, to a thousandth."""
        return self.value >= self.limit.at_least - 0.001


class PackedPicture(NamedTuple):
    """A picture in a twentieth of its room: a deck has hundreds."""

    size: tuple[int, int]
    content: bytes

    @classmethod
    def of(cls, picture: Image.Image) -> PackedPicture:
        """Pack a picture in grey."""
        return cls(picture.size, zlib.compress(picture.tobytes(), 1))

    def picture(self) -> Image.Image:
        """Unpack it."""
        return Image.frombytes("L", self.size, zlib.decompress(self.content))


@dataclass(frozen=True)
class Proven:
    """One code at one size: what was measured, and what it endured.

    :ivar file: the first file that holds it.
    :ivar packed: the code as it prints.
    :ivar cells: how many modules wide that is, quiet zone included.
    """

    card: Card
    file: str
    side_mm: float
    version: int
    level: str
    figures: tuple[Figure, ...]
    endured: Endured
    packed: PackedPicture
    cells: int

    @property
    def printed(self) -> PrintedCode:
        """The code as it prints."""
        return PrintedCode(self.packed.picture(), self.side_mm, self.cells)

    @property
    def module_mm(self) -> float:
        """The width of one square."""
        return next(figure.value for figure in self.figures if figure.limit.name == "module")

    @property
    def is_kept(self) -> bool:
        """Whether every limit is kept, and enough is read under hardships."""
        return (
            all(figure.is_kept for figure in self.figures)
            and self.endured.rate >= hardships().least
        )


class ProofError(CardError):
    """Codes fall short of their limits; with the figures of all for a report.

    :ivar shortcomings: the faults by the file that they are about.
    """

    def __init__(
        self, shortcomings: Mapping[str, Sequence[Fault]], proven: Sequence[Proven]
    ) -> None:
        super().__init__(*(fault for faults in shortcomings.values() for fault in faults))
        self.shortcomings = shortcomings
        self.proven = tuple(proven)


@functools.cache
def limits() -> dict[str, Limit]:
    """The limits by name, from ``limits.yaml``."""
    root = read_yaml(LIMITS_FILE.read_bytes(), LIMITS_FILE.name).root
    items = root if isinstance(root, list) else []
    known = [Limit.model_validate(dict(item)) for item in items]
    return {limit.name: limit for limit in known}


def imposed_codes(deck: Deck, layout: Layout, pages: Iterable[Side]) -> list[list[Expected]]:
    """The codes of each page of sheets: backs have none."""
    return [
        [
            _expected(deck.cards[item.card], layout, item.x, item.y)
            for item in page.items
            if item.face == "front" and deck.cards[item.card].has_code
        ]
        for page in pages
    ]


def single_codes(deck: Deck, layout: Layout, *, one_sided: bool) -> list[list[Expected]]:
    """The codes of each page of single cards or labels, whose corner is that of the bleed."""
    bleed = layout.piece.bleed
    pages: list[list[Expected]] = []
    for card in deck.cards:
        pages.append([_expected(card, layout, bleed, bleed)] if card.has_code else [])
        if not one_sided:
            pages.append([])
    return pages


class _Code(NamedTuple):
    card: Card
    file: str
    side_mm: float
    figures: tuple[Figure, ...]


class PrintedAs(NamedTuple):
    """A code as it prints: what it opens, how it is made, and how wide it is in millimetres."""

    address: str
    version: int
    level: str
    side_mm: float


Trials = dict[PrintedAs, Endured]
"""What codes came to under hardships: one that prints alike in several decks is tried once."""


@dataclass
class Proof:
    """Reads files back, measures the codes in each, and keeps one picture of each code a size.

    :ivar trials: what is known of codes already; what these come to is noted there.
    """

    plan: QrPlan
    trials: Trials = field(default_factory=dict)
    _codes: dict[tuple[str, str], _Code] = field(default_factory=dict)
    _pictures: dict[tuple[str, float], PackedPicture] = field(default_factory=dict)

    @property
    def codes(self) -> int:
        """How many codes are left to be tried, each once for each of its sizes."""
        return len(self._untried())

    def read_back(self, name: str, pdf: bytes, pages: list[list[Expected]], layout: Layout) -> None:
        """Read every code of a file and compare it with its card.

        :param name: the file's name, for the message.
        :raises CardError: naming each card whose code is missing, wrong, or in the wrong place.
        """
        drawn = page_count(pdf)
        if drawn != len(pages):
            what = f"{name} has {drawn} pages where {len(pages)} belong"
            raise CardError(Fault(None, what, "please report this fault"))
        faults: list[Fault] = []
        # Backs have no codes, and drawing them would double the time.
        wanted = [number for number, expected in enumerate(pages) if expected]
        for number, picture in zip(wanted, rendered_pages(pdf, PROOF_DPI, wanted), strict=True):
            faults.extend(_read_page(f"page {number + 1} of {name}", picture, pages[number]))
            for code in pages[number]:
                self._keep(code, name, layout, picture)
        if faults:
            raise CardError(*faults)

    def read_png(self, name: str, content: bytes, card: Card) -> None:
        """Read the code of a PNG picture and compare it with its card.

        :raises CardError: when the code is missing or wrong.
        """
        with Image.open(io.BytesIO(content)) as picture:
            _compare(name, card, picture.convert("L"))

    def read_svgs(self, pdf: bytes, drawings: Sequence[tuple[str, Card]]) -> None:
        """Read the codes of drawings that stand one a page.

        :param drawings: the name of each and the card whose code is in it.
        :raises CardError: when a code is missing or wrong.
        """
        for (name, card), picture in zip(drawings, rendered_pages(pdf, PROOF_DPI), strict=True):
            _compare(name, card, picture)

    def finish(self, progress: Callable[[int, int], None]) -> tuple[Proven, ...]:
        """Try each code once for each of its sizes under every hardship.

        :param progress: told how many codes have been tried, and of how many.
        :raises ProofError: naming each file with codes below a limit or the floor, and what to
            change.
        """
        untried = self._untried()
        # Pillow and the decoder leave other threads room while they work.
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            try:
                tries = pool.map(self._endured, untried)
                for number, (kept, endured) in enumerate(zip(untried, tries, strict=True), 1):
                    self.trials[self._printed_as(kept)] = endured
                    progress(number, len(untried))
            except BaseException:  # whoever stops the program does not wait for the rest
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        proven = tuple(self._proven(code) for code in self._codes.values())
        short = {file: faults for file, faults in _shortcomings(proven) if faults}
        if short:
            raise ProofError(short, proven)
        return proven

    def _keep(self, code: Expected, name: str, layout: Layout, picture: Image.Image) -> None:
        address = code.card.address
        if (name, address) in self._codes:
            return
        dots = PROOF_DPI / _MM_PER_INCH
        # Whole dots within the quiet zone: what stands at its very edge is beside it.
        left, top = (math.ceil(edge * dots) for edge in (code.x, code.y))
        right, bottom = (math.floor((edge + code.side) * dots) for edge in (code.x, code.y))
        crop = picture.crop((left, top, right, bottom))
        plan = self.plan.printed(code.side)
        figures = tuple(_figures(plan, address, crop, layout))
        self._codes[name, address] = _Code(code.card, name, code.side, figures)
        if (address, code.side) not in self._pictures:
            # A poster's code is finer than any camera sees it.
            crop.thumbnail((_KEPT_DOTS, _KEPT_DOTS), Image.Resampling.BOX)
            # Ink for a press is shown greyer than other black, and is the same on paper; that there
            # is contrast enough has been measured.
            self._pictures[address, code.side] = PackedPicture.of(ImageOps.autocontrast(crop))

    def _untried(self) -> list[tuple[str, float]]:
        return [kept for kept in self._pictures if self._printed_as(kept) not in self.trials]

    def _printed_as(self, kept: tuple[str, float]) -> PrintedAs:
        address, side_mm = kept
        return PrintedAs(address, self.plan.version, self.plan.levels[address], side_mm)

    def _endured(self, kept: tuple[str, float]) -> Endured:
        return endure(self._printed(kept), kept[0])

    def _printed(self, kept: tuple[str, float]) -> PrintedCode:
        cells = self.plan.modules + 2 * QUIET_ZONE
        return PrintedCode(self._pictures[kept].picture(), kept[1], cells)

    def _proven(self, code: _Code) -> Proven:
        address = code.card.address
        return Proven(
            card=code.card,
            file=code.file,
            side_mm=code.side_mm,
            version=self.plan.version,
            level=self.plan.levels[address],
            figures=code.figures,
            endured=self.trials[self._printed_as((address, code.side_mm))],
            packed=self._pictures[address, code.side_mm],
            cells=self.plan.modules + 2 * QUIET_ZONE,
        )


def _read_page(page: str, picture: Image.Image, expected: list[Expected]) -> list[Fault]:
    """Read a page at half the fineness, which is harder and takes a fifth of the time; or whole."""
    for fineness in (2, 1):
        codes = read_codes(picture.reduce(fineness), PROOF_DPI / fineness)
        faults = list(_faults(page, codes, expected))
        if not faults:
            break
    return faults


def read_inks(name: str, pdf: bytes, deck: Deck) -> None:
    """Read back what a file for a press is painted with.

    :param name: the file's name, for the message.
    :raises CardError: when anything in it is not of the four inks, or black of more than one.
    """
    others = not_of_inks(pdf)
    if not others:
        return
    what = f"{name} holds what a press has no ink for ({', '.join(sorted(others))})"
    if deck.logo:
        # All else is drawn by the templates, and none of it is beyond the inks.
        what = f"the logo has colours that cannot be mixed of the four inks of {name}"
        raise CardError(TextFault(deck.logo_place, what, "save it as PNG", "the logo"))
    raise CardError(Fault(None, what, _REPORT))


def _compare(name: str, card: Card, picture: Image.Image) -> None:
    if [code.text for code in read_codes(picture, PROOF_DPI)] != [card.address]:
        raise CardError(
            Fault(
                card.place,
                f"the code of the card {quoted(card.title)} in {name} does not open "
                f"{quoted(card.address)}",
                _REPORT,
            )
        )


_REPORT = "this file was not made, so please report this fault"


def read_codes(picture: Image.Image, dpi: float) -> list[ReadCode]:
    """Every QR code in a picture."""
    mm = _MM_PER_INCH / dpi
    results = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    return [ReadCode(result.text, *_middle(result.position, mm)) for result in results]


def _middle(position: zxingcpp.Position, mm: float) -> tuple[float, float]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return sum(c.x for c in corners) / 4 * mm, sum(c.y for c in corners) / 4 * mm


def _expected(card: Card, layout: Layout, x: float, y: float) -> Expected:
    return Expected(card, x + layout.code.x, y + layout.code.y, layout.code.side)


def _faults(page: str, codes: list[ReadCode], expected: list[Expected]) -> Iterator[Fault]:
    left = list(codes)
    for code in expected:
        card = code.card
        start = f"the code of the card {quoted(card.title)} on {page}"
        here = next((other for other in left if other.is_at(code)), None)
        if here is None:
            yield Fault(card.place, f"{start} cannot be read", _REPORT)
            continue
        left.remove(here)
        if here.text != card.address:
            what = f"{start} opens {quoted(here.text)} instead of {quoted(card.address)}"
            yield Fault(card.place, what, _REPORT)
    for other in left:
        what = f"{page} holds a code that belongs to no card, {quoted(other.text)}"
        yield Fault(None, what, "please report this fault")


def _figures(plan: QrPlan, address: str, picture: Image.Image, layout: Layout) -> Iterator[Figure]:
    known = limits()
    yield Figure(known["module"], plan.module_mm)
    yield Figure(known["quiet zone"], _quiet_modules(picture, plan))
    yield Figure(known["level"], _RESTORED[plan.levels[address]])
    dark, light = picture.getextrema()
    assert isinstance(dark, int | float)  # noqa: S101 - the picture has one channel
    assert isinstance(light, int | float)  # noqa: S101
    yield Figure(known["contrast"], round((light - dark) / 255 * 100, 1))
    piece = layout.piece
    code, clear = layout.code, QUIET_ZONE * plan.module_mm
    yield Figure(
        known["trim"],
        min(
            code.x + clear,
            code.y + clear,
            piece.width - code.x - code.side + clear,
            piece.height - code.y - code.side + clear,
        ),
    )
    hole = layout.hole
    if hole:
        sides = (hole.x, hole.y, piece.width - hole.x, piece.height - hole.y)
        yield Figure(known["hole edge"], min(sides) - hole.diameter / 2)
        yield Figure(known["hole clear"], hole.keep_out - hole.diameter / 2)


def _quiet_modules(picture: Image.Image, plan: QrPlan) -> float:
    """How many squares around the code are clear on the side where there are fewest."""
    dots = picture.width / (plan.modules + 2 * QUIET_ZONE)
    dark = picture.point([255 if value < _LIGHT else 0 for value in range(256)]).getbbox()
    if dark is None:
        return 0
    edges = (dark[0], dark[1], picture.width - dark[2], picture.height - dark[3])
    # A dot at each edge is the rounding of the page, not of the code.
    return round(min(edge + 2 for edge in edges) / dots, 2)


_CURES = {
    "module": "use a shorter `site_url` or a layout with larger codes",
    "quiet zone": "move what stands beside the code in the layout",
    "level": "use a shorter `site_url`",
    "contrast": "print in black on white",
    "trim": "move the code away from the edge in the layout",
    "hole edge": "move the hole in the layout",
    "hole clear": "make `keep_out` larger in the layout",
}


def _shortcomings(proven: Sequence[Proven]) -> Iterator[tuple[str, list[Fault]]]:
    """Each file, with a fault for each limit of which its codes fall short."""
    for file in dict.fromkeys(code.file for code in proven):
        codes = [code for code in proven if code.file == file]
        yield file, [*_under_limits(codes), *_under_floor(codes)]


def _under_limits(codes: Sequence[Proven]) -> Iterator[Fault]:
    for name in limits():
        short = [
            (figure.value, place, code, figure)
            for place, code in enumerate(codes)
            for figure in code.figures
            if figure.limit.name == name and not figure.is_kept
        ]
        if short:
            _, _, code, figure = min(short)
            what = (
                f"{_named(code, len(short))} {figure.value:.2f} for `{name}` "
                f"({figure.limit.what}), under {figure.limit.at_least:g}"
            )
            yield Fault(code.card.place, what, _CURES[name])


def _under_floor(codes: Sequence[Proven]) -> Iterator[Fault]:
    """What is read too seldom: a code by itself, or the codes of the file in the mean."""
    wanted = hardships()
    weak = [code for code in codes if code.endured.rate < wanted.least]
    mean = statistics.mean(code.endured.rate for code in codes)
    remedy = "use a shorter `site_url`, or a layout with larger codes"
    if weak:
        worst = min(weak, key=lambda code: code.endured.rate)
        what = (
            f"{_named(worst, len(weak))} been read in {worst.endured.rate:.0%} of the trials "
            f"under hardships, under the floor of {wanted.least:.0%} for one code"
        )
        yield Fault(worst.card.place, what, remedy)
    elif mean < wanted.floor - _by_chance(codes):
        what = (
            f"the codes of {codes[0].file} have been read in {mean:.0%} of the trials under "
            f"hardships, under the floor of {wanted.floor:.0%}"
        )
        yield Fault(None, what, remedy)


def _by_chance(codes: Sequence[Proven]) -> float:
    """By how much the mean of so many pictures may lie under the floor: two standard deviations.

    A file of one code, such as a lost card printed again, is not refused for bad luck.
    """
    pictures = sum(sum(code.endured.tried.values()) for code in codes)
    floor = hardships().floor
    return 2 * math.sqrt(floor * (1 - floor) / pictures)


def _named(worst: Proven, count: int) -> str:
    others = f" (and of {count - 1} more)" if count > 1 else ""
    return f"the code of the card {quoted(worst.card.title)}{others} in {worst.file} has"
