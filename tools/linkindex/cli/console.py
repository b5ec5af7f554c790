"""What a command says, and how it shows that it is at work."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from linkindex.catalogue import CatalogueError, LinkIndexError, Problem


def say(sentence: str) -> None:
    """Say a sentence on standard output."""
    click.echo(sentence)


def fail(sentence: str) -> None:
    """Say what went wrong, on standard error."""
    click.echo(sentence, err=True)


def print_problems(problems: Sequence[Problem]) -> None:
    """Say each problem with its line, on GitHub also as an annotation of a pull request."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in problems:
        click.echo(str(problem), err=True)
        if on_github:
            click.echo(problem.as_annotation())


def print_error(error: LinkIndexError) -> None:
    """Say what a user can mend."""
    if isinstance(error, CatalogueError):
        print_problems(list(error.problems))
    else:
        fail(str(error))


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 error``, ``2 errors``."""
    return f"1 {noun}" if count == 1 else f"{count} {plural or noun + 's'}"


@contextlib.contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show that something is going on, on a terminal; elsewhere say so once."""
    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo(f"{what} ...", err=True)
        yield _unseen
        return
    with console.status(what) as status:
        yield lambda step: status.update(f"{what}: {step}")


@contextlib.contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many of how many are done, on a terminal; elsewhere say once what goes on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo(f"{what} ...", err=True)
        yield lambda done, total: None  # noqa: ARG005
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _unseen(_step: str) -> None:
    """Progress that nobody is watching."""
