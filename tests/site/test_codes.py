"""Codes on screens: the modules that the standard asks for, drawn so that a camera reads them."""

from __future__ import annotations

import re

import pytest

from linkindex.qr import QUIET_ZONE, matrix, plan
from linkindex.site.codes import code_svg, screen_code

ADDRESSES = [
    "https://example.org/q/aces",
    "https://example.org/r/3489dq",
    "https://links.example.gov.uk/keyring/r/bcdfgh",
    "https://a-long-name-of-a-council.example.org/some/folder/for/links/r/bcdfgh",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("mask", range(8))
def test_both_makers_of_codes_agree_on_every_module(address: str, mask: int) -> None:
    wanted = plan([address], side_mm=1)
    rows = screen_code(address, mask)
    dark = tuple(tuple(module == 0 for module in row) for row in rows)
    assert dark == matrix(address, wanted.version, wanted.level, mask)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_picture_has_the_modules_of_the_code_and_its_quiet_zone(address: str) -> None:
    rows = screen_code(address)
    assert drawn(code_svg(address)) == {
        (x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module == 0
    }
    side = len(rows) + 2 * QUIET_ZONE
    assert f'viewBox="-{QUIET_ZONE} -{QUIET_ZONE}.5 {side} {side}"' in code_svg(address)


def drawn(svg: str) -> set[tuple[int, int]]:
    """The unit squares that the path covers: rows begin with M, h draws and m moves.

    A row is a unit wide and drawn along its middle, half a unit below the upper edge of its square.
    """
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)
    assert path
    squares = set()
    x = y = 0
    for step, first, second in re.findall(r"([Mhm])(\d+)(?: (\d+))?", path[1]):
        if step == "M":
            x, y = int(first), int(second)
        else:
            squares |= {(x + right, y) for right in range(int(first)) if step == "h"}
            x += int(first)
    return squares
