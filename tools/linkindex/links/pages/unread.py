"""Whether a page opened and shows nothing that anybody could judge. Pure.

What was not read is not known to work. A page that shows nothing, or nothing without its scripts,
or only asks who is there, says nothing of what its reader will find.
"""

from __future__ import annotations

import re

from linkindex.links.causes import Why
from linkindex.links.pages.html import PageText
from linkindex.links.pages.identity import Identity
from linkindex.links.pages.words import share, words

MOST_WITHOUT_SCRIPTS = 6
"""Words that a page may show in the place of what its scripts will show: "Loading, please wait"."""

_IT_ASKS_FOR_SCRIPTS = re.compile(
    r"\b(enable|requires?|needs?|turn on|activate|allow)\b.{0,40}\bjava ?script\b"
    r"|\bjava ?script\b.{0,60}\b(enabled|disabled|required|turned o(n|ff)|switched o(n|ff))\b",
    re.IGNORECASE,
)
_MOST_ASKING_FOR_SCRIPTS = 40

_MOST_OF_A_LOGIN = 60
"""Words of a page that says nothing besides."""

_LOGIN_WORDS = (
    r"(?:(please |you (must|need to) )?(sign|log)[ -]?(in|on)( here| now| again)?"
    r"( (to|with|into|using|for) .{1,60})?"
    r"|(user|member|members'?|staff|client|customer|account|secure|single)"
    r" (login|log[ -]?in|sign[ -]?(in|on))"
    r"|login( page| required| here)?|sign[ -]?in required|authentication( required)?"
    r"|mewngofnodi|logáil isteach|log a-steach|anmelden|anmeldung|connexion|se connecter"
    r"|iniciar sesión|acceder|accedi|zaloguj się|logowanie|autentificare|entrar|inloggen)"
)
_LOGIN = re.compile(_LOGIN_WORDS, re.IGNORECASE)
"""What a page is headed that lets people in, in whole: a page about signing in says more."""

_OF_A_LOGIN = re.compile(rf"\b{_LOGIN_WORDS}\b", re.IGNORECASE)

_PARTS_OF_A_TITLE = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb:-]\s+|\s*[|\u00bb]\s*|:\s+")
_NAMED = 0.5
"""Share of an entry's title by which a heading or a title is that of its page."""


def unread(page: PageText, identity: Identity | None) -> Why | None:
    """Why a page that opened is not known to show anything, or ``None``.

    :param identity: what the index says of the link; an entry that is itself about signing in may
        lead to a login.
    """
    shown = len(re.findall(r"[^\W\d_]+", page.text))
    if page.scripts and (shown <= MOST_WITHOUT_SCRIPTS or _asks_for_scripts(page, shown)):
        return Why.NEEDS_SCRIPTS
    if not shown:
        return Why.EMPTY_PAGE
    if _is_headed_as_a_login(page, shown, identity) or _is_kept_to_members(page):
        return Why.WANTS_LOGIN
    return None


def _asks_for_scripts(page: PageText, shown: int) -> bool:
    if shown > _MOST_ASKING_FOR_SCRIPTS:
        return False
    return _IT_ASKS_FOR_SCRIPTS.search(page.text) is not None


def _is_kept_to_members(page: PageText) -> bool:
    """Whether a page under the title of its entry says only that one must sign in to read it."""
    if not page.password_asked or sum(len(block.split()) for block in page.main) > _LONGEST_GATE:
        return False
    return _GATE.search(" ".join(page.main)) is not None


_LONGEST_GATE = 90
"""Words of a page that keeps the rest to its members, with what it says of that."""

_GATE = re.compile(
    r"\b(sign|log)(ging)?[ -]?(in|on)( here| now| below| first)? to"
    r" (read|carry|continue|view|see|access|open|download|watch|start|go|get|reach)\b"
    r"|\b(is|are) (only )?(for|open to|available to)( \w+){0,3}"
    r" (members|subscribers|member (authorities|organisations))\b|\bmembers?'? (area|only)\b"
    r"|\byou (need|must|have) to (be (signed|logged) in|(sign|log) in)\b",
    re.IGNORECASE,
)


def _is_headed_as_a_login(page: PageText, shown: int, identity: Identity | None) -> bool:
    """Whether the page calls itself a login, and its entry speaks of none.

    A box for signing in may stand first on any page: then another heading names the entry, or the
    page is long and its title does.
    """
    if identity and _OF_A_LOGIN.search(f"{identity.title} {identity.about}"):
        return False
    others = [heading for heading in page.headings if not _is_a_login(heading)]
    if identity and any(_names(heading, identity) for heading in others):
        return False
    if any(_is_a_login(part) for part in _PARTS_OF_A_TITLE.split(page.title)):
        return True
    if not page.headings or not _is_a_login(page.headings[0]):
        return False
    if shown <= _MOST_OF_A_LOGIN:
        return True
    is_titled = identity is not None and _names(page.title, identity)
    return not is_titled and (page.password_asked or not others)


def _is_a_login(heading: str) -> bool:
    return _LOGIN.fullmatch(heading.strip(" .!")) is not None


def _names(text: str, identity: Identity) -> bool:
    return share(words(identity.title), words(text)) >= _NAMED
