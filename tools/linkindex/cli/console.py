"""What a command says, and how it shows that it is at work."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import CatalogueError, LinkIndexError, Problem
from linkindex.catalogue.problems import visible

if TYPE_CHECKING:
    from rich.console import Console


def say(sentence: str) -> None:
    """Say a sentence on standard output."""
    click.echo(printable(sentence))


def fail(sentence: str) -> None:
    """Say what went wrong, on standard error."""
    click.echo(printable(sentence), err=True)


_COMMAND = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)
_OLD_COMMAND = re.compile(r"##(?=\w*\[)")
"""What a workflow would obey: GitHub reads `::` at the beginning of a line and `##[` anywhere
(actions/runner, ActionCommand.cs), Azure `##vso[`."""


def printable(text: str) -> str:
    """A text of one or more lines, in which nothing steers a terminal or a workflow.

    The last guard: whatever a sentence quotes has been made visible and short before.
    """
    lines = "\n".join(visible(line) for line in text.split("\n"))
    return _OLD_COMMAND.sub("# #", _COMMAND.sub(r"\1: ", lines))


def print_problems(problems: Sequence[Problem]) -> None:
    """Say each problem with its line, on GitHub also as an annotation of a pull request."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in problems:
        fail(str(problem))
        if on_github:
            click.echo(_OLD_COMMAND.sub("# #", problem.as_annotation()))


def print_error(error: LinkIndexError) -> None:
    """Say what a user can mend."""
    if isinstance(error, CatalogueError):
        print_problems(list(error.problems))
    else:
        fail(str(error))


@contextlib.contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show that something is going on, on a terminal; elsewhere say so once."""
    console = _terminal()
    if console is None:
        fail(f"{what} ...")
        yield _unseen
        return
    from rich.markup import escape

    spinner = "dots" if console.encoding.startswith("utf") else "line"
    with console.status(what, spinner=spinner) as status:
        yield lambda step: status.update(escape(printable(f"{what}: {step}")))


@contextlib.contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many of how many are done, on a terminal; elsewhere say once what goes on."""
    console = _terminal()
    if console is None:
        fail(f"{what} ...")
        yield lambda done, total: None  # noqa: ARG005
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _terminal() -> Console | None:
    """Where progress can be shown, if anywhere; elsewhere nothing is loaded that draws it."""
    if not (sys.stderr.isatty() or _SAY_SO.intersection(os.environ)):
        return None
    from rich.console import Console

    console = Console(stderr=True)
    return console if console.is_terminal else None


_SAY_SO = frozenset({"FORCE_COLOR", "TTY_COMPATIBLE"})
"""What says in the environment that there is a terminal, as rich understands it."""


def _unseen(_step: str) -> None:
    """Progress that nobody is watching."""
