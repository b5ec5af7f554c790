"""The organisation's logo: a picture beside the catalogue, checked before anything shows it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError

from linkindex.catalogue.beside import ReadBeside
from linkindex.catalogue.problems import UnfitError, quoted

LARGEST_BYTES = 25_000
"""Every page shows the logo: with one of this size a category page stays under 70 KB."""

SMALLEST_PIXELS = 120
"""On the shorter side of a PNG: 10 mm of a card at 300 dots an inch."""

WIDEST, TALLEST = 6.0, 1.5
"""Width by height, and height by width, that fit the heads of pages and cards."""

_SVG = "{http://www.w3.org/2000/svg}"
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|mm|cm|in|pc|em)?\s*")


class LogoError(UnfitError):
    """The picture cannot be the logo."""


@dataclass(frozen=True)
class Logo:
    """A picture that has been checked.

    :ivar kind: ``svg`` or ``png``.
    :ivar ratio: width divided by height.
    """

    kind: str
    content: bytes
    ratio: float


def read_logo(name: str, read: ReadBeside) -> Logo:
    """Read and check the picture.

    :raises LogoError: when there is none, or it cannot be shown on pages and cards.
    """
    try:
        content = read(name)
    except OSError as error:
        raise LogoError(
            f"the logo {quoted(name)} cannot be read ({error.strerror or 'no such file'})",
            "put the picture beside this file, or remove the line",
        ) from None
    if len(content) > LARGEST_BYTES:
        raise LogoError(
            f"the logo {quoted(name)} has {len(content) / 1000:.0f} KB, and every page loads it",
            f"save it smaller, with {LARGEST_BYTES // 1000} KB at most",
        )
    kind = PurePosixPath(name).suffix.lower().removeprefix(".")
    width, height = _svg_size(name, content) if kind == "svg" else _png_size(name, content)
    ratio = width / height
    if not 1 / TALLEST <= ratio <= WIDEST:
        raise LogoError(
            f"the logo {quoted(name)} is too {'wide' if ratio > 1 else 'tall'} "
            f"({width:g} by {height:g})",
            f"use one at most {WIDEST:g} times as wide as tall, or {TALLEST:g} times as tall as "
            "wide",
        )
    return Logo(kind, content, ratio)


def _png_size(name: str, content: bytes) -> tuple[float, float]:
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            picture.load()
            width, height = picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise LogoError(
            f"the logo {quoted(name)} is not a PNG picture, or is damaged", "save it again as PNG"
        ) from None
    if min(width, height) < SMALLEST_PIXELS:
        raise LogoError(
            f"the logo {quoted(name)} is too small to print ({width} by {height} pixels)",
            f"use one with {SMALLEST_PIXELS} pixels or more on its shorter side, or an SVG",
        )
    return width, height


def _svg_size(name: str, content: bytes) -> tuple[float, float]:
    # Looked for before anything is parsed: entities grow, and instructions fetch.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or _INSTRUCTION.search(content):
        raise _foreign(name, "a declaration or an instruction")
    try:
        content.decode("utf-8")
        root = ElementTree.fromstring(content)  # noqa: S314 - entities were refused above
    except (ElementTree.ParseError, UnicodeDecodeError):
        root = ElementTree.Element("none")
    if root.tag != f"{_SVG}svg":
        raise LogoError(
            f"the logo {quoted(name)} is not an SVG picture, or is damaged", "save it again as SVG"
        )
    for element in root.iter():
        _refuse_what_acts(name, element)
    size = _view_box(root) or _sides(root)
    if size is None:
        raise LogoError(
            f"the logo {quoted(name)} does not say its size", 'give its `<svg>` a `viewBox="..."`'
        )
    return size


_INSTRUCTION = re.compile(rb"<\?(?!xml\s)")
_DRAWS = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker"),
    )
)
"""Elements that a logo is drawn with. Filters, animations and scripts are none of them."""

_HERE = re.compile(r"\s*(#|data:image/(png|jpeg);base64,)", re.I)
_FETCHES = re.compile(
    r"[\\@]|script:|image-set|image\(|src\("
    r"|url\((?!\s*['\"]?(#|data:image/(png|jpeg);base64,))",
    re.I,
)


def _refuse_what_acts(name: str, element: ElementTree.Element) -> None:
    """A logo draws; it runs no script and fetches nothing.

    Elements of other namespaces, in which drawing programs keep notes, do nothing; but for HTML.
    """
    namespace, _, tag = str(element.tag).rpartition("}")
    is_svg = f"{namespace}}}" == _SVG
    if (is_svg and tag not in _DRAWS) or namespace == "{http://www.w3.org/1999/xhtml":
        raise _foreign(name, f"<{tag}>")
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2].lower()
        if attribute.startswith("on"):
            raise _foreign(name, attribute)
        if attribute in ("href", "src") and is_svg and not _HERE.match(value):
            raise _foreign(name, f"a link to {value.strip()[:60]}")
        if attribute not in ("href", "src") and is_svg and _FETCHES.search(value):
            raise _foreign(name, f"a style in {attribute} that fetches something")
    if is_svg and tag == "style" and _FETCHES.search("".join(element.itertext())):
        raise _foreign(name, "a style that fetches something")


def _foreign(name: str, what: str) -> LogoError:
    return LogoError(
        f"the logo {quoted(name)} holds more than a picture ({what})",
        "save it as a plain SVG, without scripts and links, or as PNG",
    )


def _view_box(root: ElementTree.Element) -> tuple[float, float] | None:
    try:
        _, _, width, height = map(float, re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        return None
    return (width, height) if 0 < width < 1e9 and 0 < height < 1e9 else None


def _sides(root: ElementTree.Element) -> tuple[float, float] | None:
    sides = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    lengths = [float(match[1]) for match in sides if match]
    return (lengths[0], lengths[1]) if len(lengths) == 2 and all(lengths) else None
