"""The commands that make and show the site, here or with another engine, and publish its codes."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from linkindex.catalogue import Engine, LinkIndexError, Problem, Severity, addresses
from linkindex.catalogue.permalinks import FOLDER as LEDGERS
from linkindex.catalogue.problems import quoted, shown
from linkindex.cli.cards import warn_of_missing
from linkindex.cli.console import fail, print_problems, say, working
from linkindex.cli.group import began, main
from linkindex.cli.index import publishable, readable, remind_to_publish
from linkindex.cli.options import catalogue_option, engine_option, folder_option
from linkindex.placing import place_files, replaced_when_whole
from linkindex.site.host_and_port import Address, parsed_address
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.catalogue import ShownCatalogue
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
@click.option(
    "--keep",
    is_flag=True,
    help="Record it on a branch of git and push that; nothing that is checked out changes.",
)
@click.option(
    "--branch",
    metavar="NAME",
    help="The branch that it is kept on; by default the one that is checked out.",
)
@click.option(
    "--remote",
    default="origin",
    show_default=True,
    metavar="NAME",
    help="The repository that has the branch, as git calls it.",
)
@click.option(
    "--repository",
    envvar="GITHUB_REPOSITORY",
    metavar="OWNER/NAME",
    help="Where on GitHub a pull request is opened if the branch takes no commits.",
)
def publish(
    catalogue_path: Path,
    *,
    keep: bool,
    branch: str | None,
    remote: str,
    repository: str | None,
) -> None:
    """Record the codes of this index as published, and what the cards say.

    A recorded code must answer for ever: `linkindex check` fails when one vanishes, when two change
    places, and when the record itself is lost. Run it when the site goes live, and commit the files
    it writes in permalinks/.

    With --keep, as the workflow that publishes does it, the record is committed to the branch.
    Where the branch takes no commits, it waits on another, and a pull request is opened with the
    token in GITHUB_TOKEN.

    \b
    Example:
        linkindex publish
        linkindex publish --keep --branch main
    """
    from linkindex.upkeep.publication import publication

    index = publishable(catalogue_path).shown
    is_reserved = addresses.is_reserved(urlsplit(index.settings.site_url).hostname or "")
    if keep:
        if is_reserved:
            say("The address is reserved for examples, so nothing is live and nothing is recorded.")
        else:
            _keep_publication(catalogue_path, index, branch, remote, repository)
        return
    due = publication(catalogue_path.parent, index)
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
    if is_reserved:
        say("The address is reserved for examples, so nothing can be live there yet.")


def _keep_publication(
    catalogue_path: Path,
    index: ShownCatalogue,
    branch: str | None,
    remote: str,
    repository: str | None,
) -> None:
    from linkindex.upkeep.branches import branch_of
    from linkindex.upkeep.kept_publication import Kept, keep_publication

    kept_on = branch_of(catalogue_path.resolve().parent, branch, remote, kept="permalinks/")
    name = shown(kept_on.name)
    kept = keep_publication(kept_on, index)
    if kept is Kept.ALREADY:
        say(f"{name} holds every code and what the cards say.")
    elif kept is Kept.ADDED:
        say(f"Recorded on {name} what was published.")
    else:
        _tell_of_waiting(name, repository)


def _tell_of_waiting(branch: str, repository: str | None) -> None:
    """Where a record waits that the branch did not take."""
    from linkindex.upkeep.hub import hub
    from linkindex.upkeep.kept_publication import WAITING, proposed

    token = os.environ.get("GITHUB_TOKEN", "")
    number = None
    if token and repository:
        api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
        with hub(repository, token, api, "`pull-requests: write`") as github:
            number = proposed(github, repository, branch)
    if number is not None:
        say(f"{branch} takes no commits, so the record waits in pull request {number}.")
        return
    print_problems(
        [
            Problem(
                LEDGERS,
                1,
                1,
                f"what was published is recorded on the branch `{WAITING}` alone, since {branch} "
                "takes no commits",
                "open a pull request from it; on GitHub, Settings, Actions, General can let "
                "workflows do that",
                Severity.WARNING,
            )
        ]
    )


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
    from linkindex.site.finish import finish_site, join_site_maps, refuse_other_site

    index = publishable(catalogue_path).shown
    refuse_other_site(folder, index)
    with working("Finishing the site"), replaced_when_whole(folder) as unfinished:
        shutil.copytree(folder, unfinished, dirs_exist_ok=True)
        finish_site(unfinished)
        join_site_maps(unfinished, index.languages[1:])
    say(f"Finished {folder}/: every page has its content security policy.")
