"""The style of a page without what that page cannot use.

A rule is left out if it asks for a class that neither the page has nor a script of the site names.
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
_CLASS = re.compile(r"\.([\w-]+)")


def with_used_style(page: str, in_scripts: Collection[str]) -> str:
    """The page with less in the style that stands in it; it looks the same.

    :param in_scripts: the words of the scripts of its site: classes among them may be set later.
    """
    style = _STYLE.search(page)
    if not style:
        return page
    used = {name for found in _CLASSES.findall(page) for name in "".join(found).split()}
    used.update(*map(words_of, _SCRIPT.findall(page)))
    known = _known_classes(style[0])
    kept = _used_style(style[0], known & used | known.intersection(in_scripts))
    return f"{page[: style.start()]}{kept}{page[style.end() :]}"


def words_of(script: str) -> set[str]:
    """Whatever may be a class in a script."""
    return set(_NAMED.findall(script))


class _Rule(NamedTuple):
    """A rule, or what opens or closes a group of rules for some media.

    :ivar asks: for each of its selectors the classes without which it selects nothing.
    """

    text: str
    asks: tuple[frozenset[str], ...] = ()
    opens: bool = False


@functools.lru_cache(maxsize=64)
def _used_style(style: str, used: frozenset[str]) -> str:
    kept: list[str] = []
    group = -1  # where the open group begins
    for rule in _rules(style):
        if rule.opens:
            group = len(kept)
        elif rule.asks and not any(classes <= used for classes in rule.asks):
            continue
        elif not rule.asks and group == len(kept) - 1:
            del kept[group:]
            continue
        kept.append(rule.text)
    return "".join(kept)


@functools.cache
def _known_classes(style: str) -> frozenset[str]:
    return frozenset(name for rule in _rules(style) for asked in rule.asks for name in asked)


@functools.cache
def _rules(style: str) -> tuple[_Rule, ...]:
    return tuple(_each_rule(style))


def _each_rule(style: str) -> Iterator[_Rule]:
    for found in _RULE.finditer(style):
        if found["media"]:
            yield _Rule(found[0].strip(), opens=True)
        elif found["asks"]:
            selectors = _CONDITION.sub("", found["asks"]).split(",")
            asks = tuple(frozenset(_CLASS.findall(selector)) for selector in selectors)
            yield _Rule(found[0].strip(), asks)
        else:
            yield _Rule(found[0])
