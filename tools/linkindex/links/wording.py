"""How what a check found is said to people. Pure.

Everything else in the program passes values on; the words are made here, last.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from linkindex.links.causes import (
    DAYS_TO_BREAK,
    Answered,
    Cause,
    Danger,
    Disturbance,
    Fault,
    MovedTo,
    NoSuchPlace,
    NotYetBroken,
    OneSign,
    OnlyOnce,
    OpenedByHand,
    OpenedOn,
    Opens,
    OutOfTheSite,
    ProgramErrors,
    SaysMovedTo,
    Told,
    TooManyUnjudged,
    Why,
)
from linkindex.links.model import LinkReport, MissingParts, Verdict
from linkindex.speaking import _, ngettext
from linkindex.wording import counted, date_in_words


def reason(cause: Cause) -> str:
    """Why a verdict is what it is, for an editor: a sentence without capital and full stop."""
    match cause:
        case Why() | Danger() | Disturbance():
            return _REASONS[cause]
        case Opens(status):
            return f"the page opens ({status})" if status else "the page opens"
        case MovedTo(address):
            return f"the page has moved for good to {address}"
        case SaysMovedTo(address):
            return f"the page says that it has moved to {address}, and no redirect leads there"
        case OneSign(kind):
            return f"{reason(kind)}, though little says so: look, and decide"
        case Answered(status):
            return _answered(status)
        case OnlyOnce(failure, otherwise):
            return f"{reason(failure)}, but only once: {reason(otherwise)}"
        case NotYetBroken(failure, days):
            return (
                f"{reason(failure)}; it has failed on {counted(days, 'day')}, and counts as "
                f"broken after {DAYS_TO_BREAK}"
            )
        case OpenedOn(day):
            return f"it opened on {date_in_words(day)}; the site refuses some checks"
        case OpenedByHand(day, by):
            return f"opened by hand on {date_in_words(day)} by {by}"
        case OutOfTheSite(site_url):
            return f"it leads out of the site, which begins at {site_url}"
        case NoSuchPlace(fragment):
            return f"the page has no place called `#{fragment}`"
        case Told(words):
            return words


_REASONS: dict[Why | Danger | Disturbance, str] = {
    Why.WANTS_LOGIN: "the site asks for a login, so open it by hand",
    Why.WANTS_A_PERSON: "the site checks whether a person is asking, so open it by hand",
    Why.NO_SUCH_HOST: "the website no longer exists (its name is not known)",
    Why.CONNECTION_REFUSED: "no website answers at this address (connection refused)",
    Why.PRIVATE_NETWORK: "it leads into a private network, where the check does not go",
    Why.NAME_NOT_LOOKED_UP: "the name of the website could not be looked up",
    Why.TOO_SLOW: "the site did not answer in time",
    Why.ASKED_TO_WAIT: "the site asks to be left alone for longer than the check can wait",
    Why.STOPPED_BY_PROXY: "the proxy of this network did not let the check through",
    Why.HUNG_UP: "the site closed the connection without an answer",
    Why.UNREACHABLE: "the site could not be reached",
    Why.UNREADABLE_ANSWER: "the site sent an answer that cannot be read",
    Why.EMPTY_PAGE: "the page is empty",
    Why.NEEDS_SCRIPTS: "the page shows nothing until its scripts run, so open it by hand",
    Why.DATA_NOT_A_PAGE: "the site sent data for programs instead of a page",
    Why.REDIRECTS_IN_A_CIRCLE: "the page redirects round in a circle",
    Why.NOT_SECURE: "a secure connection could not be made",
    Why.CERTIFICATE_EXPIRED: "the security certificate has expired, so browsers refuse to open it",
    Why.CERTIFICATE_NOT_YET_VALID: (
        "the security certificate is not valid yet, so browsers refuse to open it"
    ),
    Why.CERTIFICATE_SELF_SIGNED: (
        "the security certificate is self-signed, so browsers refuse to open it"
    ),
    Why.CERTIFICATE_OF_ANOTHER: (
        "the security certificate belongs to another site, so browsers refuse to open it"
    ),
    Why.NOT_OF_THE_WEB: "it is not a web address",
    Why.LEADS_OUT_OF_THE_WEB: "the address leads to something that is not a web page",
    Why.NOT_RECORDED: "linkchecker failed before it had an answer",
    Why.NOT_JUDGED: "the check could not make sense of the answer",
    Why.STALLED: "no answer came in time",
    Why.NOT_IN_TIME: "the check ran out of time before it got here",
    Why.NO_TIME_TO_LOOK_AGAIN: "there was no time to look again",
    Why.PART_MISSING: "it was not looked at, because a part of the check is missing",
    Why.PART_DISTURBED: (
        "it was not looked at, because a part of the check found its network broken"
    ),
    Why.NEVER_LOOKED_AT: "it has never been looked at",
    Why.NO_SUCH_FILE: "there is no such page or file in the site",
    Why.FOLDER_WITHOUT_SLASH: "it is a folder, so write a slash at the end",
    Why.CHANGED_BY_LINKCHECKER: "linkchecker would change this address, so open it by hand",
    Danger.PARKED: "the domain seems to be parked: an advertiser's or a host's page is shown",
    Danger.FOR_SALE: "the domain seems to be for sale",
    Danger.EXPIRED: "the domain or the website seems to have expired",
    Danger.GAMBLING: "a gambling site seems to be there now",
    Danger.ADULT: "a sex site seems to be there now",
    Danger.SHOP: "a shop seems to be there now",
    Danger.PHARMACY: "somebody seems to sell medicines or cures there now",
    Danger.LOANS: "somebody seems to lend money there now",
    Danger.CRYPTO: "somebody seems to promise quick money there now",
    Danger.ESSAYS: "somebody seems to sell essays or papers there now",
    Danger.ADVERTS: "a page of adverts seems to be there now",
    Danger.STREAMING: "a site of copied films or broadcasts seems to be there now",
    Danger.DEFACED: "intruders seem to have broken into the site and left their mark",
    Danger.MALWARE: "the page wants its readers to let in harmful programs",
    Danger.SCAM: "the page seems to be a fraud: it promises prizes, or asks for secrets",
    Danger.LOGIN: "a page that asks for another company's password seems to be there now",
    Danger.OTHER: "something else seems to be there now: nothing of the entry is on the page",
    Danger.DOUBTFUL: (
        "the page may sell or advertise something by now that the entry does not speak of, though "
        "it shows only one sign of it"
    ),
    Danger.CHANGED: (
        "the page was what the entry says when it was last seen, and hardly names it any more"
    ),
    Danger.UNLIKE: "nothing of the entry is on the page, so it may be about something else by now",
    Danger.MAINTENANCE: "the page says that it is being worked on, and not for how long",
    Danger.MOVED: "the page says that it has moved, though the address leads nowhere else",
    Danger.CLOSED: "the page says that what it is about has closed or come to an end",
    Danger.REPLACED: "the page says that others have taken over from whose it was",
    Danger.WITHDRAWN: "the page says that it has been withdrawn, or that it is out of date",
    Danger.NUMBER_ENDED: "the page says that a number is no longer answered",
    Danger.MISSING: "the page says that it was not found, though it answers as if it were there",
    Danger.HOME: "the address leads to the home page of the site, so the page may be gone",
    Danger.WALL: (
        "the site shows a check for robots, or a question about cookies, instead of the page"
    ),
    Disturbance.CUT_OFF: (
        "the network looks broken: most websites did not answer, so nothing that was found counts "
        "and nothing is changed; check again when the network works"
    ),
    Disturbance.SHUT_OUT: (
        "the network looks broken: websites answered but hardly any opened, so nothing that was "
        "found counts and nothing is changed; check again when the network works"
    ),
    Disturbance.CAPTIVE: (
        "the network looks broken: most websites showed one and the same page, as networks do "
        "before you sign in, so nothing that was found counts and nothing is changed; sign in and "
        "check again"
    ),
}

_STATUSES = {
    404: "the page does not exist ({})",
    410: "the page was removed for good ({})",
    401: "the site asks for a login ({}), so open it by hand",
    407: "a gateway asks for a login ({}), so open it by hand",
    451: "the site may not show the page where the check runs ({}), so open it by hand",
    **dict.fromkeys((403, 405, 406, 999), "the site refuses robots ({}), so open it by hand"),
    429: "the site is too busy to answer ({})",
}


def _answered(status: int) -> str:
    any_other = (
        "the site has a fault at the moment ({})"
        if status >= 500
        else "the site gave an unusual answer ({})"
    )
    return _STATUSES.get(status, any_other).format(status)


def fault(fault: Fault) -> str:
    """Why a check has failed, for an editor, without capital and full stop."""
    match fault:
        case ProgramErrors(looks, kinds):
            pages = "1 page" if looks == 1 else f"{looks} looks at pages"
            return (
                f"an error in this program kept it from judging {pages} ({', '.join(kinds)}), so "
                "the check has failed; please report it with the log"
            )
        case TooManyUnjudged(pages, of):
            return (
                f"{pages} of {of} pages could not be judged, so the check has failed: a danger may "
                "have been missed; check again, and report it if it happens again"
            )
        case Told(words):
            return words


def missing(parts: MissingParts) -> str:
    """Which parts are not there and what that means, for an editor, without a full stop."""
    never_came = [number for number in parts.numbers if number not in parts.disturbed]
    sentences = []
    if never_came:
        are = "are" if len(never_came) > 1 else "is"
        sentences.append(f"{_parts(never_came)} of {parts.of} {are} missing")
    if parts.disturbed:
        their = "their networks" if len(parts.disturbed) > 1 else "its network"
        sentences.append(f"{_parts(parts.disturbed)} of {parts.of} found {their} broken")
    sentence = ", and ".join(sentences)
    if not parts.links:
        return f"{sentence}, with no link to look at"
    their = "their" if len(parts.numbers) > 1 else "its"
    count = "only link was" if parts.links == 1 else f"{parts.links} links were"
    return f"{sentence}: {their} {count} not looked at"


def _parts(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return f"parts {', '.join(first)} and {last}" if first else f"part {last}"


def troubles(report: LinkReport) -> list[str]:
    """What is wrong with a check as a whole, each as a sentence."""
    troubles = [missing(report.missing)] if report.missing else []
    troubles += [reason(report.disturbance)] if report.disturbance else []
    troubles += [fault(report.fault)] if report.fault else []
    return [as_sentence(trouble) for trouble in troubles]


def as_sentence(words: str) -> str:
    """Our own words with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}."


class Name(NamedTuple):
    """What a verdict is called, and what it means."""

    name: str
    meaning: str


def for_readers() -> dict[Verdict, Name]:
    """What readers of the site are told of each verdict, in the language that is spoken."""
    failed = ngettext("it failed on {n} day", "it failed on {n} days", DAYS_TO_BREAK)
    return {
        Verdict.WORKING: Name(_("Opens"), _("the page is there")),
        Verdict.MOVED: Name(_("Moved"), _("it opens, at a new address")),
        Verdict.BROKEN: Name(_("Broken"), failed),
        Verdict.SUSPECT: Name(_("Being checked"), _("it opens, but may be something else")),
        Verdict.BLOCKED: Name(_("Refuses programs"), _("a person must open it to know")),
        Verdict.UNVERIFIED: Name(_("Not known"), _("no clear answer yet")),
    }


FOR_EDITORS = {
    Verdict.SUSPECT: Name(
        "Suspect",
        "These open, but do not show what their entry says. Look at them first, and with care: "
        "some may be in other hands by now.",
    ),
    Verdict.BROKEN: Name("Broken", "Mend or remove these: two looks agreed."),
    Verdict.MOVED: Name("Moved for good", "These still work. Write the new address instead."),
    Verdict.BLOCKED: Name(
        "Blocked by the site",
        "Open these by hand: the site refuses programs, wants a login, or shows them nothing.",
    ),
    Verdict.UNVERIFIED: Name("Unverified", "Nothing is known of these. The next check may tell."),
}
"""What editors are told of each verdict that asks something of them, worst first."""


def mark(verdict: Verdict, last_look: datetime.date | None) -> str:
    """What readers are told beside a link that fails, as a sentence; empty beside others."""
    if verdict is Verdict.BROKEN:
        if last_look is None:
            return _("Did not open when last checked.")
        return _("Did not open when last checked, on {day}.").format(day=date_in_words(last_look))
    if verdict is Verdict.SUSPECT:
        return _("May lead to another page by now.")
    return ""


def last_opened(day: datetime.date | None) -> str:
    """What readers are told beside a link that works, as a sentence."""
    if day is None:
        return _("Link checked, without a clear answer.")
    return _("Link last opened on {day}.").format(day=date_in_words(day))


def last_opened_by(name: str, day: datetime.date) -> str:
    """The same of a link that those have opened from whose index it is taken."""
    said = _("{name} last opened this link on {day}.")
    return said.format(name=name, day=date_in_words(day))
