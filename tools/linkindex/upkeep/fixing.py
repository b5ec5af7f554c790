"""Putting the new address of a link that has moved for good in the place of the old one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from linkindex.catalogue import Catalogue, LinkIndexError, addresses
from linkindex.links.model import LinkReport, Outcome, Verdict
from linkindex.upkeep.links import with_address


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
        addresses.same_page_key(resource.url): resource.id
        for resource in catalogue.current_resources
    }
    ids = {resource.id for resource in catalogue.current_resources}
    fixes: list[Fix] = []
    for outcome in report.having(Verdict.MOVED):
        if outcome.link.owner_id not in ids or outcome.link.file != catalogue.file:
            continue
        address = _with_fragment(outcome.final_address or "", outcome.link.address)
        refusal = _refusal(outcome, address, known)
        if not refusal:
            try:
                text = with_address(text, outcome.link.owner_id, address, catalogue.file)
                known[addresses.same_page_key(address)] = outcome.link.owner_id
            except LinkIndexError as error:
                refusal = str(error)
        fixes.append(Fix(outcome, "" if refusal else address, refusal))
    return text, fixes


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
    if not outcome.fits:
        return "the page there does not plainly say what the entry says; open it and decide"
    return ""
