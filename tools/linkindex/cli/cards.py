"""``linkindex cards``."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import LinkIndexError
from linkindex.cli.console import fail, say, working
from linkindex.cli.group import EXIT_FAULT, main
from linkindex.cli.index import in_language, publishable
from linkindex.cli.options import catalogue_option, file_option, folder_option
from linkindex.placing import place_files

if TYPE_CHECKING:
    from linkindex.cards.proof import Proven


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
            self.fail("no name is given; write names with commas, such as `aces,ddp`", param, ctx)
        return names


@main.command(short_help="Make the printable cards alone.")
@catalogue_option
@folder_option("--output", default="cards", text="The folder for the files.")
@click.option(
    "--format",
    "formats",
    type=_Names(),
    default=(),
    metavar="NAMES",
    help="What to make: sheet, fold, single, cr80, clear-print, large-print, fob, sticker, poster, "
    "png, svg, calibration or all.  [default: those that the website offers]",
)
@click.option(
    "--deck",
    metavar="ID",
    help="Another deck of the index, or all for every card.  [default: the one of `deck:`]",
)
@click.option(
    "--only", type=_Names(), default=(), metavar="CODES", help="Only these cards, by their codes."
)
@click.option(
    "--audience",
    type=click.Choice(["families", "practitioners", "young-people"]),
    help="Only cards with links for these readers.",
)
@click.option(
    "--language",
    metavar="CODE",
    help="Another language of the index: a ring in it, or with it on the front.  [default: the "
    "first]",
)
@click.option("--resources", is_flag=True, help="A card for each link instead of each category.")
@click.option(
    "--copies",
    type=click.IntRange(1, 500),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help="How many rings to print.",
)
@click.option(
    "--start",
    type=click.IntRange(1, 400),
    default=1,
    show_default=True,
    metavar="PLACE",
    help="The first free place of a part-used sheet; for one format and layout at a time.",
)
@click.option(
    "--layout",
    metavar="NAME or FILE",
    help="Another sheet, such as avery-c32011, or a layout file of your own.",
)
@click.option(
    "--duplex",
    type=click.Choice(["long", "short", "none", "fold"]),
    help="How your printer turns the sheet over, or fold if it prints on one side only.",
)
@file_option(
    "--printer",
    "printer_file",
    text="How far your printer moves the backs; --format calibration says how to measure it.",
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
    help="Only cards that have changed since this edition (its hash, or its record).",
)
@file_option(
    "--proof", "proof_file", text="Write a page with the figures and pictures of every code."
)
def cards(
    catalogue_path: Path,
    *,
    output: Path,
    formats: tuple[str, ...],
    deck: str | None,
    only: tuple[str, ...],
    audience: str | None,
    language: str | None,
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
    hardships such as blur, tilt and scratches. What the cards say is kept in permalinks/editions/,
    for --changed-since to compare with; commit it. Ends with 1 if a format could not be made.

    \b
    Example:
        linkindex cards --only aces,ddp --copies 3
        linkindex cards --deck first-visit --output first-visit
        linkindex cards --format sticker --layout avery-l7160 --start 5
        linkindex cards --language cy --output cards-cy
        linkindex cards --format calibration
    """
    from linkindex.cards import Order, ProofError, Selection, make_cards
    from linkindex.cards.edition import former_edition, new_record
    from linkindex.cards.layout import Flip
    from linkindex.cards.printers import read_printer
    from linkindex.cards.report import report_html
    from linkindex.catalogue.kinds import Audience

    shown = in_language(publishable(catalogue_path).shown, language)
    if duplex == "fold" and formats not in ((), ("sheet",), ("fold",)):
        raise LinkIndexError("--duplex fold is a format of its own; write --format fold alone")
    order = Order(
        formats=("fold",) if duplex == "fold" and not layout else formats,
        selection=Selection(only, Audience(audience) if audience else None, resources, deck),
        layout=layout,
        copies=copies,
        start=start,
        flip=Flip(duplex) if duplex and duplex != "fold" else None,
        printer=read_printer(printer_file) if printer_file else None,
        theme=theme,
        former=(
            None if changed_since is None else former_edition(changed_since, catalogue_path.parent)
        ),
    )

    def report(proven: tuple[Proven, ...]) -> dict[Path, bytes]:
        return {proof_file: report_html(proven, shown.settings.name)} if proof_file else {}

    with working("Making the cards") as progress:
        try:
            made = make_cards(shown, order, progress=progress)
        except ProofError as error:
            place_files(report(error.proven))
            raise
        files = {output / name: content for name, content in made.files.items()}
        kept = new_record(catalogue_path.parent, *made.printed) if made.printed else {}
        place_files({**files, **kept, **report(made.proven)})
    if made.files:
        say(f"Made {_listed(output, made.files)}")
    for sentence in made.summary:
        say(f"  {sentence}")
    for path in kept:
        say(f"  What these cards say is kept in {path}; commit it.")
    warn_of_missing(made.missing)
    if made.not_made:
        sys.exit(EXIT_FAULT)


def warn_of_missing(missing: Sequence[str], consequence: str = "") -> None:
    """Say which files of cards were not made, and what must change."""
    for sentence in missing:
        fail(sentence)
    if missing and consequence:
        fail(consequence)


def _listed(output: Path, files: Mapping[str, bytes]) -> str:
    """The files of a folder, and how many there are in each folder below it."""
    names = [str(output / name) for name in sorted(files) if "/" not in name]
    below = sorted({name.partition("/")[0] for name in files if "/" in name})
    counts = {folder: sum(name.startswith(f"{folder}/") for name in files) for folder in below}
    return ", ".join([*names, *(f"{output / folder}/ ({n})" for folder, n in counts.items())])
