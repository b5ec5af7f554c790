"""QR codes: from addresses to matrices of modules, and from a matrix to one outline.

Terms as in ISO/IEC 18004:2015: a module is one dark or light square, the version sets the number
of modules, the error correction level (L, M, Q, H) how much of them may be damaged.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import qrcode  # type: ignore[import-untyped]
from qrcode.constants import (  # type: ignore[import-untyped]
    ERROR_CORRECT_H,
    ERROR_CORRECT_Q,
)
from qrcode.util import (  # type: ignore[import-untyped]
    BIT_LIMIT_TABLE,
    MODE_8BIT_BYTE,
    QRData,
    length_in_bits,
    mask_func,
    pattern_position,
)

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top, dark is true, without the quiet zone."""

QUIET_ZONE = 4
"""Clear modules on every side (ISO/IEC 18004:2015, 6.3.8)."""

LEVELS = ("H", "Q")
"""The levels used, strongest first. Q, which restores a quarter of a worn code, is the floor."""

MAX_VERSION = 40

_CONSTANTS = {"H": ERROR_CORRECT_H, "Q": ERROR_CORRECT_Q}


class TooLongError(ValueError):
    """No version of the code can hold the address at level Q."""


@dataclass(frozen=True)
class QrPlan:
    """What the codes of one deck have in common.

    :ivar version: the version of every code, 1 to 40.
    :ivar levels: the error correction level of each address.
    :ivar module_mm: the width of one module in millimetres.
    """

    version: int
    levels: Mapping[str, str]
    module_mm: float

    @property
    def level(self) -> str:
        """The weakest level in the deck."""
        return max(self.levels.values(), key=LEVELS.index)

    @property
    def modules(self) -> int:
        """Modules along one side, without the quiet zone (ISO/IEC 18004:2015, 6.1)."""
        return modules_along(self.version)

    def printed(self, side_mm: float) -> QrPlan:
        """The same codes at another size.

        :param side_mm: the side of the printed code with its quiet zone, in millimetres.
        """
        return replace(self, module_mm=side_mm / (self.modules + 2 * QUIET_ZONE))


def plan(addresses: Iterable[str], side_mm: float) -> QrPlan:
    """The smallest version that holds every address at level Q, and the best level for each.

    One version for the whole deck: else one long address makes one visibly finer code.

    :param side_mm: the side of the printed code with its quiet zone, in millimetres.
    :raises TooLongError: when an address fits no version.
    """
    wanted = tuple(addresses)
    version = max(_smallest_version(address) for address in wanted)
    levels = {
        address: next(level for level in LEVELS if _fits(address, version, level))
        for address in wanted
    }
    return QrPlan(version, levels, side_mm / (modules_along(version) + 2 * QUIET_ZONE))


def modules_along(version: int) -> int:
    """Modules along one side of a code (ISO/IEC 18004:2015, 6.1)."""
    return 17 + 4 * version


@functools.lru_cache(maxsize=512)
def matrix(address: str, version: int, level: str, mask: int | None = None) -> Matrix:
    """The modules of one code, in byte mode.

    :param mask: the mask pattern, 0 to 7; without one, that which the standard scores best
        (ISO/IEC 18004:2015, 7.8), which takes twice as long to make. Every mask reads.
    """
    code = _code(address, version, level, mask or 0)
    code.make(fit=False)
    if mask is None:
        code.mask_pattern = best_mask(code.modules, version)
        code.make(fit=False)
    return tuple(tuple(map(bool, row)) for row in code.modules)


def best_mask(modules: Sequence[Sequence[bool | None]], version: int) -> int:
    """The mask pattern that the standard scores best (ISO/IEC 18004:2015, 7.8.3).

    It is the one that the library of the codes finds, whose own search takes longer.

    :param modules: the code with mask pattern 0.
    """
    side = len(modules)
    code = _Lines.of(lambda x, y: bool(modules[y][x]), side) & _scored(version)
    scores = [_penalty(code ^ turned_over, side) for turned_over in _masks(version)]
    return scores.index(min(scores))


class _Lines(NamedTuple):
    """Modules as one number, a bit each: row after row, and again column after column."""

    rows: int
    columns: int

    @classmethod
    def of(cls, dark: Callable[[int, int], bool], side: int) -> _Lines:
        rows = [[dark(x, y) for x in range(side)] for y in range(side)]
        return cls(_number(rows), _number(zip(*rows, strict=True)))

    def __and__(self, other: _Lines) -> _Lines:
        return _Lines(self.rows & other.rows, self.columns & other.columns)

    def __xor__(self, other: _Lines) -> _Lines:
        return _Lines(self.rows ^ other.rows, self.columns ^ other.columns)


def _number(lines: Iterable[Iterable[bool]]) -> int:
    """The lowest bit is the first module of the first line."""
    bits = "".join("01"[dark] for line in lines for dark in line)
    return int(bits[::-1], 2)


def _penalty(code: _Lines, side: int) -> int:
    pairs, elevens = _begins(side, 2), _begins(side, 11)
    penalty = 0
    for line in code:
        same = ~(line ^ line >> 1) & pairs
        # A bit for each five modules of one colour in a row; where a run of them ends, two more.
        fives = same & same >> 1 & same >> 2 & same >> 3
        penalty += fives.bit_count() + 2 * (fives & ~(fives >> 1)).bit_count()
        for pattern in _LIKE_FINDERS:
            alike = elevens
            for place, dark in enumerate(pattern):
                alike &= line >> place if dark else ~(line >> place)
            penalty += 40 * alike.bit_count()
    beside = ~(code.rows ^ code.rows >> 1) & pairs
    below = ~(code.rows ^ code.rows >> side)
    inside = (1 << side * (side - 1)) - 1
    penalty += 3 * (beside & beside >> side & below & inside).bit_count()
    return penalty + 10 * int(abs(code.rows.bit_count() / side**2 * 100 - 50) / 5)


_LIKE_FINDERS = tuple(
    tuple(module == "1" for module in pattern) for pattern in ("10111010000", "00001011101")
)


@functools.cache
def _begins(side: int, length: int) -> int:
    """The modules at which so many of one line begin."""
    line = (1 << side - length + 1) - 1
    return sum(line << side * number for number in range(side))


@functools.cache
def _masks(version: int) -> tuple[_Lines, ...]:
    """The modules that each mask pattern has otherwise than pattern 0."""
    side, first = modules_along(version), mask_func(0)
    data = _Lines.of(functools.partial(_is_data, version), side)

    def otherwise(mask: int) -> _Lines:
        masked = mask_func(mask)
        return _Lines.of(lambda x, y: masked(y, x) != first(y, x), side)

    return tuple(otherwise(mask) & data for mask in range(8))


@functools.cache
def _scored(version: int) -> _Lines:
    """All but what tells mask and version, which the library scores as light."""
    return _Lines.of(lambda x, y: not _tells(version, x, y), modules_along(version))


def _is_data(version: int, x: int, y: int) -> bool:
    """Whether a module holds data, and so is masked (ISO/IEC 18004:2015, 6.3)."""
    far = modules_along(version) - 8
    in_corner = (x < 9 and (y < 9 or y >= far)) or (x >= far and y < 9)
    if in_corner or 6 in (x, y) or _tells(version, x, y):
        return False
    places = pattern_position(version)
    return not any(
        abs(x - across) <= 2 and abs(y - down) <= 2
        for across in places
        for down in places
        # There are none where the three finders are.
        if (across, down) not in ((6, 6), (6, far + 1), (far + 1, 6))
    )


def _tells(version: int, x: int, y: int) -> bool:
    """Whether a module tells level and mask, or the version (ISO/IEC 18004:2015, 7.9 and 7.10)."""
    low, high = sorted((x, y))
    far = modules_along(version) - 8
    if high == 8:
        return low != 6
    if low == 8:
        return high >= far
    return version >= 7 and low < 6 and far - 3 <= high < far


@functools.lru_cache(maxsize=512)
def outline(modules: Matrix) -> str:
    """The dark modules as one SVG path, in units of a module, to be filled.

    The path runs along the border between dark and light, with the dark on its right, so that
    nothing is drawn inside an area: no seams between modules, and an eighth of the size of one
    square a module.
    """
    edges = _border(modules)
    path: list[str] = []
    # Where two loops touch, the second begins at the same point.
    for start in sorted(start for start, ends in edges.items() for _ in ends):
        if start not in edges:
            continue
        corners = _walk(edges, start)
        steps = [f"M{start[0]} {start[1]}"]
        for (x, y), (to_x, to_y) in pairwise(corners):
            steps.append(f"h{to_x - x}" if to_x != x else f"v{to_y - y}")
        path.append("".join(steps) + "z")
    return "".join(path)


_Point = tuple[int, int]


def _border(modules: Matrix) -> dict[_Point, list[_Point]]:
    """Unit edges between dark and light by the point where they begin, dark on the right."""
    light = (False,) * (len(modules) + 1)
    edges: dict[_Point, list[_Point]] = {}
    rows = (light, *((*row, False) for row in modules), light)
    for y, (above, row, below) in enumerate(zip(rows, rows[1:], rows[2:], strict=False)):
        for x, dark in enumerate(row):
            if not dark:
                continue
            if not above[x]:
                edges.setdefault((x, y), []).append((x + 1, y))
            if not row[x + 1]:
                edges.setdefault((x + 1, y), []).append((x + 1, y + 1))
            if not below[x]:
                edges.setdefault((x + 1, y + 1), []).append((x, y + 1))
            # At the left edge this is the light module beyond the right one.
            if not row[x - 1]:
                edges.setdefault((x, y + 1), []).append((x, y))
    return edges


def _walk(edges: dict[_Point, list[_Point]], start: _Point) -> list[_Point]:
    """Take one closed loop out of the edges and return its corners, the first not repeated last.

    Where two dark modules touch at a corner the walk turns right, and so stays with its module.
    """
    corners = [start]
    here, across, down = start, 0, 0
    while True:
        there, *others = edges.pop(here)
        if others:
            both = (there, *others)
            there, other = sorted(both, key=lambda point: _turn((across, down), here, point))
            edges[here] = [other]
        step_across, step_down = there[0] - here[0], there[1] - here[1]
        if step_across == across and step_down == down:
            corners[-1] = there
        else:
            corners.append(there)
        here, across, down = there, step_across, step_down
        if here == start:
            return corners[:-1]


def _turn(direction: _Point, here: _Point, there: _Point) -> int:
    """0 for a turn to the right, 1 for straight on, 2 for a turn to the left (y points down)."""
    step = (there[0] - here[0], there[1] - here[1])
    cross = direction[0] * step[1] - direction[1] * step[0]
    return 1 - cross


def _smallest_version(address: str) -> int:
    for version in range(1, MAX_VERSION + 1):
        if _fits(address, version, LEVELS[-1]):
            return version
    raise TooLongError(address)


def _fits(address: str, version: int, level: str) -> bool:
    needed = 4 + length_in_bits(MODE_8BIT_BYTE, version) + 8 * len(address.encode())
    return bool(needed <= BIT_LIMIT_TABLE[_CONSTANTS[level]][version])


def _code(address: str, version: int, level: str, mask: int | None) -> qrcode.QRCode:
    code = qrcode.QRCode(
        version=version, error_correction=_CONSTANTS[level], border=0, mask_pattern=mask
    )
    code.add_data(QRData(address.encode(), mode=MODE_8BIT_BYTE))
    return code
