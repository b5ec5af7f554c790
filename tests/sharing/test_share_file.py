"""The shared file of an index: the whole of it, always the same, and read back as it was."""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest

from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.questions import Question
from linkindex.catalogue.shared.share import digest_of, read_share
from linkindex.icons import icon_names
from linkindex.places import shipped_index
from linkindex.sharing.share_file import share_text
from linkindex.sharing.sources import shipped_share
from tests.conftest import REPOSITORY, SAMPLE, STARTED
from tests.sharing.support import (
    HEAD,
    UPSTREAM,
    extends,
    own,
    read,
    share_of,
    shared,
    upstream,
    whole,
)
from tests.support.histories import health_of, looks


def test_the_same_index_makes_the_same_file():
    moved = UPSTREAM.replace("\n\n", "\n# A remark.\n\n")
    assert shared(moved) == shared()


def test_a_change_of_one_word_makes_another_hash():
    other = shared(UPSTREAM.replace("Ways to better nights.", "Ways to good nights."))
    assert digest_of(other) != digest_of(shared())


def test_the_version_is_the_day_of_the_newest_entry_unless_it_is_said():
    assert read_share(shared(), "x").head.version == "2026-03-02"
    assert read_share(shared(version="winter"), "x").head.version == "winter"


def test_every_code_is_written_out_and_what_is_withheld_is_marked():
    text = shared(withheld={"night-line"}).decode()
    codes = [link.code for topic in upstream().categories for link in topic.resources]
    assert all(f"code: {code}\n" in text or f"code: '{code}'\n" in text for code in codes)
    assert text.count("withheld: true") == 1


def test_a_link_that_a_sensitive_topic_shows_stays_sensitive_where_that_is_left_out():
    there = UPSTREAM.replace("also_in: [play]", "also_in: [play, harm]", 1)
    assert there != UPSTREAM
    data = shared(there)
    for topics in ("[sleep]", "all"):
        index = whole(read(f"{HEAD}extends:\n{extends(data, topics)}", {"shared/good.yaml": data}))
        links = {link.id: link.sensitive for link in index.current_resources}
        assert links["sleep-tips"] is True
        assert links["night-line"] is False


@pytest.mark.parametrize("kept", ["night team", "a call on 5 May", "2028-01-01", "links@example"])
def test_what_concerns_only_those_who_keep_the_index_stays_at_home(kept):
    assert kept in UPSTREAM
    assert kept not in shared().decode()


def test_evidence_that_anybody_can_open_goes_along():
    assert "https://www.nhs.uk/about" in shared().decode()


def test_the_sample_index_is_taken_whole_as_it_is():
    examined_there = examine_file(SAMPLE, icons=icon_names(), today=STARTED.date())
    there = whole(examined_there)
    data = share_of(examined_there)
    text = f"{HEAD}extends:\n{extends(data, 'all')}"
    examined = read(text, {"shared/good.yaml": data})
    index = whole(examined)
    assert [topic.code for topic in index.categories] == [topic.code for topic in there.categories]
    pairs = zip(there.categories, index.categories, strict=True)
    at_home = {"source", "allow", "steward", "evidence", "resources", "review_every"}
    for ours, theirs in pairs:
        assert _said(theirs, at_home) == _said(ours, at_home)
        for one, other in zip(ours.resources, theirs.resources, strict=True):
            # By itself, where a sensitive topic that may be left out shows it too.
            shown_in = [there.category(name).sensitive for name in other.also_in]
            assert one.sensitive == (other.sensitive or any(shown_in))
            assert _said(other, at_home | {"sensitive"}) == _said(one, at_home | {"sensitive"})
    assert [line.name for line in index.urgent_help] == [line.name for line in there.urgent_help]
    assert [word.term for word in index.glossary] == [word.term for word in there.glossary]
    assert index.meanings == there.meanings
    # What is taken can be given on, word for word.
    again = share_of(examined, version=there_version(data)).decode()
    assert again.split("\ngroups:")[1] == data.decode().split("\ngroups:")[1]


def test_questions_come_with_what_answers_them():
    there = read(UPSTREAM, {})
    asked = (
        Question("he wakes every hour", ("sleep-tips", "sleep")),
        Question("it hurts: whom do i call?", ("night-line", "play")),
        Question("somewhere to play", ("play",)),
    )
    catalogue = dataclasses.replace(whole(there), questions=asked)
    data = share_text(catalogue, there.tree).encode()
    index = whole(read(f"{HEAD}extends:\n{extends(data)}", {"shared/good.yaml": data}))
    assert index.questions == (asked[0], Question("it hurts: whom do i call?", ("night-line",)))


def there_version(data):
    return read_share(data, "x").head.version


def _said(piece, at_home):
    values = piece.model_dump(exclude=at_home | {"written_code"})
    cautions = values.get("cautions") or ()
    values["cautions"] = [{**caution, "evidence": ()} for caution in cautions]
    return values


def test_the_index_that_ships_is_that_of_the_repository():
    assert shipped_index() == REPOSITORY / "resources.yaml"
    written = (REPOSITORY / "resources.yaml").read_text("utf-8")
    days = re.findall(r"\b(?:added|reviewed|as_of|on): (\d{4}-\d\d-\d\d)", written)
    today = datetime.date.fromisoformat(max(days))
    examined = examine_file(REPOSITORY / "resources.yaml", icons=icon_names(), today=today)
    assert shipped_share(today) == share_of(examined)


def test_only_the_topics_that_are_taken_are_read_whole():
    data = shared()
    whole_file = read_share(data, "x")
    part = read_share(data, "x", topics={"play"})
    sleep, play, _ = part.root["categories"]
    assert set(sleep) <= {"id", "code"}
    assert play == whole_file.root["categories"][1]
    assert play.place == whole_file.root["categories"][1].place
    assert part.links == whole_file.links
    assert part.last == whole_file.last
    assert datetime.date.fromisoformat(part.head.version)


# --- What checks of links found, in another index. ---

CHECKED = {
    "sleep-tips": datetime.date(2026, 11, 20),
    "night-line": datetime.date(2026, 11, 21),
    "play-ideas": datetime.date(2027, 5, 1),
}


def said_of(text: str, data: bytes, lines=()):
    index = whole(read(text, {"shared/good.yaml": data}))
    return health_of(index, list(lines)).checked(index)


def test_what_others_checked_is_said_to_be_theirs_until_ones_own_check_has_looked():
    data = shared(opened=CHECKED)
    text = own(data, "[sleep, play]")
    said = said_of(text, data)
    # A day that has not come is nobody's check.
    assert said == {
        "sleep-tips": "Good Links last opened this link on 20 November 2026.",
        "night-line": "Good Links last opened this link on 21 November 2026.",
    }
    lines = looks("https://www.nhs.uk/sleep-tips", "working/fits")
    assert said_of(text, data, lines)["sleep-tips"] == "Link last opened on 24 November 2026."


def test_what_others_checked_says_nothing_of_another_address():
    data = shared(opened=CHECKED)
    more = (
        "    change:\n      - id: sleep-tips\n        url: https://www.nhs.uk/better\n"
        "        reason: It has moved.\n"
    )
    assert set(said_of(own(data, "[sleep]", more), data)) == {"night-line"}


def test_without_asking_no_check_is_shared():
    assert "opened:" not in shared().decode()


def test_a_name_that_no_text_may_have_is_not_shown_to_readers():
    data = shared(opened=CHECKED).replace(b"name: Good Links", b'name: "Good\\u202eLinks"')
    assert said_of(own(data), data)["sleep-tips"].startswith("good last opened this link on")
