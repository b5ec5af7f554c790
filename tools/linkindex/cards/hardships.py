"""What a code meets in real life, and whether it still reads: a fixed, seeded set of trials.

The pictures are made from the page as it prints, at the fineness of a phone's camera, and decoded.
The same code gives the same pictures on every run.
"""

from __future__ import annotations

import functools
import io
import math
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from pydantic import BaseModel, ConfigDict, Field

from linkindex.catalogue.yaml.source import read_yaml

FILE = Path(__file__).parent / "hardships.yaml"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Camera(_Data):
    """Where the phone is: see ``hardships.yaml``."""

    dots: float
    distance: float
    by_size: float

    def dots_per_mm(self, side_mm: float) -> float:
        """How finely a code of this size is seen."""
        return self.dots / max(self.distance, self.by_size * side_mm)


class Hardship(_Data):
    """One kind of trouble, and in how many pictures it is tried."""

    name: str
    about: str
    pictures: Annotated[int, Field(ge=1)]
    strength: float


class Hardships(_Data):
    """All trials and the share of them that a code must pass."""

    camera: Camera
    floor: Annotated[float, Field(ge=0, le=1)]
    hardships: tuple[Hardship, ...]

    @property
    def pictures(self) -> int:
        """How often each code is tried."""
        return sum(hardship.pictures for hardship in self.hardships)


@dataclass(frozen=True)
class Endured:
    """In how many pictures a code was read, by hardship."""

    passed: dict[str, int]
    tried: dict[str, int]

    @property
    def rate(self) -> float:
        """The share of all pictures."""
        return sum(self.passed.values()) / sum(self.tried.values())


@functools.cache
def hardships() -> Hardships:
    """The set, from ``hardships.yaml``."""
    return Hardships.model_validate(_plain(read_yaml(FILE.read_bytes(), FILE.name).root))


def endure(code: Image.Image, address: str, side_mm: float) -> Endured:
    """Try to read a code under every hardship.

    :param code: the code with its quiet zone, in grey, as finely as it prints.
    :param side_mm: how large it is printed.
    """
    passed: dict[str, int] = {}
    tried: dict[str, int] = {}
    for name, picture in photographs(code, side_mm):
        tried[name] = tried.get(name, 0) + 1
        passed[name] = passed.get(name, 0) + (read(picture) == address)
    return Endured(passed, tried)


def photographs(code: Image.Image, side_mm: float) -> Iterator[tuple[str, Image.Image]]:
    """Every picture of the set, with the name of its hardship."""
    wanted = hardships()
    size = round(side_mm * wanted.camera.dots_per_mm(side_mm))
    # White around it, so that a tilted code stays in the picture.
    seen = Image.new("L", (size * 5 // 4, size * 5 // 4), 255)
    edge = (seen.width - size) // 2
    seen.paste(code.resize((size, size), Image.Resampling.BOX), (edge, edge))
    for hardship in wanted.hardships:
        suffer = _SUFFERED[hardship.name]
        for number in range(hardship.pictures):
            yield hardship.name, suffer(seen, hardship.strength, number)


def read(picture: Image.Image) -> str | None:
    """What the only code in a picture says."""
    code = zxingcpp.read_barcode(
        picture,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        try_invert=False,
    )
    return code.text if code else None


def _tilted(picture: Image.Image, degrees: float, number: int) -> Image.Image:
    return picture.transform(
        picture.size,
        Image.Transform.PERSPECTIVE,
        _perspective(picture.width, degrees, number),
        Image.Resampling.BILINEAR,
        fillcolor=255,
    )


@functools.cache
def _perspective(size: int, degrees: float, number: int) -> tuple[float, ...]:
    """Coefficients for a picture turned about one of its axes, seen from three sizes away.

    The plane is turned by the angle about an axis in it, and projected from a distance of three
    times its size; Pillow asks for the way back, from the projection to the plane.
    """
    turn = math.radians(degrees)
    middle, distance = size / 2, 3 * size
    axis = math.radians(90 * number + 20)
    along, across = (math.cos(axis), math.sin(axis)), (-math.sin(axis), math.cos(axis))
    lift, flat = math.sin(turn), math.cos(turn)
    # A point u*along + v*across goes to (u, v*flat) * d / (d + v*lift); here is the inverse.
    # With w = across . p: v = w*d / (d*flat - w*lift), and u follows from the same denominator.
    ax, ay = along
    bx, by = across
    denominator = (-lift * bx, -lift * by, distance * flat)
    row_u = (distance * flat * ax, distance * flat * ay)
    row_v = (distance * bx, distance * by)
    x_row = (row_u[0] * ax + row_v[0] * bx, row_u[1] * ax + row_v[1] * bx)
    y_row = (row_u[0] * ay + row_v[0] * by, row_u[1] * ay + row_v[1] * by)
    # Move the origin from the middle to the corner, on both sides.
    g, h, i = denominator
    i -= (g + h) * middle
    a, b = x_row[0] + g * middle, x_row[1] + h * middle
    c = middle * i - (x_row[0] + x_row[1]) * middle
    d, e = y_row[0] + g * middle, y_row[1] + h * middle
    f = middle * i - (y_row[0] + y_row[1]) * middle
    return tuple(value / i for value in (a, b, c, d, e, f, g, h))


def _blurred(picture: Image.Image, radius: float, number: int) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(radius * (1 + 0.25 * number)))


def _faded(picture: Image.Image, contrast: float, _: int) -> Image.Image:
    return picture.point([round(128 + (value - 128) * contrast) for value in range(256)])


def _noisy(picture: Image.Image, strength: float, number: int) -> Image.Image:
    # Half of each: the sum stays within a byte, and contrast halves as it does in bad light.
    return ImageChops.add(
        _faded(picture, 0.6, 0), _noise(picture.size, strength, number), 1, -round(strength)
    )


@functools.cache
def _noise(size: tuple[int, int], strength: float, number: int) -> Image.Image:
    dice = random.Random(zlib.crc32(f"noise {number}".encode()))  # noqa: S311 - not a secret
    even = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    return even.point([round(value / 255 * 2 * strength) for value in range(256)])


def _scratched(picture: Image.Image, share: float, number: int) -> Image.Image:
    return ImageChops.lighter(picture, _scratches(picture.size, share, number))


@functools.cache
def _scratches(size: tuple[int, int], share: float, number: int) -> Image.Image:
    dice = random.Random(zlib.crc32(f"scratches {number}".encode()))  # noqa: S311 - not a secret
    marks = Image.new("L", size, 0)
    pen = ImageDraw.Draw(marks)
    covered, wanted = 0.0, share * size[0] * size[1]
    while covered < wanted:
        x, y = dice.random() * size[0], dice.random() * size[1]
        angle, length = dice.random() * math.tau, size[0] * (0.2 + 0.4 * dice.random())
        end = (x + length * math.cos(angle), y + length * math.sin(angle))
        pen.line(((x, y), end), fill=235, width=1)
        covered += length
    return marks


def _glared(picture: Image.Image, share: float, number: int) -> Image.Image:
    return ImageChops.lighter(picture, _glare(picture.size, share, number))


@functools.cache
def _glare(size: tuple[int, int], share: float, number: int) -> Image.Image:
    dice = random.Random(zlib.crc32(f"glare {number}".encode()))  # noqa: S311 - not a secret
    light = Image.new("L", size, 0)
    # The code fills four fifths of the picture.
    radius = 0.8 * size[0] * math.sqrt(share / math.pi)
    angle, away = dice.random() * math.tau, size[0] * 0.3 * dice.random()
    x, y = size[0] / 2 + away * math.cos(angle), size[1] / 2 + away * math.sin(angle)
    ImageDraw.Draw(light).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return light.filter(ImageFilter.GaussianBlur(radius / 8))


def _compressed(picture: Image.Image, quality: float, _: int) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=round(quality))
    again = Image.open(buffer)
    again.load()
    return again


def _worn(picture: Image.Image, strength: float, number: int) -> Image.Image:
    bent = _tilted(_scratched(picture, 0.01 * strength, 10 + number), 20 * strength, number)
    return _noisy(_faded(_blurred(bent, 0.6 * strength, 0), 0.8, 0), 20 * strength, 10 + number)


_SUFFERED: dict[str, Callable[[Image.Image, float, int], Image.Image]] = {
    "tilt": _tilted,
    "blur": _blurred,
    "low contrast": _faded,
    "noise": _noisy,
    "scratches": _scratched,
    "glare": _glared,
    "JPEG": _compressed,
    "worn": _worn,
}


def _plain(value: object) -> object:
    """The values of a file without their places."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
