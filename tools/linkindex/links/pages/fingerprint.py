"""What tells one page from another, wherever it is shown. Pure."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from linkindex.links.pages.html import PageText
from linkindex.links.pages.words import folded


def fingerprint(page: PageText, address: str) -> str:
    """The same for two pages that say the same, but for the address that was asked for.

    A network that shows its own page in the place of every site often names there what its guest
    had asked for.

    :return: 16 hexadecimal digits.
    """
    text = folded(f"{page.title} . {page.text}")
    parts = urlsplit(address)
    for named in (address, parts.netloc, parts.hostname or "", parts.path.strip("/")):
        if len(named) > 1:
            text = re.sub(rf"(?<!\w){re.escape(named.lower())}(?!\w)", " ", text)
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
