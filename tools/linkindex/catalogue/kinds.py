"""What may be chosen under the keys of an index that have a choice."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from linkindex.catalogue.fields import trouble


class Audience(StrEnum):
    """Who a resource is for."""

    PRACTITIONERS = "practitioners"
    FAMILIES = "families"
    YOUNG_PEOPLE = "young-people"


class Format(StrEnum):
    """What opens when the link is followed, or who answers."""

    APP = "app"
    ARTICLE = "article"
    BOOK = "book"
    COURSE = "course"
    GUIDE = "guide"
    HELPLINE = "helpline"
    PODCAST = "podcast"
    REPORT = "report"
    SERVICE = "service"
    TOOL = "tool"
    VIDEO = "video"
    WEBSITE = "website"


class Nation(StrEnum):
    """Where a resource holds: law, duties and helplines differ by nation."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern-ireland"
    UK = "uk"
    INTERNATIONAL = "international"


NATIONS_OF_THE_UK = (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND)
"""Where a reader may live."""


def _home_nation(nation: Nation) -> Nation:
    """`england`, `scotland`, `wales` or `northern-ireland`."""
    if nation not in NATIONS_OF_THE_UK:
        raise trouble(
            f"`{nation}` is not one nation of the UK",
            "write `england`, `scotland`, `wales` or `northern-ireland`",
        )
    return nation


HomeNation = Annotated[Nation, AfterValidator(_home_nation)]


class Cost(StrEnum):
    """What the reader pays."""

    FREE = "free"
    PART_FREE = "part-free"
    PAID = "paid"


class Access(StrEnum):
    """In which forms besides plain text something can be had."""

    EASY_READ = "easy-read"
    BSL = "bsl"
    AUDIO = "audio"
    CAPTIONS = "captions"


class CardLanguages(StrEnum):
    """How a ring of cards is printed of an index in several languages."""

    RING = "ring"
    """A ring in each language."""
    SIDE = "side"
    """One language on the front, and the next on the back."""
    TOGETHER = "together"
    """Both on each side."""


class Engine(StrEnum):
    """What renders the pages of a site."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


class StyleRule(StrEnum):
    """What ``linkindex check`` warns of, and an entry may allow for a reason of its own."""

    ACRONYM = "acronym"
    AVOIDED_WORD = "avoided-word"
    FIRST_ELSEWHERE = "first-elsewhere"
    LOG_IN = "log-in"
    NATIONS = "nations"
    NO_FAMILIES = "no-families"
    NO_START_HERE = "no-start-here"
    NO_USE_WHEN = "no-use-when"
    PAST_FAMILIES = "past-families"
    SENTENCE_LENGTH = "sentence-length"
    SHARED_PAGE = "shared-page"
    SUMMARY_LENGTH = "summary-length"
