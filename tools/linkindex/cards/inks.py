"""The four inks of a print shop: cyan, magenta, yellow and black, as fractions of full ink.

Typst paints drawings and pictures in the colours of a screen, whatever stands around them. So a
file for a press is rewritten when it is finished: each colour becomes a mixture of the inks, and
what is grey or black becomes black ink alone, which needs no two plates to lie exactly. No profile
takes part, since nobody knows on which press the file will be printed.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops, ImageMath

Mixture = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, from 0 to 1."""

_BLACK: Mixture = (0, 0, 0, 1)
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}
"""Colour spaces of screens by how many numbers tell a colour; ICC profiles say it themselves."""

_NOT_OF_INKS = frozenset(
    ("/CalGray", "/DeviceRGB", "/CalRGB", "/Lab", "/ICCBased", "/Separation", "/DeviceN")
)


_OF_INKS = frozenset(("/DeviceGray", "/DeviceCMYK", "/Pattern"))
"""What a page may name in an instruction; a pattern tells its colours itself."""


def in_four_inks(pdf: bytes) -> bytes:
    """The same file with every colour as a mixture of inks.

    What cannot be rewritten, such as a gradient told by a program, stays: see `not_of_inks`.
    """
    with Pdf.open(io.BytesIO(pdf)) as document:
        named = []
        for thing in document.objects:
            if _has_keys(thing):
                _give_inks(thing)
                if Name.Resources in thing:
                    named.append(thing[Name.Resources])
        for page in document.pages:
            content = page.obj[Name.Contents]
            content.write(_painted_in_inks(content.read_bytes(), page.obj.get(Name.Resources)))
        # Nothing is painted by these names any more; pages may share them, so they go last.
        for resources in named:
            if Name.ColorSpace in resources:
                del resources[Name.ColorSpace]
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def not_of_inks(pdf: bytes) -> frozenset[str]:
    """What a file holds besides the four inks: names of colour spaces, and mixtures for black.

    Every object that could be seen is looked at, whether or not a page leads to it, so that nothing
    depends on how the file was made.
    """
    found: set[str] = set()
    with Pdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if _has_keys(thing) and thing.get(Name.Type) == Name.StructElem:
                continue  # most of a tagged file, and nothing that is seen
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
        thing.write(_painted_in_inks(thing.read_bytes(), thing.get(Name.Resources)))


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


_COLOURED = re.compile(rb"(/[^\s/<>()\[\]{}%]+) (cs|CS) ([-+.\d\s]+)(?:scn|SCN|sc|SC)(?=[\s/])")
"""A colour as Typst sets it: its space, and at once its numbers. A name may follow closely."""


def _painted_in_inks(content: bytes, resources: Any) -> bytes:
    """The instructions of a page, or of what is painted like one, with inks for colours.

    Told apart by their form, which takes a fifth of the time of reading every instruction. A form
    of another kind stays, and is found by `not_of_inks`.
    """
    spaces = resources.get(Name.ColorSpace) if resources is not None else None
    if spaces is None:
        return content
    channels = {name.encode(): _channels(space) for name, space in spaces.items()}

    def ink(colour: re.Match[bytes]) -> bytes:
        space, operator, parts = colour.groups()
        wanted = channels.get(space)
        if wanted not in (1, 3) or len(parts.split()) != wanted:
            return colour[0]
        # A name needs no space before it; a number does.
        return b" " + _mixture_of(parts) + (b" k" if operator == b"cs" else b" K")

    return _COLOURED.sub(ink, content)


@functools.lru_cache(maxsize=1024)
def _mixture_of(parts: bytes) -> bytes:
    mixture = _mixture([float(part) for part in parts.split()])
    return " ".join(map(str, _numbers(mixture))).encode()


def _mixture(parts: list[float]) -> Mixture:
    match parts:
        case [grey]:
            return 0, 0, 0, 1 - grey
        case [red, green, blue]:
            return mixed(red, green, blue)
    raise ValueError(parts)


def _numbers(mixture: Mixture) -> list[Decimal]:
    return [Decimal(f"{round(part, 4):.4f}").normalize() + 0 for part in mixture]


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
            # Spaces of a name of their own are gone, and a press would not know what is meant.
            space = str(operands[0])
            yield from () if space in _OF_INKS else (space.removeprefix("/"),)
        elif float(operands[3]) > _NEARLY and any(float(part) > 0 for part in operands[:3]):
            yield MIXED_BLACK


MIXED_BLACK = "black of several inks"
_NEARLY = 0.999
