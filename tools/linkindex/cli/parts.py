"""``linkindex split``, ``linkindex join`` and ``linkindex schema``: the files of an index."""

from __future__ import annotations

from pathlib import Path

import click

from linkindex.cli.console import say
from linkindex.cli.group import main
from linkindex.cli.index import write_all
from linkindex.cli.options import catalogue_option
from linkindex.wording import counted

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be written, and write nothing."
)


@main.command(short_help="Give each topic a file of its own.")
@catalogue_option
@dry_run_option
def split(catalogue_path: Path, *, dry_run: bool) -> None:
    """Give each topic a file of its own in topics/, which resources.yaml then names.

    No comment is lost, and `linkindex join` gives back the same file. Nothing else changes: the
    pages, the codes and the cards stay what they are.

    \b
    Example:
        linkindex split
    """
    from linkindex.upkeep.files import split_files

    files = split_files(catalogue_path)
    topics = len(files) - 1
    if not topics:
        say(f"Every topic of {catalogue_path.name} has a file of its own already.")
        return
    if not dry_run:
        write_all(catalogue_path.parent, {name: text.encode() for name, text in files.items()})
    written = "Would write" if dry_run else "Wrote"
    say(
        f"{written} {counted(topics, 'topic')} into topics/, each in a file of its own; "
        f"{catalogue_path.name} names them in their order."
    )


@main.command(short_help="Put all topics into one file.")
@catalogue_option
@dry_run_option
def join(catalogue_path: Path, *, dry_run: bool) -> None:
    """Put all topics of topics/ into resources.yaml, and take their files away.

    \b
    Example:
        linkindex join
    """
    from linkindex.upkeep.files import joined_text, remove_topics

    text, names = joined_text(catalogue_path)
    if not names:
        say(f"Every topic stands in {catalogue_path.name} already.")
        return
    if not dry_run:
        write_all(catalogue_path.parent, {catalogue_path.name: text.encode()})
        remove_topics(catalogue_path, names)
    written = "Would put" if dry_run else "Put"
    say(f"{written} {counted(len(names), 'topic')} into {catalogue_path.name}.")


@main.command(short_help="Write what editors complete keys by.")
@catalogue_option
def schema(catalogue_path: Path) -> None:
    """Write the JSON Schema of an index into schema/, for editors that read it.

    Editors such as Visual Studio Code, with an extension for YAML, then complete keys and values
    and say what each is. They find it by the first line of resources.yaml and of the files in
    topics/, which `linkindex schema` names if it is not there.

    \b
    Example:
        linkindex schema
    """
    from linkindex.catalogue.schema import (
        LINE_OF_A_TOPIC,
        LINE_OF_AN_INDEX,
        schema_files,
    )

    files = schema_files()
    write_all(catalogue_path.parent, files)
    say(f"Wrote {' and '.join(files)}.")
    if catalogue_path.exists():
        first = catalogue_path.read_text("utf-8", errors="replace").partition("\n")[0]
        if "yaml-language-server" not in first:
            say(f"Write this as the first line of {catalogue_path.name}: {LINE_OF_AN_INDEX}")
    topics = catalogue_path.parent / "topics"
    if topics.is_dir():
        say(f"Write this as the first line of a new file in topics/: {LINE_OF_A_TOPIC}")
