"""The rules for addresses as data, for the script of a page that checks what somebody types.

The script (``overrides/assets/addresses.js``) holds the order in which they are asked; every table
and pattern comes from here, and one golden file is held against both.
"""

from __future__ import annotations

import re
from typing import Any

from linkindex.catalogue.addresses import (
    around,
    checking,
    closed,
    lookalikes,
    personal,
    slips,
    tracking,
    wrapped,
)
from linkindex.catalogue.problems import INVISIBLE
from linkindex.catalogue.yaml.pasted import STRANGE

NOT_PUBLIC = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15"),
    *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
)
"""Networks of IPv4 that nobody reaches from outside, or that are for groups (IANA's registry of
special-purpose addresses, RFC 6890, and RFC 5771)."""


def shared_rules() -> dict[str, Any]:
    """Everything that is known of addresses, in values that JSON can hold."""
    return {
        "longest": checking.LONGEST_ADDRESS,
        "longestRead": wrapped.LONGEST_ADDRESS,
        "longestInside": wrapped.LONGEST,
        "deepest": wrapped.DEEPEST,
        "schemes": checking.WEB_SCHEMES,
        "privateDomains": checking.PRIVATE_DOMAINS,
        "notPublic": NOT_PUBLIC,
        "pairs": around.PAIRS,
        "doubtful": around.ENDS + around.EMPHASIS + around.CLOSES,
        "emphasis": around.EMPHASIS,
        "closes": around.CLOSES,
        "passage": tracking.PASSAGE,
        "sharedEmails": personal.SHARED,
        "wrappers": [_wrapper(entry) for entry in wrapped.written_wrappers()],
        "tracking": [
            {key: rule[key] for key in ("names", "hosts", "value") if key in rule}
            for rule in tracking.written_rules()
        ],
        "closed": [_closed(entry) for entry in closed.written_places()],
        "lookalikes": lookalikes.LOOKALIKES,
        "readAs": lookalikes.READ_AS,
        "likeLatin": sorted(lookalikes.ALWAYS_LIKE_LATIN),
        "together": [sorted(scripts) for scripts in lookalikes.TOGETHER],
        "shortHost": wrapped.SHORT_HOST,
        "keepsItsOwn": sorted(wrapped.KEEPS_ITS_OWN),
        "patterns": {
            "chosenByChance": [f"^(?:{wrapped.CHOSEN_BY_CHANCE.pattern})$", ""],
            "forbidden": _pattern(checking.FORBIDDEN),
            "invisible": _pattern(INVISIBLE, "u"),
            "strange": [STRANGE, "u"],
            "before": [around.BEFORE, ""],
            "sure": [around.SURE, ""],
            "opens": [around.OPENS, ""],
            "likeAnAddress": [around.LIKE_AN_ADDRESS, "i"],
            "markdown": [around.MARKDOWN, ""],
            "inside": [around.INSIDE, "i"],
            "slippedScheme": [f"^(?:{slips.SLIPPED})$", "i"],
            "scheme": [slips.SCHEME, "i"],
            "hostBegins": [slips.HOST_BEGINS, "i"],
            "needless": [around.NEEDLESS, ""],
            "email": _pattern(personal.EMAIL),
            "personalFolder": _pattern(personal.PERSONAL_FOLDER),
            "userAndPassword": _pattern(personal.USER_AND_PASSWORD),
            "secret": _pattern(personal.SECRET),
            "perhapsBase64": _pattern(personal.PERHAPS_BASE64),
            "sessionInPath": _pattern(tracking.SESSION_IN_PATH),
        },
    }


def _closed(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key in ("hosts", "path")}


def _wrapper(entry: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in entry.items() if key != "source"}
    for key in ("path", "pattern"):
        if key in kept:
            kept[key] = _as_script(kept[key])
    return kept


def _pattern(pattern: re.Pattern[str], flags: str = "") -> list[str]:
    """A pattern as JavaScript writes it, and its flags."""
    return [_as_script(pattern.pattern), flags + ("i" if pattern.flags & re.IGNORECASE else "")]


def _as_script(source: str) -> str:
    return source.replace("(?P<", "(?<")
