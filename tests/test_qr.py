"""QR codes: versions, levels and outlines."""

from __future__ import annotations

import re

import pytest
import qrcode  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image, ImageChops, ImageDraw
from qrcode.constants import ERROR_CORRECT_Q  # type: ignore[import-untyped]
from qrcode.util import MODE_8BIT_BYTE, QRData  # type: ignore[import-untyped]

from linkindex.cards import CardError, card_version
from linkindex.qr import QUIET_ZONE, TooLongError, matrix, outline, plan
from tests.cards.ring import ring


@pytest.mark.parametrize(
    ("characters", "version", "level"),
    [(20, 2, "Q"), (32, 3, "Q"), (33, 4, "H"), (34, 4, "H"), (46, 4, "Q"), (47, 5, "Q")],
)
def test_the_version_is_the_smallest_that_holds_the_address_at_level_q(
    characters: int, version: int, level: str
) -> None:
    # Capacities in byte mode: ISO/IEC 18004:2015, table 7.
    found = plan(["x" * characters], side_mm=37)
    assert found.version == version
    assert found.level == level


def test_one_long_address_sets_the_version_of_the_deck_and_the_others_get_level_h() -> None:
    short, long = "https://a.uk/q/a", "https://a-rather-long-name.uk/q/abcdefgh"
    found = plan([short, long], side_mm=32)
    assert found.version == plan([long], side_mm=32).version > plan([short], side_mm=32).version
    assert found.levels == {short: "H", long: "Q"}
    assert found.level == "Q"
    assert len(matrix(short, found.version, "H")) == len(matrix(long, found.version, "Q"))


def test_the_module_size_counts_four_modules_of_quiet_zone_on_each_side() -> None:
    found = plan(["x" * 32], side_mm=37)
    assert found.modules == 29
    assert found.module_mm == pytest.approx(37 / (29 + 8))


def test_the_outline_covers_exactly_the_dark_modules_and_can_be_read() -> None:
    address = "https://example.org/q/aces"
    modules = matrix(address, 3, "Q")
    drawn = _filled(outline(modules), len(modules), 1)
    assert [[bool(drawn.getpixel((x, y))) for x in range(29)] for y in range(29)] == [
        list(row) for row in modules
    ]
    large = _filled(outline(modules), len(modules), 8).point(lambda dark: 255 - dark)
    assert [code.text for code in zxingcpp.read_barcodes(large)] == [address]


@pytest.mark.parametrize("version", [1, 2, 3, 4, 6, 7, 10])
def test_the_mask_of_a_code_is_that_which_the_library_finds_best(version: int) -> None:
    for letter in "abcdefgh":
        code = qrcode.QRCode(version=version, error_correction=ERROR_CORRECT_Q, border=0)
        code.add_data(QRData(letter.encode() * 11, mode=MODE_8BIT_BYTE))
        code.make(fit=False)
        assert matrix(letter * 11, version, "Q") == tuple(map(tuple, code.modules))


def test_an_address_that_fits_no_code_is_refused() -> None:
    with pytest.raises(TooLongError):
        plan(["x" * 3000], side_mm=32)


def test_modules_too_small_to_scan_are_an_error_that_names_the_site_url() -> None:
    label = "x" * 60
    long = f"https://{label}.{label}.{label}.{label}.example/"
    with pytest.raises(CardError, match=r"ring\.yaml:6: .* under 0\.40 mm; use a shorter"):
        card_version(ring(("https://example.org/", f"{long}{label}/{label}/{label}/")))


def test_the_check_knows_the_version_from_the_host_and_codes() -> None:
    found = card_version(ring())
    assert (found.version, found.level) == (3, "Q")
    assert found.module_mm == pytest.approx(32 / (29 + 2 * QUIET_ZONE))


def _filled(path: str, modules: int, scale: int) -> Image.Image:
    """The path filled by the non-zero rule, as white on black with a quiet zone when scaled up."""
    margin = QUIET_ZONE * scale if scale > 1 else 0
    side = modules * scale + 2 * margin
    winding = Image.new("L", (side, side))
    # Outer borders run clockwise and holes the other way; holes lie inside, so they come last.
    for loop in sorted(_loops(path), key=_clockwise, reverse=True):
        area = Image.new("L", (side, side))
        _fill(area, [(x * scale + margin, y * scale + margin) for x, y in loop])
        combine = ImageChops.add if _clockwise(loop) else ImageChops.subtract
        winding = combine(winding, area)
    return winding.point(lambda number: 255 if number else 0)


def _fill(area: Image.Image, corners: list[tuple[int, int]]) -> None:
    """Fill a polygon with corners between pixels, row by row."""
    pen = ImageDraw.Draw(area)
    for y in range(area.height):
        crossings = sorted(
            x
            for (x, top), (_, bottom) in zip(corners, corners[1:] + corners[:1], strict=True)
            if min(top, bottom) <= y < max(top, bottom)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=True):
            pen.rectangle((left, y, right - 1, y), fill=1)


def _loops(path: str) -> list[list[tuple[int, int]]]:
    loops = []
    for part in path.split("z")[:-1]:
        start = re.match(r"M(\d+) (\d+)", part)
        assert start
        x, y = int(start[1]), int(start[2])
        loop = [(x, y)]
        for axis, step in re.findall(r"([hv])(-?\d+)", part[start.end() :]):
            x, y = (x + int(step), y) if axis == "h" else (x, y + int(step))
            loop.append((x, y))
        loops.append(loop)
    return loops


def _clockwise(loop: list[tuple[int, int]]) -> bool:
    pairs = zip(loop, loop[1:] + loop[:1], strict=True)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs) > 0
