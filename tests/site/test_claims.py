"""What can age: shown with its days, and never with what it rests on."""

from __future__ import annotations

import datetime

import pytest
from tests.support.catalogues import TODAY, catalogue_text, parsed

from linkindex.cards.deck import make_deck, make_resource_deck
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.model import Resource
from linkindex.site.generate import generate
from linkindex.wording import age

SOURCE = "https://evidence.example.org/reported"
WORDS = "an unnamed caller on the fifth"
CLAIMS = f"""\
        as_of: 2026-05-12
        claim_until: 2026-10-31
        evidence: [{SOURCE}, {WORDS}]
"""
CAUTION = f"""\
    cautions:
      - Plain words
      - caution: A new duty has begun.
        as_of: 2026-09-01
        claim_until: 2027-03-31
        evidence: [{SOURCE}, {WORDS}]
"""
GLOSSARY = f"""\
glossary:
  - term: Duty
    meaning: What must be done
    category: plain
    as_of: 2026-04-01
    evidence: [{SOURCE}, {WORDS}]
categories:
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    text = catalogue_text(sensitive=True)
    text = text.replace('    cautions: ["Plain words"]\n', CAUTION)
    text = text.replace("        added: 2026-11-01\n", f"        added: 2026-11-01\n{CLAIMS}")
    return parsed(text.replace("categories:\n", GLOSSARY))


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> dict[str, str]:
    made = generate(catalogue, {})
    return {path: content.decode("utf-8", "replace") for path, content in made.items()}


@pytest.mark.parametrize("path", ["plain.md", "q/plain.html", "help4.md", "q/help4.html"])
def test_a_page_says_since_when_and_until_when_its_links_hold(
    files: dict[str, str], path: str
) -> None:
    said = "As of May 2026. This may have changed since 31 October 2026."
    assert files[path].count(said) >= 2


def test_the_page_of_a_link_says_it_too(catalogue: Catalogue, files: dict[str, str]) -> None:
    code = catalogue.resource("plain-first").code
    assert "As of May 2026. This may have changed since 31 October" in files[f"r/{code}.html"]


def test_a_caution_and_a_word_say_it_of_themselves(files: dict[str, str]) -> None:
    said = "A new duty has begun. As of September 2026. This may change after 31 March 2027."
    assert f"<li data-caution>{said}</li>" in files["plain.md"]
    assert "<li data-caution>Plain words</li>" in files["plain.md"]
    for path in ("glossary.md", "plain.md"):
        assert "<dd>What must be done. As of April 2026." in files[path]


def test_what_a_claim_rests_on_is_published_nowhere(
    catalogue: Catalogue, files: dict[str, str]
) -> None:
    assert catalogue.resource("plain-first").evidence == (SOURCE, WORDS)
    assert len(catalogue.category("plain").cautions[1].evidence) == 2
    for path, text in files.items():
        assert "evidence.example" not in text, path
        assert WORDS not in text, path
    shown = ShownCatalogue.of(catalogue, ())
    decks = (make_deck(shown), make_resource_deck(shown))
    assert "evidence.example" not in repr(decks)
    assert WORDS not in repr(decks)


def test_the_days_of_a_link_are_in_the_data(files: dict[str, str]) -> None:
    assert '"as_of":"2026-05-12"' in files["data/links.json"]
    assert '"claim_until":"2026-10-31"' in files["data/links.json"]
    assert "2026-05-12,2026-10-31" in files["data/links.csv"]
    assert "As of May 2026. Known to hold until 31 October 2026." in files["llms.txt"]


@pytest.mark.parametrize(
    ("as_of", "until", "said"),
    [
        (None, None, ""),
        ("2026-05-31", None, "As of May 2026."),
        (None, "2026-11-23", "This may have changed since 23 November 2026."),
        (None, "2026-11-24", "This may change after 24 November 2026."),
    ],
)
def test_the_last_day_of_a_claim_still_counts(
    catalogue: Catalogue, as_of: str | None, until: str | None, said: str
) -> None:
    days = {"as_of": as_of, "claim_until": until}
    claim = catalogue.resource("plain-first").model_copy(
        update={key: day and datetime.date.fromisoformat(day) for key, day in days.items()}
    )
    assert isinstance(claim, Resource)
    assert age(claim, TODAY) == said
