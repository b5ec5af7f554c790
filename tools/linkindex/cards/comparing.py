"""Which pages of a print look different from those of an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw

from linkindex.cards.rendering import POINTS_PER_INCH, picture_of

DPI = 100
"""Dots per inch at which pages are held side by side: a hair line is a dot then."""


class PageDifference(NamedTuple):
    """A page that looks different, or is new.

    :ivar number: counted from 1.
    :ivar begins: its first words.
    """

    number: int
    begins: str


class PrintDifference(NamedTuple):
    """What lies between two prints.

    :ivar pages: how many the new one has.
    :ivar different: those of the new one that the old one does not have as they are.
    :ivar gone: how many pages fewer there are.
    """

    pages: int
    different: tuple[PageDifference, ...]
    gone: int


class _Page(NamedTuple):
    """A page, with the places on it that are not looked at."""

    words: str
    picture: Image.Image
    unseen: tuple[tuple[float, ...], ...]


def print_difference(
    old: bytes, new: bytes, editions: tuple[str, str] = ("", "")
) -> PrintDifference:
    """What lies between two files to print, by how their pages look, wherever these stand.

    :param editions: the names of the two, which stand on each card. Their lines are not looked at:
        else every card would differ where one does.
    """
    left: dict[str, list[_Page]] = defaultdict(list)
    count = 0
    for page in _pages(old, editions[0]):
        left[page.words].append(page)
        count += 1
    different = []
    total = 0
    for number, page in enumerate(_pages(new, editions[1]), start=1):
        total = number
        same = next((one for one in left[page.words] if _looks_the_same(one, page)), None)
        if same is None:
            different.append(PageDifference(number, page.words))
        else:
            left[page.words].remove(same)
    return PrintDifference(total, tuple(different), max(0, count - total))


def _looks_the_same(one: _Page, other: _Page) -> bool:
    if one.picture.size != other.picture.size:
        return False
    between = ImageChops.difference(one.picture, other.picture)
    draw = ImageDraw.Draw(between)
    for box in (*one.unseen, *other.unseen):
        draw.rectangle(box, fill="black")
    return between.getbbox() is None


def _pages(pdf: bytes, edition: str) -> Iterator[_Page]:
    scale = DPI / POINTS_PER_INCH
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            picture = picture_of(page.render(scale=scale)).convert("RGB")
            text = page.get_textpage()
            unseen = []
            for box in _boxes(text, edition):
                left, bottom, right, top = (side * scale for side in box)
                # Letters reach a little beyond what is said of them.
                unseen.append(
                    (left - 2, picture.height - top - 2, right + 2, picture.height - bottom + 2)
                )
            said = text.get_text_bounded()
            words = " ".join((said.replace(edition, " ") if edition else said).split())
            text.close()
            page.close()
            yield _Page(words, picture, tuple(unseen))


def _boxes(text: pypdfium2.PdfTextPage, sought: str) -> Iterator[tuple[float, ...]]:
    """Where the lines stand that hold a word, each as left, bottom, right and top in points.

    The whole line: a longer or shorter word moves what stands beside it.
    """
    if not sought:
        return
    searcher = text.search(sought)
    while found := searcher.get_next():
        first, count = found
        last = first + count - 1
        while first > 0 and text.get_text_range(first - 1, 1) not in _LINE_ENDS:
            first -= 1
        while last + 1 < text.count_chars() and text.get_text_range(last + 1, 1) not in _LINE_ENDS:
            last += 1
        sides = [text.get_charbox(index) for index in range(first, last + 1)]
        yield (
            min(side[0] for side in sides),
            min(side[1] for side in sides),
            max(side[2] for side in sides),
            max(side[3] for side in sides),
        )
    searcher.close()


_LINE_ENDS = ("\r", "\n")
