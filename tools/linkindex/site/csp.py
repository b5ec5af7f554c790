"""Content security policies: what a page may load and run, as a ``<meta>`` of the page itself.

Static hosts such as GitHub Pages send no headers of one's own.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re

MATERIAL_PAGE = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; form-action 'none'; base-uri 'none'"
)
"""For pages of the theme, whose search runs in a worker of the site and whose elements carry
inline styles."""

SCAN_PAGE = (
    "default-src 'none'; script-src{scripts}; style-src 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'none'; base-uri 'none'"
)
"""For scan pages, which load nothing but the code that a reader asks to see."""

LIST_PAGE = f"{SCAN_PAGE}; connect-src 'self'"
"""For what the code of a list opens, which fetches what all lists are shown from."""

WAY_ON = "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'"
"""For pages that only lead on to another: what is not named, such as a script, is not allowed."""

EVERY_ANSWER = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the header of a server that can send one. A browser obeys it beside the policy of a page,
which stays the stricter one for scripts; what has no policy of its own, such as a file that a host
asked for, loads nothing from elsewhere either, and nothing can be shown in a frame of another site,
which a page cannot forbid by itself."""

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.I)
_DATA_BLOCK = re.compile(r"type=[\"']?application/", re.I)
_HEAD = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.I)


def with_policy(page: str, policy: str) -> str:
    """The page with the policy as the first thing after its character set.

    Each inline script is allowed by the hash of its text, so that nothing else can run.

    :raises ValueError: for a page that does not declare its character set.
    """
    hashes = sorted({_hash(match["body"]) for match in _SCRIPT.finditer(page) if _is_inline(match)})
    scripts = "".join(f" '{value}'" for value in hashes)
    content = policy.format(scripts=scripts).replace("; ", ";")
    meta = f'<meta http-equiv=Content-Security-Policy content="{content}">'
    policed, count = _HEAD.subn(lambda match: f"{match.group()}{meta}", page, count=1)
    if count == 0:
        raise ValueError("the page has no <meta charset=utf-8>")
    return policed


def declares_characters(head: str) -> bool:
    """Whether a page says which character set it is in, as every page of a theme does."""
    return _HEAD.search(head) is not None


def _is_inline(script: re.Match[str]) -> bool:
    attributes = script["attributes"]
    # Attributes may be long; letters alone are found in them ten times as fast as a pattern is.
    is_data = "application/" in attributes.lower() and _DATA_BLOCK.search(attributes)
    return "src=" not in attributes and not is_data


@functools.lru_cache(maxsize=64)
def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
