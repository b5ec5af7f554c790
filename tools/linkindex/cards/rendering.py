"""Pages of a PDF file as pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import TracebackType
from typing import Self

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

POINTS_PER_INCH = 72


def rendered_pages(
    pdf: bytes, dpi: float, wanted: Collection[int] | None = None
) -> Iterator[Image.Image]:
    """Pages in grey, as a black-and-white printer sees them.

    :param dpi: dots per inch.
    :param wanted: which pages, from 0; all without it.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)) if wanted is None else sorted(wanted):
            page = document[number]
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True)
            picture = picture_of(bitmap)
            # A copy of what is grey already would take as long as reading the codes of a page.
            yield picture if picture.mode == "L" else picture.convert("L")
            page.close()


def page_count(pdf: bytes) -> int:
    """How many pages a file has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def rendered_page(pdf: bytes, number: int, dpi: float) -> Image.Image:
    """One page in colour.

    :param number: the page, from 0.
    :param dpi: dots per inch.
    """
    with PageReader(pdf, dpi) as pages:
        return pages.colour(number)


class PageReader:
    """An open file, to draw some of its pages in colour."""

    def __init__(self, pdf: bytes, dpi: float) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        self._scale = dpi / POINTS_PER_INCH

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        sort: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def colour(self, number: int) -> Image.Image:
        """One page, from 0."""
        page = self._document[number]
        picture = picture_of(page.render(scale=self._scale)).convert("RGB")
        page.close()
        return picture


def picture_of(bitmap: pypdfium2.PdfBitmap) -> Image.Image:
    """What was rendered, as a picture."""
    picture: Image.Image = bitmap.to_pil()
    return picture
