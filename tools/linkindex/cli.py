"""The command ``linkindex``: parse, call, print."""

from __future__ import annotations

import contextlib
import datetime
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from linkindex.catalogue import (
    Catalogue,
    CatalogueError,
    Examined,
    LinkIndexError,
    Problem,
    Severity,
    Standing,
    addresses,
)
from linkindex.catalogue.loading import examine_file
from linkindex.catalogue.permalinks import (
    add_to_ledger,
    check_ledger,
    codes_of,
    ledger_path,
    other_ledgers,
)
from linkindex.icons import icon_names

if TYPE_CHECKING:
    from linkindex.cards.proof import Proven
    from linkindex.catalogue.readability import ReadingAge
    from linkindex.editing.numbers import Listed

EXIT_FAULT = 1
"""Something in the index must be put right. Wrong usage is 2, which click gives."""

catalogue_option = click.option(
    "--catalogue",
    "catalogue_path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("resources.yaml"),
    show_default=True,
    help="The file that holds the index.",
)


class _Commands(click.Group):
    """Turns faults that a user can mend into one sentence each, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LinkIndexError as error:
            _print_error(error)
            ctx.exit(EXIT_FAULT)
        except BrokenPipeError:  # whoever read the output has had enough; click ends quietly
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _fail(f"{where}{error.strerror or error}; make room or choose another place")
            ctx.exit(EXIT_FAULT)
        except KeyboardInterrupt:
            _fail("stopped; nothing was changed")
            ctx.exit(130)


class _HostAndPort(click.ParamType[str]):
    """A place to serve at, such as ``127.0.0.1:8000``."""

    name = "host:port"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            self.fail(f"{value!r} is not a host and a port; write 127.0.0.1:8000", param, ctx)
        return value


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="linkindex")
def main() -> None:
    """One catalogue of good links becomes a website and a ring of QR cards.

    Run a command in the folder that holds resources.yaml:

    \b
        linkindex check     say what is wrong, line by line
        linkindex build     make the site and the cards in site/
    """


@main.command(short_help="Say what is wrong, line by line.")
@catalogue_option
@click.option("--reading", "reading", is_flag=True, help="Say the reading age of each category.")
def check(catalogue_path: Path, *, reading: bool) -> None:
    """Say everything that is wrong with the index, each with its line.

    Checks resources.yaml, that its texts fit the cards, and that no published code has vanished
    (permalinks/). Warns of texts that are long, unexplained or unkind, and of readers left out.
    Ends with 1 if there is an error; warnings do not count.

    \b
    Example:
        linkindex check
        linkindex check --reading
    """
    from linkindex.cards import fit_cards
    from linkindex.catalogue.readability import reading_ages
    from linkindex.catalogue.style import style_problems
    from linkindex.editing.numbers import listed_numbers

    examined = _sound(catalogue_path)
    catalogue, tree = examined.catalogue, examined.tree
    assert catalogue is not None  # noqa: S101 - it is sound
    assert tree is not None  # noqa: S101
    _print_problems(style_problems(catalogue, tree))
    fit_cards(catalogue)
    for line in _reading(reading_ages(catalogue)) if reading else ():
        _say(line)
    _say(
        f"{catalogue_path.name} is in order: {len(catalogue.current_resources)} links in "
        f"{len(catalogue.current_categories)} categories."
    )
    _say(_codes_in_print(catalogue))
    _say(f"{_counts(listed_numbers(catalogue, tree))} `linkindex numbers` lists them.")


@main.command(short_help="Make the website and the cards.")
@catalogue_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="The folder for the site.",
)
def build(catalogue_path: Path, output: Path) -> None:
    """Make the website with the printable cards in it.

    The site is put in place when it is whole; if anything fails, the one that was there stays.

    \b
    Example:
        linkindex build --output site
    """
    from linkindex.site.build import build_site
    from linkindex.site.outputs import made_cards

    catalogue = _checked(catalogue_path)
    started = time.monotonic()
    with _working("Building the site and the cards"):
        build_site(catalogue_path, output)
    pages = sum(1 for _ in output.rglob("*.html"))
    _say(
        f"Made {output}/ in {time.monotonic() - started:.1f} s: "
        f"{len(catalogue.current_categories)} categories, "
        f"{len(catalogue.current_resources)} links, {pages} pages."
    )
    sheet, single = (output / "cards" / f"{name}.pdf" for name in ("sheet", "single"))
    if sheet.exists():
        _say(f"Cards to print: {sheet} and {single}")
        for sentence in made_cards(catalogue).summary:
            _say(f"  {sentence}")
    _say("To look at it: linkindex serve (or make serve), then open http://127.0.0.1:8000/")


@main.command(short_help="Show the site on this computer.")
@catalogue_option
@click.option(
    "--address",
    type=_HostAndPort(),
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where to show the site.",
)
def serve(catalogue_path: Path, address: str) -> None:
    """Show the site on this computer, and show changes as you save them.

    \b
    Example:
        linkindex serve --address 127.0.0.1:8080
    """
    from linkindex.site.build import serve_site

    _checked(catalogue_path)
    _say(f"Open http://{address}/ and stop with Ctrl-C.")
    serve_site(catalogue_path, address)


class _Names(click.ParamType[tuple[str, ...]]):
    """Names with commas between them."""

    name = "names"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        if not names:
            self.fail("there is no name; write names with commas, such as aces,ddp", param, ctx)
        return names


@main.command(short_help="Make the printable cards alone.")
@catalogue_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("cards"),
    show_default=True,
    help="The folder for the files.",
)
@click.option(
    "--format",
    "formats",
    type=_Names(),
    default=(),
    metavar="NAMES",
    help="What to make: sheet, fold, single, cr80, large-print, fob, sticker, poster, png, svg, "
    "calibration or all.  [default: those that the website offers]",
)
@click.option(
    "--only", type=_Names(), default=(), metavar="CODES", help="Only these cards, by their codes."
)
@click.option(
    "--audience",
    type=click.Choice(["families", "practitioners", "young-people"]),
    help="Only cards with links for these readers.",
)
@click.option("--resources", is_flag=True, help="A card for each link instead of each category.")
@click.option(
    "--copies",
    type=click.IntRange(1, 500),
    default=1,
    show_default=True,
    help="How many rings, one after the other.",
)
@click.option(
    "--start",
    type=click.IntRange(1, 400),
    default=1,
    show_default=True,
    metavar="PLACE",
    help="The first free place of a part-used sheet.",
)
@click.option(
    "--layout",
    metavar="NAME or FILE",
    help="Another sheet, such as avery-c32011, or a layout file of your own.",
)
@click.option(
    "--duplex",
    type=click.Choice(["long", "short", "none", "fold"]),
    help="How your printer turns the sheet, or fold for one that prints one side.",
)
@click.option(
    "--printer",
    "printer_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="How far your printer moves the backs; --format calibration says how to measure it.",
)
@click.option(
    "--theme",
    type=click.Choice(["colour", "black", "high-contrast"]),
    default="colour",
    show_default=True,
    help="How the cards look.",
)
@click.option(
    "--changed-since",
    metavar="EDITION",
    help="Only cards that say something else than in this edition (its hash, or its record).",
)
@click.option(
    "--proof",
    "proof_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page with the figures and pictures of every code.",
)
def cards(
    catalogue_path: Path,
    *,
    output: Path,
    formats: tuple[str, ...],
    only: tuple[str, ...],
    audience: str | None,
    resources: bool,
    copies: int,
    start: int,
    layout: str | None,
    duplex: str | None,
    printer_file: Path | None,
    theme: str,
    changed_since: str | None,
    proof_file: Path | None,
) -> None:
    """Make the printable cards alone.

    Every code is rendered, read back and compared before a file is written, and tried under
    hardships such as blur, tilt and scratches.

    \b
    Example:
        linkindex cards --only aces,ddp --copies 3
        linkindex cards --format sticker --layout avery-l7160 --start 5
        linkindex cards --format calibration
    """
    from linkindex.cards import Order, ProofError, Selection, make_cards
    from linkindex.cards.edition import former_edition
    from linkindex.cards.layout import Flip
    from linkindex.cards.printers import read_printer
    from linkindex.cards.report import report_html
    from linkindex.catalogue.model import Audience

    catalogue = _checked(catalogue_path)
    if duplex == "fold" and formats not in ((), ("sheet",), ("fold",)):
        raise LinkIndexError("--duplex fold is a format of its own; write --format fold alone")
    order = Order(
        formats=("fold",) if duplex == "fold" and not layout else formats,
        selection=Selection(only, Audience(audience) if audience else None, resources),
        layout=layout,
        copies=copies,
        start=start,
        flip=Flip(duplex) if duplex and duplex != "fold" else None,
        printer=read_printer(printer_file) if printer_file else None,
        theme=theme,
        former=former_edition(changed_since, output) if changed_since else None,
    )

    def write_report(proven: tuple[Proven, ...]) -> None:
        if proof_file:
            page = report_html(proven, catalogue.settings.name)
            _write_all(proof_file.parent, {proof_file.name: page})

    with _working("Making the cards") as progress:
        try:
            made = make_cards(catalogue, order, progress=progress)
        except ProofError as error:
            write_report(error.proven)
            raise
        write_report(made.proven)
        _write_all(output, made.files)
    if made.files:
        _say(f"Made {_listed(output, made.files)}")
    for sentence in made.summary:
        _say(f"  {sentence}")


def _listed(output: Path, files: Mapping[str, bytes]) -> str:
    """The files of a folder, and how many there are in each folder below it."""
    names = [str(output / name) for name in sorted(files) if "/" not in name]
    below = sorted({name.partition("/")[0] for name in files if "/" in name})
    counts = {folder: sum(name.startswith(f"{folder}/") for name in files) for folder in below}
    return ", ".join([*names, *(f"{output / folder}/ ({n})" for folder, n in counts.items())])


@main.command(short_help="Record the codes as published.")
@catalogue_option
def publish(catalogue_path: Path) -> None:
    """Record the codes of this index as published.

    A recorded code must answer for ever: `linkindex check` fails when one vanishes. Run it when
    the site goes live, and commit the file it writes in permalinks/.

    \b
    Example:
        linkindex publish
    """
    catalogue = _checked(catalogue_path)
    path = ledger_path(catalogue_path.parent, catalogue)
    before = path.read_text("utf-8") if path.exists() else ""
    after, new = add_to_ledger(before, codes_of(catalogue))
    if not new:
        _say(f"{path} already holds every code of the index.")
        return
    _write_all(path.parent, {path.name: after.encode()})
    _say(f"Recorded {len(new)} new codes in {path}.")
    if addresses.is_reserved(urlsplit(catalogue.settings.site_url).hostname or ""):
        _say("The address is reserved for examples, so nothing can be live there yet.")


@main.group(short_help="List the numbers to call and text.", invoke_without_command=True)
@catalogue_option
@click.pass_context
def numbers(context: click.Context, catalogue_path: Path) -> None:
    """List every number to call or text, and whether somebody has confirmed it.

    A number that nobody has confirmed is on no card, but for 999, 112, 111 and 101. To confirm one,
    ring it (or text it). If the right service answers, note it with `numbers confirm`.

    \b
    Example:
        linkindex numbers
        linkindex numbers confirm "0800 1111" "text 85258"
    """
    from linkindex.editing.numbers import listed_numbers

    context.obj = catalogue_path
    if context.invoked_subcommand:
        return
    examined = _sound(catalogue_path)
    assert examined.catalogue is not None  # noqa: S101 - it is sound
    assert examined.tree is not None  # noqa: S101
    for line in _numbers(listed_numbers(examined.catalogue, examined.tree), examined.catalogue):
        _say(line)


@numbers.command(short_help="Note that you have rung a number.")
@click.argument("wanted", nargs=-1, required=True, metavar="NUMBER...")
@click.option(
    "--on",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The day on which you rang it; today by default.",
)
@click.option("--dry-run", is_flag=True, help="Show the change and write nothing.")
@click.pass_obj
def confirm(
    catalogue_path: Path, *, wanted: tuple[str, ...], day: datetime.datetime | None, dry_run: bool
) -> None:
    """Note that you have rung or texted each NUMBER and the right service answered.

    This changes resources.yaml. Write a number as `linkindex numbers` lists it, in quotes. It is
    confirmed wherever it stands. Calling and texting are confirmed separately.

    \b
    Example:
        linkindex numbers confirm "0800 1111"
        linkindex numbers confirm "text 85258" --on 2026-11-24
    """
    from linkindex.editing import numbers as editing
    from linkindex.editing.saving import difference, read_text, save

    rung = day.date() if day else datetime.date.today()
    if rung > datetime.date.today():
        raise LinkIndexError(f"{rung.isoformat()} is in the future; say the day on which you rang")
    examined = _sound(catalogue_path)
    assert examined.catalogue is not None  # noqa: S101 - it is sound
    assert examined.tree is not None  # noqa: S101
    before = read_text(catalogue_path)
    listed = editing.listed_numbers(examined.catalogue, examined.tree)
    after, chosen = editing.confirm(before, listed, list(wanted), rung, catalogue_path.name)
    _say(difference(before, after, catalogue_path.name) or "Nothing is to be changed.")
    if not dry_run and after != before:
        save(catalogue_path, before, after)
        days = examined.catalogue.settings.number_days
        until = rung + datetime.timedelta(days=days)
        _say(
            f"Confirmed in {_counted(len(chosen), 'place')}; holds until {until.isoformat()} "
            f"({days} days)."
        )


@main.command(name="export-docs", short_help="Write the pages for another engine.")
@catalogue_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_docs(catalogue_path: Path, folder: Path) -> None:
    """Write the pages into FOLDER, for another engine than MkDocs to build.

    \b
    Example:
        linkindex export-docs pages && cd pages && zensical build
    """
    from linkindex.site.build import replaced_when_whole
    from linkindex.site.export import export_docs as write
    from linkindex.site.health import health_beside

    catalogue = _checked(catalogue_path)
    if folder.exists() and any(folder.iterdir()):
        raise LinkIndexError(f"{folder} is not empty; name a new folder")
    with _working("Writing the pages"), replaced_when_whole(folder) as unfinished:
        health = health_beside(catalogue, catalogue_path)
        write(catalogue, unfinished, catalogue_path.resolve().parent / "docs", health)
    _say(f"Wrote the pages, the theme and mkdocs.yml into {folder}/")


def _checked(path: Path) -> Catalogue:
    """The catalogue, once everything that is wrong with it has been said."""
    catalogue = _sound(path).catalogue
    assert catalogue is not None  # noqa: S101 - it is sound
    return catalogue


def _sound(path: Path) -> Examined:
    """What was found in a catalogue without an error, once all of it has been said."""
    examined = examine_file(path, icons=icon_names())
    problems = list(examined.problems)
    if examined.catalogue:
        problems.extend(_ledger_problems(path, examined.catalogue))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    _print_problems(problems)
    if examined.catalogue is None or errors:
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        _fail(f"{count} in the index; mend the lines above and run the command again")
        sys.exit(EXIT_FAULT)
    return examined


def _reading(ages: list[ReadingAge]) -> Iterator[str]:
    """A table of the categories, hardest to read first."""
    yield "Reading age by category (automated readability index, in years):"
    for one in ages:
        line, age = one.hardest
        yield f"  {one.age:2}  {one.category.title} ({one.words} words; line {line} alone: {age})"


def _numbers(listed: list[Listed], catalogue: Catalogue) -> Iterator[str]:
    """The numbers as a table, and what to do about those that nobody has confirmed."""
    width = max((len(one.called) for one in listed), default=0)
    for one in listed:
        checked = one.phone.number_checked
        known = f"{one.standing} {checked.isoformat()}" if checked else str(one.standing)
        place = f"{one.where}, {catalogue.file}:{one.line}"
        yield f"{known:<21}  {one.called:<{width}}  {one.name} ({place})"
    yield _counts(listed)
    if any(not one.standing.may_be_printed for one in listed):
        yield "Ring a number; if the right service answers: linkindex numbers confirm NUMBER"


def _counts(listed: list[Listed]) -> str:
    """How many numbers there are of each standing."""
    counts = Counter(one.standing for one in listed)
    said = ", ".join(f"{counts[standing]} {standing}" for standing in Standing if counts[standing])
    return f"{_counted(len(listed), 'number')}: {said}." if listed else "There is no number."


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def _ledger_problems(path: Path, catalogue: Catalogue) -> list[Problem]:
    ledger = ledger_path(path.parent, catalogue)
    if not ledger.exists():
        return [
            Problem(
                path.name,
                catalogue.settings.line,
                1,
                f"codes were published at another address ({other.name})",
                "keep that address answering, for printed cards lead there",
                Severity.WARNING,
            )
            for other in other_ledgers(path.parent, catalogue)
        ]
    name = ledger.relative_to(path.parent).as_posix()
    return check_ledger(ledger.read_text("utf-8", errors="replace"), name, catalogue)


def _codes_in_print(catalogue: Catalogue) -> str:
    from linkindex.cards import card_version

    plan = card_version(catalogue)
    return (
        f"The texts fit the cards, and the codes are large enough to scan (QR version "
        f"{plan.version}, level {plan.level} or better, squares of {plan.module_mm:.2f} mm)."
    )


def _print_problems(problems: Sequence[Problem]) -> None:
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in problems:
        click.echo(str(problem), err=True)
        if on_github:
            click.echo(problem.as_annotation())


def _print_error(error: LinkIndexError) -> None:
    if isinstance(error, CatalogueError):
        _print_problems(list(error.problems))
    else:
        _fail(str(error))


def _say(sentence: str) -> None:
    click.echo(sentence)


def _fail(sentence: str) -> None:
    click.echo(sentence, err=True)


@contextlib.contextmanager
def _working(what: str) -> Iterator[Callable[[str], None]]:
    """Show that something is going on, on a terminal; elsewhere say so once."""
    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo(f"{what} ...", err=True)
        yield _ignored
        return
    with console.status(what) as status:
        yield lambda step: status.update(f"{what}: {step}")


@contextlib.contextmanager
def _counting(what: str) -> Iterator[Callable[[int, int], None]]:
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


def _ignored(_step: str) -> None:
    """Progress that nobody is watching."""


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that each is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as unfinished:
        for name, content in files.items():
            (Path(unfinished) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(unfinished) / name).write_bytes(content)
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(unfinished) / name).replace(folder / name)


from linkindex import cli_links  # noqa: E402, F401 - it adds its commands to those above
