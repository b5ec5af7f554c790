"""The file by which an index is shared with other indexes: what it looks like, and reading it.

It is YAML, with the keys of ``resources.yaml`` and a head:

    share:
      format: 1
      name: Family Links
      organisation: Example Council
      site_url: https://example.org/
      version: "2026-11-30"
      language: en

``linkindex share`` writes it. Every code is written out, so that what takes it does not depend on
how codes are made. Whatever is in it is as little trusted as what any editor writes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from linkindex.catalogue.problems import Problem, Severity, UnfitError, quoted
from linkindex.catalogue.rules.tree import text_of
from linkindex.catalogue.yaml.source import YamlMap, decoded, read_text

FORMAT = 1
"""The format that is written. One that is older is read, too; a newer one needs a newer program."""

HEAD = "share"

KEYS = (HEAD, "groups", "urgent_help", "glossary", "decks", "meanings", "questions", "categories")
"""What stands at the margin of the file."""

LARGEST = 20_000_000
"""Bytes: an index of 20,000 links has about 15 million."""


@dataclass(frozen=True)
class Head:
    """What a shared file says of itself."""

    format: int
    name: str
    organisation: str
    site_url: str
    version: str
    language: str = "en"


@dataclass(frozen=True, eq=False)
class Share:
    """A shared file as it was read: its head, and the tree with the lines of everything in it.

    :ivar last: its last line, counted as the others are.
    :ivar links: the ids of all of its links, also of those in topics that were not read whole.
    """

    head: Head
    root: YamlMap
    digest: str
    last: int
    links: frozenset[str]


def digest_of(data: bytes) -> str:
    """The hash by which a shared file is pinned: the same however its lines end.

    Git may end the lines of a file as Windows does when it is checked out there.
    """
    plain = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return f"sha256:{hashlib.sha256(plain).hexdigest()}"


def read_share(
    data: bytes, file: str, after: int = 0, topics: Collection[str] | None = None
) -> Share:
    """Read a shared file.

    :param file: what the file is called in sentences.
    :param after: the line after which its lines are counted.
    :param topics: the ids of those topics that are read whole, which takes less time; all without.
    :raises UnfitError: when it is none, saying what it is.
    """
    if len(data) > LARGEST:
        raise UnfitError(
            f"{quoted(file)} has {len(data):,} bytes, over {LARGEST:,}",
            "take a file that `linkindex share` has written",
        )
    _refuse_others(data, file)
    text = decoded(data, file)
    if isinstance(text, Problem):
        raise UnfitError(f"{quoted(file)} is not UTF-8 text", _ASK)
    read = text if topics is None else _cut(text, topics)
    source = read_text("\n" * after + read, file)
    root = source.root
    if not isinstance(root, YamlMap) or any(
        problem.severity is Severity.ERROR for problem in source.problems
    ):
        raise UnfitError(_not_read(source.problems, file, after), _ASK)
    if not isinstance(root.get(HEAD), YamlMap):
        is_index = "index" in root and "categories" in root
        raise UnfitError(
            f"{quoted(file)} is an index itself, not a shared file"
            if is_index
            else f"{quoted(file)} is not a shared file",
            "run `linkindex share` where that index is kept, and take what it writes"
            if is_index
            else _ASK,
        )
    for key in [key for key in root if key not in KEYS]:
        del root[key]
    links = frozenset(_LINK_ID.findall(text))
    last = after + text.count("\n") + 1
    return Share(_head(root[HEAD], file), root, digest_of(data), last, links)


_LINK_ID = re.compile(r"^  - id: (\S+)$", re.MULTILINE)
_TOPIC = re.compile(r"^- id: (\S+)\n(?:(?![-\w]).*\n?)*", re.MULTILINE)
_KEPT_OF_A_TOPIC = 2
"""Lines of a topic that is not read whole: its id and its code."""


def _cut(text: str, topics: Collection[str]) -> str:
    """The text with only the first lines of all other topics; each line stays where it is.

    In a file that is laid out otherwise nothing is found to be left out.
    """
    begins = re.search(r"^categories:\n", text, re.MULTILINE)
    if begins is None:
        return text

    def cut(match: re.Match[str]) -> str:
        if match[1] in topics:
            return match[0]
        lines = match[0].split("\n")
        kept = [line for line in lines[:_KEPT_OF_A_TOPIC] if line.startswith(("- id:", "  code:"))]
        return "\n".join(kept) + "\n" * (len(lines) - len(kept))

    return text[: begins.end()] + _TOPIC.sub(cut, text[begins.end() :])


_ASK = "ask those who keep that index for the file that `linkindex share` writes"


def _not_read(problems: tuple[Problem, ...], file: str, after: int) -> str:
    if not problems:
        return f"{quoted(file)} is not a shared file"
    first = problems[0]
    return f"{quoted(file)} cannot be read: {first.what} (line {first.line - after})"


_WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml|head|body)", re.IGNORECASE)


def _refuse_others(data: bytes, file: str) -> None:
    """Name what is no shared file, as far as it can be told."""
    beginning = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _WEB_PAGE.match(beginning):
        raise UnfitError(f"{quoted(file)} is a web page, not a shared file", _ASK)
    if not beginning.startswith((b"{", b"[")):
        return
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise UnfitError(f"{quoted(file)} is not a shared file", _ASK) from None
    is_public = isinstance(value, dict) and isinstance(value.get("topics"), list)
    raise UnfitError(
        f"{quoted(file)} is what a site publishes for readers, in which sensitive topics are "
        "neutral and much is left out"
        if is_public
        else f"{quoted(file)} is not a shared file",
        _ASK,
    )


def _head(head: object, file: str) -> Head:
    written = text_of(head, "format") or ""
    if not re.fullmatch(r"[1-9][0-9]{0,3}", written):
        raise UnfitError(f"{quoted(file)} does not say which format it has", _ASK)
    if int(written) > FORMAT:
        raise UnfitError(
            f"{quoted(file)} has format {written}, which a newer LinkIndex has written",
            "upgrade LinkIndex first, or take an older version of that index",
        )
    version = text_of(head, "version")
    if not version:
        raise UnfitError(f"{quoted(file)} does not say which version it is", _ASK)
    return Head(
        int(written),
        text_of(head, "name") or "",
        text_of(head, "organisation") or "",
        text_of(head, "site_url") or "",
        version,
        text_of(head, "language") or "en",
    )
