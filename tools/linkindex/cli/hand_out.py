"""``linkindex hand-out``."""

from __future__ import annotations

from pathlib import Path

import click

from linkindex.cli.console import say, working
from linkindex.cli.group import main
from linkindex.cli.index import in_language, publishable
from linkindex.cli.options import catalogue_option, file_option
from linkindex.placing import place_files
from linkindex.wording import counted


@main.command("hand-out", short_help="Make a sheet of some links for one family.")
@catalogue_option
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@file_option("--output", text="The file for the sheet, a PDF.")
@click.option("--title", default="", help="What stands at its head.  [default: Links for you]")
@click.option(
    "--for",
    "audience",
    type=click.Choice(["families", "young-people", "practitioners"]),
    default="families",
    show_default=True,
    help="For whom the words are.",
)
@click.option(
    "--size",
    type=click.Choice(["usual", "large", "largest"]),
    default="usual",
    show_default=True,
    help="The size of the text: 10.5, 16 or 20 points.",
)
@click.option(
    "--language",
    metavar="CODE",
    help="Another language of the index, or of its first pages.  [default: the first]",
)
@click.option("--space", is_flag=True, help="With room to write by hand.")
def hand_out(
    catalogue_path: Path,
    *,
    codes: tuple[str, ...],
    output: Path | None,
    title: str,
    audience: str,
    size: str,
    language: str | None,
    space: bool,
) -> None:
    """Make a sheet of some links for one family.

    It has a code for each link and one for them all, as the page of lists on the site prints it.
    Every code is read back before the file is written. A sensitive link has no name on it.

    \b
    Example:
        linkindex hand-out jj9xyb vjp9x4 --output hand-out.pdf
    """
    from linkindex.cards.hand_out import HandOut, make_hand_out
    from linkindex.catalogue import Audience

    file = output or Path("hand-out.pdf")
    shown = in_language(publishable(catalogue_path).shown, language, first_pages=True)
    wanted = HandOut(codes, title, Audience(audience), size, space)
    with working("Making the hand-out"):
        made = make_hand_out(shown, wanted)
        place_files({file: made.pdf})
    say(f"Made {file}: {counted(made.links, 'link')} on {counted(made.pages, 'page')}.")
    if made.neutral:
        has, its = ("is", "it has") if made.neutral == 1 else ("are", "they have")
        say(f"  {made.neutral} of them {has} sensitive, so {its} no name on it.")
        say("  Paper can be found: print only where it is safe to keep.")
