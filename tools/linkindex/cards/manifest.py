"""What was made, file by file, with instructions for the printer in plain words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from linkindex.cards.edition import Edition
from linkindex.cards.layout import CardLayout, Flip
from linkindex.cards.order import Sheet

NAME = "manifest.json"


@dataclass(frozen=True)
class MadeFile:
    """One file.

    :ivar sheet: what it was made as; none for a picture that shows the cards.
    :ivar pages: how many pages it has; none for a picture.
    :ivar cards: how many cards stand on its sheets, where they do.
    :ivar left_out: what other files have and this one has not, and why.
    """

    name: str
    content: bytes
    sheet: Sheet | None = None
    pages: int | None = None
    cards: int | None = None
    left_out: str | None = None


def manifest(files: Iterable[MadeFile], edition: Edition) -> bytes:
    """Every file with its hash, edition, pages, paper and instructions, as JSON."""
    listed = {
        "edition": {"hash": edition.hash, "date": edition.date.isoformat()},
        "files": [_entry(made, edition) for made in sorted(files, key=lambda made: made.name)],
    }
    return json.dumps(listed, indent=1, ensure_ascii=False).encode() + b"\n"


def _entry(made: MadeFile, edition: Edition) -> dict[str, object]:
    entry: dict[str, object] = {
        "name": made.name,
        "format": made.sheet.format.name if made.sheet else "picture",
        "sha256": hashlib.sha256(made.content).hexdigest(),
        "bytes": len(made.content),
        "edition": edition.hash,
    }
    if made.sheet and made.pages is not None:
        entry["pages"] = made.pages
        entry["paper"] = _paper(made.sheet)
    if made.left_out:
        entry["left_out"] = made.left_out
    entry["how_to_print"] = _how_to_print(made.sheet)
    return entry


def _paper(sheet: Sheet) -> str:
    """The paper to print on, or the size of a page that is trimmed."""
    piece = sheet.layout.piece
    trimmed = f"{piece.width:g} x {piece.height:g} mm"
    return trimmed if sheet.format.single else sheet.layout.page.paper


def _how_to_print(sheet: Sheet | None) -> str:
    if sheet is None:
        return "A picture for a web page or a talk; its codes are not for scanning."
    how = sheet.format.how
    if not sheet.format.product.takes_layouts:
        return how
    if isinstance(sheet.layout, CardLayout):
        how = _with_flip(how, sheet.layout.flip)
    return f"{how} Sheet: {sheet.layout.product}." if sheet.layout.product else how


def _with_flip(how: str, flip: Flip) -> str:
    if flip is Flip.SHORT:
        return how.replace("flip on long edge", "flip on short edge")
    if flip is Flip.NONE:
        return how.replace("on both sides, flip on long edge", "fronts and backs on their own")
    return how
