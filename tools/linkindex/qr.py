"""QR codes: from addresses to matrices of modules, and from a matrix to one outline.

Terms as in ISO/IEC 18004:2015: a module is one dark or light square, the version sets the number
of modules, the error correction level (L, M, Q, H) how much of them may be damaged.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

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
        (ISO/IEC 18004:2015, 7.8), which takes ten times as long to make. Every mask reads.
    """
    code = _code(address, version, level, mask)
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


@functools.lru_cache(maxsize=512)
def outline(modules: Matrix) -> str:
    """The dark modules as one SVG path, in units of a module, to be filled.

    The path runs along the border between dark and light, with the dark on its right, so that
    nothing is drawn inside an area: no seams between modules, and an eighth of the size of one
    square a module.
    """
    edges = _border(modules)
    path: list[str] = []
    while edges:
        start = min(edges)
        corners = _walk(edges, start)
        steps = [f"M{start[0]} {start[1]}"]
        for (x, y), (to_x, to_y) in pairwise(corners):
            steps.append(f"h{to_x - x}" if to_x != x else f"v{to_y - y}")
        path.append("".join(steps) + "z")
    return "".join(path)


_Point = tuple[int, int]


def _border(modules: Matrix) -> dict[_Point, list[_Point]]:
    """Unit edges between dark and light by the point where they begin, dark on the right."""
    size = len(modules)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and modules[y][x]

    edges: dict[_Point, list[_Point]] = {}
    for y in range(size):
        for x in range(size):
            if not modules[y][x]:
                continue
            for light, begin, end in (
                (dark(x, y - 1), (x, y), (x + 1, y)),
                (dark(x + 1, y), (x + 1, y), (x + 1, y + 1)),
                (dark(x, y + 1), (x + 1, y + 1), (x, y + 1)),
                (dark(x - 1, y), (x, y + 1), (x, y)),
            ):
                if not light:
                    edges.setdefault(begin, []).append(end)
    return edges


def _walk(edges: dict[_Point, list[_Point]], start: _Point) -> list[_Point]:
    """Take one closed loop out of the edges and return its corners, the first not repeated last.

    Where two dark modules touch at a corner the walk turns right, and so stays with its module.
    """
    corners = [start]
    here, direction = start, (0, 0)
    while True:
        choices = edges[here]
        there = min(choices, key=lambda point: _turn(direction, here, point))
        choices.remove(there)
        if not choices:
            del edges[here]
        step = (there[0] - here[0], there[1] - here[1])
        if step == direction:
            corners[-1] = there
        else:
            corners.append(there)
        here, direction = there, step
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
