"""What an address carries besides the page: who shared it, one visit, a marked passage."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple
from urllib.parse import unquote_plus, urlsplit

from linkindex.catalogue.addresses.wrapped import pattern_of_host
from linkindex.tables import table_of

SESSION_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;?#]*|/\([sS]\([^)/]+\)\)", re.IGNORECASE
)
"""As Java and ASP.NET write a visit into the path, for browsers without cookies."""

PASSAGE = ":~:"
"""What follows in a fragment marks a passage of the page (W3C, URL Fragment Text Directives)."""


class Clean(NamedTuple):
    """An address without what no page needs, and what that was called."""

    address: str
    removed: tuple[str, ...]


@functools.lru_cache(maxsize=32768)
def clean(address: str) -> Clean:
    """Take off what no page needs, and leave every other sign as it was."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower().rstrip(".")
    removed: list[str] = []
    for session in SESSION_IN_PATH.findall(parts.path):
        removed.append(session.strip(";/").partition("=")[0])
    path = SESSION_IN_PATH.sub("", parts.path)
    query = _without_tracking(parts.query, host, removed)
    fragment, mark, passage = parts.fragment.partition(PASSAGE)
    removed += [f"#{PASSAGE}{passage.partition('=')[0]}"] if mark else []
    if re.fullmatch(r"(?:[\w.-]+=[^&=]*&?)+", fragment):
        fragment = _without_tracking(fragment, host, removed)
    if not removed:
        return Clean(address, ())
    cleaned = parts._replace(path=path, query=query, fragment=fragment).geturl()
    return Clean(cleaned, tuple(dict.fromkeys(removed)))


def is_needless(host: str, name: str, value: str) -> bool:
    """Whether no page of a host needs a parameter."""
    name = name.lower()
    return bool(_any_name().fullmatch(name)) and any(
        rule.fits(host, name, value) for rule in _rules()
    )


def _without_tracking(query: str, host: str, removed: list[str]) -> str:
    if not query:
        return query
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.removeprefix("amp;").partition("=")
        if is_needless(host, unquote_plus(name), value):
            removed.append(unquote_plus(name))
        else:
            kept.append(pair)
    return "&".join(kept)


@dataclass(frozen=True)
class _Rule:
    names: re.Pattern[str]
    hosts: tuple[re.Pattern[str], ...]
    value: re.Pattern[str]

    def fits(self, host: str, name: str, value: str) -> bool:
        here = not self.hosts or any(pattern.fullmatch(host) for pattern in self.hosts)
        return bool(self.names.fullmatch(name) and here and self.value.fullmatch(value))


@functools.cache
def written_rules() -> tuple[dict[str, Any], ...]:
    """The rules as ``tracking.yaml`` has them."""
    file = resources.files("linkindex.catalogue.addresses").joinpath("tracking.yaml")
    return tuple(table_of(file.read_text("utf-8")))


@functools.cache
def _any_name() -> re.Pattern[str]:
    """Finds a name of any rule: most parameters have none of them."""
    return re.compile("|".join(f"(?:{rule.names.pattern})" for rule in _rules()))


@functools.cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            names=re.compile(
                "|".join(re.escape(name).replace(r"\*", ".*") for name in rule["names"])
            ),
            hosts=tuple(map(pattern_of_host, rule.get("hosts", ()))),
            value=re.compile(rule.get("value", ".*"), re.DOTALL),
        )
        for rule in written_rules()
    )
