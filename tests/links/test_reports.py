"""Rules of the reports, and of where links come from."""

import datetime
import html
import json
import re
from dataclasses import replace
from enum import StrEnum
from types import SimpleNamespace
from typing import get_args
from xml.etree import ElementTree

import pytest

from linkindex.catalogue.problems import Location
from linkindex.links import (
    Hop,
    Link,
    LinkReport,
    LinksError,
    MissingParts,
    Outcome,
    Part,
    Verdict,
    catalogue_links,
    changed_links,
    report_from_json,
    report_json,
    report_junit,
    report_markdown,
    report_text,
)
from linkindex.links.causes import (
    Answered,
    Cause,
    Danger,
    Disturbance,
    MovedTo,
    NoSuchPlace,
    NotYetBroken,
    OneSign,
    OnlyOnce,
    OpenedByHand,
    OpenedOn,
    Opens,
    OutOfTheSite,
    SaysMovedTo,
    Told,
    Why,
)
from linkindex.links.wording import as_sentence, reason
from linkindex.upkeep.issue import MARK, issue_text
from linkindex.upkeep.reviews import Review

AT = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)


def an_outcome(verdict, line=7, title="A title", address="https://a.test/", reason="a reason"):
    link = Link(address, "resources.yaml", line, "an-id", title)
    return Outcome(link, Verdict(verdict), Told(reason), status=404)


def a_report(*outcomes, disturbance=None):
    return LinkReport(tuple(outcomes), AT, disturbance=disturbance)


def test_only_a_broken_or_harmful_link_makes_a_check_fail():
    fine = [an_outcome(one) for one in Verdict if one != "broken"]
    assert not a_report(*fine).has_failed
    assert a_report(*fine, an_outcome("broken")).has_failed
    assert a_report(*fine, replace(an_outcome("suspect"), danger=Danger.SHOP)).has_failed


def test_the_text_begins_each_line_with_file_and_line_worst_first():
    lines = report_text(a_report(an_outcome("moved", 3), an_outcome("broken", 9))).splitlines()
    assert lines[0].startswith("resources.yaml:9: broken: ")
    assert lines[1].startswith("resources.yaml:3: moved: ")


def test_the_text_does_not_list_working_links_but_counts_them():
    text = report_text(a_report(an_outcome("working"), an_outcome("working")))
    assert text == "2 links checked: 2 working\n"


def test_the_json_has_a_version_and_every_link():
    document = json.loads(report_json(a_report(an_outcome("working"), an_outcome("broken"))))
    assert document["version"] == 1
    assert document["checked_at"] == "2026-11-24T09:30:00+00:00"
    assert document["counts"] == {
        "working": 1, "moved": 0, "broken": 1, "blocked": 0, "unverified": 0, "suspect": 0,
    }  # fmt: skip
    assert document["links"][1] == {
        "address": "https://a.test/",
        "file": "resources.yaml",
        "line": 7,
        "owner_id": "an-id",
        "owner_title": "A title",
        "verdict": "broken",
        "reason": "a reason",
        "cause": "told",
        "status": 404,
        "final_address": None,
        "hops": [],
        "title": "",
        "danger": "",
        "harmful": False,
        "fits": False,
    }


def test_a_day_is_written_as_people_say_it():
    report = replace(a_report(an_outcome("working")), checked_at=AT.replace(month=3, day=2))
    assert "checked on 2 March 2026 at 09:30 UTC." in report_markdown(report)


def test_the_markdown_has_a_table_for_each_verdict_that_needs_a_person():
    text = report_markdown(a_report(an_outcome("working"), an_outcome("blocked")))
    assert "## Blocked" in text
    assert "## Broken" not in text
    assert "## Working" not in text


def test_the_markdown_is_safe_from_what_editors_and_sites_write():
    hostile = "<img src=x> | @team [click](https://evil.test) `x` www.evil.test"
    text = report_markdown(
        a_report(an_outcome("broken", title=hostile, address="https://a.test/`|x", reason=hostile))
    )
    row = next(line for line in text.splitlines() if "a.test" in line)
    assert row.count("|") == 4
    for unsafe in ("<img", "@team", "[click]", "https://evil", "www.evil"):
        assert unsafe not in outside_code(row)


def outside_code(text):
    return re.sub("`[^`]*`", "", text)


TELLING = "moved to https://tube.test/@team/#12, said @team in #12 and gh-12 of o/n#12 (www.b.test)"


def test_nobody_is_called_and_no_issue_is_meant_by_what_editors_and_sites_write():
    """GitHub resolves character references first, and leaves code alone."""
    outcome = an_outcome("broken", title=TELLING, reason=TELLING, address="https://a.test/@team#12")
    due = Review(
        SimpleNamespace(title=TELLING, id="a-link"),
        SimpleNamespace(title=TELLING, steward=TELLING),
        datetime.date(2026, 1, 2),
    )
    for text in (
        report_markdown(a_report(outcome)),
        issue_text(a_report(outcome), [due], ["https://f.test/@team#12"]),
    ):
        seen = html.unescape(outside_code(text))
        assert not re.search(r"@\w|#\d|GH-\d|://|www\.", seen, re.IGNORECASE)


def test_addresses_within_a_reason_stay_whole_and_readable():
    text = report_markdown(a_report(an_outcome("moved", reason=TELLING)))
    assert "`https://tube.test/@team/#12`" in text
    assert "`www.b.test`)" in text


def test_two_reports_can_be_made_one():
    both = a_report(an_outcome("working")).followed_by(a_report(an_outcome("broken")))
    assert both.counts[Verdict.WORKING] == both.counts[Verdict.BROKEN] == 1


def a_catalogue():
    resource = SimpleNamespace(url="https://a.test/", address_line=12, id="one", title="One")
    settings = SimpleNamespace(exit_url="https://exit.test/", address_line=4)
    return SimpleNamespace(
        at=lambda line: Location("resources.yaml", line),
        settings=settings,
        resources_with_a_page=(resource,),
        every_page=((resource, resource.url),),
    )


def test_the_links_of_a_catalogue_are_its_exit_and_its_current_resources():
    links = catalogue_links(a_catalogue())
    assert [(link.address, link.line, link.owner_id) for link in links] == [
        ("https://exit.test/", 4, "index"),
        ("https://a.test/", 12, "one"),
    ]


def test_a_link_counts_as_changed_when_the_base_does_not_have_its_address():
    base = b"index:\n  exit_url: https://exit.test/\ncategories:\n- resources:\n  - url: https://b.test/\n"
    changed = changed_links(catalogue_links(a_catalogue()), base)
    assert [link.address for link in changed] == ["https://a.test/"]


def test_a_link_that_only_moved_within_the_file_has_not_changed():
    base = b"index: {exit_url: 'https://exit.test/'}\nx: [[{url: 'https://a.test/'}]]\n"
    assert changed_links(catalogue_links(a_catalogue()), base) == ()


def test_against_a_base_that_cannot_be_read_every_link_has_changed():
    assert len(changed_links(catalogue_links(a_catalogue()), b"{")) == 2


def test_a_json_report_can_be_read_back():
    outcome = replace(an_outcome("suspect"), hops=(Hop("https://b.test/", 301),), title="T",
                      danger=Danger.ADULT)  # fmt: skip
    report = a_report(outcome, an_outcome("working"))
    assert report_from_json(report_json(report), "x.json") == report


def causes_of_each_kind():
    return [
        *Why, *Danger, *Disturbance, Opens(200), Opens(None), MovedTo("https://b.test/"),
        *(Answered(status) for status in (404, 410, 401, 403, 407, 451, 429, 503, 418)),
        OnlyOnce(Answered(404), Why.NO_TIME_TO_LOOK_AGAIN), NotYetBroken(Why.NO_SUCH_HOST, 2),
        OpenedOn(AT.date()), OpenedByHand(AT.date(), "family team"),
        OutOfTheSite("https://a.test/"), NoSuchPlace("top"), Told("a reason"),
        SaysMovedTo("https://b.test/"), OneSign(Danger.GAMBLING),
    ]  # fmt: skip


def test_every_cause_has_words_of_its_own_and_survives_a_json_report_in_words():
    causes = causes_of_each_kind()
    assert {type(cause) for cause in causes} == set(get_args(Cause))
    assert len({reason(cause) for cause in causes}) == len(causes)
    report = a_report(*(replace(an_outcome("broken"), cause=cause) for cause in causes))
    read = report_from_json(report_json(report), "x.json")
    assert report_text(read) == report_text(report)
    plain = [cause for cause in causes if isinstance(cause, StrEnum)]
    assert [one.cause for one in read.outcomes][: len(plain)] == plain
    assert report_json(read).count('"told"') == len(causes) - len(plain)


def test_a_json_report_from_before_causes_had_names_can_be_read():
    report = disturbed(an_outcome("unverified"))
    document = json.loads(report_json(report))
    del document["disturbed_by"], document["links"][0]["cause"]
    read = report_from_json(json.dumps(document), "x.json")
    assert report_text(read) == report_text(report)
    assert read.counting.outcomes == ()
    late = json.loads(
        report_json(a_report(an_outcome("unverified", reason="not looked at in time")))
    )
    del late["links"][0]["cause"]
    assert report_from_json(json.dumps(late), "x.json").outcomes[0].cause is Why.NOT_IN_TIME


def test_a_json_report_keeps_which_part_it_is_and_which_are_missing():
    for report in (
        replace(a_report(), part=Part(3, 8, ("https://b.test/",))),
        replace(a_report(), missing=MissingParts((5, 7), 8, 41)),
    ):
        assert report_from_json(report_json(report), "x.json") == report


def test_a_json_report_from_before_parts_were_counted_can_be_read():
    document = json.loads(report_json(a_report()))
    del document["part"], document["missing"]
    assert report_from_json(json.dumps(document), "x.json") == a_report()


def test_every_report_says_which_part_is_missing():
    report = replace(a_report(an_outcome("working")), missing=MissingParts((5,), 8, 41))
    said = "Part 5 of 8 is missing: its 41 links were not looked at."
    assert report_text(report).splitlines()[0] == said
    assert f"**{said}**" in report_markdown(report)
    suite = ElementTree.fromstring(report_junit(report).encode()).find("testsuite")
    assert suite.get("errors") == "1"
    assert suite.find("system-err").text == said


def test_a_missing_part_needs_a_person_when_no_link_does():
    report = replace(a_report(an_outcome("working")), missing=MissingParts((5,), 8, 41))
    text = issue_text(report, [])
    assert "**Part 5 of 8 is missing: its 41 links were not looked at.**" in text
    assert "does not count as a sweep" in text


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 1, "links": [{}]}'])
def test_what_is_no_report_is_refused_by_name(text):
    with pytest.raises(LinksError, match=r"part\.json: this is not a report"):
        report_from_json(text, "part.json")


def test_the_junit_counts_failures_and_skips_and_is_xml_whatever_sites_say():
    report = a_report(
        an_outcome("broken", reason="a \x00 & <b>"), an_outcome("suspect"), an_outcome("blocked"),
        an_outcome("working", title="Ü\x0b"),
    )  # fmt: skip
    suite = ElementTree.fromstring(report_junit(report).encode()).find("testsuite")
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped", "errors")} == {
        "tests": "4", "failures": "2", "skipped": "1", "errors": "0",
    }  # fmt: skip
    assert suite.find("testcase/failure").get("message") == "a <U+0000> & <b>"


def test_the_issue_names_what_needs_a_person_and_is_closed_when_nothing_does():
    assert issue_text(a_report(an_outcome("working"), an_outcome("unverified")), []) is None
    text = issue_text(
        a_report(an_outcome("broken"), an_outcome("blocked")), [], ["https://f.test/"]
    )
    assert text.startswith(MARK)
    assert text.index("## Broken (1)") < text.index("## Blocked")
    assert "Opening one week and failing the next (1)" in text


def test_the_issue_stays_within_what_github_takes():
    text = issue_text(a_report(*[an_outcome("broken", reason="x" * 300)] * 400), [])
    assert len(text) < 65_536
    assert "The rest is in the report" in text


def test_the_issue_lists_due_reviews_with_their_steward():
    text = issue_text(a_report(), [a_review()])
    assert "| A link | `a-link` | Sleep | Early years team | 2026-01-02 |" in text
    assert "more:" not in text


def a_review():
    return Review(
        SimpleNamespace(title="A link", id="a-link"),
        SimpleNamespace(title="Sleep", steward="Early years team"),
        datetime.date(2026, 1, 2),
    )


def test_the_issue_keeps_to_a_page_of_reviews_and_says_what_lists_the_rest():
    broken = a_report(*[an_outcome("broken", reason="x" * 300)] * 400)
    for report in (a_report(), broken):
        text = issue_text(report, [a_review()] * 53)
        assert text.count("Early years team") == 50
        assert text.endswith("And 3 more: `linkindex review --due` lists them all.\n")
        assert len(text) < 65_536


def disturbed(outcome):
    cause = Disturbance.CUT_OFF
    return a_report(replace(outcome, cause=cause), disturbance=cause)


def test_where_the_network_looks_broken_the_reports_say_that_alone():
    report = disturbed(an_outcome("unverified"))
    said = as_sentence(reason(Disturbance.CUT_OFF))
    assert report_text(report) == f"{said}\n"
    assert report_markdown(report) == f"# Link check\n\n**{said}**\n"
    assert json.loads(report_json(report))["disturbance"]


def test_where_the_network_looks_broken_the_pages_of_the_site_count_all_the_same():
    web = disturbed(an_outcome("unverified", 3))
    report = web.followed_by(a_report(an_outcome("broken", 9), an_outcome("working")))
    said, found, totals = report_text(report).splitlines()
    assert said.startswith("The network looks broken")
    assert "resources.yaml:9: broken" in found
    assert totals == "2 links checked: 1 working, 1 broken"
    assert "## Broken" in report_markdown(report)
    assert "## Unverified" not in report_markdown(report)
