"""Signs that a text, a program or a hand put around an address, and the address without them. Pure.

A guillemet, a bracket or a space that is not seen comes along when an address is copied out of a
sentence. ``overrides/assets/addresses.js`` does the same with the same signs.
"""

from __future__ import annotations

import re

UNSEEN = r"\s\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
"""Spaces, and signs that are not seen at all, as the inside of a class of a pattern."""

FOREIGN = (
    r"\u00ab\u00b4\u00bb\u0f3a-\u0f3d\u169b\u169c\u2018-\u201f\u2039\u203a\u2045\u2046\u207d\u207e"
    r"\u208d\u208e\u2308-\u230b\u2329\u232a\u2768-\u2775\u27c5\u27c6\u27e6-\u27ef\u2983-\u2998"
    r"\u29d8-\u29db\u29fc\u29fd\u2e00-\u2e5d\u3008-\u3011\u3014-\u301f\ufd3e\ufd3f\ufe17\ufe18"
    r"\ufe35-\ufe44\ufe47\ufe48\ufe59-\ufe5e\uff02\uff07-\uff09\uff1c\uff1e\uff3b\uff3d\uff40\uff5b"
    r"\uff5d\uff5f\uff60\uff62\uff63"
)
"""Quotation marks and brackets of all scripts beyond ASCII (categories Pi, Pf, Ps and Pe), and the
accents that are typed for them."""

NEVER = '"<>{}|`'
"""Signs of ASCII that stand in no address (RFC 3986)."""

PAIRS = "()[]{}<>«»‹›“”‘’「」『』【】《》〈〉（）［］"
"""Brackets and marks, each behind the one that opens it: what an address opens, as in ``/A_(b)``,
it closes, too."""

ENDS = ".,;:!。、،؛।"
"""Signs that end a sentence, or a part of one."""

EMPHASIS = "*_~"
"""Signs that a text in plain letters has on both sides of what it stresses."""

CLOSES = "')]"
"""Signs that may be the end of an address, and may close what was opened before it."""

BEFORE = rf"^[{UNSEEN}{FOREIGN}{NEVER}'()\[\]*_~=•·‣◦‐-―→-]+"
"""What is no part of the address behind it: signs around it, and the dot or dash of a list."""

SURE = rf"[{UNSEEN}{FOREIGN}{NEVER}]"
"""What is no part of an address that does not hold its fellow."""

OPENS = rf"[{FOREIGN}{NEVER}'(\[]"
"""What has its fellow at the end, of whichever kind: people mix them."""

LIKE_AN_ADDRESS = (
    r"^(?:[a-z]{2,8}[:;.,-]*[/\\]|(?:https?|mailto|tel|sms):|//|[^\s/:@.]+(?:\.[^\s/:@.]+)+)"
)
MARKDOWN = rf"^[{UNSEEN}]*\[[^\]]*\]\((\S+?)\)?[{UNSEEN}{ENDS}]*$"
INSIDE = r"https?(?::|%3A)(?:/|%2F){2}[^\s<>\"]+"
NEEDLESS = r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
"""Unseen signs that mean nothing in any script; those that join and part letters do."""

_BEFORE = re.compile(BEFORE)
_SURE = re.compile(SURE)
_OPENS = re.compile(OPENS)
_LIKE_AN_ADDRESS = re.compile(LIKE_AN_ADDRESS, re.IGNORECASE)
_MARKDOWN = re.compile(MARKDOWN)
_INSIDE = re.compile(INSIDE, re.IGNORECASE)
_NEEDLESS = re.compile(NEEDLESS)


def bare(text: str) -> str:
    """The address alone, without what surely stands around it; the text itself if it is none.

    Of ``https://example.org/a.`` the dot stays, since some addresses end with one.
    """
    link = _MARKDOWN.match(text)
    text_or_link = link[1] if link else text
    before = _BEFORE.match(text_or_link)
    signs = before[0] if before else ""
    rest = text_or_link[len(signs) :]
    return without_tail(rest, signs) if _LIKE_AN_ADDRESS.match(rest) else text


def inside(text: str) -> str | None:
    """The address that stands in a text behind something else, without what is around it."""
    found = _INSIDE.search(text, 1)
    return without_tail(found[0], text[: found.start()]) if found else None


def without_tail(address: str, before: str = "") -> str:
    """The address without the signs at its end that are none of it, by what stands before it."""
    begin = len(address)
    while begin and _may_be_around(address[:begin]):
        begin -= 1
    opened = _OPENS.search(before) is not None
    for place in range(begin, len(address)):
        sign = address[place]
        stressed = sign in EMPHASIS and sign in before
        if _SURE.match(sign) or stressed or (opened and sign in CLOSES):
            return address[:place]
    return address


def without_ends(address: str) -> str:
    """The address without the signs at its end that few addresses end with."""
    end = len(address)
    while end and address[end - 1] in ENDS + CLOSES and _may_be_around(address[:end]):
        end -= 1
    return address[:end]


def without_unseen(address: str) -> str:
    """The address without the unseen signs that mean nothing."""
    return _NEEDLESS.sub("", address)


def _may_be_around(address: str) -> bool:
    """Whether the last sign of an address may be from around it: it closes nothing of it."""
    last = address[-1]
    place = PAIRS.find(last)
    if place > 0 and place % 2 == 1:
        return address.count(last) > address.count(PAIRS[place - 1])
    if last in "'\"":
        return address.count(last) % 2 == 1
    return last in ENDS or last in EMPHASIS or last in CLOSES or _SURE.match(last) is not None
