"""Texts that are given in several languages: ``title: {en: Sleep, cy: Cwsg}``.

The tree of an index is made one of a single language before anything is asked of it, so that
everything after it knows plain texts alone. What is not there in a language is taken from another,
the one of plain texts first, and it is noted which (:meth:`Piece.language_of`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.fields import language_names, language_of_tag
from linkindex.catalogue.problems import Place, Problem, Severity, nearest, quoted
from linkindex.catalogue.yaml.shape import FILE, Shape
from linkindex.catalogue.yaml.source import YamlList, YamlMap
from linkindex.speaking import available, translations_of
from linkindex.speaking.translations import NOBODY

ENGLISH = "en"

_WITHOUT_WORDS = frozenset({"retired"})
"""A topic or link with this key is shown to nobody, so nothing of it is missing."""


class Languages(NamedTuple):
    """The languages of an index, as far as its settings can be read.

    :ivar shown: in which the site is made, the first at its root.
    :ivar plain: the language of texts that are not given in several.
    :ivar first_pages: further ones, in which what a family meets first is made.
    """

    shown: tuple[str, ...] = (ENGLISH,)
    plain: str = ENGLISH
    first_pages: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All in which readers may meet a text."""
        return (*self.shown, *self.first_pages)


def languages_of(root: object) -> Languages:
    """What the settings of a tree say; what is wrong there has its own error."""
    settings = root.get("index") if isinstance(root, YamlMap) else None
    if not isinstance(settings, YamlMap):
        return Languages()
    shown = _listed(settings, "languages") or (ENGLISH,)
    first = tuple(tag for tag in _listed(settings, "first_pages") if tag not in shown)
    plain = settings.get("texts_in")
    return Languages(shown, plain if plain in language_names() else shown[0], first)


def _listed(settings: YamlMap, key: str) -> tuple[str, ...]:
    written = settings.get(key)
    listed = written if isinstance(written, YamlList) else []
    return tuple(dict.fromkeys(str(tag) for tag in listed if tag in language_names()))


def languages_given(root: YamlMap) -> frozenset[str]:
    """The languages in which some text of an index is given by name."""
    return frozenset(
        tag for text in _texts(root, FILE) for given in _maps_of(text.value) for tag in given
    )


def language_name(tag: str) -> str:
    """The English name of a language, such as `Welsh`."""
    return language_of_tag(tag) or tag


def localised(root: YamlMap, language: str, languages: Languages) -> YamlMap:
    """The tree of an index in one language; the same tree where nothing in it differs."""
    return _Localising(language, languages).part(root, FILE)


class _Localising:
    """Makes trees in one language. Nothing of the tree that is given is changed."""

    def __init__(self, language: str, languages: Languages) -> None:
        self._language = language
        self._plain = languages.plain
        self._order = tuple(dict.fromkeys((language, languages.plain, *languages.shown)))

    def part(self, value: YamlMap, shape: Shape) -> YamlMap:
        """A part of the index with all that is below it."""
        changed: dict[str, object] = {}
        places: dict[str, Place] = {}
        borrowed: dict[str, str] = {}
        for key in (*shape.texts, *shape.names):
            if key in value and value[key] is not None and key not in shape.entries:
                chosen = self._chosen(value[key], value.key_places[key], key in shape.names)
                if key == "url" and isinstance(value[key], YamlMap) and chosen.value is not None:
                    # The page is in the language in which its address is given.
                    changed["language"] = chosen.borrowed.get("", self._language)
                    places["language"] = chosen.place
                changed[key], places[key] = chosen.value, chosen.place
                borrowed |= {f"{key}{at}": tag for at, tag in chosen.borrowed.items()}
        for key, below in shape.parts.items():
            inner = value.get(key)
            if isinstance(inner, YamlMap):
                changed[key] = self.part(inner, below)
        for key, below in shape.entries.items():
            entries = value.get(key)
            if isinstance(entries, YamlList):
                changed[key] = self._entries(entries, below)
        if not borrowed and all(changed[key] is value.get(key) for key in changed):
            return value
        return _copied(value, changed, places, borrowed)

    def _entries(self, entries: YamlList, shape: Shape) -> YamlList:
        values: list[object] = []
        for item, place in zip(entries, entries.item_places, strict=True):
            is_text = isinstance(item, str) or (
                isinstance(item, YamlMap) and not _has_keys(item, shape)
            )
            if shape.or_text and is_text:
                values.append(self._entry_of_text(item, place, shape))
            elif isinstance(item, YamlMap):
                values.append(self.part(item, shape))
            else:
                values.append(item)
        if all(new is old for new, old in zip(values, entries, strict=True)):
            return entries
        return _list_of(entries, values, entries.item_places)

    def _entry_of_text(self, item: object, place: Place, shape: Shape) -> object:
        """A text that stands for an entry with one key, the text."""
        chosen = self._chosen(item, place, is_name=False)
        if not chosen.borrowed or not isinstance(chosen.value, str):
            return chosen.value
        key = shape.texts[0]
        entry = YamlMap(place)
        entry[key] = chosen.value
        entry.key_places[key] = chosen.place
        entry.borrowed = {key: chosen.borrowed[""]}
        return entry

    def _chosen(self, value: object, place: Place, is_name: bool) -> _Chosen:
        if isinstance(value, YamlMap):
            return self._from_map(value, place)
        if isinstance(value, YamlList):
            return self._from_list(value, place, is_name)
        is_borrowed = isinstance(value, str) and not is_name and self._plain != self._language
        return _Chosen(value, place, {"": self._plain} if is_borrowed else {})

    def _from_map(self, value: YamlMap, place: Place) -> _Chosen:
        tags = [tag for tag in (*self._order, *value) if value.get(tag) is not None]
        if not tags:
            return _Chosen(None, place, {})
        tag = tags[0]
        chosen = value[tag]
        if isinstance(chosen, YamlMap):  # Said where the languages are checked.
            chosen = next((text for text in chosen.values() if isinstance(text, str)), None)
        return _Chosen(chosen, value.key_places[tag], {} if tag == self._language else {"": tag})

    def _from_list(self, value: YamlList, place: Place, is_name: bool) -> _Chosen:
        chosen = [
            self._chosen(item, at, is_name)
            for item, at in zip(value, value.item_places, strict=True)
        ]
        borrowed = {
            f".{number}": each.borrowed[""]
            for number, each in enumerate(chosen)
            if each.borrowed.get("")
        }
        values = [each.value for each in chosen]
        if all(new is old for new, old in zip(values, value, strict=True)):
            return _Chosen(value, place, borrowed)
        return _Chosen(_list_of(value, values, [each.place for each in chosen]), place, borrowed)


@dataclass(frozen=True)
class _Chosen:
    """What is shown under a key, where it stands, and the languages of what is borrowed in it.

    The whole has the path ``""``, an item of a list one like ``.0``.
    """

    value: object
    place: Place
    borrowed: dict[str, str]


_LIKE_A_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w+)?")


def _has_keys(value: YamlMap, shape: Shape) -> bool:
    """Whether ``key: value`` lines are those of an entry, and not of languages."""
    return not value or any(key in shape.keys or not _LIKE_A_TAG.fullmatch(key) for key in value)


def _copied(
    value: YamlMap,
    changed: dict[str, object],
    places: dict[str, Place],
    borrowed: dict[str, str],
) -> YamlMap:
    copy = YamlMap(value.place)
    copy.update(value)
    copy.update(changed)
    copy.key_places = {**value.key_places, **places}
    copy.borrowed = borrowed
    return copy


def _list_of(value: YamlList, items: Sequence[object], places: Sequence[Place]) -> YamlList:
    copy = YamlList(value.place)
    copy.extend(items)
    copy.item_places = list(places)
    return copy


def borrowed_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """What a piece and its parts borrow: the key of each with dots, and the language."""
    if not isinstance(value, YamlMap):
        return
    for key, tag in value.borrowed.items():
        yield f"{path}{key}", tag
    for key, part in value.items():
        if isinstance(part, YamlMap):
            yield from borrowed_in(part, f"{path}{key}.")


# --- What is wrong with the languages, and what is missing in them. ---


class _Text(NamedTuple):
    """What stands under a key that may be given in each language.

    :ivar owner: the part of the index that it belongs to, and ``is_shown`` whether readers see it.
    """

    key: str
    value: object
    place: Place
    is_name: bool
    is_shown: bool


def _texts(value: YamlMap, shape: Shape, is_shown: bool = True) -> Iterator[_Text]:
    is_shown = is_shown and not any(value.get(key) is not None for key in _WITHOUT_WORDS)
    for key in (*shape.texts, *shape.names):
        if value.get(key) is not None and key not in shape.entries:
            is_name = key in shape.names
            yield _Text(key, value[key], value.key_places[key], is_name, is_shown)
    for key, below in shape.parts.items():
        inner = value.get(key)
        if isinstance(inner, YamlMap):
            yield from _texts(inner, below, is_shown)
    for key, below in shape.entries.items():
        entries = value.get(key)
        if not isinstance(entries, YamlList):
            continue
        for item, place in zip(entries, entries.item_places, strict=True):
            if isinstance(item, YamlMap) and (_has_keys(item, below) or not below.or_text):
                yield from _texts(item, below, is_shown)
            elif below.or_text and isinstance(item, str | YamlMap):
                yield _Text(key, item, place, is_name=False, is_shown=is_shown)


def language_problems(root: YamlMap, languages: Languages, file: str) -> Iterator[Problem]:
    """What is wrong with texts that are given in several languages."""
    unused: dict[str, list[Place]] = {}
    for text in _texts(root, FILE):
        for given in _maps_of(text.value):
            for tag, place in given.key_places.items():
                if tag not in language_names():
                    what = f"{quoted(tag)} in {quoted(text.key)} is not a language code"
                    yield Problem(file, *place, what, _tag_meant(tag, languages))
                elif isinstance(given[tag], YamlMap):
                    what = f"the {language_name(tag)} of {quoted(text.key)} is not a text"
                    yield Problem(file, *place, what, "write it on this line, in quotes if need be")
                elif given[tag] is None:
                    what = f"the {language_name(tag)} of {quoted(text.key)} is empty"
                    yield Problem(file, *place, what, "write it, or remove the line")
                elif tag not in languages.every:
                    unused.setdefault(tag, []).append(place)
    for tag, places in unused.items():
        more = "" if len(places) == 1 else f" ({len(places)} texts)"
        yield Problem(
            file,
            *min(places),
            f"texts in {quoted(tag)} ({language_name(tag)}) are shown to nobody, since it is not "
            f"among `languages` of the index{more}",
            f"write `languages: [{', '.join((*languages.shown, tag))}]` below `index:` once they "
            "are ready",
            Severity.WARNING,
        )


def _maps_of(value: object) -> Iterator[YamlMap]:
    if isinstance(value, YamlMap):
        yield value
    elif isinstance(value, YamlList):
        yield from (item for item in value if isinstance(item, YamlMap))


def _tag_meant(tag: str, languages: Languages) -> str:
    names = {language_name(known).lower(): known for known in languages.shown}
    meant = names.get(nearest(tag, names) or "") or nearest(tag, languages.shown)
    if meant:
        return f"did you mean {quoted(meant)}?"
    return (
        "write a text alone, or one for each language of the index: "
        f"{', '.join(f'`{known}: …`' for known in languages.shown)}"
    )


@dataclass(frozen=True)
class Missing:
    """What an index does not say in one of its languages.

    :ivar keys: how often each key is missing.
    :ivar places: where, in the order of the file, with the key of each.
    """

    language: str
    keys: dict[str, int]
    places: tuple[tuple[Place, str], ...]


def missing_texts(root: YamlMap, languages: Languages) -> tuple[Missing, ...]:
    """What is missing in each language in which anything is; nothing is in an index of one."""
    if len(languages.shown) < 2 and languages.plain in languages.shown:
        return ()
    texts = [text for text in _texts(root, FILE) if text.is_shown and not text.is_name]
    found = []
    for language in languages.shown:
        lacking = sorted(
            (text.place, text.key)
            for text in texts
            if not _is_given(text.value, language, languages.plain)
        )
        if lacking:
            counts = Counter(key for _, key in lacking)
            found.append(Missing(language, dict(counts.most_common()), tuple(lacking)))
    return tuple(found)


def _is_given(value: object, language: str, plain: str) -> bool:
    if isinstance(value, YamlMap):
        return value.get(language) is not None
    if isinstance(value, YamlList):
        return all(_is_given(item, language, plain) for item in value)
    return language == plain


PLACES_SAID = 3
"""Places of what is missing in a language that are named."""


def untranslated(
    catalogue: Catalogue, tree: YamlMap, *, strict: bool = False
) -> tuple[Problem, ...]:
    """What is missing in each language of an index, in a sentence each with the first places.

    :param tree: what the catalogue was made of.
    :param strict: whether it is an error.
    """
    severity = Severity.ERROR if strict else Severity.WARNING
    languages = Languages(catalogue.languages, catalogue.settings.plain_language)
    return catalogue.placed(
        _missing_problem(each, catalogue, severity) for each in missing_texts(tree, languages)
    )


def _missing_problem(missing: Missing, catalogue: Catalogue, severity: Severity) -> Problem:
    (place, key), *others = missing.places
    counts = ", ".join(f"{count:,} {quoted(name)}" for name, count in missing.keys.items())
    texts = f"{len(missing.places):,} texts are" if others else "1 text is"
    lines = [str(catalogue.at(at.line)) for at, _ in others[: PLACES_SAID - 1]]
    more = f"; the next: {', '.join(lines)}" if lines else ""
    return Problem(
        catalogue.file,
        *place,
        f"{texts} not there in {quoted(missing.language)} ({language_name(missing.language)}), so "
        f"readers get another language there ({counts})",
        f"begin here: write {quoted(f'{key}:')} with a line for each language below it{more}",
        severity,
    )


def unread_words(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Languages of an index in which nobody has read the words of the site itself, as warnings."""
    line = catalogue.settings.line
    return catalogue.placed(
        Problem(catalogue.file, line, 1, *said, Severity.WARNING)
        for language in (*catalogue.languages, *catalogue.settings.first_pages)
        for said in _of_words(language, is_whole=language in catalogue.languages)
    )


def unread(catalogue: Catalogue) -> tuple[str, ...]:
    """Languages of an index in which nobody who speaks them has read the words of the site."""
    every = (*catalogue.languages, *catalogue.settings.first_pages)
    known = (each for each in every if each != ENGLISH and each in available())
    return tuple(each for each in known if translations_of(each).reviewed_by == NOBODY)


def _of_words(language: str, *, is_whole: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with the words of a language, and what to do.

    :param is_whole: whether the whole site is made in it, and not only what a family meets first.
    """
    name, known = language_name(language), translations_of(language)
    to_translate = "docs-dev/translating.md of the program says how to translate them"
    if language == ENGLISH:
        return
    if language not in available():
        yield (
            f"the words of the site itself, such as `Leave this site`, are not there in {name}, so "
            "readers see them in English",
            to_translate,
        )
        return
    if known.lacking and is_whole:
        yield (
            f"{known.lacking} of the {known.messages} words and sentences of the site itself are "
            f"not there in {name}; its pages show them in English, and say so",
            f"{to_translate}; `first_pages:` in place of `languages:` makes only the pages that a "
            "family meets first",
        )
    if known.reviewed_by == NOBODY:
        yield (
            f"nobody has yet read the {name} of the site itself, such as that of `Leave this site`",
            f"have somebody who speaks {name} read the pages before families rely on them",
        )
