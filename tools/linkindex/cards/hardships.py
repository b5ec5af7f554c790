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
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from pydantic import BaseModel, ConfigDict, Field

from linkindex.catalogue.yaml.source import read_yaml

FILE = Path(__file__).parent / "hardships.yaml"

VARIETIES = 24
"""How many different scratches, creases and so on there are."""


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
    """All trials, and the share of them that must be passed.

    :ivar floor: by the codes of one file in the mean.
    :ivar least: by each code.
    """

    camera: Camera
    floor: Annotated[float, Field(ge=0, le=1)]
    least: Annotated[float, Field(ge=0, le=1)]
    hardships: tuple[Hardship, ...]

    def strength_of(self, name: str) -> float:
        """How strong the hardship of this name is."""
        return next(hardship.strength for hardship in self.hardships if hardship.name == name)

    @property
    def pictures(self) -> int:
        """How often each code is tried."""
        return sum(hardship.pictures for hardship in self.hardships)


@dataclass(frozen=True)
class PrintedCode:
    """A code as it prints.

    :ivar picture: the code with its quiet zone, in grey, at least as fine as a camera sees it.
    :ivar side_mm: how wide it is, quiet zone included.
    :ivar cells: how many modules that is.
    """

    picture: Image.Image
    side_mm: float
    cells: int


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


def endure(code: PrintedCode, address: str) -> Endured:
    """Try to read a code under every hardship."""
    passed: dict[str, int] = {}
    tried: dict[str, int] = {}
    for name, picture in photographed(code, address):
        tried[name] = tried.get(name, 0) + 1
        passed[name] = passed.get(name, 0) + (read(picture) == address)
    return Endured(passed, tried)


def photographed(code: PrintedCode, address: str) -> Iterator[tuple[str, Image.Image]]:
    """The pictures in which a code is tried, with the name of each hardship.

    Which scratches, creases and so on it meets is told by its address, so that a deck meets many
    of them, and each code the same on every run.
    """
    return photographs(code, zlib.crc32(address.encode()))


def photographs(code: PrintedCode, start: int = 0) -> Iterator[tuple[str, Image.Image]]:
    """Every picture of the set, with the name of its hardship.

    :param start: of the varieties of each hardship, that which comes first.
    """
    wanted = hardships()
    dots = wanted.camera.dots_per_mm(code.side_mm)
    seen = _seen(code.picture, round(code.side_mm * dots))
    tilted = functools.cache(functools.partial(_tilted, seen, wanted.strength_of("tilt")))
    for hardship in wanted.hardships:
        strength = hardship.strength
        for place in range(hardship.pictures):
            number = (start + place) % VARIETIES
            match hardship.name:
                case "tilt":
                    picture = tilted(number)
                case "worn":
                    picture = _worn(tilted(number), strength, number)
                case "far":
                    picture = _far(code, strength, number)
                case "motion":
                    # So many millimetres, however finely they are seen.
                    picture = _moved(seen, strength * dots, number)
                case name:
                    picture = _SUFFERED[name](seen, strength, number)
            yield hardship.name, picture


def _seen(code: Image.Image, size: int) -> Image.Image:
    """A code of so many dots, and white around it, so that it stays in the picture when tilted."""
    frame = Image.new("L", (size * 9 // 8, size * 9 // 8), 255)
    edge = (frame.width - size) // 2
    frame.paste(code.resize((size, size), Image.Resampling.BOX), (edge, edge))
    return frame


def read(picture: Image.Image) -> str | None:
    """What the only code in a picture says."""
    code = zxingcpp.read_barcode(
        picture,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        try_rotate=False,
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


def _blurred(picture: Image.Image, spread: float, number: int) -> Image.Image:
    """Spread by a standard deviation of so many dots, or a quarter more, evenly as a lens does."""
    spread *= 1 + 0.25 * (number % 2)
    return picture.filter(ImageFilter.BoxBlur((math.sqrt(1 + 12 * spread**2) - 1) / 2))


def _faded(picture: Image.Image, contrast: float, _: int) -> Image.Image:
    return picture.point([round(128 + (value - 128) * contrast) for value in range(256)])


def _noisy(picture: Image.Image, strength: float, number: int) -> Image.Image:
    # Half of each: the sum stays within a byte, and contrast halves as it does in bad light.
    return ImageChops.add(
        _faded(picture, 0.6, 0), _noise(picture.size, strength, number), 1, -round(strength)
    )


@functools.cache
def _noise(size: tuple[int, int], strength: float, number: int) -> Image.Image:
    dice = _dice("noise", number)
    even = Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))
    return even.point([round(value / 255 * 2 * strength) for value in range(256)])


def _scratched(picture: Image.Image, share: float, number: int) -> Image.Image:
    return ImageChops.lighter(picture, _scratches(picture.size, share, number))


@functools.cache
def _scratches(size: tuple[int, int], share: float, number: int) -> Image.Image:
    dice = _dice("scratches", number)
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
    dice = _dice("glare", number)
    light = Image.new("L", size, 0)
    # The code fills eight ninths of the picture.
    radius = 8 / 9 * size[0] * math.sqrt(share / math.pi)
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


def _worn(tilted: Image.Image, strength: float, number: int) -> Image.Image:
    scratched = _scratched(tilted, 0.01 * strength, 10 + number)
    return _noisy(_faded(_blurred(scratched, 0.6 * strength, 0), 0.8, 0), 20 * strength, number)


def _far(code: PrintedCode, dots: float, number: int) -> Image.Image:
    """From so far away that a module is so many dots wide, askew, and between the dots."""
    dice = _dice("far", number)
    # Turned at twice the fineness, and then seen by dots that each take in what is before them.
    fine = _seen(code.picture, round(2 * dots * code.cells))
    fine = fine.rotate(dice.uniform(-15, 15), Image.Resampling.BILINEAR, fillcolor=255)
    left, top = 2 * dice.random(), 2 * dice.random()
    size = fine.width // 2 - 1
    box = (left, top, left + 2 * size, top + 2 * size)
    return _noisy(fine.resize((size, size), Image.Resampling.BOX, box), 16, number)


def _wrinkled(picture: Image.Image, strength: float, number: int) -> Image.Image:
    """Bent by a share of its width here and there, and white where creases broke the ink."""
    bent = picture.transform(
        picture.size,
        Image.Transform.MESH,
        _bends(picture.width, strength, number),
        Image.Resampling.BILINEAR,
    )
    shade, creases = _creases(picture.size, number)
    return ImageChops.lighter(ImageChops.multiply(bent, shade), creases)


@functools.cache
def _bends(size: int, strength: float, number: int) -> list[tuple[_Box, tuple[float, ...]]]:
    dice = _dice("bends", number)
    places = [round(size * part / _FOLDS) for part in range(_FOLDS + 1)]
    off = strength * size
    moved = {
        (x, y): (x + dice.uniform(-off, off), y + dice.uniform(-off, off))
        for x in places
        for y in places
    }
    return [
        (
            (left, top, right, bottom),
            (
                *moved[left, top],
                *moved[left, bottom],
                *moved[right, bottom],
                *moved[right, top],
            ),
        )
        for left, right in pairwise(places)
        for top, bottom in pairwise(places)
    ]


_Box = tuple[int, int, int, int]
_FOLDS = 4


@functools.cache
def _creases(size: tuple[int, int], number: int) -> tuple[Image.Image, Image.Image]:
    """How much light comes back from each side of two creases, and the creases."""
    dice = _dice("creases", number)
    shade, creases = Image.new("L", size, 255), Image.new("L", size, 0)
    width = max(1, round(size[0] / 120))
    for _ in range(2):
        x, y = (size[0] * dice.uniform(0.25, 0.75) for _ in range(2))
        angle = dice.random() * math.tau
        across, down = 2 * size[0] * math.cos(angle), 2 * size[0] * math.sin(angle)
        ends = ((x - across, y - down), (x + across, y + down))
        side = ((x + across - down, y + down + across), (x - across - down, y - down + across))
        darker = Image.new("L", size, 255)
        ImageDraw.Draw(darker).polygon((*ends, *side), fill=dice.randint(150, 210))
        shade = ImageChops.multiply(shade, darker)
        ImageDraw.Draw(creases).line(ends, fill=dice.randint(170, 230), width=width)
    return shade, creases


def _dimmed(picture: Image.Image, light: float, number: int) -> Image.Image:
    """In so much of full light on the bright side and a third of it on the other, with noise."""
    blurred = picture.filter(ImageFilter.BoxBlur(0.5))
    dark = ImageChops.multiply(blurred, _dusk(picture.size, light, number))
    return ImageChops.add(dark, _noise(picture.size, 10, 20 + number))


@functools.cache
def _dusk(size: tuple[int, int], light: float, number: int) -> Image.Image:
    # From dark to light, from below upwards, turned by a fourth of a turn each time.
    slope = Image.linear_gradient("L").resize(size).rotate(90 * (number % 4))
    return slope.point([round(255 * light * (1 + 2 * value / 255) / 3) for value in range(256)])


def _moved(picture: Image.Image, dots: float, number: int) -> Image.Image:
    """The mean of what is seen while the hand moves by so many dots."""
    angle = _dice("motion", number).random() * math.pi
    steps = max(2, math.ceil(dots) + 1)
    mean = picture
    for step in range(1, steps):
        way = dots * step / (steps - 1)
        moved = ImageChops.offset(
            picture, round(way * math.cos(angle)), round(way * math.sin(angle))
        )
        mean = Image.blend(mean, moved, 1 / (step + 1))
    return _noisy(mean, 12, 30 + number)


def _dice(what: str, number: int) -> random.Random:
    return random.Random(zlib.crc32(f"{what} {number}".encode()))  # noqa: S311 - not a secret


_SUFFERED: dict[str, Callable[[Image.Image, float, int], Image.Image]] = {
    "blur": _blurred,
    "low contrast": _faded,
    "noise": _noisy,
    "scratches": _scratched,
    "glare": _glared,
    "JPEG": _compressed,
    "wrinkled": _wrinkled,
    "dim": _dimmed,
}


def _plain(value: object) -> object:
    """The values of a file without their places."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
