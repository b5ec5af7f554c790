"""``linkindex check``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkindex.catalogue import Catalogue
from linkindex.catalogue.problems import quoted, shown
from linkindex.cli.console import print_problems, say
from linkindex.cli.group import main
from linkindex.cli.index import examined_history, refuse, remind_to_publish, sound
from linkindex.cli.numbers import counts
from linkindex.cli.options import catalogue_option, file_option
from linkindex.cli.suggest import found_forms
from linkindex.wording import counted

if TYPE_CHECKING:
    from linkindex.catalogue.rules.readability import Hard, ReadingAge


@main.command(short_help="Say what is wrong, line by line.")
@catalogue_option
@click.option(
    "--reading",
    "reading",
    is_flag=True,
    help="Say the reading age of each category, and what to change in the hardest entries.",
)
@click.option(
    "--strict-languages",
    "strict",
    is_flag=True,
    help="Make it an error where a text is not there in each language of the index.",
)
@file_option(
    "--changed-since",
    text="The index before a change, such as that of the branch a pull request goes to: of two "
    "entries that cannot both stand, the new one is then named.",
    exists=True,
)
def check(catalogue_path: Path, *, reading: bool, strict: bool, changed_since: Path | None) -> None:
    """Say everything that is wrong with the index, each with its line.

    Checks resources.yaml, that its texts can be printed on the cards, that no published code has
    vanished (permalinks/), and that what link checks found can be read. Warns of texts that are
    long, unexplained or unkind, of readers left out, of texts that are not there in each language
    of the index, and of texts that keep back a file of cards other than sheet.pdf.
    Ends with 1 if there is an error; warnings do not count.

    \b
    Example:
        linkindex check
        linkindex check --reading
    """
    from linkindex.cards import card_problems
    from linkindex.catalogue.languages import unread_words, untranslated
    from linkindex.catalogue.rules.readability import hardest_entries, reading_ages
    from linkindex.catalogue.rules.style import style_problems
    from linkindex.upkeep.numbers import listed_numbers
    from linkindex.upkeep.suggesting.issue_forms import issue_forms, out_of_date

    catalogue, tree = sound(catalogue_path, changed_since)
    print_problems(style_problems(catalogue, tree))
    refuse(untranslated(catalogue, tree, strict=strict))
    print_problems(unread_words(catalogue))
    print_problems(
        out_of_date(catalogue, found_forms(catalogue_path.parent, issue_forms(catalogue)))
    )
    refuse(card_problems(catalogue))
    shown = examined_history(catalogue, catalogue_path).shown
    if reading:
        for line in (
            *_ages(reading_ages(catalogue)),
            *_advice(hardest_entries(catalogue), catalogue),
        ):
            say(line)
    say(
        f"{catalogue_path.name}: all is well. {counted(len(catalogue.current_resources), 'link')} "
        f"in {counted(len(catalogue.current_categories), 'category', 'categories')}."
    )
    say(_codes_in_print(catalogue))
    say(f"{counts(listed_numbers(catalogue, tree))} `linkindex numbers` lists them.")
    remind_to_publish(catalogue_path, shown)


def _ages(ages: list[ReadingAge]) -> Iterator[str]:
    """A table of the categories, hardest to read first."""
    yield "Reading age by category (automated readability index, in years):"
    for topic in ages:
        line, hardest_age = topic.hardest
        title = shown(topic.category.title)
        families = "" if topic.for_families is None else f"for families: {topic.for_families}; "
        yield (
            f"  {topic.age:2}  {title} ({topic.words} words; {families}line {line} alone: "
            f"{hardest_age})"
        )


def _advice(hardest: list[Hard], catalogue: Catalogue) -> Iterator[str]:
    """What to change in the entries that are hardest to read."""
    yield "The hardest entries. Make two sentences of a long one, and say long words more plainly:"
    for entry in hardest:
        yield f"  {catalogue.at(entry.line)}: {quoted(entry.title)}, {entry.age} years"
        yield f"    longest sentence, {entry.words} words: {shown(entry.sentence, 500)}"
        if entry.long_words:
            yield f"    longest words: {', '.join(entry.long_words)}"


def _codes_in_print(catalogue: Catalogue) -> str:
    from linkindex.cards import card_version

    plan = card_version(catalogue)
    return (
        f"The texts fit sheet.pdf, and its codes are large enough to scan (QR version "
        f"{plan.version}, level {plan.level} or better, squares of {plan.module_mm:.2f} mm)."
    )
