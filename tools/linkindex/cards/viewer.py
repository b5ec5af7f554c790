"""What a finished PDF tells the program that prints it: at its own size, and on which sides.

Typst does not write these entries of a document's catalogue (ISO 32000-1, 12.2), so they are put
into the finished bytes, and the table of where each object begins is mended.
"""

from __future__ import annotations

import re
from enum import StrEnum

_PREFERENCES = b"/ViewerPreferences<<"
_TABLE = re.compile(rb"^(\d{10}) (\d{5} n)", re.MULTILINE)
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")


class Duplex(StrEnum):
    """How a sheet is turned over, by the names of the standard."""

    ONE_SIDE = "Simplex"
    LONG_EDGE = "DuplexFlipLongEdge"
    SHORT_EDGE = "DuplexFlipShortEdge"


def with_print_settings(pdf: bytes, duplex: Duplex | None) -> bytes:
    """The same file, which asks to be printed at 100 % and on these sides.

    :param duplex: nothing where whoever prints decides.
    :raises ValueError: when the file is not one that Typst has written for people who listen.
    """
    place, start = pdf.find(_PREFERENCES), _START.search(pdf)
    if place < 0 or start is None or pdf.count(_PREFERENCES) != 1:
        raise ValueError("the file has no viewer preferences")
    place += len(_PREFERENCES)
    sides = b"/Duplex/" + duplex.encode() if duplex else b""
    added = b"/PrintScaling/None" + sides
    table = int(start[1])

    def moved(entry: re.Match[bytes]) -> bytes:
        offset = int(entry[1])
        return b"%010d %s" % (offset + len(added) if offset > place else offset, entry[2])

    body = pdf[:place] + added + pdf[place:table]
    entries = _TABLE.sub(moved, pdf[table : start.start(1)])
    return body + entries + str(table + len(added)).encode() + pdf[start.end(1) :]
