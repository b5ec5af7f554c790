"""Bytes of unknown origin as text."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

ANSI = "cp1252"
"""What Windows programs of western Europe write that know no Unicode."""


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or ANSI, its lines ended by ``\\n`` alone."""
    return _decoded(data).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    beginning = data[:4000]
    # Half of the bytes of western text in UTF-16 are zeros, and none of them elsewhere.
    for encoding, zeros in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if zeros.count(0) > len(zeros) * 0.7:
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in cp1252; programs that meet them read them as Latin-1 does.
        return (
            "".join(
                piece.decode(ANSI, errors="ignore") or piece.decode("latin-1")
                for piece in (data[place : place + 1] for place in range(len(data)))
            )
            if any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")
            else data.decode(ANSI)
        )
