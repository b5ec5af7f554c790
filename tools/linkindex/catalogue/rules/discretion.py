"""What is printed or stays behind of a sensitive category or link does not tell its topic."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from linkindex.catalogue.codes import fits_category_code
from linkindex.catalogue.languages import language_name
from linkindex.catalogue.problems import Problem, quoted
from linkindex.catalogue.rules.telling import (
    has_words,
    pattern_of,
    telling_icon,
    words_of,
)
from linkindex.catalogue.rules.tree import Entry, WrittenIndex, text_of, texts_of
from linkindex.catalogue.yaml.source import YamlMap


def discretion(index: WrittenIndex) -> Iterator[Problem]:
    """A sensitive category shares no word with its topic; one that looks so says whether it is."""
    for entry in index.categories:
        yield from _kept_secret(index, entry) if entry.sensitive else _forgotten(index, entry)


_WORDS_OF_A_LINK = ("title", "publisher", "summary", "use_when")
"""What is shown of a link wherever it stands."""


def words_to_hold_it_by(index: WrittenIndex) -> Iterator[Problem]:
    """A sensitive category is held against words that tell, in the language that is looked at."""
    first = next((entry for entry in index.categories if entry.sensitive), None)
    if first is None or has_words(index.language) or index.own_telling:
        return
    name = language_name(index.language)
    yield index.error(
        first.place("sensitive"),
        f"category {quoted(first.id)} is sensitive, and nothing tells here which words would give "
        f"a topic away in {name}",
        f"write some below `telling:` of the index, such as `{index.language}: [word, other]`: the "
        f"{name} words for violence, abuse, suicide, drugs",
    )


def links(index: WrittenIndex) -> Iterator[Problem]:
    """A link whose words tell says whether it is sensitive, and the code of one tells nothing."""
    hidden = [entry for entry in index.categories if entry.sensitive]
    ids = {entry.id for entry in hidden}
    named = pattern_of(name for entry in hidden for name in _names(entry))
    for entry in index.resources:
        homes = {text_of(entry.home, "id"), *(name for name, _ in texts_of(entry.value, "also_in"))}
        in_sensitive = bool(ids & homes)
        if entry.sensitive or in_sensitive:
            yield from _code_of_link(index, entry)
        if in_sensitive:
            yield from _said_in_vain(index, entry)
        elif entry.text("sensitive") is None and not entry.retired:
            yield from _not_asked(index, entry, named)


def _code_of_link(index: WrittenIndex, entry: Entry) -> Iterator[Problem]:
    told = index.telling.parts(entry.text("code") or "")
    if told:
        yield index.error(
            entry.place("code"),
            f"`code` of a sensitive link tells what it is about ({_listed(told)})",
            "remove this line: a code that tells nothing is then made from the id",
        )


def _said_in_vain(index: WrittenIndex, entry: Entry) -> Iterator[Problem]:
    if entry.text("sensitive") is not None and not entry.sensitive:
        yield index.warning(
            entry.place("sensitive"),
            "the link stands in a sensitive category, so it is sensitive whatever is said here",
            "remove this line, or move the link to another category",
        )


def _not_asked(
    index: WrittenIndex, entry: Entry, named: re.Pattern[str] | None
) -> Iterator[Problem]:
    told = {key: _told(index, entry.text(key) or "", named) for key in _WORDS_OF_A_LINK}
    first = next((key for key in _WORDS_OF_A_LINK if told[key]), None)
    if first:
        yield index.warning(
            entry.place(first),
            f"{quoted(first)} names {_listed(set().union(*told.values()))}, so whoever sees that "
            "the link was opened, kept or printed may learn what it is about",
            "if that can put a reader at risk, add `sensitive: true`; if not, `sensitive: false`",
        )


def _told(index: WrittenIndex, text: str, named: re.Pattern[str] | None) -> set[str]:
    names = {found[0].lower() for found in named.finditer(text)} if named else set()
    return names | {word for word in index.telling.words(text) if word not in " ".join(names)}


def decks(index: WrittenIndex) -> Iterator[Problem]:
    """The name of a deck, which is on its first card and in its files, tells no sensitive topic."""
    for entry in index.decks:
        named = {name for name, _ in texts_of(entry.value, "cards")}
        giveaways = {
            word
            for category in index.categories
            if category.sensitive and category.id in named
            for word in _giveaways(index, category)
        }
        for key in ("id", "title"):
            written = entry.text(key) or ""
            told = index.telling.words(written) | giveaways.intersection(words_of(written))
            if told:
                yield index.error(
                    entry.place(key),
                    f"{quoted(key)} of a deck tells a sensitive topic ({_listed(told)}) to "
                    "whoever sees its first card or the name of its files",
                    "choose words that tell nothing",
                )


def _forgotten(index: WrittenIndex, entry: Entry) -> Iterator[Problem]:
    """A category that looks sensitive, and does not say whether it is."""
    if entry.text("sensitive") is not None:
        return
    if entry.text("neutral_title"):
        yield index.error(
            entry.place("neutral_title"),
            f"category {quoted(entry.id)} has a `neutral_title` but does not say that it "
            "is sensitive, so its topic is named everywhere",
            "add `sensitive: true`, or remove this line",
        )
        return
    for key in ("title", "full_title"):
        told = sorted(index.telling.words(entry.text(key) or ""))
        if told:
            yield index.warning(
                entry.place(key),
                f"{quoted(key)} tells its topic ({_listed(told)}) on cards, on "
                "paper and in the history of a phone",
                "if that can put a reader at risk, add `sensitive: true`; if not, "
                "`sensitive: false`",
            )
            return


def _kept_secret(index: WrittenIndex, entry: Entry) -> Iterator[Problem]:
    for key, example in (("code", "help4"), ("neutral_title", "Help at home")):
        if entry.value.get(key) is None:
            yield index.error(
                entry.value.place,
                f"category {quoted(entry.id)} is sensitive but has no {quoted(key)}",
                f"add one that does not give the topic away, such as `{key}: {example}`",
            )
    giveaways = _giveaways(index, entry)
    yield from _card(index, entry, giveaways)
    yield from _telling(index, entry, giveaways)
    for key in ("code", "neutral_title"):
        written = (entry.text(key) or "").lower()
        shared = giveaways.intersection(words_of(written))
        if key == "code" and fits_category_code(written):
            shared.update(word for word in giveaways if len(word) > 2 and word in written)
        if shared:
            yield index.error(
                entry.place(key),
                f"{quoted(key)} of a sensitive category gives its topic away ({_listed(shared)})",
                "choose words that are in neither its id, its titles nor its aliases",
            )


def _giveaways(index: WrittenIndex, entry: Entry) -> set[str]:
    """The words by which a category is called."""
    return index.telling.names(_names(entry))


def _names(entry: Entry) -> list[str]:
    """What a category is called."""
    names = (
        *(entry.text(key) for key in ("id", "title", "full_title")),
        *(name for name, _ in texts_of(entry.value, "aliases")),
    )
    return [name for name in names if name]


def _card(index: WrittenIndex, entry: Entry, giveaways: set[str]) -> Iterator[Problem]:
    card = entry.value.get("card")
    if not isinstance(card, YamlMap):
        return
    front = text_of(card, "front")
    printed = [(front, card.key_places["front"])] if front else []
    for text, place in (*printed, *texts_of(card, "prompts")):
        shared = giveaways.intersection(words_of(text))
        if shared:
            yield index.error(
                place,
                f"the card of a sensitive category gives its topic away ({_listed(shared)})",
                "use words that are in neither its id, its titles nor its aliases",
            )
        told = index.telling.words(text) - giveaways
        if told:
            yield index.error(
                place,
                f"the card of a sensitive category tells its topic ({_listed(told)})",
                "use words that tell nothing to anybody who sees the card",
            )


def _telling(index: WrittenIndex, entry: Entry, giveaways: set[str]) -> Iterator[Problem]:
    """No word and no picture that tells a topic whatever the category is called."""
    icon = entry.text("icon") or ""
    if telling_icon(icon):
        yield index.error(
            entry.place("icon"),
            f"the icon {quoted(icon)} of a sensitive category shows its topic",
            "choose one that tells nothing, such as `sofa-outline`",
        )
    for key, find in (
        ("code", index.telling.parts),
        ("neutral_title", index.telling.words),
    ):
        told = find(entry.text(key) or "") - giveaways
        if told:
            yield index.error(
                entry.place(key),
                f"{quoted(key)} of a sensitive category tells its topic ({_listed(told)})",
                "choose another that tells nothing",
            )


def _listed(words: Collection[str]) -> str:
    return ", ".join(map(quoted, sorted(words)))
