"""What a hand makes of the beginning of an address, and what it meant. Pure.

``overrides/assets/addresses.js`` does the same by the same patterns.
"""

from __future__ import annotations

import re

SLIPPED = r"(?=[hps]*[tx])[htpsx]{2,8}"
"""``http`` or ``https`` however it came out: letters lost, doubled or in another order."""

SCHEME = rf"^(?:{SLIPPED}(?:\s*[:;.,_-]*\s*[/\\]+|\s*[:;]+|[.,](?=www[.,]))\s*|[:;.,]*[/\\]+\s*)+"
"""The same with what came out for ``://``, perhaps more than once, or only its strokes."""

HOST_BEGINS = r"^(?!www\.(?!w{2,}[.,]))\.*(?:w{3,}[.,:;/]+|ww[.,]+)+(?=[^/?#]+[.,])"
"""``www.`` however it came out, where a host follows that is whole without it."""

HOST = r"^[^/?#]*"
WHOLE = r"^https?://(?=[^\s/\\])"

_SCHEME = re.compile(SCHEME, re.IGNORECASE)
_HOST_BEGINS = re.compile(HOST_BEGINS, re.IGNORECASE)
_HOST = re.compile(HOST)
_WHOLE = re.compile(WHOLE, re.IGNORECASE)
_SLIPPED = re.compile(SLIPPED, re.IGNORECASE)


def mended(address: str) -> str:
    """The address that is meant, with its scheme; as it is written where nothing slipped.

    >>> mended("http//wwww.nhs,uk/a")
    'https://www.nhs.uk/a'
    """
    whole = _WHOLE.match(address)
    scheme = whole[0] if whole else "https://"
    rest = address[whole.end() :] if whole else address
    slip = _SCHEME.match(rest)
    if slip is None:
        return scheme + _with_its_host_mended(rest)
    rest = rest[slip.end() :]
    return "https://" + _with_its_host_mended(rest.replace("\\", "/") if "\\" in slip[0] else rest)


def is_slipped_scheme(scheme: str) -> bool:
    """Whether somebody meant ``http`` or ``https``."""
    return _SLIPPED.fullmatch(scheme) is not None


def _with_its_host_mended(rest: str) -> str:
    rest = _HOST_BEGINS.sub("www.", rest)
    return _HOST.sub(lambda host: re.sub(r"[.,]+", ".", host[0]).lstrip("."), rest, count=1)
