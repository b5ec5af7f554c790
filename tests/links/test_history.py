"""Rules of the history, and of how a link stands in its light."""

import datetime
import subprocess
import threading
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linkindex.links import Link, LinkReport, Outcome, Verdict, stood_by
from linkindex.links.causes import (
    DAYS_TO_BREAK,
    Danger,
    Disturbance,
    MovedTo,
    NotYetBroken,
    Opens,
    Told,
    Why,
)
from linkindex.links.history.lines import (
    HEADER,
    KEPT_LOOKS,
    History,
    Opened,
    PastLook,
    PastSweep,
    add_to_history,
    looks_of,
    parse_history,
    read_history,
    sweep_of,
    tidied,
    tidy_file,
    written,
)
from linkindex.links.history.standing import (
    OVERDUE_DAYS,
    WAIVER_DAYS,
    is_overdue,
    is_unsettled,
    seen_before,
    standing,
    standing_report,
)
from linkindex.links.pages.html import LONGEST_TITLE, read_text
from linkindex.links.pages.identity import Seen
from linkindex.links.wording import reason

HERE = "https://a.test/page"
START = datetime.datetime(2026, 3, 2, 4, 23, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def look(day, verdict, danger="", note="what was found", hour=0):
    at = START + day * DAY + datetime.timedelta(hours=hour)
    fits = danger == "fits"
    kind = Danger(danger) if danger and not fits else None
    return PastLook(at, HERE, Verdict(verdict), danger=kind, status=200, note=note, fits=fits)


def looks(*verdicts):
    """One look a day."""
    return [look(day, *verdict.split("/")) for day, verdict in enumerate(verdicts)]


def stands(*verdicts, opened=None, today=None):
    found = looks(*verdicts)
    return standing(HERE, found, opened, today or found[-1].at.date())


def test_a_link_is_broken_only_after_failing_on_several_days():
    days = ["working"] + ["broken"] * DAYS_TO_BREAK
    assert stands(*days[:-1]).verdict == "unverified"
    assert stands(*days).verdict == "broken"


def test_failing_often_on_one_day_is_failing_once():
    same_day = [look(0, "broken", hour=hour) for hour in range(9)]
    found = standing(HERE, same_day, None, START.date())
    assert (found.verdict, found.failing_days) == ("unverified", 1)


def test_a_link_recovers_the_first_time_it_opens():
    assert stands("broken", "broken", "broken", "working").verdict == "working"
    assert stands("broken", "broken", "broken", "working", "broken").failing_days == 1


def test_a_look_that_told_nothing_neither_breaks_nor_mends():
    assert stands("broken", "unverified", "broken", "broken", "unverified").verdict == "broken"
    assert stands("working", "unverified").verdict == "unverified"
    assert stands("working", *["unverified"] * 9).failing_days == 0


def test_what_became_harmful_stays_so_until_a_good_page_is_seen():
    for after in ("unverified", "broken", "blocked"):
        found = stands("working", "suspect/gambling", after)
        assert (found.verdict, found.harmful) == ("suspect", True)
    assert not stands("suspect/gambling", "working/fits").harmful
    assert not stands("suspect/gambling", "moved/fits", "unverified").harmful


@pytest.mark.parametrize("after", ["working", "moved"])
def test_a_page_that_opens_unread_does_not_make_a_danger_good(after):
    found = stands("working/fits", "suspect/parked", after)
    assert (found.verdict, found.danger, found.harmful) == ("suspect", "parked", True)


def test_the_history_keeps_whether_the_page_was_read_and_fitted():
    read = a_report("working", fits=True, title="A title")
    assert [one.fits for one in looks_of(read)] == [True]
    assert not looks_of(a_report("working"))[0].fits
    assert "\tworking/fits\t" in written(looks_of(read))
    assert parse_history(written(looks_of(read))).looks == tuple(looks_of(read))


def test_one_harmful_look_is_enough():
    assert stands("working", "suspect/parked").harmful
    assert not stands("working", "suspect/missing").harmful


def test_a_link_that_opens_one_week_and_not_the_next_is_named():
    assert stands("working", "broken", "working", "broken").flapping
    assert not stands("working", "broken", "broken", "working").flapping


def opened(day, by="family team"):
    return Opened(START + day * DAY, HERE, by)


def test_an_editors_word_answers_for_a_link_until_it_ends():
    last = START.date() + datetime.timedelta(days=WAIVER_DAYS)
    found = stands("blocked", opened=opened(0), today=last)
    assert found.verdict == "working"
    assert reason(found.cause) == "opened by hand on 2 March 2026 by family team"
    after = stands("blocked", opened=opened(0), today=last + DAY)
    assert (after.verdict, after.ended) == ("blocked", True)


def test_a_look_that_got_through_answers_for_a_site_that_refuses_others():
    assert stands("working", "blocked", "blocked").verdict == "working"
    old = [look(-WAIVER_DAYS - 1, "working"), look(0, "blocked")]
    assert standing(HERE, old, None, START.date()).verdict == "blocked"
    assert stands("working", "suspect/missing", "blocked").verdict == "blocked"
    assert stands("working", "broken", "blocked").verdict == "blocked"


def test_a_report_of_all_links_says_how_each_stands():
    history = History(looks=tuple(looks("broken", "broken", "broken")))
    links = [Link(HERE, "r", 1, "i", "t"), Link("https://new.test/", "r", 2, "j", "u")]
    report = standing_report(links, history, START + 2 * DAY)
    assert [str(one.verdict) for one in report.outcomes] == ["broken", "unverified"]
    assert report.outcomes[1].cause is Why.NEVER_LOOKED_AT


def test_an_editors_word_clears_a_danger_that_was_there_and_no_other():
    today = START.date() + 3 * DAY
    found = stands("suspect/shop", "suspect/shop", opened=opened(0.5), today=today)
    assert (found.verdict, found.harmful) == ("working", False)
    found = stands("suspect/shop", "suspect/adult", opened=opened(0.5), today=today)
    assert (found.verdict, found.harmful) == ("suspect", True)


def test_an_editors_word_does_not_clear_a_danger_that_was_over_when_it_was_given():
    days = ["suspect/parked", "working/fits", "blocked", "suspect/parked"]
    assert stands(*days, opened=opened(2.5)).harmful
    assert not stands(*days, opened=opened(3.5)).harmful


A, B = ("suspect/gambling", "Slots"), ("suspect/gambling", "Another casino")
MISSING, FITS, BROKEN = ("suspect/missing", "Sorry"), ("working/fits", "Nests"), ("broken", "404")
OPENS, BLOCKED, UNVERIFIED = ("working", ""), ("blocked", "refused"), ("unverified", "slow")
# How it then stands: the verdict, whether it is hidden, and whether the word answers for it.
BY_HAND, IN_ORDER = ("working", False, True), ("working", False, False)
HIDDEN, MARKED, GONE = ("suspect", True, False), ("suspect", False, False), ("broken", False, False)


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        ([A], [], BY_HAND),
        ([A], [A, A], BY_HAND),
        ([A], [BLOCKED, UNVERIFIED], BY_HAND),
        ([A], [FITS, A], BY_HAND),
        ([A], [OPENS, A], BY_HAND),
        ([A, OPENS], [A], BY_HAND),
        ([A], [B], HIDDEN),
        ([A], [("suspect/parked", "Slots")], HIDDEN),
        ([A], [B, A], HIDDEN),
        ([A], [B, BLOCKED], HIDDEN),
        ([A], [B, OPENS], HIDDEN),
        ([A], [B, FITS], IN_ORDER),
        ([A], [FITS, B], HIDDEN),
        ([A, B], [B], BY_HAND),
        ([A, B], [A], HIDDEN),
        ([A], [MISSING], MARKED),
        ([A], [BROKEN, BROKEN], BY_HAND),
        ([A], [BROKEN, BROKEN, BROKEN], GONE),
        ([A, FITS], [A], HIDDEN),
        ([A, FITS, BLOCKED], [A], HIDDEN),
        ([], [A], HIDDEN),
        ([BLOCKED], [BLOCKED], BY_HAND),
        ([BLOCKED], [A], HIDDEN),
        ([BLOCKED], [MISSING], MARKED),
        ([BLOCKED], [MISSING, BLOCKED], MARKED),
        ([BLOCKED], [BROKEN, BROKEN], BY_HAND),
        ([BLOCKED], [BROKEN, BROKEN, BROKEN], GONE),
        ([BROKEN], [BROKEN, BROKEN, BROKEN], BY_HAND),
        ([BROKEN], [OPENS, BROKEN, BROKEN, BROKEN], GONE),
        ([MISSING], [MISSING], BY_HAND),
        ([MISSING, FITS, BLOCKED], [MISSING], MARKED),
        ([MISSING], [FITS, MISSING], MARKED),
        ([MISSING], [("suspect/home", "Sorry")], MARKED),
    ],
)
def test_an_editors_word_answers_for_what_was_there_and_for_nothing_else(before, after, stands):
    days = [*before, *after]
    found = [look(day, *kind.split("/"), note=note) for day, (kind, note) in enumerate(days)]
    today = START.date() + len(days) * DAY
    word = opened(len(before) - 0.5)
    one = standing(HERE, found, word, today)
    assert (one.verdict, one.harmful, one.opened == word) == stands
    assert bool(one.danger) is (one.verdict == "suspect")
    over = standing(HERE, found, word, today + (WAIVER_DAYS + 1) * DAY)
    without = standing(HERE, found, None, today)
    assert over == replace(without, ended=without.verdict != "working")


def test_a_word_on_one_page_does_not_answer_for_the_same_title_on_another_domain():
    found = looks("suspect/gambling", "suspect/gambling")
    for final, hidden in [("https://www.a.test/x", False), ("https://b.test/page", True)]:
        later = replace(found[1], final_address=final)
        one = standing(HERE, [found[0], later], opened(0.5), START.date() + 2 * DAY)
        assert one.harmful is hidden


def test_what_is_not_in_order_is_looked_at_again_soon():
    assert is_unsettled(stands("broken"))
    assert is_unsettled(stands("suspect/missing"))
    assert not is_unsettled(stands("working"))
    assert not is_unsettled(stands("blocked"))
    assert not is_unsettled(stands("broken", opened=opened(0)))


def test_a_sweep_is_overdue_when_there_was_none_or_the_last_is_long_ago():
    history = History(sweeps=(PastSweep(START, 3),))
    assert is_overdue(History(), START)
    assert not is_overdue(history, START + (OVERDUE_DAYS - 1) * DAY)
    assert is_overdue(history, START + OVERDUE_DAYS * DAY)


def test_what_was_seen_before_is_what_was_last_worked():
    seen = looks("working", "working", "suspect/adult")
    history = History(looks=(replace(seen[0], note="Old"), replace(seen[1], note="Title"), seen[2]))
    assert seen_before(history)[HERE].title == "Title"


def test_an_earlier_title_is_one_that_was_read_from_a_page():
    read = replace(look(0, "working", note="Roofers"), final_address="https://b.test/")
    unread = [look(1, "working", note=""), look(2, "moved", note="")]
    assert seen_before(History((read, *unread)))[HERE] == Seen("Roofers", "https://b.test/")
    assert seen_before(History(tuple(unread)))[HERE] == Seen("", HERE)


@pytest.mark.parametrize("verdict", ["working", "moved"])
def test_what_was_found_is_not_kept_as_a_title(verdict):
    report = a_report(verdict, Opens(200))
    kept = parse_history(written(looks_of(report)))
    assert kept.looks[0].title == seen_before(kept)[HERE].title == ""
    assert standing(HERE, kept.looks, None, START.date()).title == ""


@pytest.mark.parametrize(
    "line",
    [
        "working\t200\thttps://a.test/page\t-\tthe page opens (200)",
        "moved\t200\thttps://a.test/page\thttps://b.test/\t"
        "the page has moved for good to https://b.test/",
        "suspect/shop\t200\thttps://a.test/page\t-\ta shop seems to be there now",
    ],
)
def test_a_sentence_of_the_check_is_no_title(line):
    """Earlier versions kept it where now a title stands."""
    read = parse_history(f"2026-03-02T04:23:00Z\tlook\t{line}\n").looks[0]
    assert (read.title, reason(read.cause)) == ("", line.rpartition("\t")[2])


def test_a_danger_is_kept_with_the_title_of_its_page_and_told_in_a_sentence():
    report = a_report("suspect", Danger.GAMBLING, title="Slots", danger=Danger.GAMBLING)
    kept = parse_history(written(looks_of(report))).looks
    one = standing(HERE, kept, None, START.date())
    assert (kept[0].title, one.cause) == ("Slots", Danger.GAMBLING)


def test_a_page_that_moved_is_told_with_where_to():
    moved = replace(look(0, "moved", note="Title"), final_address="https://b.test/")
    one = standing(HERE, [moved], None, START.date())
    assert (one.title, one.cause) == ("Title", MovedTo("https://b.test/"))


def a_report(verdict, cause=Why.TOO_SLOW, **more):
    link = Link(HERE, "r.yaml", 1, "id", "T")
    outcome = Outcome(link, Verdict(verdict), cause, status=200, final_address=HERE)
    return LinkReport((replace(outcome, **more),), START)


def test_a_first_failure_is_reported_as_unverified_with_the_days_to_go():
    raw = a_report("broken")
    report = stood_by(raw, History().with_lines(looks_of(raw)), START.date())
    assert report.outcomes[0].verdict == "unverified"
    assert report.outcomes[0].cause == NotYetBroken(Told(reason(Why.TOO_SLOW)), 1)
    assert "failed on 1 day" in reason(report.outcomes[0].cause)


def test_a_disturbed_check_adds_nothing():
    report = replace(a_report("unverified"), disturbance=Disturbance.CUT_OFF)
    assert looks_of(report) == sweep_of(report) == []


def test_a_link_that_was_not_looked_at_in_time_adds_nothing():
    assert looks_of(a_report("unverified", Why.NOT_IN_TIME)) == []


MOMENTS = st.datetimes(
    datetime.datetime(2020, 1, 1), datetime.datetime(2099, 1, 1), timezones=st.just(datetime.UTC)
).map(lambda moment: moment.replace(microsecond=0))
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="-"), max_size=90).map(
    lambda text: " ".join(text.split())
)


@given(MOMENTS, st.sampled_from(list(Verdict)), WORDS, st.none() | st.integers(100, 599))
def test_what_is_written_can_be_read_back(moment, verdict, note, status):
    line = PastLook(
        moment, HERE, verdict, status=status, final_address="https://b.test/", note=note
    )
    assert parse_history(written([line])).looks == (line,)


@given(MOMENTS, st.text(), st.text(), st.booleans())
def test_no_note_or_role_can_break_a_line(moment, by, note, opens):
    line = Opened(moment, HERE, by, note) if opens else replace(look(0, "working"), note=note)
    text = written([line])
    assert text.count("\n") == 1
    read = parse_history(text)
    assert [one.address for one in (*read.looks, *read.opened)] == [HERE]


@pytest.mark.parametrize("gap", ["\t", "\n", "\r\n", "\u2028", " \t "])
def test_a_note_is_kept_on_one_line(gap):
    line = Opened(START, HERE, f"family{gap}team", f"seen{gap}today")
    assert parse_history(written([line])).opened == (
        Opened(START, HERE, "family team", "seen today"),
    )


def test_no_address_is_cut():
    far = "https://b.test/" + "long" * 500
    line = replace(look(0, "moved"), address=f"{far}?a", final_address=far, note="note " * 500)
    read = parse_history(written([line])).looks[0]
    assert (read.address, read.final_address) == (f"{far}?a", far)
    assert len(read.note) <= LONGEST_TITLE


@given(st.text(st.sampled_from("ab  é"), min_size=180, max_size=400))
def test_a_title_is_the_same_after_it_was_kept(text):
    title = read_text(f"<title>{text}</title>").title
    line = replace(look(0, "working"), note=title)
    assert seen_before(parse_history(written([line])))[HERE].title == title


@given(st.text())
def test_no_text_can_break_the_reading(text):
    good = written([PastSweep(START, 3, ((Verdict.WORKING, 3),))])
    assert PastSweep(START, 3, ((Verdict.WORKING, 3),)) in parse_history(f"{text}\n{good}").sweeps


def test_a_half_written_line_is_passed_over_and_spoils_no_other(tmp_path):
    file = tmp_path / "link-history.tsv"
    first, second = looks("working", "broken")
    whole = written([first])
    file.write_text(HEADER + whole + whole[: len(whole) // 2], "utf-8")
    add_to_history(file, [second])
    assert read_history(file).looks == (first, second)


def test_what_two_runs_add_at_the_same_time_is_all_there(tmp_path):
    file = tmp_path / "link-history.tsv"
    batches = [[look(day, "working", note=f"{run} {day}") for day in range(50)] for run in range(8)]
    runs = [threading.Thread(target=add_to_history, args=(file, batch)) for batch in batches]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(read_history(file).looks) == 400


def test_without_a_file_there_is_no_history(tmp_path):
    assert read_history(tmp_path / "link-history.tsv") == History()


def test_tidying_keeps_the_last_looks_and_the_last_good_one_and_every_sweep(tmp_path):
    file = tmp_path / "link-history.tsv"
    old = [look(0, "working"), *(look(day, "broken") for day in range(1, 130))]
    gone = replace(look(1, "working"), address="https://gone.test/")
    sweeps = [PastSweep(START + day * DAY, 1) for day in range(130)]
    add_to_history(file, [*old, gone, *sweeps])
    tidy_file(file, {HERE})
    after = read_history(file)
    assert after.looks == (old[0], *old[-12:])
    assert len(after.sweeps) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["link-history.tsv"]
    assert standing(HERE, after.looks, None, START.date()).verdict == "broken"


def test_tidying_changes_nothing_that_counts():
    history = History(looks=tuple(looks("working", "broken", "working", "suspect/adult")))
    assert tidied(history, {HERE}) == history


SEEN = ["working", "working/fits", "moved", "moved/fits", "broken", "blocked", "unverified"]
SEEN += ["suspect/missing", "suspect/gambling", "suspect/parked", "suspect/adult"]
FEW_KINDS = st.lists(st.sampled_from(SEEN), min_size=1, max_size=3, unique=True)
LONG = FEW_KINDS.flatmap(
    lambda rest: st.builds(
        list.__add__,
        st.lists(st.sampled_from(SEEN), max_size=6),
        st.lists(st.sampled_from(rest), min_size=KEPT_LOOKS, max_size=3 * KEPT_LOOKS),
    )
)


FITTED_BEFORE_THE_WORD = ["suspect/gambling", "working/fits", "working"]
FITTED_BEFORE_THE_WORD += [*["suspect/gambling"] * KEPT_LOOKS, "working/fits", "suspect/gambling"]
NOTES = st.lists(st.sampled_from(["", "one title", "another"]), min_size=1, max_size=5)


@settings(max_examples=300)
@example(["working", "suspect/missing", *["blocked"] * 14], None, 0, 1, ["a", "b"])
@example(["working", "suspect/adult", *["blocked"] * 14], None, 0, 1, ["a", "b"])
@example(["blocked", *["unverified"] * 14], None, 0, 1, ["a", "b"])
@example(FITTED_BEFORE_THE_WORD, FITTED_BEFORE_THE_WORD.index("working"), 0, 1, [""])
@given(
    LONG,
    st.none() | st.integers(-1, 40),
    st.integers(0, 2 * WAIVER_DAYS),
    st.integers(1, 12),
    NOTES,
)
def test_tidying_changes_nothing_of_how_a_link_stands(kinds, by_hand, later, hours, notes):
    found = [
        replace(look(0, *kind.split("/"), hour=hours * place), note=notes[place % len(notes)])
        for place, kind in enumerate(kinds)
    ]
    history = History(tuple(found), () if by_hand is None else (opened(by_hand * hours / 24),))
    after = tidied(history, {HERE})
    word = history.opened_at(HERE)
    today = found[-1].at.date() + later * DAY
    assert standing(HERE, after.looks, word, today) == standing(HERE, found, word, today)
    assert seen_before(after) == seen_before(history)
    assert tidied(after, {HERE}) == after


def test_tidying_does_not_forget_a_danger():
    history = History(looks=tuple(looks("working", "suspect/gambling", *["blocked"] * 14)))
    after = tidied(history, {HERE})
    assert len(after.looks) < len(history.looks)
    assert standing(HERE, after.looks, None, START.date()).harmful


def test_git_joins_two_histories(tmp_path):
    def git(*arguments):
        done = subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=e@example.org", *arguments],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    file = tmp_path / "link-history.tsv"
    git("init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text("link-history.tsv merge=union\n")
    first, *rest = looks("working", "broken", "suspect/adult")
    add_to_history(file, [first])
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    add_to_history(file, [rest[0]])
    git("commit", "-qam", "two")
    git("checkout", "-q", "main")
    add_to_history(file, [rest[1]])
    git("commit", "-qam", "three")
    git("merge", "-q", "other", "-m", "both")
    assert read_history(file).looks == (first, *rest)


@pytest.mark.parametrize("name", ["link-history.tsv merge=union"])
def test_this_repository_merges_its_history_so(name):
    from tests.conftest import REPOSITORY

    assert name in (REPOSITORY / ".gitattributes").read_text()
