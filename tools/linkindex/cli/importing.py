"""``linkindex import`` and ``linkindex export``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import Catalogue, LinkIndexError
from linkindex.catalogue.problems import nearest_names, quoted, shown, suggestion
from linkindex.cli.console import say, working
from linkindex.cli.group import began, main
from linkindex.cli.index import checked, edition, texts_said_to_be_in
from linkindex.cli.options import catalogue_option, language_option
from linkindex.placing import place_files
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.catalogue.parts import Whole
    from linkindex.importing.cleaning import Value
    from linkindex.importing.columns import Columns
    from linkindex.importing.plan import Imported
    from linkindex.importing.tables import Column, Table

_MOST_SHOWN = 60
"""Lines of a change that are shown; what is longer is better read with the history of the file."""


class _Pair(click.ParamType[tuple[str, str]]):
    """Two words with ``=`` between them."""

    name = "name=value"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        name, sign, meant = str(value).rpartition("=")
        if not sign or not name.strip():
            self.fail(f"{quoted(value)} has no `=` with a word on either side", param, ctx)
        return name.strip(), meant.strip()


@main.command(name="import", short_help="Add the links of a spreadsheet, bookmarks or a document.")
@catalogue_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--topic", metavar="ID", help="The topic for rows that name none that is known.")
@click.option(
    "--column",
    "columns",
    type=_Pair(),
    multiple=True,
    metavar="HEADING=KEY",
    help="What a column holds, where the guess is wrong; `HEADING=` leaves it out.",
)
@click.option(
    "--set",
    "given",
    type=_Pair(),
    multiple=True,
    metavar="KEY=VALUE",
    help="A value for links that have none, such as nations=uk.",
)
@language_option(
    "The language of the index that the texts are in, such as cy: what is there in the others "
    "stays. By default, its first."
)
@click.option("--dry-run", is_flag=True, help="Show what would be added and write nothing.")
def import_links(
    catalogue_path: Path,
    *,
    file: Path,
    topic: str | None,
    columns: tuple[tuple[str, str], ...],
    given: tuple[tuple[str, str], ...],
    in_language: str | None,
    dry_run: bool,
) -> None:
    """Add the links of FILE to resources.yaml.

    Reads CSV (in any encoding), Excel (.xlsx), LibreOffice (.ods), bookmarks of a browser, OPML,
    Word (.docx), Open Referral UK (.json), lists in Markdown, and what an index exports. Says which
    column it takes for what. Addresses are freed from trackers, and what is listed twice is joined.
    Folders and headings become topics where they are known.

    What nobody can guess is left as TODO, in links marked `draft: true`: they stand on no page
    until you have finished them, and `linkindex check` lists them. What could not be taken stands
    in import-left-over.csv, row by row, with the reason. Rows of an export change the link whose
    code they have; an empty cell changes nothing. In an index of several languages the texts are
    those of one.

    \b
    Example:
        linkindex import links.xlsx --dry-run
        linkindex import bookmarks.html --topic kinship --set nations=uk
        linkindex import list.csv --column "Who is it for=audiences"
        linkindex import links-cy.xlsx --in-language cy
    """
    from linkindex.catalogue import examine
    from linkindex.catalogue.loading import read_whole
    from linkindex.icons import icon_names
    from linkindex.importing import left_over
    from linkindex.importing.columns import columns_of
    from linkindex.importing.plan import imported
    from linkindex.importing.reading import read
    from linkindex.upkeep.saving import save_whole

    catalogue = edition(checked(catalogue_path), in_language)
    _refuse_unknown_topic(topic, catalogue)
    chosen, values = _chosen(columns), _given(given)
    icons, today = icon_names(), began().date()
    with working(f"Reading {file.name}") as progress:
        tables = [(table, columns_of(table, chosen)) for table in read(_bytes(file), file.name)]
    for table, meant in tables:
        say(_guess(table, meant))
    if said := texts_said_to_be_in(catalogue, "The texts are taken to be"):
        say(said)
    whole = read_whole(catalogue_path)
    with working("Sorting the rows") as progress:
        done = imported(
            whole.text,
            tables,
            catalogue,
            today=today,
            judge=lambda text: examine(
                text.encode(),
                file=catalogue_path.name,
                icons=icons,
                today=today,
                read=lambda name: (catalogue_path.parent / name).read_bytes(),
            ),
            topic=topic,
            given=values,
            progress=progress,
        )
    rows = done.proposals.left_over
    path = left_over.free_path(catalogue_path.parent)
    if not dry_run:
        place_files({path: left_over.as_csv(rows)} if rows else {})
        if done.text != whole.text:
            save_whole(catalogue_path, whole, done.text)
    for line in _told(done, whole, dry_run=dry_run):
        say(line)
    if rows:
        why = "would stand" if dry_run else "stands"
        say(
            f"Of {counted(len(rows), 'row')} something was not taken; it {why} with the reason in "
            f"{path}. Do not publish that file: it holds whatever stood in yours."
        )


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise LinkIndexError(f"{file}: there is no such file; check its name") from None


def _refuse_unknown_topic(topic: str | None, catalogue: Catalogue) -> None:
    known = [category.id for category in catalogue.current_categories]
    if topic is not None and topic not in known:
        near = nearest_names(topic, known) or known[:5]
        raise LinkIndexError(
            f"--topic: there is no topic {quoted(topic)}; write an id, such as "
            + ", ".join(map(quoted, near))
        )


def _chosen(pairs: tuple[tuple[str, str], ...]) -> Mapping[str, Column | None]:
    return {heading: _column(key) if key else None for heading, key in pairs}


def _given(pairs: tuple[tuple[str, str], ...]) -> Mapping[Column, Value]:
    from linkindex.importing.cleaning import cleaned

    values: dict[Column, Value] = {}
    for key, text in pairs:
        result = cleaned(_column(key), text)
        if result.left_over or not result.values:
            raise LinkIndexError(f"--set {key}: {result.left_over or 'there is no value'}")
        values |= result.values
    return values


def _column(key: str) -> Column:
    from linkindex.importing.tables import Column

    known = [column.value for column in Column]
    if key not in known:
        raise LinkIndexError(
            f"there is no key {quoted(key)} for a column; {suggestion(key, known)}"
        )
    return Column(key)


def _guess(table: Table, columns: Columns) -> str:
    """What each column was taken for."""
    pairs = [
        f"{shown(heading)} = {column or 'nothing'}"
        for heading, column in zip(table.headings, columns, strict=True)
        if heading != column
    ]
    where = f"Sheet {shown(table.name)}, " if table.name else ""
    meant = f"Columns: {', '.join(pairs)}." if pairs else "The columns are named as in the index."
    return f"{where}{counted(len(table.rows), 'row')}. {meant}"


def _told(done: Imported, whole: Whole, *, dry_run: bool) -> Iterator[str]:
    from linkindex.upkeep.saving import difference

    found = done.proposals
    change = difference(whole, done.text)
    if change and (dry_run or change.count("\n") <= _MOST_SHOWN):
        yield change
    verb = "Would add" if dry_run else "Added"
    topics = len({link.category for link in found.new if link.category})
    unplaced = sum(link.category is None for link in found.new)
    if found.new:
        yield (
            f"{verb} {counted(len(found.new), 'link')} to {counted(topics, 'topic')}, "
            f"{done.drafts} of them as drafts, which are on no page until you finish them."
        )
    if unplaced:
        yield (
            f"Of {counted(unplaced, 'link')} the topic is not known; find them under `drafts:` at "
            "the end of the file."
        )
    if found.changes:
        changed = len({change.resource_id for change in found.changes})
        verb = "Would change" if dry_run else "Changed"
        yield (
            f"{verb} {counted(len(found.changes), 'value')} of {counted(changed, 'link')} that the "
            "index has."
        )
    if found.joined:
        yield f"Joined {counted(found.joined, 'row')} with another row of the same link."
    if found.unchanged:
        yield f"{counted(found.unchanged, 'row')} said nothing new."
    if done.drafts and not dry_run:
        yield "Next: run `linkindex check`, which lists what is left to do in each draft."


@main.command(short_help="Write everything about the links into one file.")
@catalogue_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--full",
    is_flag=True,
    required=True,
    expose_value=False,
    help="With what is sensitive, and editors' notes: there is no other way yet.",
)
@language_option(
    "The language of the index that the texts are in, such as cy; a cell is empty where a text is "
    "not there in it. By default, its first."
)
def export(catalogue_path: Path, *, file: Path, in_language: str | None) -> None:
    """Write all that the index says of its links into FILE: .csv, .xlsx or .json.

    Unlike the files that the site offers, it names what is sensitive and what editors keep to
    themselves, so keep it off the site. Change it in a spreadsheet and `linkindex import` brings
    back what you changed. In an index of several languages the texts are those of one: fill in the
    empty cells of another, and `linkindex import FILE --in-language CODE` brings them in.

    \b
    Example:
        linkindex export --full links.xlsx
        linkindex export --full links-cy.xlsx --in-language cy
    """
    from linkindex.importing.full import WRITERS

    write = WRITERS.get(file.suffix.lower())
    if write is None:
        raise LinkIndexError(
            f"{file}: the name of the file must end with .csv, .xlsx or .json; name it so"
        )
    catalogue = edition(checked(catalogue_path), in_language)
    place_files({file: write(catalogue)})
    say(f"Wrote {file}. It names what is sensitive: keep it off the site.")
    if said := texts_said_to_be_in(catalogue, "Its texts are"):
        say(said)
