"""A service with a number or an e-mail address and no web page is shown well everywhere."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.catalogue.small import SMALLEST, examined, valid
from tests.support.pages import as_written

from linkindex import clock
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.permalinks import add_to_ledger, check_ledger
from linkindex.links.history.lines import History
from linkindex.links.sources import catalogue_links, identities
from linkindex.site.exports import Discretion, exports, linked_data, public_index
from linkindex.site.exports.public import PublicLink
from linkindex.site.generate import generate
from linkindex.site.health import site_health
from linkindex.site.health_page import health_page
from linkindex.site.search import documents
from linkindex.upkeep.numbers import listed_numbers

WAYS = {
    "phone": ("phone: 0800 1111", 'href="tel:08001111"', "0800 1111"),
    "text": ("text: 85258", 'href="sms:85258"', "85258"),
    "email": ("email: help@harbour.test", 'href="mailto:help@harbour.test"', "help@harbour.test"),
}


def with_only(way: str) -> str:
    return SMALLEST + "".join(
        f"{line}\n"
        for line in (
            "      - id: quiet-service",
            "        title: The quiet service",
            f"        {WAYS[way][0]}",
            "        publisher: Quiet Town",
            "        summary: Somebody to talk with.",
            "        audiences: [families]",
            "        format: service",
            "        nations: [england]",
            "        added: 2026-11-24",
        )
    )


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def quiet(way: str) -> Catalogue:
    return valid(text=with_only(way))


@pytest.fixture(scope="module")
def pages(quiet: Catalogue) -> dict[str, str]:
    made = generate(quiet, {})
    return {path: as_written(content.decode("utf-8", "replace")) for path, content in made.items()}


def test_the_page_of_its_code_offers_its_way_and_opens_nothing(
    pages: dict[str, str], way: str, quiet: Catalogue
) -> None:
    page = pages[f"r/{quiet.resource('quiet-service').code}.html"]
    assert WAYS[way][1] in page
    assert "Open " not in page
    assert "If nobody answers" in page
    assert "Link not yet checked" not in page


def test_the_pages_of_its_topic_show_its_way_and_no_link_to_nowhere(
    pages: dict[str, str], way: str
) -> None:
    for path in ("q/aces.html", "aces.md"):
        assert WAYS[way][1] in pages[path], path
        assert "The quiet service" in pages[path]
        assert "None" not in pages[path]
        assert "by " + way.replace("email", "e-mail") in pages[path]
    assert not any('href=""' in page or 'href="None"' in page for page in pages.values())


def test_every_file_for_other_programs_has_it_with_its_way(quiet: Catalogue, way: str) -> None:
    files = {
        name: content.decode("utf-8-sig") for name, content in exports(public_index(quiet)).items()
    }
    page = f"https://links.example.org/r/{quiet.resource('quiet-service').code}"
    said = WAYS[way][2]
    entry = next(
        link
        for topic in json.loads(files["data/links.json"])["topics"]
        for link in topic["links"]
        if link["title"] == "The quiet service"
    )
    assert "url" not in entry
    assert said in json.dumps(entry)
    row = next(
        row
        for row in csv.DictReader(io.StringIO(files["data/links.csv"]))
        if row["title"] == "The quiet service"
    )
    assert row["address"] == ""
    assert said in row.values()
    assert f"({page}): " in files["llms.txt"]
    assert said in files["llms.txt"]
    assert f'HREF="{page}"' in files["data/bookmarks.htm"]
    assert f'url="{page}"' in files["data/links.opml"]
    assert said in files["feeds/all.xml"]
    assert said in files["feeds/all.json"]
    assert '"@type":"Service"' in linked_data.topic_pages(public_index(quiet))["aces"]


def test_a_check_of_links_leaves_it_alone(quiet: Catalogue) -> None:
    assert "quiet-service" not in {link.owner_id for link in catalogue_links(quiet)}
    assert not any(address.startswith(("tel", "sms", "mailto")) for address in identities(quiet))


def test_the_page_about_health_counts_only_what_can_be_looked_at(quiet: Catalogue) -> None:
    health = site_health(quiet, History(), clock.now())
    assert health.standing(quiet.resource("quiet-service")) is None
    page = health_page(ShownCatalogue.of(quiet, ()), health)
    assert "This index has 2 links" in page


def test_the_search_finds_it(quiet: Catalogue, way: str) -> None:
    found = documents.links(ShownCatalogue.of(quiet, ()))
    entry = next(link for link in found if link["title"] == "The quiet service")
    assert {"phone": "call", "text": "text", "email": "names"}[way] in entry


def test_its_number_is_listed_with_the_others(quiet: Catalogue, way: str) -> None:
    tree = examined(with_only(way)).tree
    assert tree is not None
    named = {number.where for number in listed_numbers(quiet, tree)}
    assert ("quiet-service" in named) == (way != "email")


def test_the_ledger_keeps_its_code_and_misses_it_when_it_is_gone(quiet: Catalogue) -> None:
    ledger, new = add_to_ledger("", quiet)
    assert f"r/{quiet.resource('quiet-service').code}" in new
    assert check_ledger(ledger, "ledger.txt", quiet) == []
    assert check_ledger(ledger, "ledger.txt", valid()) != []


def test_an_e_mail_address_that_tells_a_topic_makes_the_link_neutral() -> None:
    text = with_only("email")
    assert not _published(valid(text=text)).neutral
    telling = _published(valid(text=text.replace("harbour.test", "rapecrisis.test")))
    assert telling.neutral
    assert telling.email is None


def _published(catalogue: Catalogue) -> PublicLink:
    shown = ShownCatalogue.of(catalogue, ())
    return Discretion(shown).link(catalogue.resource("quiet-service"))


def test_a_page_that_two_share_is_looked_at_as_either(quiet: Catalogue) -> None:
    one = "        url: https://www.cdc.gov/aces/\n"
    assert one in SMALLEST
    both = valid(text=with_only("phone").replace("        phone: 0800 1111\n", one))
    expected = identities(both)["https://www.cdc.gov/aces/"]
    assert "quiet service" in expected.about
    assert expected.title == "About ACEs"
