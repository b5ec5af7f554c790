"""Putting the new address of a link that has moved for good in the place of the old one. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from linkindex.catalogue import Catalogue, LinkIndexError, addresses
from linkindex.links.model import LinkReport, Outcome, Verdict
from linkindex.links.pages.hosts import is_home, names_a_page, registrable
from linkindex.upkeep.links import with_address
from linkindex.upkeep.taken import refusal as refusal_of


@dataclass(frozen=True)
class Fix:
    """What was done about one moved link: its new address, or why it was left as it is."""

    outcome: Outcome
    address: str = ""
    refusal: str = ""


def fixed(text: str, report: LinkReport, catalogue: Catalogue) -> tuple[str, list[Fix]]:
    """The text of the catalogue with the addresses of moved links, and what was done about each.

    An address is only taken over when the page there was read and is what the entry says.
    """
    known = {
        addresses.same_page_key(address): resource.id for resource, address in catalogue.every_page
    }
    ids = {resource.id for resource in catalogue.current_resources}
    files = {catalogue.at(resource.address_line).file for resource in catalogue.current_resources}
    written = {address for _, address in catalogue.every_page}
    fixes: list[Fix] = []
    for outcome in report.having(Verdict.MOVED):
        if outcome.link.owner_id not in ids or outcome.link.file not in files:
            continue
        address = _with_fragment(outcome.final_address or "", outcome.link.address)
        refusal = _taken(catalogue, outcome) or _refusal(outcome, address, known)
        if not refusal:
            try:
                old = outcome.link.address if outcome.link.address in written else None
                text = with_address(text, outcome.link.owner_id, address, catalogue.file, old)
                known[addresses.same_page_key(address)] = outcome.link.owner_id
            except LinkIndexError as error:
                refusal = str(error)
        fixes.append(Fix(outcome, "" if refusal else address, refusal))
    return text, fixes


def _taken(catalogue: Catalogue, outcome: Outcome) -> str:
    """Why an address cannot be mended here; empty if it can."""
    resource = catalogue.resource(outcome.link.owner_id)
    return str(refusal_of(catalogue, resource)) if catalogue.source_of(resource) else ""


def _with_fragment(address: str, before: str) -> str:
    fragment = urlsplit(before).fragment
    return f"{address}#{fragment}" if fragment and "#" not in address else address


def _refusal(outcome: Outcome, address: str, known: dict[str, str]) -> str:
    """Why an address is not taken over; empty if it is."""
    try:
        addresses.check(address)
    except addresses.AddressError as error:
        return str(error)
    owner = known.get(addresses.same_page_key(address))
    if owner is not None and owner != outcome.link.owner_id:
        return f"`{owner}` already leads there; retire one of the two"
    if outcome.link.address.startswith("https:") and not address.startswith("https:"):
        return "the new address is not encrypted"
    if refusal := _of_another_kind(outcome.link.address, address):
        return refusal
    if not outcome.fits:
        return "the page there does not plainly say what the entry says; open it and decide"
    return ""


def _of_another_kind(before: str, after: str) -> str:
    """Why an address is not one to write down for good; empty if it is."""
    old, new = urlsplit(before), urlsplit(after)
    if registrable(before) != registrable(after):
        return (
            f"the new address belongs to {registrable(after)}, not to {registrable(before)}; open "
            "it, and write it yourself if it is right"
        )
    was_page = not is_home(old.path) or names_a_page(old.query)
    if was_page and is_home(new.path) and not names_a_page(new.query):
        return "the new address is the front page of the site, not the page that was there"
    if _LOGIN.search(f"{new.hostname}{new.path}") and not _LOGIN.search(
        f"{old.hostname}{old.path}"
    ):
        return "the new address asks for a login"
    if _OF_ONE_VISIT.search(f"{new.path}?{new.query}"):
        return "the new address is good for one visit: it holds a session or a signature"
    if advice := addresses.advice(after):
        return f"{advice.what}; {advice.remedy}"
    return ""


_LOGIN = re.compile(
    r"(?:^|[/.])(?:wp-)?(?:log[-_]?[io]n|log-?out|sign[-_]?in|signon|sso|saml2?|oauth2?|openid"
    r"|auth|authori[sz]e|authenticate|idp)(?:[/.]|$)",
    re.IGNORECASE,
)
"""What the host or the path of a login holds as a part of its own."""

_OF_ONE_VISIT = re.compile(
    r"[;?&](?:\w{0,8}sess(?:ion)?_?(?:id|key|token)?|\w{0,12}sessionid\w{0,12}|phpsessid|s_?id|cfid"
    r"|cftoken|oscsid|zenid|x-(?:amz|goog|ms)-\w+(?:-\w+)?|awsaccesskeyid|signature|sig|hmac|token|jwt"
    r"|\w{1,10}_token|expires?|key-pair-id|policy|nonce|ticket|samlrequest|samlresponse|relaystate"
    r"|hdnea|hdnts|otp|auth_?key)=",
    re.IGNORECASE,
)
"""Parameters of addresses that are made for one visit, or end after some hours."""
