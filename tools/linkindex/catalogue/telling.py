"""What tells a sensitive topic of one index: what it is called there, and words that tell any."""

from __future__ import annotations

import re
from collections.abc import Iterable

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.model import UrgentHelp
from linkindex.catalogue.rules.telling import telling_words

NEUTRAL_LINE = "A helpline"
"""The name on paper of a line of urgent help that tells a topic."""


def sensitive_names(catalogue: Catalogue) -> tuple[str, ...]:
    """Everything that sensitive topics are called in the index, retired ones included."""
    return tuple(
        dict.fromkeys(
            name
            for category in catalogue.categories
            if category.sensitive
            for name in (
                category.title,
                category.full_title,
                category.id.replace("-", " "),
                *category.aliases,
            )
        )
    )


class Telling:
    """Knows what tells a sensitive topic of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names = _pattern(sensitive_names(catalogue))

    def tells(self, text: str) -> bool:
        """Whether a text names a sensitive topic, or has a word of ``telling.yaml``."""
        return bool(telling_words(text) or (self._names and self._names.search(text)))

    def by_line(self, line: UrgentHelp) -> bool:
        """Whether a line of urgent help tells a topic, by its name or by when to use it."""
        return self.tells(line.name) or self.tells(line.when)

    def paper_name(self, line: UrgentHelp) -> str:
        """What a line of urgent help is called on paper, which lies about.

        Who knows what a line is for knows its name too. 999, 111 and their like are called for so
        much that they keep theirs.
        """
        fixed = any(number.fixed for number in (line.phone, line.text) if number)
        return NEUTRAL_LINE if self.by_line(line) and not fixed else line.name


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of the names as whole words, whatever stands between the words of one."""
    words = [re.findall(r"\w+", name) for name in names]
    spelt = sorted((r"[\W_]*".join(map(re.escape, parts)) for parts in words if parts), key=len)
    if not spelt:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(reversed(spelt))})(?![^\W_])", re.IGNORECASE)
