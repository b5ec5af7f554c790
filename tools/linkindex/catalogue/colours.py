"""Colours: how far apart two are, the nearest shade that can be read, and shades of one hue.

A colour is ``#rrggbb``. Contrast is that of WCAG 2.2, from 1 to 21. Shades keep hue and saturation,
and differ in lightness.
"""

from __future__ import annotations

import colorsys
import math
import zlib

WHITE = "#ffffff"
LEAST_TEXT = 4.5
"""WCAG 2.2 success criterion 1.4.3 (AA): text and what it stands on."""
LEAST_BAND = 7.0
"""WCAG 2.2 success criterion 1.4.6 (AAA): white text on the band of a card or page."""

GROUP_COLOURS = ("#3d4a5c", "#7a2f6e", "#1d5c4a", "#6b4410", "#234f8f", "#0b5a66")
"""A hue for each group that names none, in the order of the groups, then again from the start. None
is red, which is for urgent help and the way out."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ratio_said(ratio: float) -> str:
    """A contrast as it is said, never better than it is: ``6.9:1``."""
    return f"{math.floor(ratio * 10) / 10}:1"


def nearest_readable(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """The shade of a colour nearest to it that reaches a contrast with every ground.

    Itself, where it does. Where no shade does, black or white, whichever comes nearer.
    """
    hue, lightness, saturation = _hls(colour)
    dark_ground = all(_luminance(ground) < 0.18 for ground in grounds)
    step = 1 / 255 if dark_ground else -1 / 255
    shade = colour
    while any(contrast(shade, ground) < least for ground in grounds):
        lightness += step
        if not 0 <= lightness <= 1:
            return WHITE if dark_ground else "#000000"
        shade = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return shade


def shade_of(colour: str, name: str) -> str:
    """A shade of a colour for something with this name, dark enough to carry white text.

    The name alone decides, so that whatever comes to stand beside it, what was printed holds.
    """
    number = zlib.crc32(name.encode())
    hue, lightness, saturation = _hls(nearest_readable(colour, (WHITE,), LEAST_BAND))
    darker = 1 - 0.4 * (number % 8) / 7
    turned = (hue + ((number >> 8) % 5 - 2) / 90) % 1
    shade = _hex(colorsys.hls_to_rgb(turned, lightness * darker, saturation))
    return nearest_readable(shade, (WHITE,), LEAST_BAND)


def mixed(colour: str, other: str, share: float) -> str:
    """So much of one colour, from 0 to 1, in another."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return _hex(tuple(one * share + two * (1 - share) for one, two in pairs))


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _hls(colour: str) -> tuple[float, float, float]:
    red, green, blue = _channels(colour)
    return colorsys.rgb_to_hls(red, green, blue)


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
