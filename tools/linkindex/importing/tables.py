"""What every format is read into: rows of texts under headings, and where each row stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column of a table may hold, named as the key of a link where it becomes one."""

    CODE = "code"
    ID = "id"
    TITLE = "title"
    URL = "url"
    PUBLISHER = "publisher"
    SUMMARY = "summary"
    USE_WHEN = "use_when"
    MINUTES = "minutes"
    AUDIENCES = "audiences"
    FORMAT = "format"
    NATIONS = "nations"
    LANGUAGE = "language"
    ACCESSIBLE_AS = "accessible_as"
    COST = "cost"
    PHONE = "phone"
    PHONE_CHECKED = "phone_checked"
    PHONE_CHECKED_BY = "phone_checked_by"
    TEXT = "text"
    TEXT_CHECKED = "text_checked"
    TEXT_CHECKED_BY = "text_checked_by"
    EMAIL = "email"
    KEYWORDS = "keywords"
    ALSO_IN = "also_in"
    ADDED = "added"
    REVIEWED = "reviewed"
    AS_OF = "as_of"
    CLAIM_UNTIL = "claim_until"
    EVIDENCE = "evidence"
    SENSITIVE = "sensitive"
    ALLOW = "allow"
    RETIRED = "retired"
    TOPIC = "topic"
    """The heading, folder or topic under which the row stood."""
    OUR_PAGE = "our_page"
    """A page of this very index, which says nothing new."""


@dataclass(frozen=True)
class Row:
    """One line of a table.

    :ivar place: where it stood, such as ``row 5`` or ``bookmark 12``.
    :ivar cells: its texts, as many as the table has headings.
    :ivar fault: why nobody can say what its cells are; nothing of it is taken then.
    """

    place: str
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under headings.

    :ivar name: of the sheet, if the file has several.
    :ivar headings: as the file has them; ``column 1``, ``column 2`` ... where it has none.
    :ivar columns: what each holds where the format itself says so; else to be guessed.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column | None, ...] | None = None


def listed(rows: Sequence[Row], *columns: Column) -> Table:
    """A table whose format itself says what its columns hold."""
    return Table("", tuple(map(str, columns)), tuple(rows), columns)
