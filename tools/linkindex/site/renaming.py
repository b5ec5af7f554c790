"""Short names in place of those that a script gives to what is its own.

Sources name things for whoever reads them; a browser need not fetch these names. What a script
takes from elsewhere, names of properties, and texts stay as they are. Names that nowhere hold
together may have the same letter: a text of few letters is compressed to less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from string import ascii_letters

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<number>\.?\d[\w.]*)
    |(?P<sign>\.\.\.|\?\.|=>|[=!<>]=+|.)""",
    re.VERBOSE | re.DOTALL,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_TEMPLATE = re.compile(r"(?:\\.|[^`\\$]|\$(?!\{))*(?:`|\$\{)", re.DOTALL)

_KEYWORDS = frozenset(
    (
        *("as", "async", "await", "break", "case", "catch", "class", "const", "continue"),
        *("default", "delete", "do", "else", "export", "extends", "false", "finally", "for"),
        *("from", "function", "get", "if", "import", "in", "instanceof", "let", "new", "null"),
        *("of", "return", "set", "static", "super", "switch", "this", "throw", "true", "try"),
        *("typeof", "undefined", "var", "void", "while", "with", "yield"),
    )
)
_BEFORE_VALUE = frozenset(
    (
        *("await", "case", "delete", "do", "else", "in", "of", "return", "throw", "typeof", "void"),
        "yield",
    )
)
_OPEN, _CLOSE = ("{", "[", "("), ("}", "]", ")")

_DECLARE = ("const", "let")

_Scope = tuple[int, int]
"""The places of the first and the last token between which a name holds, or more."""

SHORT = 2
"""A name of so few letters stays."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    inside: int
    """The place of the bracket that it stands in; -1: in none."""
    closes: int
    """The place of the bracket that it closes; -1: none."""


def short_names(script: str) -> str:
    """A script that does the same, with letters for the names that it declares.

    :param script: a script that keeps its names to itself, with one name in each declaration, or a
        pattern.
    """
    tokens = _tokens(script)
    scopes: dict[str, list[_Scope]] = {}
    for name, scope in _declared(tokens):
        if len(name) > SHORT and name not in _KEYWORDS:
            scopes.setdefault(name, []).append(scope)
    places: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        if token.kind == "name" and token.text in scopes and not _is_property(tokens, at):
            places.setdefault(token.text, []).append(at)
    for name, used in places.items():
        if not all(any(begin <= at <= end for begin, end in scopes[name]) for at in used):
            del scopes[name]  # somewhere, it is one from elsewhere
    taken = {token.text for token in tokens if token.kind == "name"}
    short: dict[str, str] = {}
    held: dict[str, list[_Scope]] = {}
    # Of names that are used alike, the first one has the shorter letters.
    for name in sorted(scopes, key=lambda name: -len(places.get(name, ()))):
        for letters in _letters():
            others = held.setdefault(letters, [])
            if letters not in taken and letters not in _KEYWORDS and _is_free(scopes[name], others):
                short[name] = letters
                others += scopes[name]
                break
    written = []
    for at, token in enumerate(tokens):
        if token.kind != "name" or token.text not in short or _is_property(tokens, at):
            written.append(token.text)
        elif _is_both(tokens, at):
            written.append(f"{token.text}:{short[token.text]}")
        else:
            written.append(short[token.text])
    return "".join(written)


def joined_declarations(script: str) -> str:
    """A script in which what is declared one after the other is declared by one word."""
    tokens = _tokens(script)
    written = [token.text for token in tokens]
    begun: dict[int, str] = {}  # by the bracket in which it stands: the word that declares there
    for at, token in enumerate(tokens):
        if token.text in _DECLARE and (token.inside < 0 or tokens[token.inside].text == "{"):
            begun[token.inside] = token.text
        elif token.text == ";" or "\n" in token.text:
            word = begun.pop(token.inside, "")
            if word and [next_.text for next_ in tokens[at + 1 : at + 3]] == [word, " "]:
                written[at : at + 3] = [",", "", ""]
    return "".join(written)


def _is_free(scopes: Sequence[_Scope], held: Sequence[_Scope]) -> bool:
    return all(
        end < other_begin or other_end < begin
        for begin, end in scopes
        for other_begin, other_end in held
    )


def _letters() -> Iterator[str]:
    for length in count(1):
        yield from map("".join, product(ascii_letters, repeat=length))


def _tokens(script: str) -> list[_Token]:
    tokens: list[_Token] = []
    openers: list[int] = []
    at = 0
    while at < len(script):
        if script[at] == "`":
            kind, end = "text", _end_of_template(script, at + 1)
        elif script[at] == "}" and openers and tokens[openers[-1]].text.endswith("${"):
            openers.pop()
            kind, end = "text", _end_of_template(script, at + 1)
        elif script[at] == "/" and _value_may_follow(tokens):
            kind, end = "text", _end(_PATTERN, script, at)
        else:
            found = _TOKEN.match(script, at)
            if found is None or found.lastgroup is None:
                raise ValueError(f"not a script: {script[at : at + 20]}")
            kind, end = found.lastgroup, found.end()
        text = script[at:end]
        closes = openers.pop() if text in _CLOSE else -1
        tokens.append(_Token(kind, text, openers[-1] if openers else -1, closes))
        if text in _OPEN or (kind == "text" and text.endswith("${")):
            openers.append(len(tokens) - 1)
        at = end
    return tokens


def _end_of_template(script: str, at: int) -> int:
    return _end(_TEMPLATE, script, at)


def _end(pattern: re.Pattern[str], script: str, at: int) -> int:
    found = pattern.match(script, at)
    if found is None:
        raise ValueError(f"not a script: {script[at : at + 20]}")
    return found.end()


def _value_may_follow(tokens: Sequence[_Token]) -> bool:
    """Whether a stroke begins a pattern: it divides nothing."""
    last = next((token for token in reversed(tokens) if token.kind != "space"), None)
    if last is None or last.text in _BEFORE_VALUE:
        return True
    return (last.kind == "sign" and last.text not in _CLOSE) or last.text.endswith("${")


def _beside(tokens: Sequence[_Token], at: int, step: int) -> int:
    """The place of the next token, or the last one, that is no space; -1: there is none."""
    at += step
    while 0 <= at < len(tokens):
        if tokens[at].kind != "space":
            return at
        at += step
    return -1


def _text(tokens: Sequence[_Token], at: int, step: int) -> str:
    beside = _beside(tokens, at, step)
    return tokens[beside].text if beside >= 0 else ""


def _declared(tokens: Sequence[_Token]) -> Iterator[tuple[str, _Scope]]:
    """Each name that is declared, with where it holds."""
    ends = {token.closes: at for at, token in enumerate(tokens) if token.closes >= 0}
    whole = len(tokens) - 1
    for at, token in enumerate(tokens):
        if token.text in _DECLARE or (token.text == "catch" and _text(tokens, at, 1) == "("):
            block = token.inside
            while block >= 0 and tokens[block].text != "{":
                block = tokens[block].inside
            scope = (block, ends.get(block, whole))
            yield from ((name, scope) for name in _targets(tokens, _beside(tokens, at, 1)))
        elif token.text == "=>":
            before = _beside(tokens, at, -1)
            begin = before if tokens[before].closes < 0 else tokens[before].closes
            body = _beside(tokens, at, 1)
            end = ends.get(body, whole) if tokens[body].text == "{" else _end_of(tokens, at)
            yield from ((name, (begin, end)) for name in _targets(tokens, begin))


def _end_of(tokens: Sequence[_Token], at: int) -> int:
    """Where what is said at a place ends: at a comma, a semicolon, or with what is around it."""
    inside = tokens[at].inside
    for place in range(at + 1, len(tokens)):
        token = tokens[place]
        if token.inside < inside or (token.inside == inside and token.text in (",", ";")):
            return place
    return len(tokens) - 1


def _targets(tokens: Sequence[_Token], at: int) -> Iterator[str]:
    """The names that a name or a pattern declares, but for those in what stands in for them."""
    if tokens[at].kind == "name":
        yield tokens[at].text
        return
    instead = -1  # the bracket in which a value stands that stands in for what is not there
    for place in range(at + 1, len(tokens)):
        token = tokens[place]
        if token.closes == at:
            return
        if instead >= 0:
            if token.closes == instead or (token.inside == instead and token.text == ","):
                instead = -1
        elif token.text == "=":
            instead = token.inside
        elif token.kind == "name" and not _is_property(tokens, place):
            yield token.text


def _is_property(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a name is one of a property: after a point, before a colon, or of a method."""
    if _text(tokens, at, -1) in (".", "?."):
        return True
    return _text(tokens, at, 1) in (":", "(") and _is_in_object(tokens, at)


def _is_both(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a name is one of a property and of what is declared: ``{ name }``."""
    return _text(tokens, at, 1) in (",", "}", "=") and _is_in_object(tokens, at)


def _is_in_object(tokens: Sequence[_Token], at: int) -> bool:
    """Whether it begins a member of an object, or of a pattern for one."""
    opener = tokens[at].inside
    if opener < 0 or tokens[opener].text != "{" or _text(tokens, at, -1) not in ("{", ","):
        return False
    before = _text(tokens, opener, -1)
    return before in ("const", "let", "return", "of") or before in tuple("(,=:[?&|")
