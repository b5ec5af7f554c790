"""The figures of every code as a page to read: what was measured, and what it looked like."""

from __future__ import annotations

import base64
import functools
import io
from collections.abc import Sequence
from pathlib import Path

import jinja2
from PIL import Image

from linkindex.cards.hardships import hardships, photographed, read
from linkindex.cards.proof import Proven, limits

TEMPLATES = Path(__file__).parent / "templates"

_TRIALS_SHOWN = 200
"""Codes whose trials are shown as pictures; beyond that a page would take too long to open."""


def report_html(proven: Sequence[Proven], title: str) -> bytes:
    """One page that needs nothing else: each code, its figures beside their limits, its trials.

    The codes that fall short come first.
    """
    order = sorted(proven, key=lambda code: (code.is_kept, code.file, code.card.number or 0))
    shown = {id(code) for code in order[:_TRIALS_SHOWN]}
    page = _environment().get_template("report.html")
    return page.render(
        title=title,
        codes=order,
        limits=limits().values(),
        hardships=hardships(),
        failed=[code for code in proven if not code.is_kept],
        picture_of=lambda code: _address(code.printed.picture),
        trials_of=lambda code: _trials(code) if id(code) in shown else [],
    ).encode()


def _trials(code: Proven) -> list[tuple[str, bool, str]]:
    """One picture of each hardship: its name, whether the code was read, and the picture."""
    shown: dict[str, tuple[str, bool, str]] = {}
    for name, picture in photographed(code.printed, code.card.address):
        is_read = read(picture) == code.card.address
        # Where some of the pictures failed, show one that did.
        if name not in shown or (shown[name][1] and not is_read):
            shown[name] = (name, is_read, _address(picture))
    return list(shown.values())


def _address(picture: Image.Image) -> str:
    small = picture.convert("L")
    small.thumbnail((150, 150))
    buffer = io.BytesIO()
    small.save(buffer, "WEBP", quality=60)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
