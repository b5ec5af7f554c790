"""Settings of MkDocs, and of the computer, with which no site of ours can be built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted

SHARED_SETTINGS = Path(__file__).with_name("mkdocs.yml")
"""The settings of MkDocs that every index shares."""

LOOK = "overrides"
"""The folder in which an index changes parts of the frame, if its settings name no other."""

INHERIT = "INHERIT"
THEME = "material"
BUILD_DATE = "SOURCE_DATE_EPOCH"
"""The day that MkDocs writes into what it builds, for whoever wants the same bytes every time."""

_LAST_DATE = 2**32 - 1
"""The packed map of the site holds its date in four bytes (RFC 1952, section 2.3.1)."""


def settings_of(folder: Path) -> Path | None:
    """The settings of MkDocs that an index has beside its catalogue, if any.

    :raises LinkIndexError: when they cannot be read.
    """
    for name in ("mkdocs.yml", "mkdocs.yaml"):
        file = folder / name
        if file.exists() or file.is_symlink():
            refuse_unreadable(file)
            return file
    return None


def refuse_unfit(config: MkDocsConfig, environment: Mapping[str, str]) -> None:
    """Refuse settings that would end in dead links or in a fault far from its cause.

    :raises LinkIndexError: naming the setting.
    """
    refuse_other_theme(config.theme.name, _where(config, "theme"))
    if not config.use_directory_urls:
        refuse_plain_addresses(_where(config, "use_directory_urls"))
    refuse_unreadable_date(environment)


def refuse_other_theme(name: str | None, place: str) -> None:
    """Refuse a theme that the pages are not made for.

    :raises LinkIndexError: with the place.
    """
    if name != THEME:
        raise LinkIndexError(
            f"{place}: the pages are made for the theme `{THEME}`, not for "
            f"{quoted(name or 'none')}; write `name: {THEME}` below `theme:`"
        )


def refuse_plain_addresses(place: str) -> NoReturn:
    """Refuse addresses such as ``about.html``.

    :raises LinkIndexError: with the place.
    """
    raise LinkIndexError(
        f"{place}: `use_directory_urls: false` would break the "
        "links of every page; remove the line, or write `true`"
    )


def refuse_other_index(catalogue: Path, settings: Path, named: str | None) -> None:
    """Refuse settings that build another index, or none.

    :param named: the catalogue that they name; nothing when they do not use our plugin.
    :raises LinkIndexError: with what to change.
    """
    if named is None:
        raise LinkIndexError(
            "mkdocs.yml does not use the plugin `linkindex`; add it under `plugins:`"
        )
    builds = settings.parent / named
    if builds.resolve() != catalogue.resolve():
        raise LinkIndexError(
            f"mkdocs.yml builds {builds.name}, not {catalogue.name}; change `catalogue:` of the "
            "plugin `linkindex` there, or name the other file"
        )


def refuse_unreadable_date(environment: Mapping[str, str]) -> None:
    """Refuse a date of the build that MkDocs cannot read.

    :raises LinkIndexError: naming the variable.
    """
    date = environment.get(BUILD_DATE)
    if date is None:
        return
    try:
        fits = 0 <= int(date) <= _LAST_DATE
    except ValueError:
        fits = False
    if not fits:
        raise LinkIndexError(
            f"the environment variable {BUILD_DATE} is {quoted(date) if date else 'empty'}; give "
            "it whole seconds since 1970, such as 1764288000, or unset it"
        )


OF_THEME = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Where the theme has its scripts and its look. Ours stand by themselves."""


def is_unneeded(file: File, docs: str) -> bool:
    """Whether nothing on the site asks for a file of the theme.

    :param docs: the folder of the pages that an index has itself, in which all is its own.
    """
    return file.src_dir not in (None, docs) and file.src_uri.startswith(OF_THEME)


def _where(config: MkDocsConfig, key: str) -> str:
    """The line of the index's ``mkdocs.yml`` that holds a setting, or the file alone."""
    path = Path(config.config_file_path or "mkdocs.yml")
    line = line_of_setting(path, key)
    return f"{path.name}:{line}" if line else path.name


def line_of_setting(file: Path, key: str) -> int | None:
    """The line of a settings file that holds a setting."""
    text = file.read_text("utf-8", errors="replace") if file.is_file() else ""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _begins(line, key)]
    return lines[-1] if lines else None


def _begins(line: str, key: str) -> bool:
    return re.match(rf"[\"']?{re.escape(key)}[\"']?\s*:", line) is not None


def refuse_unreadable(file: Path) -> None:
    """Refuse settings that cannot be read, in the file or in one that it inherits.

    :raises LinkIndexError: with the file and, where it is known, the line.
    """
    read: list[Path] = []
    inherits: Path | None = file
    while inherits:
        if inherits.resolve() in read:
            raise LinkIndexError(
                f"{file.name}:{line_of_setting(file, INHERIT) or 1}: `{INHERIT}` leads back to "
                "a file that is being read; remove the line"
            )
        read.append(inherits.resolve())
        inherits = _inherited(inherits)


def _inherited(file: Path) -> Path | None:
    """The file whose settings a file inherits."""
    top = _parsed(file)
    if not isinstance(top, yaml.MappingNode):
        what = "it is empty" if top is None else "it holds no settings of the form `name: value`"
        raise LinkIndexError(f"{file.name}:1: {what}; write `site_name: ...`, or remove the file")
    for key, value in top.value:
        if key.value != INHERIT:
            continue
        named = file.parent / str(value.value) if isinstance(value, yaml.ScalarNode) else None
        if named is None or not named.is_file():
            raise LinkIndexError(
                f"{file.name}:{key.start_mark.line + 1}: `{INHERIT}` names no file; write the "
                "path of one, or remove the line"
            )
        return named
    return None


def _parsed(file: Path) -> yaml.Node | None:
    try:
        with file.open("rb") as opened:
            node: yaml.Node | None = yaml.compose(opened, Loader=yaml.SafeLoader)
            return node
    except OSError as error:
        raise LinkIndexError(
            f"{file.name}: it cannot be read ({error.strerror or error}); mend or remove it"
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise LinkIndexError(
            f"{file.name}:{mark.line + 1 if mark else 1}: this is not valid YAML "
            f"({error.problem}); mend this line or the one before it"
        ) from None
    except yaml.reader.ReaderError as error:
        before = file.read_bytes()[: error.position]
        raise LinkIndexError(
            f"{file.name}:{before.count(10) + 1}: a character here cannot be read; "
            "remove it, or save the file again with the encoding UTF-8"
        ) from None
    except RecursionError:
        raise LinkIndexError(
            f"{file.name}: its brackets are nested too deeply; mend them"
        ) from None
