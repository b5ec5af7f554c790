"""``linkindex suggest`` and ``linkindex forms``: what people send who have neither git nor YAML."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from linkindex.catalogue import Catalogue, LinkIndexError
from linkindex.catalogue.model import Suggestions
from linkindex.cli.console import say
from linkindex.cli.group import EXIT_FAULT, began, main
from linkindex.cli.index import checked, show_and_save, sound, write_all
from linkindex.cli.options import catalogue_option, file_option
from linkindex.icons import icon_names
from linkindex.wording import date_in_words

if TYPE_CHECKING:
    from linkindex.catalogue.parts import Whole
    from linkindex.upkeep.suggesting.answering import Answer


_RECEIVED = click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True)


@main.group(short_help="Read what somebody suggested.", invoke_without_command=True)
@catalogue_option
@click.option("--issue", "issue", type=_RECEIVED, metavar="FILE", help="The text of an issue.")
@click.option("--email", "email", type=_RECEIVED, metavar="FILE", help="An e-mail as it was saved.")
@file_option("--event", text="The event of a workflow that holds the issue.", exists=True)
@click.option("--write", is_flag=True, help="Take what is ready over into resources.yaml.")
@file_option("--markdown", "markdown_file", text="Write the answer as Markdown into this file.")
@click.pass_context
def suggest(
    context: click.Context,
    catalogue_path: Path,
    *,
    issue: Path | None,
    email: Path | None,
    event: Path | None,
    write: bool,
    markdown_file: Path | None,
) -> None:
    """Read what somebody suggested, and say what becomes of it.

    FILE holds the text of an issue that was made from one of the forms, or an e-mail from the page
    'Add or mend a link' of the site: saved as .eml or as text, answered and quoted as it may be.
    With `-` it is read from the keyboard. What is not of a form is refused.

    Shows how the link will look, what must still be answered, and the lines for resources.yaml.
    With --write, and nothing left to answer, the lines are put in their place. Ends with 1 if
    something must be answered first.

    \b
    Example:
        linkindex suggest --email suggestion.eml
        linkindex suggest --email suggestion.eml --write
    """
    from linkindex.upkeep.suggesting.answering import as_markdown, as_plain
    from linkindex.upkeep.suggesting.publishing import event_of

    if context.invoked_subcommand:
        return
    given = [file for file in (issue, email, event) if file is not None]
    if len(given) != 1:
        raise LinkIndexError("name one of --issue FILE, --email FILE and --event FILE")
    raw = _received(given[0])
    if event is not None:
        raw = event_of(raw.decode("utf-8", errors="replace")).body.encode()
    catalogue = checked(catalogue_path)
    said, whole, after, _ = _read(catalogue, catalogue_path, raw, is_email=email is not None)
    if markdown_file:
        write_all(Path(), {str(markdown_file): as_markdown(said).encode()})
    say(as_plain(said))
    if said.questions:
        sys.exit(EXIT_FAULT)
    if write:
        show_and_save(catalogue_path, whole, after, unchanged="There is nothing to change.")


@suggest.command(name="publish", short_help="Answer an issue, and propose its change.")
@catalogue_option
@file_option(
    "--event", text="The event of the workflow, as GITHUB_EVENT_PATH names it.", exists=True
)
@file_option("--looked", text="The JSON report of opening the address, if there is one.")
@click.option(
    "--commit", envvar="GITHUB_SHA", metavar="SHA", help="The commit that was checked out."
)
def publish_suggestion(
    catalogue_path: Path, *, event: Path, looked: Path | None, commit: str | None
) -> None:
    """Answer an issue in one comment, and put its change into one pull request that follows it.

    For a workflow: reads the token from GITHUB_TOKEN. What is written in the issue is never
    executed, and stands in no name of a branch, no commit and no title. With
    `suggestions: labelled` under `index:` the pull request waits for a maintainer's label `ready`,
    which an edit takes away. Where Actions may not open pull requests, the lines stay ready in the
    answer.

    \b
    Example:
        linkindex suggest publish --event "$GITHUB_EVENT_PATH"
    """
    from linkindex.upkeep.hub import hub
    from linkindex.upkeep.suggesting.answers import NotAFormError
    from linkindex.upkeep.suggesting.publishing import Proposal, event_of, publish, refuse

    token = os.environ.get("GITHUB_TOKEN", "")
    if not token or not commit:
        raise LinkIndexError("this needs GITHUB_TOKEN and GITHUB_SHA; run it in a workflow")
    happened = event_of(event.read_text("utf-8"))
    catalogue = checked(catalogue_path)
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    rights = "`contents: write`, `issues: write` and `pull-requests: write`"
    with hub(happened.repository, token, api, rights) as repository:
        try:
            read = _read(catalogue, catalogue_path, happened.body.encode(), is_email=False)
        except NotAFormError as error:
            say(refuse(repository, happened, str(error)))
            return
        proposal = None
        if read.after != read.whole.text and not read.said.questions:
            files = {
                (catalogue_path.parent / name).as_posix(): text
                for name, text in read.whole.changed(read.after).items()
            }
            proposal = Proposal(files, commit, read.what)
        labelled = catalogue.settings.suggestions is Suggestions.LABELLED
        found = _found(looked) if looked and looked.is_file() else ()
        say(publish(repository, happened, read.said, proposal, labelled=labelled, found=found))


def _found(looked: Path) -> tuple[str, ...]:
    """What opening the addresses found, one sentence each."""
    from linkindex import links as health
    from linkindex.links import wording

    report = health.report_from_json(looked.read_text("utf-8"), str(looked))
    return tuple(
        f"The address was opened on {date_in_words(report.checked_at.date())}: {outcome.verdict}. "
        + wording.as_sentence(wording.reason(outcome.cause))
        for outcome in report.outcomes[:10]
    )


class _Read(NamedTuple):
    """What became of a suggestion.

    :ivar whole: the index as it was read; ``after`` is its text with the change.
    :ivar what: what it does, by codes alone.
    """

    said: Answer
    whole: Whole
    after: str
    what: str


def _read(catalogue: Catalogue, path: Path, raw: bytes, *, is_email: bool) -> _Read:
    """What is said of a suggestion, and what it changes."""
    from linkindex.catalogue.loading import read_whole
    from linkindex.upkeep.saving import placed_errors
    from linkindex.upkeep.suggesting.answering import answer, by_codes_alone
    from linkindex.upkeep.suggesting.changing import changed
    from linkindex.upkeep.suggesting.issues import answers_of_issue
    from linkindex.upkeep.suggesting.mails import answers_of_email
    from linkindex.upkeep.suggesting.questions import forms_of
    from linkindex.upkeep.suggesting.understanding import understood

    whole = read_whole(path)
    forms, today = forms_of(catalogue), began().date()
    if is_email:
        answers = answers_of_email(raw, forms)
    else:
        answers = answers_of_issue(raw.decode("utf-8", errors="replace"), forms)
    meant = understood(answers, catalogue, today)
    with placed_errors(whole):
        change = changed(
            whole.text,
            catalogue,
            meant,
            icons=icon_names(),
            today=today,
            read=lambda name: (path.parent / name).read_bytes(),
        )
    after = change.text if change else whole.text
    return _Read(answer(meant, change, catalogue), whole, after, by_codes_alone(meant, catalogue))


def _received(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()


@main.command(short_help="Write the issue forms anew.")
@catalogue_option
def forms(catalogue_path: Path) -> None:
    """Write the issue forms for GitHub, with the topics and choices that the index has now.

    They stand in .github/ISSUE_TEMPLATE beside the index. `linkindex check` says when they are out
    of date.
    """
    from linkindex.upkeep.suggesting.issue_forms import issue_forms, out_of_date

    catalogue, _ = sound(catalogue_path)
    folder = catalogue_path.parent
    made = issue_forms(catalogue)
    stale = out_of_date(catalogue, found_forms(folder, made))
    new = [path for path in made if not (folder / path).exists()]
    write_all(folder, {path: text.encode() for path, text in made.items()})
    changed = sorted({*new, *(problem.file for problem in stale)})
    for path in changed:
        say(f"Wrote {path}.")
    if not changed:
        say("The issue forms are as the index says.")


def found_forms(folder: Path, paths: Iterable[str]) -> dict[str, str | None]:
    """The text of each issue form beside an index; none where there is no such file."""
    found: dict[str, str | None] = {}
    for path in paths:
        file = folder / path
        found[path] = file.read_text("utf-8", errors="replace") if file.is_file() else None
    return found
