"""Codes on screens: the modules that the standard asks for, drawn so that a camera reads them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from linkindex.qr import QUIET_ZONE, matrix, plan
from linkindex.site.codes import DOTS, code_png

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
    dark = matrix(address, wanted.version, wanted.level, mask)
    light = (False,) * QUIET_ZONE
    margin = (light * 2 + (False,) * len(dark),) * QUIET_ZONE
    assert drawn(code_png(address, mask)) == (
        *margin,
        *((*light, *row, *light) for row in dark),
        *margin,
    )


def drawn(content: bytes) -> tuple[tuple[bool, ...], ...]:
    """Which modules are dark, row by row, quiet zone included; each is all of its dots."""
    picture = Image.open(io.BytesIO(content))
    assert picture.mode == "1", "a dot is black or white, and a bit"
    assert picture.width == picture.height
    dots = [picture.getpixel((x, y)) for y in range(picture.height) for x in range(picture.width)]
    rows = [dots[at : at + picture.width] for at in range(0, len(dots), picture.width)]
    for row in range(0, len(rows), DOTS):
        assert all(other == rows[row] for other in rows[row : row + DOTS])
        assert all(len(set(rows[row][at : at + DOTS])) == 1 for at in range(0, len(rows), DOTS))
    return tuple(tuple(dot == 0 for dot in row[::DOTS]) for row in rows[::DOTS])
