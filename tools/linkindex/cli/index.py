"""Reading the index, and writing files, for every command."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from linkindex.catalogue import (
    Catalogue,
    LinkIndexError,
    Problem,
    Resource,
    Severity,
    ShownCatalogue,
)
from linkindex.catalogue.languages import language_name
from linkindex.catalogue.parts import Whole
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.catalogue.yaml.source import YamlMap
from linkindex.cli.console import fail, print_problems, say
from linkindex.cli.group import EXIT_FAULT, began
from linkindex.icons import icon_names
from linkindex.placing import place_files
from linkindex.speaking import SOURCE
from linkindex.upkeep.published import examine_published
from linkindex.wording import counted, listed

if TYPE_CHECKING:
    from linkindex.site.health import IndexWithHealth


def checked(path: Path) -> Catalogue:
    """The catalogue, once everything that is wrong with it has been said."""
    return sound(path).catalogue


def readable(path: Path) -> bool:
    """Whether an index can be read, whatever is wrong besides.

    :raises LinkIndexError: when its file is not there, or cannot be opened.
    """
    from linkindex.catalogue.loading import examine_file

    return examine_file(path, icons=icon_names(), today=began().date()).catalogue is not None


def publishable(path: Path) -> IndexWithHealth:
    """The index with its health, once nothing stands against publishing what it may show.

    What is hidden is noted where it outlasts the history.
    """
    from linkindex.links.history.kept import DANGERS_NAME, add_dangers

    index = examined_history(checked(path), path)
    try:
        new = add_dangers(path, index.dangers)
    except OSError as error:
        fail(f"{DANGERS_NAME}: the list of hidden links cannot be written there ({error.strerror})")
        return index
    if new:
        verb = "is" if new == 1 else "are"
        say(
            f"Noted in {DANGERS_NAME} that {counted(new, 'link')} {verb} hidden; "
            "commit it with the index."
        )
    return index


def in_language(
    shown: ShownCatalogue, language: str | None, *, first_pages: bool = False
) -> ShownCatalogue:
    """The index in one of its languages; in the first unless another is asked for.

    :param first_pages: whether those will do in which only what a family meets first is made.
    :raises LinkIndexError: when the index is not in it.
    """
    wanted = (language or shown.language).strip().lower()
    known = (*shown.languages, *(shown.settings.first_pages if first_pages else ()))
    if wanted not in known:
        raise LinkIndexError(
            f"the index is not in {quoted(wanted)}; use one of: {', '.join(map(quoted, known))}, "
            "or add it to `languages:` of `index:`"
        )
    return shown.in_language(wanted)


def edition(catalogue: Catalogue, language: str | None) -> Catalogue:
    """The index in the language in which its texts are read or written; by default, its first.

    :raises LinkIndexError: when it is not one of its languages.
    """
    if language is None:
        return catalogue
    if language not in catalogue.languages:
        wanted = suggestion(language, catalogue.languages)
        raise LinkIndexError(f"{quoted(language)} is not a language of the index; {wanted}")
    return catalogue.in_language(language)


def texts_said_to_be_in(catalogue: Catalogue, of_file: str) -> str:
    """In which language texts are read or written; empty in an index of one."""
    others = [each for each in catalogue.languages if each != catalogue.language]
    if not others:
        return ""
    there = listed(map(language_name, others), SOURCE)
    return (
        f"{of_file} in {language_name(catalogue.language)}; for {there} add "
        f"`--in-language {others[0]}`."
    )


def remind_to_publish(path: Path, shown: ShownCatalogue) -> None:
    """Say in one line what went out and is not recorded; nothing before a site can be live."""
    from linkindex.upkeep.publication import reminder

    due = reminder(path.parent, shown)
    if due:
        say(due)


def examined_history(catalogue: Catalogue, path: Path) -> IndexWithHealth:
    """The index with its health, once everything that is wrong with its history has been said."""
    from linkindex.site.health import with_health

    index = with_health(catalogue, path, began())
    print_problems(index.problems)
    if index.errors:
        fail(
            f"{counted(len(index.errors), 'error')} in what link checks found, so links that were "
            "hidden may be shown again; mend the lines above and run the command again"
        )
        sys.exit(EXIT_FAULT)
    return index


class Sound(NamedTuple):
    """A catalogue without an error, and the tree that it was made of."""

    catalogue: Catalogue
    tree: YamlMap


def sound(path: Path, before: Path | None = None) -> Sound:
    """The catalogue and its tree, once everything that is wrong has been said.

    :param before: the index as it was before a change: what is new in it is then to blame.
    """
    examined = examine_published(path, icons=icon_names(), today=began().date(), before=before)
    refuse(examined.problems)
    assert examined.catalogue is not None  # noqa: S101 - else there was an error
    assert examined.tree is not None  # noqa: S101
    return Sound(examined.catalogue, examined.tree)


def refuse(problems: Sequence[Problem]) -> None:
    """Say what is wrong, and end the command if any of it is an error."""
    print_problems(problems)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        count = counted(len(errors), "error")
        fail(f"{count} in the index; mend the lines above and run the command again")
        sys.exit(EXIT_FAULT)


def link_in_use(catalogue: Catalogue, name: str) -> Resource:
    """A link that is in use, by its id or its code."""
    from linkindex.upkeep.links import no_such_link

    every = [resource for category in catalogue.categories for resource in category.resources]
    bare = name.strip().rstrip("/").rpartition("/")[2]
    found = next((each for each in every if bare in (each.id, each.code)), None)
    if found is None:
        raise no_such_link(name, (resource.id for resource in every), catalogue.file)
    if found.retired:
        raise LinkIndexError(
            f"{catalogue.at(found.line)}: {quoted(found.id)} is retired; name its successor "
            f"instead, {quoted(catalogue.successor_of(found).id)}"
        )
    return found


def show_and_save(
    path: Path, whole: Whole, after: str, *, unchanged: str, dry_run: bool = False
) -> bool:
    """Write what changes in the index and show it; say whether it was written.

    :param whole: the index as it was read, and ``after`` its text now.
    :param unchanged: the sentence for a change that changes nothing.
    """
    from linkindex.upkeep.saving import difference, save_whole

    is_written = after != whole.text and not dry_run
    if is_written:
        # Before a word of it is said: nobody may be listening any more.
        save_whole(path, whole, after)
    say(difference(whole, after) or unchanged)
    return is_written


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that all of them are there whole, or none is."""
    place_files({folder / name: content for name, content in files.items()})
