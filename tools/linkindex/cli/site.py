"""The commands that make and show the site, here or with another engine, and publish its codes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from linkindex.catalogue import Engine, LinkIndexError, addresses
from linkindex.catalogue.problems import quoted
from linkindex.cli.cards import warn_of_missing
from linkindex.cli.console import fail, say, working
from linkindex.cli.group import began, main
from linkindex.cli.index import publishable, readable, remind_to_publish
from linkindex.cli.options import catalogue_option, engine_option, folder_option
from linkindex.placing import place_files, replaced_when_whole
from linkindex.site.host_and_port import Address, parsed_address
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.site.built import BuiltSite


class _HostAndPort(click.ParamType[Address]):
    """A place to serve at, such as ``127.0.0.1:8000`` or ``[::1]:8000``."""

    name = "host:port"

    def convert(
        self, value: str | Address, param: click.Parameter | None, ctx: click.Context | None
    ) -> Address:
        if isinstance(value, Address):
            return value
        try:
            return parsed_address(value)
        except ValueError:
            self.fail(
                f"{quoted(value)} is not a host and port; write `127.0.0.1:8000` or `[::1]:8000`",
                param,
                ctx,
            )


@main.command(short_help="Make the website and the cards.")
@catalogue_option
@folder_option("--output", default="site", text="The folder for the site.")
@engine_option
def build(catalogue_path: Path, output: Path, engine: Engine | None) -> None:
    """Make the website with the printable cards in it.

    The site is put in place when it is whole; if anything fails, the one that was there stays.

    \b
    Example:
        linkindex build --output site
    """
    from linkindex.site.build import build_site

    index = publishable(catalogue_path)
    started = time.monotonic()
    with working("Building the site and the cards"):
        site = build_site(catalogue_path, output, began(), index, engine)
    say(
        f"Made {output}/ in {time.monotonic() - started:.1f} s: "
        f"{counted(len(index.shown.current_categories), 'category', 'categories')}, "
        f"{counted(len(index.shown.current_resources), 'link')}, {len(site.pages)} pages."
    )
    _tell_of_cards(site)
    remind_to_publish(catalogue_path, index.shown)
    say("To look at it: linkindex serve, then open http://127.0.0.1:8000/")


def _tell_of_cards(site: BuiltSite) -> None:
    """Which cards to print, and which there are not, though the site is whole without them."""
    from linkindex.site.outputs import CARDS

    wanted = [path for path in site.cards if path.name in ("sheet.pdf", "single.pdf")]
    own = [str(path) for path in wanted if path.parent.name == CARDS]
    others = [str(path) for path in wanted if path.parent.name != CARDS]
    if own:
        say(f"Cards to print: {' and '.join(own)}")
    if others:
        say(f"Other decks: {', '.join(others)}")
    for sentence in site.about_cards:
        say(f"  {sentence}")
    warn_of_missing(site.not_made, "The site does not offer what was not made.")


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
@engine_option
def serve(catalogue_path: Path, address: Address, engine: Engine | None) -> None:
    """Show the site on this computer, and show changes as you save them.

    What is wrong with the index is shown in the browser, too, with its line, until it is mended.

    \b
    Example:
        linkindex serve --address 127.0.0.1:8080
    """
    from linkindex.site.serving.preview import serve_site

    can_be_read = readable(catalogue_path)
    if can_be_read:
        publishable(catalogue_path)
    say(f"Open http://{address}/ and stop with Ctrl-C.")
    serve_site(catalogue_path, address, fail, engine, in_spite_of_faults=not can_be_read)


@main.command(short_help="Record the codes as published.")
@catalogue_option
def publish(catalogue_path: Path) -> None:
    """Record the codes of this index as published, and what the cards say.

    A recorded code must answer for ever: `linkindex check` fails when one vanishes, when two change
    places, and when the record itself is lost. Run it when the site goes live, and commit the files
    it writes in permalinks/.

    \b
    Example:
        linkindex publish
    """
    from linkindex.upkeep.publication import publication

    shown = publishable(catalogue_path).shown
    due = publication(catalogue_path.parent, shown)
    place_files(due.files)
    if due.codes:
        say(f"Recorded {len(due.codes)} new codes in {due.ledger}.")
    elif due.ledger in due.files:
        say(f"Recorded in {due.ledger} what its codes open now.")
    else:
        say(f"{due.ledger} already holds every code of the index.")
    for record in (path for path in due.files if path != due.ledger):
        say(f"Recorded what the cards of an edition say in {record}.")
    if due.files:
        say(f"Commit the folder {due.ledger.parent}.")
    if addresses.is_reserved(urlsplit(shown.settings.site_url).hostname or ""):
        say("The address is reserved for examples, so nothing can be live there yet.")


@main.command(name="export-docs", short_help="Write the pages for another engine.")
@catalogue_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_docs(catalogue_path: Path, folder: Path) -> None:
    """Write the pages into FOLDER, for another engine than MkDocs to build.

    `linkindex finish` does to the built site what is done to our own.

    \b
    Example:
        linkindex export-docs pages
        (cd pages && mkdocs build)
        linkindex finish pages/site
    """
    from linkindex.site.engines.export import export_docs as write

    index = publishable(catalogue_path)
    if folder.exists() and any(folder.iterdir()):
        raise LinkIndexError(f"{folder} is not empty; name a new folder")
    with working("Writing the pages"), replaced_when_whole(folder) as unfinished:
        own_docs = catalogue_path.resolve().parent / "docs"
        cards = write(index.shown, unfinished, own_docs, index.health)
    warn_of_missing(cards.missing, "The pages do not offer what was not made.")
    say(f"Wrote the pages, the theme and mkdocs.yml into {folder}/")


@main.command(short_help="Finish a site that another engine built.")
@catalogue_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def finish(catalogue_path: Path, folder: Path) -> None:
    """Finish the site in FOLDER, which another engine built from the exported pages.

    Each page gets the policy that keeps it from loading anything from elsewhere, and what the
    engine wrote for a search of its own goes. The site is replaced when all of it is finished.

    \b
    Example:
        linkindex finish pages/site
    """
    from linkindex.site.finish import finish_site, refuse_other_site

    refuse_other_site(folder, publishable(catalogue_path).shown)
    with working("Finishing the site"), replaced_when_whole(folder) as unfinished:
        shutil.copytree(folder, unfinished, dirs_exist_ok=True)
        finish_site(unfinished)
    say(f"Finished {folder}/: every page has its content security policy.")
