"""Codes for a screen: what one phone shows so that another can scan it.

Each is a file of its own, ``q/CODE.png`` or ``r/CODE.png``, fetched when somebody asks for it. An
SVG of the same modules has four times the bytes, and there may be thousands.
"""

from __future__ import annotations

import io

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
    picture = modules.convert("1", dither=Image.Dither.NONE).resize(
        (modules.width * DOTS, modules.height * DOTS), Image.Resampling.NEAREST
    )
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
