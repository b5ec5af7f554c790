"""Rules of sharing a check out and joining what was found."""

import datetime

import pytest

from linkindex.links import Link, LinkReport, LinksError, Outcome, Verdict, merged, shard

AT = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


def links(hosts, pages):
    return tuple(
        Link(f"https://site{host}.test/{page}", "r.yaml", 1 + page + host * pages, "id", "Title")
        for host in range(hosts)
        for page in range(pages)
    )


def report(found, **more):
    outcomes = tuple(Outcome(link, Verdict.WORKING, "the page opens (200)") for link in found)
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
    broken = report(links(1, 1), disturbance="the network looks broken")
    fine = [report(links(2, 2)), report(links(3, 1))]
    assert not merged([broken, *fine]).disturbance
    assert merged([broken, broken, fine[0]]).disturbance


def test_joining_nothing_says_what_to_do():
    with pytest.raises(LinksError, match="name the JSON files"):
        merged([])
