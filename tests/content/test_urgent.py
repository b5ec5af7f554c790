"""Urgent help in the index that ships: whom it names, on the screen and on paper."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from linkindex.catalogue import Audience, Catalogue
from linkindex.catalogue.telling import NEUTRAL_LINE, Telling


@pytest.mark.parametrize(
    "name", ["national-da-helpline", "sdafmh", "live-fear-free", "dsa-helpline-ni"]
)
def test_urgent_help_names_lines_for_domestic_abuse_in_every_nation(
    name: str, catalogue: Catalogue, site: Path
) -> None:
    page = html.unescape((site / "urgent.html").read_text("utf-8"))
    resource = catalogue.resource(name)
    assert resource.phone
    assert resource.title in page
    assert f"tel:{resource.phone.number.replace(' ', '')}" in page
    assert not resource.phone.number_checked, "nobody has rung it"


def test_on_paper_those_that_tell_are_numbers_and_the_others_keep_their_names(
    catalogue: Catalogue,
) -> None:
    telling = Telling(catalogue)
    named = {telling.paper_name(line) for line in catalogue.urgent_help}
    unnamed = {line.name for line in catalogue.urgent_help} - named
    assert NEUTRAL_LINE in named
    assert {"Emergency services", "Childline", "Samaritans"} <= named
    assert {"Live Fear Free", "Men's Advice Line", "National Domestic Abuse Helpline"} <= unnamed
    assert "NHS 111, mental health option" in named, "111 is called for much"


def test_the_first_caution_of_a_sensitive_topic_says_when_to_call_999(catalogue: Catalogue) -> None:
    """Its scan page shows that one, above the first link."""
    first = {c.id: c.cautions[0].text for c in catalogue.current_categories if c.sensitive}
    assert [topic for topic, text in first.items() if "999" not in text] == []


def test_one_part_is_for_somebody_whom_someone_at_home_hurts(site: Path) -> None:
    page = html.unescape((site / "urgent.html").read_text("utf-8"))
    parts = re.split(r"<h2[^>]*>", page)
    (part,) = (part for part in parts if part.startswith("Someone at home hurts or frightens you"))
    for line in (
        *("National Domestic Abuse Helpline", "Live Fear Free", "Men's Advice Line"),
        *("Scotland's Domestic Abuse and Forced Marriage Helpline",),
        "Domestic and Sexual Abuse Helpline",
    ):
        assert line in part
    assert "999" not in part


def test_cautions_for_workers_alone_say_so(catalogue: Catalogue) -> None:
    for category in catalogue.current_categories:
        for caution in category.cautions:
            if caution.text.startswith("For workers"):
                assert caution.audiences == (Audience.PRACTITIONERS,), (category.id, caution.line)


def test_every_topic_with_links_for_families_or_young_people_is_called_by_need(
    catalogue: Catalogue,
) -> None:
    for category in catalogue.current_categories:
        for audience in (Audience.FAMILIES, Audience.YOUNG_PEOPLE):
            if category.start_here.for_audience(audience):
                assert category.needs.for_audience(audience), (category.id, audience)
