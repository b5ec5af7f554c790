"""What a catalogue answers once it is read."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from linkindex import clock
from linkindex.catalogue import Audience, CatalogueError, LinkIndexError, load
from linkindex.icons import icon_names
from tests.catalogue.small import SMALLEST, TODAY, category, examined, resource, valid


def leads_to(successor: str) -> str:
    return f"retired: {{on: 2026-11-01, successor: {successor}}}"


INDEX = valid(
    (
        "    card:\n      front: Caring",
        "    start_here: {families: [about-aces]}\n    card:\n      front: Caring",
    ),
    text=SMALLEST
    + resource("older", leads_to("old"))
    + resource("old", leads_to("about-aces"))
    + category("ddp", "resources:")
    + resource("guest", "also_in: [aces]")
    + resource("retired-guest", "also_in: [aces]", leads_to("gone"))
    + category("gone", leads_to("ddp")),
)


def ids(entries: tuple[object, ...]) -> list[str]:
    return [entry.id for entry in entries]  # type: ignore[attr-defined]


def test_a_category_shows_its_own_resources_and_then_its_guests() -> None:
    assert ids(INDEX.resources_of(INDEX.category("aces"))) == ["about-aces", "guest"]
    assert ids(INDEX.resources_of(INDEX.category("ddp"))) == ["guest"]


def test_a_guest_has_one_home() -> None:
    assert INDEX.home_of(INDEX.resource("guest")).id == "ddp"


def test_retired_entries_are_not_current() -> None:
    assert ids(INDEX.current_categories) == ["aces", "ddp"]
    assert ids(INDEX.current_resources) == ["about-aces", "guest"]


def test_retired_entries_can_still_be_looked_up() -> None:
    assert INDEX.resource("older").retired is not None
    assert INDEX.category("gone").retired is not None


@pytest.mark.parametrize(
    ("retired", "end"), [("older", "about-aces"), ("old", "about-aces"), ("retired-guest", "ddp")]
)
def test_a_retired_resource_leads_to_the_end_of_its_chain(retired: str, end: str) -> None:
    assert INDEX.successor_of(INDEX.resource(retired)).id == end


def test_a_retired_category_leads_to_its_successor() -> None:
    assert INDEX.successor_of(INDEX.category("gone")) is INDEX.category("ddp")


def test_a_current_entry_is_its_own_successor() -> None:
    assert INDEX.successor_of(INDEX.category("ddp")) is INDEX.category("ddp")


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        INDEX.resource("nothing")
    with pytest.raises(KeyError):
        INDEX.category("guest")


def test_what_to_start_with_is_kept_by_audience() -> None:
    start_here = INDEX.category("aces").start_here
    assert start_here.for_audience(Audience.FAMILIES) == ("about-aces",)
    assert start_here.for_audience(Audience.YOUNG_PEOPLE) == ()


def test_only_a_sensitive_category_hides_its_title_outside() -> None:
    assert INDEX.category("aces").outside_title == "ACEs"
    lines = ("code: hm4", "neutral_title: Good links", "resources:")
    for sensitive, title in (("true", "Good links"), ("false", "Title of home-life")):
        head = category("home-life", f"sensitive: {sensitive}", *lines)
        index = valid(text=SMALLEST + head + resource("another"))
        assert index.category("home-life").outside_title == title


def test_a_catalogue_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        INDEX.category("aces").title = "Other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        INDEX.groups = ()  # type: ignore[misc]


def test_examining_twice_gives_the_same() -> None:
    assert examined(SMALLEST) == examined(SMALLEST)


def test_an_error_leaves_no_catalogue_and_a_warning_does() -> None:
    assert examined(SMALLEST.replace("format: guide", "format: x")).catalogue is None
    warned = examined(SMALLEST.replace("publisher: CDC", "publisher: <b>CDC</b>"))
    assert warned.catalogue is not None
    assert warned.errors == ()
    assert len(warned.problems) == 1


def test_loading_raises_every_problem_at_once(tmp_path: Path) -> None:
    path = tmp_path / "resources.yaml"
    path.write_text(SMALLEST.replace("guide", "x").replace("[families]", "[y]"), "utf-8")
    with pytest.raises(CatalogueError) as raised:
        load(path, icons=icon_names(), today=TODAY)
    assert len(raised.value.problems) == 2
    assert str(raised.value).splitlines() == [str(problem) for problem in raised.value.problems]


def test_the_day_is_today_unless_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "resources.yaml"
    later = clock.now().date() + datetime.timedelta(days=2)
    path.write_text(SMALLEST.replace("2026-11-24", later.isoformat()), "utf-8")
    with pytest.raises(CatalogueError, match="`added` is in the future"):
        load(path, icons=icon_names())


def test_what_is_today_where_it_was_written_is_not_in_the_future_elsewhere() -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert examined(SMALLEST.replace("2026-11-24", tomorrow.isoformat())).problems == ()
    reviewed = f"added: {tomorrow.isoformat()}\n        reviewed: {TODAY.isoformat()}"
    assert examined(SMALLEST.replace("added: 2026-11-24", reviewed)).problems == ()


def test_what_time_it_is_is_asked_in_one_place() -> None:
    asks = re.compile(r"\b(?:today|now|utcnow|fromtimestamp|localtime|gmtime|time\.time)\(")
    program = Path(clock.__file__).parent
    places = {
        path.relative_to(program).as_posix()
        for path in program.rglob("*.py")
        if asks.search(re.sub(r"(?:clock|means)\.now\(", "", path.read_text("utf-8")))
    }
    assert places == {"clock.py"}


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LinkIndexError, match="there is no such file; run the command where"):
        load(tmp_path / "resources.yaml", icons=icon_names())
    (tmp_path / "resources.yaml").symlink_to("moved.yaml")
    with pytest.raises(LinkIndexError, match=r"is a link to moved\.yaml, which is not there"):
        load(tmp_path / "resources.yaml", icons=icon_names())


def test_a_folder_in_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LinkIndexError, match="cannot be read"):
        load(tmp_path, icons=icon_names())
