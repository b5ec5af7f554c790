"""Codes for a screen: what one phone shows so that another can scan it.

Each is a file of its own, ``q/CODE.png`` or ``r/CODE.png``, fetched when somebody asks for it. An
SVG of the same modules has four times the bytes, and there may be thousands.
"""

from __future__ import annotations

import struct
import zlib

import zxingcpp
from PIL import Image

from linkindex.catalogue import ShownCatalogue
from linkindex.qr import plan

DOTS = 4
"""How wide a module is in the picture; the style says that it is shown larger without a blur."""

_MASK = 2
"""One mask for all: a screen shows the code large, and there may be thousands to make."""


def code_files(catalogue: ShownCatalogue) -> dict[str, bytes]:
    """The picture of the code of every current category and resource, by path."""
    names = [
        *(f"q/{category.code}" for category in catalogue.current_categories),
        *(f"r/{resource.code}" for resource in catalogue.current_resources),
    ]
    return {f"{name}.png": code_png(f"{catalogue.settings.site_url}{name}") for name in names}


def code_png(address: str, mask: int = _MASK) -> bytes:
    """A QR code, black on white in any colour scheme, with its quiet zone.

    Made by zxing-cpp, which takes a fortieth of the time of the library that makes the cards'
    codes; both give the same modules for the same mask.
    """
    # Only the version and level of the plan matter here: a screen shows a code at any size.
    wanted = plan([address], side_mm=1)
    code = zxingcpp.create_barcode(
        address,
        zxingcpp.BarcodeFormat.QRCode,
        ec_level=wanted.level,
        version=wanted.version,
        data_mask=mask,
    )
    modules = Image.fromarray(code.to_image(scale=1, add_quiet_zones=True))
    return _png(modules.convert("1", dither=Image.Dither.NONE))


def _png(modules: Image.Image) -> bytes:
    """A picture of black and white modules, each :data:`DOTS` wide.

    A module is as many rows that are alike: all but the first are written as "like the one above"
    (PNG, filter 2), for which Pillow never decides. That is a fifth less than it writes.
    """
    width, height = modules.width * DOTS, modules.height * DOTS
    wide = modules.resize((width, modules.height), Image.Resampling.NEAREST).tobytes()
    length = len(wide) // modules.height
    alike = (b"\2" + bytes(length)) * (DOTS - 1)
    rows = (wide[at : at + length] for at in range(0, len(wide), length))
    packing = zlib.compressobj(9, strategy=zlib.Z_FILTERED)
    packed = packing.compress(b"".join(b"\0" + row + alike for row in rows)) + packing.flush()
    size = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)  # a bit for each dot, grey
    chunks = ((b"IHDR", size), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)
