"""Words and icons that tell a sensitive topic."""

from __future__ import annotations

import pytest
import yaml

from linkindex.catalogue.rules.telling import (
    telling_address,
    telling_icon,
    telling_parts,
    telling_words,
)
from linkindex.icons import icon_names
from tests.conftest import REPOSITORY


@pytest.mark.parametrize("code", ["refuge", "refuge2", "myabuse", "dv", "dv2", "drugs4", "nodrugs"])
def test_a_code_that_is_or_holds_a_telling_word_tells(code: str) -> None:
    assert telling_parts(code)


@pytest.mark.parametrize("code", ["help4", "hb5", "grape", "charm", "dawn", "advice", "6dn"])
def test_letters_that_only_happen_to_stand_together_tell_nothing(code: str) -> None:
    assert telling_parts(code) == set()


def test_a_text_is_judged_by_whole_words_whatever_their_case_or_number() -> None:
    assert telling_words("Refuges, and drug use") == {"refuges", "drug"}
    assert telling_words("Grapes and charms at home") == set()


def test_every_telling_icon_is_part_of_an_icon_that_exists() -> None:
    parts = {part for name in icon_names() for part in name.split("-")}
    table = REPOSITORY / "tools/linkindex/catalogue/rules/telling.yaml"
    assert set(yaml.safe_load(table.read_text("utf-8"))["icons"]) - parts == set()


def test_an_icon_is_judged_by_the_words_of_its_name() -> None:
    assert telling_icon("glass-wine") == {"glass", "wine"}
    assert telling_icon("sofa-outline") == set()


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://rapecrisis.org.uk/",
            "https://www.mentalhealth.org.uk/",
            "https://drugwise.org/",
        ),
        "https://www.gov.uk/report-child-abuse",
    ],
)
def test_an_address_tells_by_its_words_and_by_how_a_name_of_its_host_begins(address: str) -> None:
    assert telling_address(address)


@pytest.mark.parametrize("host", ["refugeecouncil", "harmonytrust", "therapists", "grapes"])
def test_a_host_that_only_begins_alike_tells_nothing(host: str) -> None:
    assert telling_address(f"https://{host}.org.uk/developmental/fundamentals") == set()
