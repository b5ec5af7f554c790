"""What MkDocs, its theme and its extensions find fault with, in sentences of ours."""

from __future__ import annotations

import contextlib
import logging
import re
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

import jinja2
from mkdocs.exceptions import ConfigurationError

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.places import shipped
from linkindex.site.editions import file_with
from linkindex.site.settings import line_of_setting
from linkindex.speaking import SOURCE, Language, spoken

_PACKAGE = Path(__file__).parents[1]


@contextlib.contextmanager
def in_plain_words(folder: Path, settings: Path) -> Iterator[None]:
    """Turn what makes MkDocs give up into sentences, wherever a user can mend it.

    :param folder: that of the index.
    :param settings: its ``mkdocs.yml``, or the one that comes with LinkIndex.
    :raises LinkIndexError: with the file, and the line where it is known.
    """
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    logger.propagate = False
    try:
        yield
    except LinkIndexError:
        raise
    except ConfigurationError as error:
        raise LinkIndexError(_about_settings(str(error), settings)) from None
    except SystemExit as stopped:
        told = _without_what_follows(complaints.lines)
        lines = [_complaint(line, folder, settings, complaints.language) for line in told]
        raise LinkIndexError("\n".join(dict.fromkeys(lines)) or str(stopped.code)) from None
    except Exception as error:
        fault = _fault_of_own_file(error, folder)
        if fault is None:
            raise
        raise LinkIndexError(fault) from None
    finally:
        logger.removeHandler(complaints)
        logger.propagate = True


class _Complaints(logging.Handler):
    """Keeps what MkDocs warns of, which strictness turns into the reason of a failure.

    :ivar language: that of the site that was built then.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.language = SOURCE

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
        self.language = spoken()


def _about_settings(message: str, settings: Path) -> str:
    return f"{settings.name}: {_in_one_line(message)}; mend the setting or remove it"


_OF_SITE_DIR = "Config value 'site_dir'"
_OF_DOCS_DIR = "Config value 'docs_dir'"


def _without_what_follows(messages: Sequence[str]) -> list[str]:
    """Without a complaint of where the site goes, if the folder of pages is what is wrong."""
    cause = any(message.startswith(_OF_DOCS_DIR) for message in messages)
    return [one for one in messages if not (cause and one.startswith(_OF_SITE_DIR))]


def _complaint(message: str, folder: Path, settings: Path, language: Language) -> str:
    """What MkDocs warns of, with the line where it is one of a written page or a setting."""
    link = re.match(r"Doc file '([^']+)' contains .*?link '([^']+)'", message)
    if link:
        docs, target = _docs(folder), link[2]
        page = file_with(docs, link[1], target, language)
        return (
            f"docs/{page}:{_line_with(docs / page, target)}: the link to {quoted(target)} "
            "leads nowhere; mend or remove it"
        )
    hidden = re.match(r"Excluding '([^']+)' .* conflicts with '([^']+)'", message)
    if hidden:
        page, other = hidden.groups()
        return (
            f"docs/{page}:1: its place on the site is taken by `docs/{other}`; give this one "
            "another name"
        )
    if message.startswith(_OF_SITE_DIR):  # which is that of the command
        return (
            "the site would be put into the folder that its pages come from; name another with "
            "--output, or mend `docs_dir`"
        )
    setting = re.match(r"Config value '([^']+)': (.*)", message, re.DOTALL)
    if setting:
        key, what = setting.groups()
        line = line_of_setting(settings, key)
        where = f"{settings.name}:{line}" if line else settings.name
        return f"{where}: `{key}`: {_in_one_line(what)}; mend the setting or remove it"
    if message.startswith("Template skipped"):
        return _about_settings(message, settings)
    return message


def _in_one_line(message: str) -> str:
    """A message without the lines of a traceback in it, or a stop at its end."""
    lines = [line.strip() for line in message.splitlines() if not line.startswith("  ")]
    told = " ".join(line for line in lines if line and not line.startswith("Traceback"))
    return told.rstrip(".")


def _docs(folder: Path) -> Path:
    own = folder / "docs"
    return own if own.is_dir() else shipped("docs")


def _line_with(page: Path, text: str) -> int:
    lines = page.read_text("utf-8", errors="replace").splitlines() if page.is_file() else []
    return next((number for number, line in enumerate(lines, start=1) if text in line), 1)


def _fault_of_own_file(error: Exception, folder: Path) -> str | None:
    """A fault of a template or a hook of the index; nothing if it lies in a program."""
    if isinstance(error, (jinja2.TemplateSyntaxError, SyntaxError)):
        place = (error.filename or "", error.lineno or 1)
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = [
            (frame.filename, frame.lineno or 1)
            for frame in frames
            if _is_own(frame.filename, folder)
        ]
        place = own[-1] if own else ("", 1)
    if isinstance(error, jinja2.TemplateNotFound):
        where = f"{_shown(place, folder)}: " if place[0] else ""
        return (
            f"{where}there is no template {quoted(error.name)}; name one of the theme, or of the "
            "folder `overrides`"
        )
    if not _is_own(place[0], folder):
        return None
    message = _in_one_line(error.msg if isinstance(error, SyntaxError) else str(error))
    return f"{_shown(place, folder)}: this file cannot be used ({message}); mend this line"


def _is_own(file: str, folder: Path) -> bool:
    """Whether a file belongs to the index, not to LinkIndex or what it is built on."""
    path = Path(file)
    return (
        bool(file)
        and path.is_absolute()
        and path.is_relative_to(folder)
        and not path.is_relative_to(_PACKAGE)
        and not {"site-packages", "dist-packages"} & set(path.parts)
    )


def _shown(place: tuple[str, int], folder: Path) -> str:
    path, line = Path(place[0]), place[1]
    return f"{path.relative_to(folder).as_posix()}:{line}"
