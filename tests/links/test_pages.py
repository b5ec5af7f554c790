"""Rules on whole pages by other hands, as a crawler gets them: ``data/whole-pages``."""

import functools

import pytest

from linkindex.links.causes import Danger
from tests.links.labelled import FOLDER
from tests.links.page_score import (
    DANGER,
    INNOCENT,
    LOOK,
    cases_in,
    is_harmful,
    is_noticed,
    judged,
    table,
)

LEAST_FOUND_COLD, LEAST_FOUND_WITH_HISTORY = 0.90, 0.95
MOST_HIDDEN, MOST_ASKED_ABOUT = 0.01, 0.05


@functools.cache
def results():
    files = sorted((FOLDER / "whole-pages").glob("*.json.xz"))
    return tuple(judged(case) for file in files for case in cases_in(file))


def of(expected):
    return [result for result in results() if result.case.expected == expected]


def share(of_these, those):
    return len(of_these) / len(those)


def names(wrong):
    return "\n".join([*table(results()), *(result.case.name for result in wrong)])


def test_nine_dangers_in_ten_are_found_cold():
    missed = [result for result in of(DANGER) if not is_noticed(result.cold)]
    assert share(missed, of(DANGER)) <= 1 - LEAST_FOUND_COLD, names(missed)


def test_nineteen_dangers_in_twenty_are_found_where_the_page_fitted_before():
    seen = [result for result in of(DANGER) if result.with_history]
    missed = [result for result in seen if not is_noticed(result.with_history)]
    assert share(missed, seen) <= 1 - LEAST_FOUND_WITH_HISTORY, names(missed)


def test_hardly_an_innocent_page_is_hidden():
    hidden = [result for result in of(INNOCENT) if is_harmful(result.known)]
    assert share(hidden, of(INNOCENT)) < MOST_HIDDEN, names(hidden)
    before = [result for result in results() if result.before]
    hidden = [result for result in before if is_harmful(result.before)]
    assert share(hidden, before) < MOST_HIDDEN, names(hidden)


def test_a_person_is_asked_to_look_at_few_innocent_pages():
    asked = [result for result in of(INNOCENT) if is_noticed(result.known)]
    assert share(asked, of(INNOCENT)) <= MOST_ASKED_ABOUT, names(asked)


KINDS_OF_NOTICES = {
    "maintenance": {Danger.MAINTENANCE},
    "moved": {Danger.MOVED},
    "closed": {Danger.CLOSED},
    "replaced": {Danger.REPLACED, Danger.MOVED},
    "merged": {Danger.REPLACED, Danger.MOVED},
    "withdrawn": {Danger.WITHDRAWN},
    "number-ended": {Danger.NUMBER_ENDED, Danger.CLOSED},
    "generic": {Danger.MISSING},
    "front-page": {Danger.HOME},
}


@pytest.mark.parametrize("kind", KINDS_OF_NOTICES)
def test_what_sites_say_of_their_pages_has_a_cause_of_its_own(kind):
    causes = [result.known.danger for result in of(LOOK) if result.case.kind == kind]
    right = [cause for cause in causes if cause in KINDS_OF_NOTICES[kind]]
    assert len(right) >= len(causes) / 2, causes


def test_nothing_that_only_needs_a_look_is_hidden_for_what_its_site_says():
    said = {kind for kinds in KINDS_OF_NOTICES.values() for kind in kinds}
    assert not [kind for kind in said if kind.is_harmful]
