"""Colours: contrast, shades, and that what is made of an organisation's colours can be read."""

from __future__ import annotations

import itertools

import pytest

from linkindex.catalogue.colours import (
    GROUP_COLOURS,
    LEAST_BAND,
    LEAST_TEXT,
    WHITE,
    contrast,
    nearest_readable,
    shade_of,
)
from linkindex.catalogue.model import Colours
from linkindex.catalogue.palette import (
    LIST_CARD,
    Scheme,
    colour_on_cards,
    colour_pairs,
    dark_scheme,
    light_scheme,
)

HOUSES = [
    Colours(),
    *(Colours(brand=brand) for brand in ("#005eb8", "#00703c", "#7c2855", "#000000", "#b00020")),
    Colours(brand="#005eb8", header="#005eb8", paper="#ffffff"),
    Colours(header="#ffb81c"),
]
"""Colours that the check lets through: of health, councils and charities, and black."""


def passes(colours: Colours) -> bool:
    named = colours.model_dump(exclude_none=True)
    pairs = colour_pairs(**named)
    return all(
        contrast(named[pair.key], pair.ground) >= pair.least for pair in pairs if pair.key in named
    )


@pytest.mark.parametrize("colours", HOUSES, ids=lambda one: "-".join(one.model_dump().keys()))
@pytest.mark.parametrize("scheme_of", [light_scheme, dark_scheme], ids=["light", "dark"])
def test_what_is_made_of_colours_that_pass_can_be_read_in_both_schemes(
    scheme_of: object, colours: Colours
) -> None:
    assert passes(colours)
    assert callable(scheme_of)
    scheme: Scheme = scheme_of(colours)
    for ground in (scheme.paper, scheme.card):
        assert contrast(scheme.ink, ground) >= LEAST_BAND
        assert contrast(scheme.quiet, ground) >= LEAST_TEXT
        assert contrast(scheme.link, ground) >= LEAST_TEXT
    assert contrast(scheme.paper, scheme.link) >= LEAST_TEXT, "the text of a button"
    assert contrast(WHITE, scheme.leave) >= LEAST_TEXT
    assert contrast(scheme.name, scheme.header) >= LEAST_TEXT
    assert contrast(scheme.mark, scheme.header) >= LEAST_TEXT


def test_the_card_with_the_list_carries_white_text_in_any_brand() -> None:
    assert colour_on_cards(Colours()) == LIST_CARD
    assert colour_on_cards(Colours(brand="#003087")) == "#003087", "it passes as it is"
    for colours in HOUSES:
        assert contrast(colour_on_cards(colours), WHITE) >= LEAST_BAND


def test_the_nearest_shade_passes_and_one_step_back_does_not() -> None:
    shade = nearest_readable("#5bc0de", (WHITE,), LEAST_TEXT)
    assert contrast(shade, WHITE) >= LEAST_TEXT
    nearer = "#" + "".join(
        f"{min(255, int(shade[place : place + 2], 16) + 2):02x}" for place in (1, 3, 5)
    )
    assert contrast(nearer, WHITE) < LEAST_TEXT
    assert nearest_readable("#123456", (WHITE,), LEAST_TEXT) == "#123456"


def test_every_shade_of_a_group_carries_white_text_and_no_group_is_red() -> None:
    for hue, number in itertools.product(GROUP_COLOURS, range(200)):
        assert contrast(shade_of(hue, f"topic-{number}"), WHITE) >= LEAST_BAND
    for hue in GROUP_COLOURS:
        red, green, blue = (int(hue[place : place + 2], 16) for place in (1, 3, 5))
        assert red < 2 * max(green, blue), hue


def test_the_topics_of_a_group_can_be_told_apart() -> None:
    shades = {shade_of(GROUP_COLOURS[0], f"topic-{number}") for number in range(12)}
    assert len(shades) >= 9
