"""Rules of sharing a check out and joining what was found."""

import datetime
from dataclasses import replace

import pytest

from linkindex.links import (
    Link,
    LinkReport,
    LinksError,
    MissingParts,
    Outcome,
    Verdict,
    merged,
    part_of,
    report_from_json,
    report_json,
    shard,
    with_lost_links,
)
from linkindex.links.causes import Disturbance, Opens, Why
from linkindex.links.wording import missing

AT = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


def links(hosts, pages):
    return tuple(
        Link(f"https://site{host}.test/{page}", "r.yaml", 1 + page + host * pages, "id", "Title")
        for host in range(hosts)
        for page in range(pages)
    )


def report(found, **more):
    outcomes = tuple(Outcome(link, Verdict.WORKING, Opens(200)) for link in found)
    return LinkReport(outcomes, AT, **more)


def test_every_link_is_in_one_part_and_the_parts_are_alike_in_size():
    everything = links(30, 4)
    parts = [shard(everything, number, 8) for number in range(1, 9)]
    assert sorted(link.line for part in parts for link in part) == [one.line for one in everything]
    assert {len(part) for part in parts} <= {12, 16}


def test_all_links_to_one_domain_are_in_the_same_part():
    found = [Link(f"https://{host}/x", "r", 1, "i", "t") for host in
             ("a.leeds.gov.uk", "www.leeds.gov.uk", "leeds.gov.uk")]  # fmt: skip
    assert {len(shard(found, number, 5)) for number in range(1, 6)} == {0, 3}


def test_joined_parts_are_in_the_order_of_the_file():
    everything = links(9, 3)
    parts = [report(shard(everything, number, 4)) for number in (3, 1, 4, 2)]
    assert merged(parts) == report(everything)


def test_the_network_of_the_whole_is_broken_where_most_parts_found_it_so():
    broken = disturbed(report(links(1, 1)))
    fine = [report(links(2, 2)), report(links(3, 1))]
    assert not merged([broken, *fine]).disturbance
    assert merged([broken, broken, fine[0]]).disturbance


def test_joining_nothing_says_what_to_do():
    with pytest.raises(LinksError, match="name the JSON files"):
        merged([])


def parts_of(everything, of):
    return [
        report(shard(everything, number, of), part=part_of(everything, number, of))
        for number in range(1, of + 1)
    ]


def test_parts_that_all_came_are_a_whole():
    everything = links(9, 3)
    joined = merged(parts_of(everything, 4))
    assert joined == report(everything)
    assert joined.missing is None
    assert with_lost_links(joined, parts_of(everything, 4), everything) == joined


def test_a_part_that_never_came_is_named_and_its_links_are_unverified():
    everything = links(30, 4)
    came = parts_of(everything, 8)
    lost = {outcome.link for outcome in came.pop(4).outcomes}
    joined = merged(came)
    assert joined.missing == MissingParts((5,), 8, len(lost))
    assert missing(joined.missing) == (
        f"part 5 of 8 is missing: its {len(lost)} links were not looked at"
    )
    whole = with_lost_links(joined, came, everything)
    assert [outcome.link for outcome in whole.outcomes] == list(everything)
    assert {one.link for one in whole.having(Verdict.UNVERIFIED)} == lost


def disturbed(part):
    """A part as it is where its network was broken."""
    trouble = Disturbance.CUT_OFF
    outcomes = [Outcome(one.link, Verdict.UNVERIFIED, trouble) for one in part.outcomes]
    return replace(part, outcomes=tuple(outcomes), disturbance=trouble)


def test_a_part_whose_network_was_broken_has_looked_at_nothing():
    everything = links(30, 4)
    first, second = parts_of(everything, 2)
    came = [disturbed(first), second]
    joined = merged(came)
    assert not joined.disturbance
    assert [one.link for one in joined.outcomes] == [one.link for one in second.outcomes]
    assert joined.missing == MissingParts((1,), 2, 60, disturbed=(1,))
    assert missing(joined.missing) == (
        "part 1 of 2 found its network broken: its 60 links were not looked at"
    )
    whole = with_lost_links(joined, came, everything)
    assert [one.link for one in whole.outcomes] == list(everything)
    lost = whole.having(Verdict.UNVERIFIED)
    assert {one.cause for one in lost} == {Why.PART_DISTURBED}
    assert {one.link for one in lost} == {one.link for one in first.outcomes}


def test_a_part_that_never_came_and_one_whose_network_was_broken_are_told_apart():
    _, second, *others = parts_of(links(32, 2), 4)
    joined = merged([disturbed(second), *others])
    assert missing(joined.missing) == (
        "part 1 of 4 is missing, and part 2 of 4 found its network broken: their 32 links were not "
        "looked at"
    )
    assert report_from_json(report_json(joined), "r").missing == joined.missing


def test_several_parts_that_never_came_are_all_named():
    everything = links(30, 4)
    came = [part for part in parts_of(everything, 8) if part.part.number in (1, 4, 7, 8)]
    assert missing(merged(came).missing).startswith("parts 2, 3, 5 and 6 of 8 are missing: their ")


def test_only_links_that_the_check_was_about_are_lost():
    """A check of what was not in order says nothing of the others."""
    everything = links(8, 1)
    came = parts_of(everything[:4], 2)[:1]
    joined = merged(came)
    assert joined.missing.links == 2
    assert len(with_lost_links(joined, came, everything).outcomes) == 4


def test_a_part_without_a_link_is_missing_all_the_same():
    everything = links(1, 1)
    came = [part for part in parts_of(everything, 2) if part.outcomes]
    assert missing(merged(came).missing).endswith("of 2 is missing, with no link to look at")


def test_parts_of_different_checks_are_not_joined():
    everything = links(9, 3)
    with pytest.raises(LinksError, match="one in 2 parts and one in 8; join the parts of one"):
        merged([parts_of(everything, 2)[0], parts_of(everything, 8)[1]])


def test_where_most_parts_had_no_network_nothing_that_the_others_found_counts():
    broken = disturbed(report(links(1, 1)))
    fine = report(links(2, 1))
    joined = merged([broken, broken, fine])
    assert joined.disturbance
    assert joined.counting.outcomes == ()
    assert {str(one.verdict) for one in joined.outcomes} == {"unverified"}
