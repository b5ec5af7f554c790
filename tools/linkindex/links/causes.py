"""Why a verdict is what it is, as values with their evidence. Pure.

What is said of each to people is made of it last, in :mod:`linkindex.links.wording`. A
:data:`Cause` is one of the names in :class:`Why`, a :class:`Danger`, a :class:`Disturbance`, or one
of the small classes here, which hold what else there is to know.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

DAYS_TO_BREAK = 3
"""Different days on which a link must fail, without opening once between them, to be broken."""


class Why(StrEnum):
    """A cause that needs no more evidence than its name, which programs may rely on."""

    WANTS_LOGIN = "wants-login"
    WANTS_A_PERSON = "wants-a-person"
    NO_SUCH_HOST = "no-such-host"
    CONNECTION_REFUSED = "connection-refused"
    PRIVATE_NETWORK = "private-network"
    NAME_NOT_LOOKED_UP = "name-not-looked-up"
    TOO_SLOW = "too-slow"
    ASKED_TO_WAIT = "asked-to-wait"
    STOPPED_BY_PROXY = "stopped-by-proxy"
    HUNG_UP = "hung-up"
    UNREACHABLE = "unreachable"
    UNREADABLE_ANSWER = "unreadable-answer"
    EMPTY_PAGE = "empty-page"
    NEEDS_SCRIPTS = "needs-scripts"
    DATA_NOT_A_PAGE = "data-not-a-page"
    REDIRECTS_IN_A_CIRCLE = "redirects-in-a-circle"
    NOT_SECURE = "not-secure"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_NOT_YET_VALID = "certificate-not-yet-valid"
    CERTIFICATE_SELF_SIGNED = "certificate-self-signed"
    CERTIFICATE_OF_ANOTHER = "certificate-of-another"
    NOT_OF_THE_WEB = "not-of-the-web"
    LEADS_OUT_OF_THE_WEB = "leads-out-of-the-web"

    NOT_RECORDED = "not-recorded"
    NOT_JUDGED = "not-judged"
    STALLED = "stalled"
    NOT_IN_TIME = "not-in-time"
    NO_TIME_TO_LOOK_AGAIN = "no-time-to-look-again"
    PART_MISSING = "part-missing"
    PART_DISTURBED = "part-disturbed"
    NEVER_LOOKED_AT = "never-looked-at"

    NO_SUCH_FILE = "no-such-file"
    FOLDER_WITHOUT_SLASH = "folder-without-slash"
    CHANGED_BY_LINKCHECKER = "changed-by-linkchecker"


class Danger(StrEnum):
    """What a page turned out to be that is not what its entry says."""

    PARKED = "parked"
    FOR_SALE = "for-sale"
    EXPIRED = "expired"
    GAMBLING = "gambling"
    ADULT = "adult"
    SHOP = "shop"
    LOGIN = "login"
    OTHER = "other"
    MISSING = "missing"
    HOME = "home"
    WALL = "wall"

    @property
    def is_harmful(self) -> bool:
        """Whether a family must not be sent there, so that the link goes out of reach at once."""
        return self not in (Danger.MISSING, Danger.HOME, Danger.WALL)


class Disturbance(StrEnum):
    """How the network of a check looked broken, so that nothing that was found counts."""

    CUT_OFF = "cut-off"
    """Most websites did not answer."""
    SHUT_OUT = "shut-out"
    """Websites answered, and did not open, as behind a proxy that is out of order."""
    CAPTIVE = "captive"
    """Most websites showed one and the same page."""


@dataclass(frozen=True)
class Opens:
    """The page was there; ``status`` is ``None`` where an old line of the history has none."""

    status: int | None


@dataclass(frozen=True)
class MovedTo:
    """Every redirect to ``address`` was permanent."""

    address: str


@dataclass(frozen=True)
class Answered:
    """The site answered with an HTTP ``status`` and no page."""

    status: int


@dataclass(frozen=True)
class OnlyOnce:
    """A failure that no other look confirmed, and what kept one from it."""

    failure: Cause
    otherwise: Cause


@dataclass(frozen=True)
class NotYetBroken:
    """A failure on fewer ``days`` than :data:`DAYS_TO_BREAK`."""

    failure: Cause
    days: int


@dataclass(frozen=True)
class OpenedOn:
    """A look got through on a ``day``, to a site that refuses others."""

    day: datetime.date


@dataclass(frozen=True)
class OpenedByHand:
    """An editor opened the link on a ``day``. ``by`` is a role."""

    day: datetime.date
    by: str


@dataclass(frozen=True)
class OutOfTheSite:
    """A relative link leads out of the site, which begins at ``site_url``."""

    site_url: str


@dataclass(frozen=True)
class NoSuchPlace:
    """The page is there and has no place of this name (``fragment``)."""

    fragment: str


@dataclass(frozen=True)
class Told:
    """What an earlier check said, of which a file keeps only the words."""

    words: str


Cause = (
    Why
    | Danger
    | Disturbance
    | Opens
    | MovedTo
    | Answered
    | OnlyOnce
    | NotYetBroken
    | OpenedOn
    | OpenedByHand
    | OutOfTheSite
    | NoSuchPlace
    | Told
)


@dataclass(frozen=True)
class ProgramErrors:
    """Errors of this program kept it from judging so many ``looks``; ``kinds`` name them."""

    looks: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class TooManyUnjudged:
    """So many ``pages`` ``of`` all could not be judged."""

    pages: int
    of: int


Fault = ProgramErrors | TooManyUnjudged | Told
"""Why a check has failed though its network worked: a danger may have been missed."""
