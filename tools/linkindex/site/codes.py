"""Codes for a screen: what one phone shows so that another can scan it.

Each is a file of its own, ``q/CODE.svg`` or ``r/CODE.svg``, fetched when somebody asks for it.
"""

from __future__ import annotations

import re

import zxingcpp

from linkindex.catalogue import ShownCatalogue
from linkindex.qr import QUIET_ZONE, modules_along, plan

_MASK = 2
"""One mask for all: a screen shows the code large, and there may be thousands to make."""


def code_files(catalogue: ShownCatalogue) -> dict[str, str]:
    """The code of every current category and resource as SVG, by path."""
    names = [
        *(f"q/{category.code}" for category in catalogue.current_categories),
        *(f"r/{resource.code}" for resource in catalogue.current_resources),
    ]
    return {f"{name}.svg": code_svg(f"{catalogue.settings.site_url}{name}") for name in names}


def code_svg(address: str) -> str:
    """A QR code, black on white in any colour scheme, with its quiet zone.

    The first module is at 0, and a row is drawn along its middle: coordinates stay short.
    """
    rows = screen_code(address)
    side = len(rows) + 2 * QUIET_ZONE
    left, top = -QUIET_ZONE, -QUIET_ZONE - 0.5
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {side} {side}" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M{left} {top}h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="{_runs(rows)}"/></svg>\n'
    )


def screen_code(address: str, mask: int = _MASK) -> list[bytes]:
    """The rows of a code from the top, a byte a module, 0 where it is dark.

    Made by zxing-cpp, which takes a fortieth of the time of the library that makes the cards'
    codes; both give the same modules for the same mask.
    """
    # Only the version and level of the plan matter here: an SVG has no size of its own.
    wanted = plan([address], side_mm=1)
    code = zxingcpp.create_barcode(
        address,
        zxingcpp.BarcodeFormat.QRCode,
        ec_level=wanted.level,
        version=wanted.version,
        data_mask=mask,
    )
    picture = code.to_image(scale=1, add_quiet_zones=False)
    modules = bytes(picture)  # type: ignore[call-overload]  # its stub hides that it is a buffer
    side = modules_along(wanted.version)
    return [modules[start : start + side] for start in range(0, side * side, side)]


def _runs(rows: list[bytes]) -> str:
    """The dark modules as one path along the middle of each row, to be drawn one unit wide."""
    path = "".join(
        f"M0 {y}{row.translate(_LETTERS).decode().rstrip(_LIGHT)}" for y, row in enumerate(rows)
    )
    # From the longest run down, over the whole code: a hundred times fewer steps than runs.
    longest = next(
        length
        for length in range(_SELDOM, len(rows) + 2)
        if _DARK * length not in path and _LIGHT * length not in path
    )
    for length in range(longest - 1, 0, -1):
        path = path.replace(_DARK * length, f"h{length}")
        path = path.replace(_LIGHT * length, f"m{length} 0")
    return _FROM_THE_EDGE.sub(r"M\2 \1", path)


_FROM_THE_EDGE = re.compile(r"M0 (\d+)m(\d+) 0")
"""A row that begins with light modules: it may as well begin behind them."""


_DARK, _LIGHT = "d", "l"
"""Letters for modules, which no path has that only moves."""

_SELDOM = 8
"""Modules of one kind in a row that few codes have."""

_LETTERS = (_DARK + _LIGHT * 255).encode()
