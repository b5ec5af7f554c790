"""``linkindex share``, ``linkindex extend`` and ``linkindex update``."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted, shown
from linkindex.cli.console import fail, print_problems, say, working
from linkindex.cli.group import EXIT_FAULT, began, main
from linkindex.cli.index import examined_history, sound
from linkindex.cli.options import catalogue_option
from linkindex.icons import icon_names
from linkindex.placing import place_files
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.catalogue import Examined
    from linkindex.catalogue.parts import Whole
    from linkindex.site.health import IndexWithHealth


@main.command(short_help="Write the index for others to take topics from.")
@catalogue_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The file to write; by default, NAME-VERSION.yaml with the name of the index.",
)
@click.option(
    "--version",
    default=None,
    metavar="TEXT",
    help="What this state of the index is called; by default, the day of its newest entry.",
)
@click.option(
    "--with-checks",
    is_flag=True,
    help="Say of each link when your checks last opened it; those who take it tell readers that it "
    "was you.",
)
def share(
    catalogue_path: Path, *, output: Path | None, version: str | None, with_checks: bool
) -> None:
    """Write the whole index into one file, for those who keep another index.

    It holds every topic in plain words, sensitive ones too, with the glossary, urgent help, groups,
    decks, and retired codes. It is for maintainers and no part of the site: give it to them where
    you give files to people, such as a release on GitHub, and tell them its hash. They take topics
    of it with `linkindex extend`.

    \b
    Example:
        linkindex share
        linkindex share --version 2026-winter --output family-links.yaml
    """
    from linkindex.catalogue.shared.share import digest_of
    from linkindex.sharing.share_file import newest_day, share_text

    catalogue, tree = sound(catalogue_path)
    index = examined_history(catalogue, catalogue_path)
    named = _version(version) or newest_day(catalogue)
    content = share_text(
        catalogue,
        tree,
        withheld=index.shown.withheld,
        opened=_opened_by_checks(index) if with_checks else None,
        version=named,
    ).encode()
    path = output or Path(f"{_slug(catalogue.settings.name)}-{_slug(named)}.yaml")
    _refuse_published(path, catalogue_path.parent)
    place_files({path.absolute(): content})
    topics = counted(len(catalogue.current_categories), "topic")
    say(
        f"Wrote {path}: version {named}, {topics}, "
        f"{counted(len(catalogue.current_resources), 'link')}."
    )
    say(f"Its hash is {digest_of(content)}")
    say("Give people both. It names sensitive topics in plain words, so keep it off the site.")


def _opened_by_checks(index: IndexWithHealth) -> dict[str, datetime.date]:
    """When a check last opened each link that works, by its id."""
    notes = index.health.notes(index.shown)
    standings = ((link, index.health.standing(link)) for link in index.shown.current_resources)
    return {
        link.id: standing.last_worked
        for link, standing in standings
        if standing and standing.last_worked and link.id not in notes.marks
    }


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.") or "index"


def _version(text: str | None) -> str | None:
    from pydantic_core import PydanticCustomError

    from linkindex.catalogue.fields import plain_text

    if text is None:
        return None
    try:
        version = plain_text(text)
    except PydanticCustomError as error:
        raise LinkIndexError(f"--version: {error}") from None
    if len(version) > LONGEST_VERSION:
        raise LinkIndexError(f"--version is longer than {LONGEST_VERSION} characters; shorten it")
    return version


LONGEST_VERSION = 60


def _refuse_published(path: Path, folder: Path) -> None:
    """Keep the file out of folders that are put on the web."""
    place = path.absolute().parent.resolve()
    for name in ("site", "docs", "overrides"):
        published = (folder / name).resolve()
        if place == published or published in place.parents:
            raise LinkIndexError(
                f"{path} would be published with the site, and it names sensitive topics in plain "
                "words; name another folder with --output"
            )


_yes_option = click.option("--yes", is_flag=True, help="Write it without asking.")
_dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be done, and write nothing."
)
_hash_option = click.option(
    "--hash",
    "digest",
    default=None,
    metavar="SHA256",
    help="The hash that you were told, which the file must have.",
)


@main.command(short_help="Take topics of another index.")
@catalogue_option
@click.argument("source", metavar="FROM")
@click.option(
    "--topics",
    default=None,
    metavar="IDS",
    help="The ids of the topics, with commas between, in their order here; or all. Without it, "
    "they are listed and nothing is written.",
)
@click.option("--name", default=None, metavar="NAME", help="What that index is called here.")
@_hash_option
@_dry_run_option
@_yes_option
def extend(
    catalogue_path: Path,
    source: str,
    *,
    topics: str | None,
    name: str | None,
    digest: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take topics of the index FROM: with their links, groups, words and urgent help.

    FROM is `linkindex:uk`, which ships with the program, or what `linkindex share` has written: the
    path of the file, or its address. A copy is kept in shared/NAME.yaml, and resources.yaml says
    which version it is and which topics are taken; builds fetch nothing. To hide links, to say
    something otherwise or to add links of your own, see handbook/sharing.md.

    \b
    Example:
        linkindex extend linkindex:uk
        linkindex extend linkindex:uk --topics sleep,parenting,aces
    """
    from linkindex.catalogue.loading import read_whole
    from linkindex.catalogue.shared.share import digest_of
    from linkindex.catalogue.taken import kept_name
    from linkindex.sharing.extending import extended, links_of, topic_lines
    from linkindex.sharing.present import present
    from linkindex.sharing.sources import opened_share

    whole = read_whole(catalogue_path)
    here = present(whole.text, catalogue_path)
    called = _called(name) or _name_of(source)
    opened = _opened(source, catalogue_path, here.contact, digest)
    share = opened_share(opened, kept_name(called))
    if topics is None:
        say(f"{shown(share.head.name)} ({shown(share.head.version)}) has these topics:")
        for line in topic_lines(share):
            say(f"  {shown(line, 100)}")
        say("Name those that you want with --topics, with commas between; or all.")
        return
    chosen = None if topics.strip() == "all" else _ids(topics)
    done = extended(
        whole.text,
        whole.file,
        here.root,
        share,
        name=called,
        source=source,
        topics=chosen,
        names=here.names,
        listed=links_of(here.merged),
    )
    for remark in done.remarks:
        say(remark)
    say(f"Its hash is {digest_of(opened)}.")
    _write(
        catalogue_path,
        whole,
        done.text,
        {kept_name(called): opened},
        done=f"Took {'every topic' if chosen is None else counted(len(chosen), 'topic')} of "
        f"{shown(share.head.name)}, version {shown(share.head.version)}, into "
        f"{kept_name(called)}. Run `linkindex build` to see them.",
        dry_run=dry_run,
        yes=yes,
    )


def _ids(topics: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in topics.split(",") if part.strip()))


def _called(name: str | None) -> str | None:
    from linkindex.catalogue.shared.taking import is_name

    if name is not None and not is_name(name):
        raise LinkIndexError(
            f"--name: {quoted(name)} cannot be the name of a file; use small letters, digits and "
            "hyphens"
        )
    return name


def _name_of(source: str) -> str:
    """What an index is called here, as far as its source tells."""
    bare = source.partition(":")[2] if source.startswith("linkindex:") else Path(source).stem
    words = re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")
    return re.split(r"-\d", words)[0] or "shared"


def _opened(source: str, path: Path, contact: str, digest: str | None) -> bytes:
    from linkindex.catalogue.shared.share import digest_of
    from linkindex.sharing.sources import shared_bytes

    with working(f"Reading {shown(source, 100)}"):
        data = shared_bytes(source, path.parent, contact, today=began().date())
    if digest and digest.removeprefix("sha256:").lower() != digest_of(data).partition(":")[2]:
        raise LinkIndexError(
            f"{quoted(source, 200)} is not what you were told of: its hash is {digest_of(data)}; "
            "nothing is written, ask those who keep that index"
        )
    return data


def _write(
    path: Path,
    whole: Whole,
    after: str,
    kept: dict[str, bytes],
    *,
    done: str,
    dry_run: bool,
    yes: bool,
) -> None:
    """Show what changes in the index, judge it, and write it with the shared file: all or none."""
    from linkindex.upkeep.saving import difference, save_with

    examined = _examined(after, path, kept)
    say(difference(whole, after))
    print_problems([problem for problem in examined.problems if examined.catalogue is None])
    if examined.catalogue is None:
        fail("nothing is written; put right what is said above, and run the command again")
        raise click.exceptions.Exit(EXIT_FAULT)
    if dry_run:
        say("Nothing was written, as you asked.")
        return
    if not yes and _is_terminal() and not click.confirm("Write this?", default=True):
        say("Nothing was written.")
        return
    save_with(path, whole, after, {path.parent / name: data for name, data in kept.items()})
    say(done)


def _is_terminal() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


def _examined(text: str, path: Path, kept: dict[str, bytes]) -> Examined:
    from linkindex.catalogue import examine

    def read(name: str) -> bytes:
        return kept[name] if name in kept else (path.parent / name).read_bytes()

    return examine(
        text.encode(), file=path.name, icons=icon_names(), today=began().date(), read=read
    )


@main.command(short_help="Take what is new of another index.")
@catalogue_option
@click.argument("name", required=False)
@click.option(
    "--from",
    "source",
    default=None,
    metavar="FROM",
    help="Where the new version is, if not where the last one was.",
)
@_hash_option
@_dry_run_option
@_yes_option
def update(
    catalogue_path: Path,
    name: str | None,
    *,
    source: str | None,
    digest: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Say in plain words what is new in the index NAME that topics are taken of, and take it.

    What came, changed and went is told first, and what of your own it touches. Printed codes stay:
    what has another code there keeps its own here, and what is not there any more is written into
    resources.yaml as retired, with what its code leads to. Without a NAME, every index that topics
    are taken of is looked at.

    \b
    Example:
        linkindex update --dry-run
        linkindex update uk
        linkindex update good --from https://example.org/good-links-2027-01.yaml --hash HASH
    """
    from linkindex.catalogue.loading import read_whole
    from linkindex.sharing.present import pinned_in

    whole = read_whole(catalogue_path)
    pinned = pinned_in(whole.text, whole.file)
    if not pinned:
        raise LinkIndexError(
            f"{whole.file} takes nothing of another index; see `linkindex extend --help`"
        )
    if name is not None and name not in pinned:
        from linkindex.catalogue.problems import suggestion

        raise LinkIndexError(
            f"{whole.file} takes nothing of an index called {quoted(name)}; "
            + suggestion(name, pinned)
        )
    chosen = [name] if name else list(pinned)
    if len(chosen) > 1 and (source or digest):
        raise LinkIndexError("name one index with --from or --hash: linkindex update NAME")
    for each in chosen:
        _update(catalogue_path, each, source, digest, dry_run=dry_run, yes=yes)


def _update(
    path: Path, name: str, source: str | None, digest: str | None, *, dry_run: bool, yes: bool
) -> None:
    from linkindex.catalogue.loading import read_whole
    from linkindex.catalogue.taken import kept_name
    from linkindex.sharing.present import pinned_in, present
    from linkindex.sharing.sentences import sentences
    from linkindex.sharing.sources import opened_share
    from linkindex.sharing.updating import updated
    from linkindex.upkeep.saving import placed_errors

    whole = read_whole(path)
    pinned = pinned_in(whole.text, whole.file)[name]
    opened = _opened(source or pinned.source, path, pinned.contact, digest)
    share = opened_share(opened, kept_name(name))
    if share.digest == pinned.digest and _put_back(path, name, opened, dry_run=dry_run):
        return
    here = present(whole.text, path, but=name)
    kept = here.kept[name]
    if share.digest == pinned.digest:
        say(f"{shown(share.head.name)} is as it was: version {shown(share.head.version)}.")
        return
    with placed_errors(whole):
        done = updated(
            whole.text,
            whole.file,
            here.root,
            kept,
            share,
            source=source or pinned.source,
            names=here.names,
            today=began().date(),
        )
    for line in sentences(name, kept.share.head, share.head, done):
        say(line)
    _write(
        path,
        whole,
        done.text,
        {kept_name(name): opened},
        done=f"Took version {shown(share.head.version)} of {shown(share.head.name)}. Run "
        f"`linkindex build` to see it, and commit {whole.file} and {kept_name(name)} together.",
        dry_run=dry_run,
        yes=yes,
    )


def _put_back(path: Path, name: str, data: bytes, *, dry_run: bool) -> bool:
    """Put the kept file back where it is gone or was changed; say whether it was."""
    from linkindex.catalogue.shared.share import digest_of
    from linkindex.catalogue.taken import kept_name

    kept = path.parent / kept_name(name)
    try:
        if digest_of(kept.read_bytes()) == digest_of(data):
            return False
    except FileNotFoundError:
        pass
    if not dry_run:
        place_files({kept: data})
    say(f"{'Would put' if dry_run else 'Put'} {kept_name(name)} back: it is what was pinned.")
    return True
