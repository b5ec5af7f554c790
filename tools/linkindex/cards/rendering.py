"""Pages of a PDF file as pictures."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

_POINTS_PER_INCH = 72


def rendered_pages(pdf: bytes, dpi: float) -> Iterator[Image.Image]:
    """Every page in grey, as a black-and-white printer sees it.

    :param dpi: dots per inch.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            bitmap = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True)
            yield _picture(bitmap).convert("L")


def rendered_page(pdf: bytes, number: int, dpi: float) -> Image.Image:
    """One page in colour.

    :param number: the page, from 0.
    :param dpi: dots per inch.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[number].render(scale=dpi / _POINTS_PER_INCH)
        return _picture(bitmap).convert("RGB")


def _picture(bitmap: pypdfium2.PdfBitmap) -> Image.Image:
    picture: Image.Image = bitmap.to_pil()
    return picture
