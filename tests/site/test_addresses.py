"""The page that checks an address while it is typed says what the program says.

Each line of ``data/addresses.jsonl`` holds an address and what the program makes of it. Both the
program and the script are held against it. After a wanted change, write it anew with
``python -m tests.site.test_addresses``, and read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.conftest import REPOSITORY

from linkindex.catalogue import addresses
from linkindex.catalogue.addresses.sharing import NOT_PUBLIC, shared_rules

GOLDEN = Path(__file__).parent / "data" / "addresses.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]

JUDGE = """([rules, written]) => {
    const judge = linkIndexAddresses(rules);
    return written.map((address) => {
        const wrong = judge.check(address);
        const better = wrong ? null : judge.advice(address);
        return {
            address,
            refused: Boolean(wrong),
            instead: (wrong || better || {}).instead || null,
            key: wrong ? null : judge.key(address),
        };
    });
}"""


def by_the_program(address: str) -> dict[str, Any]:
    refused, instead = False, None
    try:
        addresses.check(address)
        advice = addresses.advice(address)
        instead = advice.instead if advice else None
    except addresses.AddressError as error:
        refused, instead = True, error.instead
    key = None if refused else addresses.same_page_key(address)
    return {"address": address, "refused": refused, "instead": instead, "key": key}


def test_the_program_judges_as_the_golden_file_has_it() -> None:
    for case in CASES:
        assert by_the_program(case["address"]) == case


def test_the_script_judges_as_the_program_does(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=REPOSITORY / "overrides/assets/addresses.js")
    found = page.evaluate(JUDGE, [shared_rules(), [case["address"] for case in CASES]])
    page.close()
    assert [said for case, said in zip(CASES, found, strict=True) if said != case] == []


def test_the_golden_file_has_addresses_of_each_kind() -> None:
    assert sum(case["refused"] for case in CASES) > 100
    assert sum(case["instead"] is not None for case in CASES) > 50
    assert sum(case["key"] is not None for case in CASES) > 100


@pytest.mark.parametrize("network", NOT_PUBLIC)
def test_networks_that_nobody_reaches_are_refused_by_the_program_too(network: str) -> None:
    host = network.partition("/")[0].removesuffix(".0") + ".1"
    assert addresses.is_private(host)


if __name__ == "__main__":
    GOLDEN.write_text(
        "".join(
            json.dumps(by_the_program(case["address"]), ensure_ascii=False) + "\n" for case in CASES
        ),
        "utf-8",
    )
