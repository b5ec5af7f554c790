"""The style of a page without what that page cannot use.

A selector is left out if it asks for a class or an element that neither the page has nor a script
of the site names; a rule, if no selector of it stays.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_STYLE = re.compile(r"(?<=<style>)[^<]*(?=</style>)")
_SCRIPT = re.compile(r"<script[^>]*>[^<]+")
_CLASSES = re.compile(r"""class=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
"""Begins with letters, which Python finds ten times as fast as a boundary of words."""

_NAMED = re.compile(r"[\w-]+")
_RULE = re.compile(r"(?P<asks>[^{}]+)\{(?P<says>[^{}]*)\}|(?P<media>@[^{}]+)\{|\}")
_CONDITION = re.compile(r"\([^()]*\)")
_BETWEEN_SELECTORS = re.compile(r",(?![^()]*\))")
_CLASS = re.compile(r"\.([\w-]+)")
_ELEMENT = re.compile(r"(?<![\w.:#-])[a-z][a-z0-9]*(?![\w-])")
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_TAGS = re.compile(r"<([a-z][a-z0-9]*)")
_ALWAYS = ("html", "head", "body")
"""Elements that a page has whether it names them or not."""


def with_used_style(page: str, in_scripts: Collection[str]) -> str:
    """The page with less in the style that stands in it; it looks the same.

    :param in_scripts: the words of the scripts of its site: classes among them may be set later.
    """
    style = _STYLE.search(page)
    if not style:
        return page
    known = _known(style[0])
    used = {f".{name}" for found in _CLASSES.findall(page) for name in "".join(found).split()}
    used.update(_ALWAYS, _TAGS.findall(page))
    in_page = set().union(*map(words_of, _SCRIPT.findall(page)))
    named = (name for name in known if name in in_scripts or name in in_page)
    used.update(*(known[name] for name in named))
    kept = _used_style(style[0], frozenset().union(*known.values()).intersection(used))
    return f"{page[: style.start()]}{kept}{page[style.end() :]}"


def words_of(script: str) -> set[str]:
    """Whatever may be a class in a script."""
    return set(_NAMED.findall(script))


class _Rule(NamedTuple):
    """A rule, or what opens or closes a group of rules for some media.

    :ivar asks: each of its selectors, with the classes (``.name``) and the elements without which
        it selects nothing.
    """

    text: str
    asks: tuple[tuple[str, frozenset[str]], ...] = ()
    says: str = ""
    opens: bool = False


@functools.lru_cache(maxsize=64)
def _used_style(style: str, used: frozenset[str]) -> str:
    kept: list[str] = []
    group = -1  # where the open group begins
    for rule in _rules(style):
        if rule.opens:
            group = len(kept)
        elif rule.asks:
            selectors = [selector for selector, asked in rule.asks if asked <= used]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{rule.says}}}")
            continue
        elif group == len(kept) - 1:
            del kept[group:]
            continue
        kept.append(rule.text)
    return "".join(kept)


@functools.cache
def _known(style: str) -> dict[str, set[str]]:
    """What a style asks for, by the word that a script would name it by."""
    known: dict[str, set[str]] = {}
    for rule in _rules(style):
        for _, asked in rule.asks:
            for name in asked:
                known.setdefault(name.lstrip("."), set()).add(name)
    return known


@functools.cache
def _rules(style: str) -> tuple[_Rule, ...]:
    return tuple(_each_rule(style))


def _each_rule(style: str) -> Iterator[_Rule]:
    for found in _RULE.finditer(style):
        if found["media"]:
            yield _Rule(found[0].strip(), opens=True)
        elif found["asks"]:
            selectors = _BETWEEN_SELECTORS.split(found["asks"].strip())
            asks = tuple((selector.strip(), _asked(selector)) for selector in selectors)
            yield _Rule(found[0].strip(), asks, found["says"])
        else:
            yield _Rule(found[0])


def _asked(selector: str) -> frozenset[str]:
    """The classes and elements without which it selects nothing; of ``@page`` and such, none."""
    if "@" in selector:
        return frozenset()
    bare = _ATTRIBUTE.sub("", _CONDITION.sub("", selector))
    classes = {f".{name}" for name in _CLASS.findall(bare)}
    return frozenset(classes.union(_ELEMENT.findall(bare)))
