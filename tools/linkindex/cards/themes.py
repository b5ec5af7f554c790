"""How the cards look: themes as data, in ``themes.yaml``."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from linkindex.cards.errors import CardError
from linkindex.catalogue.problems import Fault, quoted, suggestion
from linkindex.catalogue.yaml.source import YamlMap, read_yaml

FILE = Path(__file__).parent / "themes.yaml"


class CardColours(BaseModel):
    """The colours of one card, as the templates read them.

    :ivar number_colour: of the number, which stands on a disc in ``on_band``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    band: str
    on_band: str
    accent: str
    tint: str
    number_colour: str


class Theme(BaseModel):
    """The colours of cards; see ``themes.yaml`` for what each stands for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    """What it looks like, in one line."""
    band: str
    """The head of the front, the foot of the back: `#rrggbb`, or `card` for the category's."""
    on_band: str
    """What stands on the band."""
    accent: str
    """Headings and numbers on white: `#rrggbb`, or `card`."""
    tint: Annotated[int, Field(ge=0, le=20)]
    """The ground of the back: so many per cent of the accent."""
    rule: Annotated[float, Field(ge=0, le=3)]
    """The line below the band, in millimetres."""
    weight: str
    """How heavy the letters of the texts are: `regular` or `semibold`."""
    head: str
    """The head of a poster: `#rrggbb`, or `card` for that of the card that lists the ring."""
    on_head: str
    """What stands on that head."""
    specimen: str
    """The strip of a specimen."""

    def of_card(self, colour: str) -> CardColours:
        """The colours of a card of this colour."""
        band = colour if self.band == "card" else self.band
        accent = colour if self.accent == "card" else self.accent
        return CardColours(
            band=band,
            on_band=self.on_band,
            accent=accent,
            tint=tinted(accent, self.tint),
            number_colour=band,
        )


def tinted(colour: str, percent: int) -> str:
    """So much of a colour on white."""
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - value) * percent / 100):02x}" for value in channels)


@functools.cache
def themes() -> dict[str, Theme]:
    """Every theme by its name."""
    root = read_yaml(FILE.read_bytes(), FILE.name).root
    assert isinstance(root, YamlMap)  # noqa: S101 - a file of ours
    return {name: Theme.model_validate(_values(root[name])) for name in root}


def theme_named(name: str, list_card: str) -> Theme:
    """The theme of this name.

    :param list_card: the colour of the card that lists the ring, ``#rrggbb``.
    :raises CardError: when there is none.
    """
    if name not in themes():
        raise CardError(
            Fault(None, f"there is no theme {quoted(name)}", suggestion(name, themes()))
        )
    theme = themes()[name]
    return theme.model_copy(update={"head": list_card}) if theme.head == "card" else theme


def _values(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value
