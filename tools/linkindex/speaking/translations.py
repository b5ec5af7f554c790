"""What a catalogue of messages holds. Catalogues are read as they are, and kept in memory."""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linkindex.speaking.language import PSEUDO, SOURCE, Language, spoken
from linkindex.speaking.lent import lent
from linkindex.speaking.pseudo import pseudo_text

LOCALES = Path(__file__).parent / "locale"
"""``LANGUAGE/LC_MESSAGES/linkindex.po`` for each language, and ``linkindex.pot``."""

DOMAIN = "linkindex"

NOBODY = "nobody yet"
"""Who has read a translation that nobody has read."""

ENGLISH_PLURAL = "n!=1"

_REVIEWED = re.compile(r'^"Reviewed-by: (.*?)(?:\\n)?"$', re.MULTILINE)

Key = tuple[str | None, str]
"""The context of a message, if it has one, and its English text (of a plural, the singular)."""


@dataclass(frozen=True)
class Translations:
    """The messages of one language.

    :ivar forms: what each message is in it: one text, or one for each plural form.
    :ivar plural: the rule for plural forms, as an expression of C in ``n``.
    :ivar reviewed_by: who has read it; :data:`NOBODY` if nobody has.
    :ivar lacking: how many messages are not translated, of ``messages`` in all.
    """

    language: Language
    forms: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    plural: str = ENGLISH_PLURAL
    reviewed_by: str = ""
    lacking: int = 0

    @property
    def messages(self) -> int:
        """How many messages there are, translated or not."""
        return len(self.forms) + self.lacking

    def text(self, message: str, context: str | None = None) -> str:
        """A message in this language, or in English."""
        found = self.forms.get((context, message))
        return found[0] if found else self._lent(message)

    def plurals(self, one: str, other: str, context: str | None = None) -> PluralForms:
        """All forms of a message that counts something, and the rule that chooses among them."""
        found = self.forms.get((context, one))
        if found and len(found) > 1:
            return PluralForms(found, self.plural)
        return PluralForms((self._lent(one), self._lent(other)), ENGLISH_PLURAL)

    def _lent(self, message: str) -> str:
        return message if self.language == SOURCE else lent(message)


@dataclass(frozen=True)
class PluralForms:
    """The forms of a message, and the rule that chooses among them: an expression in ``n``."""

    forms: tuple[str, ...]
    rule: str

    def chosen(self, count: int) -> str:
        """The form for a count."""
        return self.forms[min(_chooser(self.rule)(count), len(self.forms) - 1)]


class _Pseudo(Translations):
    """English that tells a test where it came from."""

    def text(self, message: str, context: str | None = None) -> str:  # noqa: ARG002
        return pseudo_text(message, self.language)

    def plurals(self, one: str, other: str, context: str | None = None) -> PluralForms:
        both = self.text(one, context), self.text(other, context)
        return PluralForms(both, ENGLISH_PLURAL)


def available() -> tuple[Language, ...]:
    """The languages that have a catalogue, and English, which needs none."""
    files = LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")
    return (SOURCE, *sorted(file.parent.parent.name.replace("_", "-") for file in files))


def catalogue_path(language: Language) -> Path:
    """Where the catalogue of a language is."""
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


@functools.cache
def translations_of(language: Language) -> Translations:
    """The messages of a language: none for English, and for a language without a catalogue."""
    if language in PSEUDO:
        return _Pseudo(language)
    path = catalogue_path(language)
    if language == SOURCE or not path.is_file():
        return Translations(language)
    return read_translations(path, language)


def is_partly_english() -> bool:
    """Whether words of the language that is spoken are in English for want of a translation."""
    known = translations_of(spoken())
    is_given = spoken() == SOURCE or spoken() in PSEUDO
    return not is_given and (known.lacking > 0 or not known.forms)


def read_translations(path: Path, language: Language) -> Translations:
    """Read a catalogue; what is marked as fuzzy, or not translated in all its forms, is left out.

    :raises babel.messages.pofile.PoFileError: for a file that cannot be read.
    """
    # Only where another language is spoken: importing it takes a tenth of a second.
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=language.replace("-", "_"), abort_invalid=True)
    forms = {}
    lacking = 0
    for message in catalogue:
        one = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string or ""
        texts = (said,) if isinstance(said, str) else tuple(said)
        if one and not message.fuzzy and all(texts):
            forms[message.context, one] = texts
        elif one:
            lacking += 1
    reviewed = _REVIEWED.search(path.read_text("utf-8"))
    return Translations(
        language,
        forms,
        f"({catalogue.plural_expr})",
        reviewed[1] if reviewed else NOBODY,
        lacking,
    )


@functools.cache
def _chooser(rule: str) -> Callable[[int], int]:
    return gettext.c2py(rule)
