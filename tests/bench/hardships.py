"""What the codes of each format endure, beside plain codes of the same printed width.

A plain code is what most programs make of an address: the smallest version at level M. Both are
photographed under the same hardships, as far away, with the same scratches and creases, each code
in several varieties. Two decks are measured: that of this repository, with a short address, and the
same with the long address of a council. Prints the table of `handbook/figures.md`.
"""

from __future__ import annotations

import datetime
import functools
import io
import math
import statistics
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import qrcode  # type: ignore[import-untyped]
from PIL import Image

from linkindex.cards import Order, ProofError, make_cards
from linkindex.cards.hardships import PrintedCode, photographs, read
from linkindex.cards.proof import Proven
from linkindex.catalogue import Catalogue, examine
from linkindex.icons import icon_names

REPOSITORY = Path(__file__).parents[2]
SITE_URL = "https://example.org/"
LONG_SITE_URL = "https://links.northshire.gov.example/"

CODES = 12
"""How many codes of each file are tried."""

ROUNDS = 3
"""How often each is tried under all hardships, with other scratches and so on each time."""

FORMATS = ("sheet", "cr80", "clear-print", "large-print", "fob", "sticker", "poster")
"""One of each size: the codes of `single` and `fold` are those of `sheet`."""


class Share(NamedTuple):
    """The share of pictures that were read, and how far chance moves it (95 of 100 times)."""

    mean: float
    chance: float

    @classmethod
    def of(cls, reads: list[bool]) -> Share:
        mean = statistics.mean(reads)
        return cls(mean, 1.96 * math.sqrt(mean * (1 - mean) / len(reads)))

    def __str__(self) -> str:
        return f"{self.mean:.0%} ± {self.chance:.0%}"


def deck(site_url: str) -> Catalogue:
    """The index of this repository at another address."""
    source = (REPOSITORY / "resources.yaml").read_text("utf-8").replace(SITE_URL, site_url)
    examined = examine(
        source.encode(), file="resources.yaml", icons=icon_names(), today=datetime.date.today()
    )
    assert examined.catalogue is not None
    return examined.catalogue


def proven(catalogue: Catalogue, name: str) -> tuple[Proven, ...]:
    """The codes of one format as they print, whether or not they reach the floor."""
    try:
        return make_cards(catalogue, Order(formats=(name,), showcase=False)).proven
    except ProofError as error:
        return error.proven


def measured(codes: list[Proven], *, plain: bool) -> Share:
    """What these codes endure, or plain ones in their place."""
    return Share.of([is_read for code in codes for is_read in _reads(code, plain=plain)])


def _reads(code: Proven, *, plain: bool) -> Iterator[bool]:
    address, printed = code.card.address, code.printed
    if plain:
        # Under `far`, as many dots a millimetre for both.
        drawn = _plain(address).resize(printed.picture.size, Image.Resampling.BOX)
        printed = PrintedCode(drawn, printed.side_mm, printed.cells)
    for number in range(ROUNDS):
        start = zlib.crc32(address.encode()) + 5 * number
        for _, picture in photographs(printed, start):
            yield read(picture) == address


@functools.cache
def _plain(address: str) -> Image.Image:
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    buffer = io.BytesIO()
    code.make_image().save(buffer, "PNG")
    return Image.open(buffer).convert("L")


def main() -> None:
    """Print the table, line by line."""
    print("| file | deck | code | square | read | a plain code |")
    print("| --- | --- | --- | --- | --- | --- |")
    for what, site_url in (("short", SITE_URL), ("long", LONG_SITE_URL)):
        catalogue = deck(site_url)
        for name in FORMATS:
            by_file: dict[str, list[Proven]] = {}
            for code in proven(catalogue, name):
                by_file.setdefault(code.file, []).append(code)
            for file, codes in by_file.items():
                few = codes[:CODES]
                print(
                    f"| `{file}` | {what} | {few[0].side_mm:g} mm | {few[0].module_mm:.2f} mm | "
                    f"{measured(few, plain=False)} | {measured(few, plain=True)} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
