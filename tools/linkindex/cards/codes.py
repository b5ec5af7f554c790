"""Which codes the cards of an index carry: one version for all, as small as the addresses allow."""

from __future__ import annotations

from linkindex.cards.deck import deck_addresses
from linkindex.cards.errors import CardError, TextFault
from linkindex.cards.fitting import ADDRESSES
from linkindex.cards.order import ring_layout
from linkindex.cards.proof import limits
from linkindex.catalogue import Catalogue
from linkindex.catalogue.problems import quoted
from linkindex.qr import QrPlan, TooLongError, plan


def card_version(catalogue: Catalogue) -> QrPlan:
    """The version, levels and module size of the deck's codes, from its addresses alone.

    :raises CardError: when the addresses are too long for a code that phones can read.
    """
    return refuse_fine(code_plan(catalogue), catalogue, ring_layout(catalogue).code.side)


def code_plan(catalogue: Catalogue, *, resources: bool = False) -> QrPlan:
    """The same, however small its squares are.

    :param resources: whether the addresses of links are wanted too.
    :raises CardError: when the addresses are too long for any code.
    """
    side = ring_layout(catalogue).code.side
    try:
        return plan(deck_addresses(catalogue, resources=resources), side)
    except TooLongError as error:
        what = f"{quoted(error)} is too long for a QR code"
        raise CardError(_about_site_url(catalogue, what)) from None


def refuse_fine(codes: QrPlan, catalogue: Catalogue, side: float, file: str = "") -> QrPlan:
    """The plan, unless its squares are too small to scan in a code of this size.

    :param side: that of the code with its quiet zone, in millimetres.
    :param file: what the code is in where it is not on the ring, for the message.
    :raises CardError: naming the address of the index.
    """
    smallest, printed = limits()["module"].at_least, codes.printed(side).module_mm
    if printed < smallest - 0.001:
        of_file = f" of {file}" if file else ""
        what = (
            f"the addresses are so long that the squares of the codes{of_file} "
            f"would be {printed:.2f} mm, under {smallest:.2f} mm"
        )
        raise CardError(_about_site_url(catalogue, what))
    return codes


def _about_site_url(catalogue: Catalogue, what: str) -> TextFault:
    place = catalogue.at(catalogue.settings.line_of("site_url"))
    return TextFault(place, what, "use a shorter `site_url`", ADDRESSES)
