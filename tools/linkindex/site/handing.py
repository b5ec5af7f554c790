"""What goes along when a link or a topic is handed to somebody: whom it is from, and what it is.

People are told never to tap a bare link, so a message says both. Of what is neutral, it says
neither: a message stays on the phone that it was sent to.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from linkindex import wording
from linkindex.catalogue import Category, Resource
from linkindex.site.exports import Discretion
from linkindex.site.exports.public import PublicLink, PublicTopic
from linkindex.speaking import _

Messages = Callable[[Category | Resource, bool], str]


def messages(organisation: str, discretion: Discretion) -> Messages:
    """The message for each link and topic of an index, as :func:`message` has it.

    Its second value says whether whoever gets it may not be safe.
    """

    def of(handed: Category | Resource, careful: bool = False) -> str:
        public, careful = _public(handed, discretion, careful)
        return message(organisation, public, careful=careful)

    return of


def names(discretion: Discretion) -> Messages:
    """What the message for each link and topic says that it is; nothing where that is kept quiet.

    The rest of a message, whom it is from and the address, is the same all over a page.
    """

    def of(handed: Category | Resource, careful: bool = False) -> str:
        public, careful = _public(handed, discretion, careful)
        return _name(public, careful=careful)

    return of


def message(organisation: str, handed: PublicLink | PublicTopic, *, careful: bool = False) -> str:
    """The words that are offered to be sent, ending in the address.

    :param organisation: who keeps the index.
    :param careful: whether the phone that it is sent to may not be safe.
    """
    address = handed.scan_page if isinstance(handed, PublicTopic) else handed.page
    what = _name(handed, careful=careful)
    if not what:
        return address
    # TRANSLATORS: A message that is sent with a link: whom it is from, what it is, and its address.
    return _("From {organisation}: {what}: {address}").format(
        organisation=organisation, what=what, address=address
    )


def _public(
    handed: Category | Resource, discretion: Discretion, careful: bool
) -> tuple[PublicLink | PublicTopic, bool]:
    """What may be said of it, and whether whoever gets it may not be safe."""
    if isinstance(handed, Resource):
        return discretion.link(handed), careful
    return discretion.topic(handed), careful or bool(discretion.telling.tells(handed.title))


def _name(handed: PublicLink | PublicTopic, *, careful: bool) -> str:
    if careful or handed.neutral:
        return ""
    return _topic(handed) if isinstance(handed, PublicTopic) else _link(handed)


def _topic(topic: PublicTopic) -> str:
    """``ACEs (Adverse childhood experiences), a page of good links``."""
    full = topic.full_title
    if full is None or _words(full) <= _words(topic.title):
        name = topic.title
    elif _words(topic.title) <= _words(full):
        name = full
    else:
        name = f"{topic.title} ({full})"
    return _("{topic}, a page of good links").format(topic=name)


def _link(link: PublicLink) -> str:
    """``Calm Harm, app by stem4``."""
    kind = wording.FORMATS[link.format].lower() if link.format else _("link")
    publisher = link.publisher or ""
    if _words(publisher) <= _words(link.title):
        return _("{title}, {kind}").format(title=link.title, kind=kind)
    return _("{title}, {kind} by {publisher}").format(
        title=link.title, kind=kind, publisher=publisher
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
