"""The commands about the health of links: check, mend and answer for them."""

from __future__ import annotations

import datetime
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from linkindex.catalogue import Catalogue, LinkIndexError, Problem, Severity, load
from linkindex.catalogue.loading import read_whole
from linkindex.catalogue.problems import quoted, shown
from linkindex.cli.console import counting, print_problems, say, working
from linkindex.cli.group import EXIT_FAULT, began, main
from linkindex.cli.index import checked, link_in_use, write_all
from linkindex.cli.options import (
    catalogue_option,
    file_option,
    folder_option,
    plain_words,
    report_options,
    role_option,
)
from linkindex.icons import icon_names
from linkindex.wording import counted, date_in_words

if TYPE_CHECKING:
    from linkindex.catalogue.parts import Whole
    from linkindex.links import History, LinkReport
    from linkindex.links.reports.table import Report
    from linkindex.links.sweep import Remembered
    from linkindex.upkeep.branches import Branch
    from linkindex.upkeep.fixing import Fix


class _Shard(click.ParamType[tuple[int, int]]):
    """One part of several, such as ``3/8``."""

    name = "n/of"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        number, _, of = str(value).partition("/")
        if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
            self.fail(f"{quoted(value)} is not one part of several; write `3/8`", param, ctx)
        return int(number), int(of)


@main.group(short_help="Look at every link and say which work.", invoke_without_command=True)
@catalogue_option
@click.option(
    "--site", "site", is_flag=True, help="Check the internal links of the built site too."
)
@folder_option("--site-folder", default="site", text="Where the built site is.")
@file_option(
    "--changed-since",
    text="Check only links that are not in this other version of the catalogue.",
    exists=True,
)
@click.option(
    "--unsettled",
    is_flag=True,
    help="Check only links that failed, or gave no clear answer, when last looked at.",
)
@click.option(
    "--refused",
    is_flag=True,
    help="Check only links whose sites refused the last check.",
)
@click.option("--shard", type=_Shard(), help="Check one part of the links, divided by website.")
@click.option(
    "--linkchecker",
    "with_linkchecker",
    is_flag=True,
    help="Let linkchecker look at every link, too, so that each is asked for twice.",
)
@click.option("--fix", is_flag=True, help="Write the new addresses of moved links into the index.")
@click.option("--archive", is_flag=True, help="Name archived copies of broken links.")
@report_options
@click.option(
    "--minutes",
    type=click.FloatRange(min=0.1),
    default=15.0,
    show_default=True,
    metavar="NUMBER",
    help="Stop after this time; links not looked at by then are unverified.",
)
@click.pass_context
def links(
    context: click.Context,
    catalogue_path: Path,
    *,
    site: bool,
    site_folder: Path,
    changed_since: Path | None,
    unsettled: bool,
    refused: bool,
    shard: tuple[int, int] | None,
    with_linkchecker: bool,
    fix: bool,
    archive: bool,
    json_file: Path | None,
    markdown_file: Path | None,
    junit_file: Path | None,
    reports: tuple[tuple[str, Path], ...],
    record: bool,
    minutes: float,
) -> None:
    """Look at every link of the index and say which work.

    A verdict is a measurement: working, moved, broken, blocked (a person must open it),
    unverified (no clear answer) or suspect (it opens, but not what the index says). With a
    link-history.tsv beside the index, a link is broken only after failing on three days.

    Ends with 1 when a link is broken or harmful, the network looks broken, or pages could not be
    judged.

    \b
    Example:
        linkindex links --record
        linkindex links --fix
        linkindex links --site --changed-since main-resources.yaml
        linkindex links --report text=links.txt
    """
    if context.invoked_subcommand:
        return
    from linkindex import links as health
    from linkindex.links import sweep as sweeping

    catalogue = checked(catalogue_path)
    wanted_reports = _reports(json_file, markdown_file, junit_file, reports)
    if site and not (site_folder / "index.html").is_file():
        raise LinkIndexError(f"{site_folder} holds no built site; run `linkindex build` first")
    history = _known(catalogue, catalogue_path)
    if record:
        health.refuse_other_text(catalogue_path)
    plan = sweeping.planned(
        catalogue,
        history,
        sweeping.Choice(
            read_whole(changed_since).text.encode() if changed_since else None,
            unsettled=unsettled,
            refused=refused,
            shard=shard,
        ),
        began().date(),
    )
    with counting("Looking at links") as progress:
        outcomes = sweeping.asked(
            plan,
            catalogue,
            history,
            began().date(),
            seconds=minutes * 60,
            with_linkchecker=with_linkchecker,
            progress=progress,
        )
    remembered = sweeping.remembered(
        outcomes, catalogue, catalogue_path, began().date(), keep=record, is_sweep=plan.is_sweep
    )
    report = remembered.report
    fixes = _fixed(report, catalogue, catalogue_path) if fix else None
    if site:
        with counting("Looking at the links of the site") as progress:
            inside = health.check_site(
                site_folder, catalogue.settings.site_url, deadline=minutes * 60, progress=progress
            )
        report, outcomes = report.followed_by(inside), outcomes.followed_by(inside)
    # A part keeps what was found as it was found: the history joins it with the other parts.
    _hand_out(outcomes if plan.part else report, wanted_reports, _notes(remembered))
    if fixes:
        _tell_fixes(fixes, catalogue_path)
    if archive and not report.disturbance:
        _name_copies(report, catalogue, history)
    _end(report)


@links.command(name="merge", short_help="Join the reports of several parts.")
@catalogue_option
@click.argument(
    "parts",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    nargs=-1,
    required=True,
    metavar="REPORT...",
)
@report_options
def merge(
    catalogue_path: Path,
    parts: tuple[Path, ...],
    *,
    json_file: Path | None,
    markdown_file: Path | None,
    junit_file: Path | None,
    reports: tuple[tuple[str, Path], ...],
    record: bool,
) -> None:
    """Join the JSON reports of several parts (--shard) into one.

    Each part knows how many there are. A part that is missing is named, its links are unverified,
    and the check does not count as a sweep. The command then ends with 1.

    \b
    Example:
        linkindex links merge part-*.json --record --markdown report.md
    """
    from linkindex import links as health
    from linkindex.links import sweep as sweeping

    catalogue = checked(catalogue_path)
    wanted_reports = _reports(json_file, markdown_file, junit_file, reports)
    of_parts = [health.report_from_json(path.read_text("utf-8"), str(path)) for path in parts]
    joined = sweeping.joined(of_parts, catalogue)
    _known(catalogue, catalogue_path)
    remembered = sweeping.remembered(
        joined.own,
        catalogue,
        catalogue_path,
        began().date(),
        keep=record,
        is_sweep=joined.is_sweep,
    )
    report = sweeping.completed(remembered.report, joined, of_parts, catalogue)
    _hand_out(report, wanted_reports, _notes(remembered))
    _end(report)


@links.command(name="opened", short_help="Answer for a link that the check cannot open.")
@catalogue_option
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@role_option
@click.option("--note", default="", callback=plain_words, help="A few words on what you saw.")
def opened(catalogue_path: Path, names: tuple[str, ...], *, role: str, note: str) -> None:
    """Say that you have opened links by hand, and that they lead where they should.

    Your word counts for 90 days, and for what is there now: after that the links are due again, and
    one that turns harmful before then is hidden at once. Use the id or the code of a link.

    \b
    Example:
        linkindex links opened cdc-about-aces --by "family team"
    """
    from linkindex import links as health

    catalogue = checked(catalogue_path)
    resources = [link_in_use(catalogue, name) for name in names]
    for resource in resources:
        if resource.url is None:
            raise LinkIndexError(
                f"{quoted(resource.id)} has no web page to open; "
                "say that you rang or texted it with `linkindex numbers confirm`"
            )
    now = began()
    health.record(
        catalogue_path, [health.Opened(now, resource.opens, role, note) for resource in resources]
    )
    until = now.date() + datetime.timedelta(days=health.WAIVER_DAYS)
    for resource in resources:
        say(
            f"{shown(resource.title, 100)}: opened by hand by {shown(role)}; "
            f"due again after {date_in_words(until)}."
        )
    say(f"Commit {health.FILE_NAME} to share this.")


_branch_option = click.option(
    "--branch",
    envvar="HISTORY_BRANCH",
    metavar="NAME",
    help="The branch that holds it; by default the one that is checked out.",
)
_remote_option = click.option(
    "--remote",
    envvar="HISTORY_REMOTE",
    default="origin",
    show_default=True,
    metavar="NAME",
    help="The repository that holds it, as git calls it.",
)


@links.command(name="fetch", short_help="Fetch what past checks found from its branch.")
@catalogue_option
@_branch_option
@_remote_option
def fetch(catalogue_path: Path, *, branch: str | None, remote: str) -> None:
    """Fetch what past checks of links found from the branch of git that keeps it.

    It lies then beside the index, as link-history.tsv and permalinks/harmful-links.tsv. Ends with 1
    when nobody could be asked: a site that is built without it would show again what became
    harmful. In a private repository git needs a token, in GITHUB_TOKEN, or on GitLab in
    HISTORY_TOKEN.

    \b
    Example:
        linkindex links fetch --branch link-history
    """
    from linkindex.links import FILE_NAME
    from linkindex.upkeep import kept_history

    kept_on = _branch_of_history(catalogue_path, branch, remote)
    if kept_history.fetch(kept_on):
        say(f"Fetched {FILE_NAME} from {shown(kept_on.name)}.")
    else:
        say(f"There is no {FILE_NAME} on {shown(kept_on.name)} yet.")


@links.command(name="keep", short_help="Keep what checks found on its branch.")
@catalogue_option
@_branch_option
@_remote_option
def keep(catalogue_path: Path, *, branch: str | None, remote: str) -> None:
    """Keep what checks of links found on a branch of git, and make that branch if it is missing.

    Joins what lies beside the index with what others added to the branch meanwhile, commits that
    and pushes it. Nothing that is checked out changes.

    \b
    Example:
        linkindex links --record
        linkindex links keep --branch link-history
    """
    from linkindex.links import FILE_NAME
    from linkindex.upkeep import kept_history
    from linkindex.upkeep.kept_history import Kept

    kept_on = _branch_of_history(catalogue_path, branch, remote)
    said = {
        Kept.NOTHING: "There is nothing to keep.",
        Kept.ALREADY: "The history holds everything already.",
        Kept.ADDED: f"Kept {FILE_NAME} on {shown(kept_on.name)}.",
    }
    say(said[kept_history.keep(kept_on, lambda joined: _tidy(joined, catalogue_path))])


def _branch_of_history(catalogue_path: Path, branch: str | None, remote: str) -> Branch:
    from linkindex.upkeep.branches import branch_of

    folder = catalogue_path.resolve().parent
    return branch_of(folder, branch, remote, naming="--branch, or in the variable HISTORY_BRANCH")


def _tidy(joined: Path, catalogue_path: Path) -> None:
    """Make a history as short as it may be. An untidy one is better than none."""
    from linkindex import links as health

    try:
        catalogue = load(catalogue_path, icons=icon_names(), today=began().date())
    except LinkIndexError:
        print_problems(
            [
                Problem(
                    health.FILE_NAME,
                    1,
                    1,
                    "it could not be tidied, because the index has errors, and is kept as it is",
                    "run `linkindex check`",
                    Severity.WARNING,
                )
            ]
        )
        return
    health.tidy_file(joined, {link.address for link in health.catalogue_links(catalogue)})


@links.command(name="issue", short_help="Keep one issue on GitHub up to date.")
@catalogue_option
@click.option("--repository", envvar="GITHUB_REPOSITORY", metavar="OWNER/NAME")
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The JSON report of the check, to say which of its parts are missing.",
)
@click.option("--dry-run", is_flag=True, help="Print the issue instead.")
def issue(
    catalogue_path: Path, *, repository: str | None, report_file: Path | None, dry_run: bool
) -> None:
    """Open, rewrite or close the one issue that says which links need a person.

    It is made from link-history.tsv. Reads the token from GITHUB_TOKEN.

    \b
    Example:
        linkindex links issue --report links.json --dry-run
    """
    from linkindex import links as health
    from linkindex.upkeep.claims import doubtful_claims
    from linkindex.upkeep.github import keep_issue
    from linkindex.upkeep.issue import issue_text
    from linkindex.upkeep.reviews import overdue

    catalogue = checked(catalogue_path)
    now = began()
    history = _known(catalogue, catalogue_path)
    if not history.looks:
        raise LinkIndexError(
            f"{health.FILE_NAME}: no check was recorded yet; run `linkindex links --record` first"
        )
    ours = health.catalogue_links(catalogue)
    report = health.standing_report(ours, history, now)
    if report_file:
        run = health.report_from_json(report_file.read_text("utf-8"), str(report_file))
        report = replace(report, missing=run.missing, fault=run.fault)
    standings = health.standings(history, (link.address for link in ours), now.date())
    flapping = [standing.address for standing in standings if standing.flapping]
    due, doubtful = overdue(catalogue, now.date()), doubtful_claims(catalogue, now.date())
    text = issue_text(report, due, flapping, doubtful)
    if dry_run:
        say(text or "Nothing needs a person: the issue would be closed.")
        return
    token = os.environ.get("GITHUB_TOKEN", "")
    if not token or not repository:
        raise LinkIndexError(
            "the issue needs GITHUB_TOKEN and --repository OWNER/NAME; or print it with --dry-run"
        )
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    done = keep_issue(text, repository=repository, token=token, api=api)
    if done.what == "switched-off":
        say(
            f"Issues are switched off in {shown(repository)}, so none was kept. Switch them on in "
            "the settings of the repository, under Features, to be told there."
        )
        return
    say(
        f"Issue {done.number}: {done.what}."
        if done.number
        else "Nothing needs a person, and no issue is open."
    )


def _known(catalogue: Catalogue, catalogue_path: Path) -> History:
    """What is known of the links, once everything that is wrong with how it was kept is said."""
    from linkindex import links as health

    kept = health.kept_history(catalogue, catalogue_path, began().date())
    print_problems(kept.problems)
    return kept.history


def _notes(remembered: Remembered) -> tuple[str, ...]:
    if not remembered.ran_out_of_time:
        return ()
    return (
        "There was no time to look at every link, so this does not count as a full check; "
        "allow more with --minutes.",
    )


def _reports(
    json_file: Path | None,
    markdown_file: Path | None,
    junit_file: Path | None,
    named: Iterable[tuple[str, Path]],
) -> dict[Path, Report]:
    """Every report that was asked for, by the file for it; ours first, which do not fail."""
    from linkindex.links.reports.table import report_named

    ours = {"json": json_file, "markdown": markdown_file, "junit": junit_file}
    wanted = [*((name, path) for name, path in ours.items() if path), *named]
    files = Counter(path for _, path in wanted)
    twice = next((path for path, count in files.items() if count > 1), None)
    if twice:
        raise LinkIndexError(f"two reports would be written into {twice}; name a file for each")
    return {path: report_named(name) for name, path in wanted}


def _hand_out(report: LinkReport, reports: Mapping[Path, Report], notes: Sequence[str]) -> None:
    """Write the reports, and only then say what was found: nobody may be listening any more."""
    from linkindex import links as health

    for path, written in reports.items():
        write_all(path.parent, {path.name: written(report).encode()})
    for note in notes:
        say(note)
    say(health.report_text(report).rstrip())


def _end(report: LinkReport) -> None:
    if report.has_failed or report.disturbance or report.missing or report.fault:
        sys.exit(EXIT_FAULT)


class _Fixes(NamedTuple):
    """What was done about moved links, and the text of the index before and after it."""

    before: Whole
    after: str
    fixes: list[Fix]


def _fixed(report: LinkReport, catalogue: Catalogue, path: Path) -> _Fixes | None:
    """Write the new addresses of moved links; nothing is said of it yet."""
    from linkindex.upkeep.fixing import fixed
    from linkindex.upkeep.saving import placed_errors, save_whole

    if report.disturbance:
        return None
    whole = read_whole(path)
    with placed_errors(whole):
        after, fixes = fixed(whole.text, report, catalogue)
    if after != whole.text:
        save_whole(path, whole, after)
    return _Fixes(whole, after, fixes)


def _tell_fixes(done: _Fixes, path: Path) -> None:
    from linkindex.upkeep.saving import difference

    for fix in done.fixes:
        if fix.refusal:
            link = fix.outcome.link
            say(f"{link.file}:{link.line}: left as it is: {shown(link.owner_title)}: {fix.refusal}")
    say(difference(done.before, done.after) or "No address was changed.")
    if done.after != done.before.text:
        count = sum(1 for fix in done.fixes if fix.address)
        say(f"Changed {counted(count, 'address', 'addresses')} in {path}.")


def _name_copies(report: LinkReport, catalogue: Catalogue, history: History) -> None:
    from linkindex import links as health
    from linkindex.upkeep.archive import archived_copies

    broken = report.having(health.Verdict.BROKEN)
    if not broken:
        say("No link is broken, so no copy is needed.")
        return
    today = began().date()
    standings = health.standings(history, (outcome.link.address for outcome in broken), today)
    wanted = {standing.address: standing.last_worked for standing in standings}
    with working("Asking the Internet Archive"):
        copies = archived_copies(wanted, user_agent=health.user_agent(catalogue.settings.contact))
    for outcome in broken:
        copy = copies[outcome.link.address]
        answer = (
            f"copy of {date_in_words(copy.day)}: {copy.address} (look at it before you use it)"
            if copy
            else "the Internet Archive offered no copy"
        )
        say(f"{outcome.link.file}:{outcome.link.line}: {shown(outcome.link.owner_title)}: {answer}")
