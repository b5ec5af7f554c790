"""``linkindex suggest`` and ``linkindex forms``: what people send who have neither git nor YAML."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import LinkIndexError
from linkindex.cli.console import say
from linkindex.cli.group import EXIT_FAULT, began, main
from linkindex.cli.index import checked, show_and_save, sound, write_all
from linkindex.cli.options import catalogue_option, file_option
from linkindex.icons import icon_names

if TYPE_CHECKING:
    from linkindex.catalogue.parts import Whole
    from linkindex.upkeep.suggesting.answering import Answer
    from linkindex.upkeep.suggesting.answers import Answers


_RECEIVED = click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True)


@main.group(short_help="Read what somebody suggested.", invoke_without_command=True)
@catalogue_option
@click.option("--issue", "issue", type=_RECEIVED, metavar="FILE", help="The text of an issue.")
@click.option("--email", "email", type=_RECEIVED, metavar="FILE", help="An e-mail as it was saved.")
@click.option("--write", is_flag=True, help="Take what is ready over into resources.yaml.")
@file_option("--markdown", "markdown_file", text="Write the answer as Markdown into this file.")
@click.pass_context
def suggest(
    context: click.Context,
    catalogue_path: Path,
    *,
    issue: Path | None,
    email: Path | None,
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
    if context.invoked_subcommand:
        return
    said, whole, after = _read(catalogue_path, issue, email)
    from linkindex.upkeep.suggesting.answering import as_markdown, as_plain

    if markdown_file:
        write_all(Path(), {str(markdown_file): as_markdown(said).encode()})
    say(as_plain(said))
    if said.questions:
        sys.exit(EXIT_FAULT)
    if write:
        show_and_save(catalogue_path, whole, after, unchanged="There is nothing to change.")


def _read(
    catalogue_path: Path, issue: Path | None, email: Path | None
) -> tuple[Answer, Whole, str]:
    """What is said of a suggestion, the index, and its text with what was suggested."""
    from linkindex.catalogue.loading import read_whole
    from linkindex.upkeep.saving import placed_errors
    from linkindex.upkeep.suggesting.answering import answer
    from linkindex.upkeep.suggesting.changing import changed
    from linkindex.upkeep.suggesting.issues import answers_of_issue
    from linkindex.upkeep.suggesting.mails import answers_of_email
    from linkindex.upkeep.suggesting.questions import forms_of
    from linkindex.upkeep.suggesting.understanding import understood

    if (issue is None) == (email is None):
        raise LinkIndexError("name one of --issue FILE and --email FILE")
    catalogue = checked(catalogue_path)
    whole = read_whole(catalogue_path)
    forms, today = forms_of(catalogue), began().date()
    answers: Answers
    if issue is not None:
        answers = answers_of_issue(_received(issue).decode("utf-8", errors="replace"), forms)
    else:
        assert email is not None  # noqa: S101 - one of the two is there
        answers = answers_of_email(_received(email), forms)
    what = understood(answers, catalogue, today)
    with placed_errors(whole):
        change = changed(whole.text, catalogue, what, icons=icon_names(), today=today)
    return answer(what, change, catalogue), whole, change.text if change else whole.text


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
