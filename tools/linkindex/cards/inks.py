"""The four inks of a print shop: cyan, magenta, yellow and black, as fractions of full ink.

Typst paints drawings and pictures in the colours of a screen, whatever stands around them. So a
file for a press is rewritten when it is finished: each colour becomes a mixture of the inks, and
what is grey or black becomes black ink alone, which needs no two plates to lie exactly. No profile
takes part, since nobody knows on which press the file will be printed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, Stream
from PIL import Image, ImageChops, ImageMath

Mixture = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, from 0 to 1."""

_BLACK: Mixture = (0, 0, 0, 1)
_PATTERN = 0
"""In place of how many numbers tell a colour, where a pattern paints."""

_CHANNELS = {
    "/DeviceGray": 1,
    "/CalGray": 1,
    "/DeviceRGB": 3,
    "/CalRGB": 3,
    "/DeviceCMYK": 4,
    "/Pattern": _PATTERN,
}
"""Colour spaces by how many numbers tell a colour; ICC profiles say it themselves."""

_NOT_OF_INKS = frozenset(
    ("/CalGray", "/DeviceRGB", "/CalRGB", "/Lab", "/ICCBased", "/Separation", "/DeviceN")
)


def in_four_inks(pdf: bytes) -> bytes:
    """The same file with every colour as a mixture of inks.

    What cannot be rewritten, such as a gradient told by a program, stays: see `not_of_inks`.
    """
    with Pdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            _give_inks(thing)
        for page in document.pages:
            content = _painted_in_inks(page.obj, page.obj.get(Name.Resources))
            page.obj[Name.Contents] = document.make_stream(content)
        # Nothing is painted by these names any more, and objects may share them.
        for thing in document.objects:
            resources = thing.get(Name.Resources) if _has_keys(thing) else None
            if resources is not None and Name.ColorSpace in resources:
                del resources[Name.ColorSpace]
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def not_of_inks(pdf: bytes) -> frozenset[str]:
    """What a file holds besides the four inks: names of colour spaces, and mixtures for black.

    Every object is looked at, whether or not a page leads to it, so that nothing depends on how
    the file was made.
    """
    found: set[str] = set()
    with Pdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            found.update(_named_in(thing))
            if _holds_painting(thing):
                found.update(_painted_with(thing))
        for page in document.pages:
            found.update(_painted_with(page.obj))
    return frozenset(found)


def mixed(red: float, green: float, blue: float) -> Mixture:
    """A colour of a screen as inks, with as much black for its grey as there can be."""
    light = max(red, green, blue)
    if light <= 0:
        return _BLACK
    cyan, magenta, yellow = (1 - channel / light for channel in (red, green, blue))
    return cyan, magenta, yellow, 1 - light


def mixed_picture(picture: Image.Image) -> Image.Image:
    """A picture of three channels as one of four, each dot by `mixed`."""
    red, green, blue = picture.convert("RGB").split()
    light = ImageChops.lighter(ImageChops.lighter(red, green), blue)

    def ink(channel: Image.Image) -> Image.Image:
        share = ImageMath.lambda_eval(
            lambda args: 255 - args["channel"] * 255 / args["light"],
            channel=channel,
            light=light.point(lambda value: max(value, 1)),
        )
        # Where there is no light at all, black ink does it alone.
        return ImageChops.multiply(share.convert("L"), light.point(lambda value: 255 * (value > 0)))

    colours = [ink(channel) for channel in (red, green, blue)]
    return Image.merge("CMYK", (*colours, ImageChops.invert(light)))


def _give_inks(thing: Any) -> None:
    """Mix the colours of one object: a picture, a gradient, a group, or what paints in itself."""
    if not _has_keys(thing):
        return
    group = thing.get(Name.Group)
    if group is not None and Name.CS in group:
        group[Name.CS] = Name.DeviceCMYK
    if thing.get(Name.PatternType) == 2:
        _mix_gradient(thing[Name.Shading])
    elif Name.ShadingType in thing:
        _mix_gradient(thing)
    elif thing.get(Name.Subtype) == Name.Image:
        _mix_picture(thing)
    elif _holds_painting(thing):
        thing.write(_painted_in_inks(thing, thing.get(Name.Resources)))


def _holds_painting(thing: Any) -> bool:
    """Whether an object is painted like a page: part of one, or a tile."""
    return isinstance(thing, Stream) and (
        thing.get(Name.Subtype) == Name.Form or thing.get(Name.PatternType) == 1
    )


def _mix_picture(picture: Any) -> None:
    channels = _channels(picture.get(Name.ColorSpace))
    if channels == 1:
        # Light is no ink, and dark is black ink.
        picture[Name.ColorSpace] = Name.DeviceGray
    elif channels == 3:
        dots = mixed_picture(pikepdf.PdfImage(picture).as_pil_image())
        picture.write(dots.tobytes())
        picture[Name.ColorSpace] = Name.DeviceCMYK
        picture[Name.BitsPerComponent] = 8


def _mix_gradient(gradient: Any) -> None:
    channels = _channels(gradient.get(Name.ColorSpace))
    functions = list(_steps(gradient.get(Name.Function)))
    if channels in (1, 3) and functions and all(functions):
        for function in functions:
            for end in (Name.C0, Name.C1):
                function[end] = Array(_numbers(_mixture([float(part) for part in function[end]])))
            if Name.Range in function:
                del function[Name.Range]
        gradient[Name.ColorSpace] = Name.DeviceCMYK


def _steps(function: Any) -> Iterator[Any]:
    """The functions that tell the colours at both ends of each step, or nothing for another."""
    kind = function.get(Name.FunctionType) if _has_keys(function) else None
    if kind == 2:
        yield function
    elif kind == 3:
        if Name.Range in function:
            del function[Name.Range]
        for step in function[Name.Functions]:
            yield from _steps(step)
    else:
        yield None


def _painted_in_inks(painted: Any, resources: Any) -> bytes:
    """The instructions of a page, or of what is painted like one, with inks for colours."""
    spaces = resources.get(Name.ColorSpace, {}) if resources is not None else {}
    # How many numbers tell the colour of areas, and of lines.
    areas: int | None = 1
    lines: int | None = 1
    kept: list[tuple[int | None, int | None]] = []
    written: list[Any] = []
    for instruction in pikepdf.parse_content_stream(painted):
        operator = str(instruction.operator)
        if operator not in _COLOURING:
            written.append(instruction)
        elif operator == "q":
            kept.append((areas, lines))
            written.append(instruction)
        elif operator == "Q":
            areas, lines = kept.pop()
            written.append(instruction)
        elif operator in ("cs", "CS"):
            channels = _channels(spaces.get(instruction.operands[0], instruction.operands[0]))
            areas, lines = (channels, lines) if operator == "cs" else (areas, channels)
            by_pattern = ContentStreamInstruction([Name.Pattern], instruction.operator)
            written.append(by_pattern if channels == _PATTERN else _ink(_BLACK, operator))
        elif operator in _BY_SPACE and (areas if operator in _OF_AREAS else lines) == _PATTERN:
            written.append(instruction)
        else:
            mixture = _mixture([float(part) for part in instruction.operands])
            written.append(_ink(mixture, operator))
    return pikepdf.unparse_content_stream(written)


_OF_AREAS = frozenset(("cs", "sc", "scn", "g", "rg", "k"))
_BY_SPACE = frozenset(("sc", "scn", "SC", "SCN"))
_COLOURING = _BY_SPACE | frozenset(("q", "Q", "cs", "CS", "g", "G", "rg", "RG", "k", "K"))
"""The operators of ISO 32000-1, 8.6.8, and those that keep and bring back the state."""


def _ink(mixture: Mixture, operator: str) -> ContentStreamInstruction:
    name = "k" if operator in _OF_AREAS else "K"
    return ContentStreamInstruction(_numbers(mixture), Operator(name))


def _mixture(parts: list[float]) -> Mixture:
    match parts:
        case [grey]:
            return 0, 0, 0, 1 - grey
        case [red, green, blue]:
            return mixed(red, green, blue)
        case [cyan, magenta, yellow, black]:
            return cyan, magenta, yellow, black
    raise ValueError(parts)


def _numbers(mixture: Mixture) -> list[Decimal]:
    return [Decimal(f"{part:.4f}").normalize() + 0 for part in mixture]


def _channels(space: Any) -> int | None:
    """How many numbers tell a colour of this space."""
    kind = str(space[0] if isinstance(space, Array) else space)
    return int(space[1][Name.N]) if kind == "/ICCBased" else _CHANNELS.get(kind)


def _has_keys(thing: Any) -> bool:
    return isinstance(thing, (Dictionary, Stream))


def _named_in(thing: Any) -> Iterator[str]:
    """The colour spaces that an object names, without what is an object of its own."""
    if isinstance(thing, Name):
        if str(thing) in _NOT_OF_INKS:
            yield str(thing)[1:]
    elif isinstance(thing, Array) or _has_keys(thing):
        for part in thing if isinstance(thing, Array) else map(thing.get, thing.keys()):
            if not getattr(part, "is_indirect", False):
                yield from _named_in(part)


def _painted_with(painted: Any) -> Iterator[str]:
    """What a page, or part of one, is painted with besides the inks."""
    for instruction in pikepdf.parse_content_stream(painted, "rg RG k K cs CS"):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("rg", "RG"):
            yield "DeviceRGB"
        elif operator in ("cs", "CS"):
            yield from _named_in(operands[0])
        elif float(operands[3]) > _NEARLY and any(float(part) > 0 for part in operands[:3]):
            yield MIXED_BLACK


MIXED_BLACK = "black of several inks"
_NEARLY = 0.999
