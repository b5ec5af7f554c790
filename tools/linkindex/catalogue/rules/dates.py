"""Days on which something has happened, and until which something holds."""

from __future__ import annotations

from collections.abc import Iterator

from linkindex.catalogue.problems import Place, Problem, quoted
from linkindex.catalogue.rules.tree import WrittenIndex, all_texts, day_of, text_of, texts_of
from linkindex.catalogue.yaml.source import YamlMap, maps_in
from linkindex.clock import is_in_the_future

_PAST_DATES = frozenset({"added", "as_of", "reviewed", "number_checked", "on"})

MOST_YEARS_OF_A_CLAIM = 10
"""Nobody knows for longer that a price, a law or a telephone line stays as it is."""


def past_days(index: WrittenIndex) -> Iterator[Problem]:
    """Nothing has happened in the future, wherever it was written."""
    for text, place, key in all_texts(index.root):
        day = day_of(text) if key in _PAST_DATES else None
        if day and is_in_the_future(day, index.today):
            yield index.error(
                place,
                f"{quoted(key)} is in the future ({day.isoformat()})",
                "write the day on which it happened, today at the latest",
            )


def reviews(index: WrittenIndex) -> Iterator[Problem]:
    """A link is reviewed once it has been added."""
    for entry in index.resources:
        added, reviewed = day_of(entry.text("added")), day_of(entry.text("reviewed"))
        if added and reviewed and is_in_the_future(added, reviewed):
            yield index.error(
                entry.place("reviewed"),
                "this link was reviewed before it was added",
                "check the two dates",
            )


def claims(index: WrittenIndex) -> Iterator[Problem]:
    """What can age holds from one day to a later one, and rests on things that differ."""
    for claim in _claims(index):
        yield from _days_of_a_claim(index, claim)
        first: dict[str, Place] = {}
        for text, place in texts_of(claim, "evidence"):
            same = first.setdefault(" ".join(text.split()).lower(), place)
            if same != place:
                yield index.error(
                    place,
                    f"{quoted(text)} is in `evidence` twice, first on line {same.line}",
                    "remove one, so that nobody counts it as two",
                )


def _days_of_a_claim(index: WrittenIndex, claim: YamlMap) -> Iterator[Problem]:
    until = day_of(text_of(claim, "claim_until"))
    if until is None:
        return
    as_of = day_of(text_of(claim, "as_of"))
    if as_of and until < as_of:
        yield index.error(
            claim.key_places["claim_until"],
            f"this claim ends ({until.isoformat()}) before it was found to be so "
            f"(`as_of: {as_of.isoformat()}`)",
            "check the two dates",
        )
    if until.year - index.today.year > MOST_YEARS_OF_A_CLAIM:
        yield index.error(
            claim.key_places["claim_until"],
            f"nobody can know that this holds until {until.isoformat()}, over "
            f"{MOST_YEARS_OF_A_CLAIM} years ahead",
            "check its year",
        )


def _claims(index: WrittenIndex) -> Iterator[YamlMap]:
    for entry in index.resources:
        yield entry.value
    for category in index.categories:
        yield from (caution for _, caution in maps_in(category.value.get("cautions")))
    yield from (term for _, term in maps_in(index.root.get("glossary")))
