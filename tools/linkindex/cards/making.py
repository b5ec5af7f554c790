"""From a catalogue to finished files, phase by phase. Nothing is written to disk here."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from types import MappingProxyType

from linkindex.cards.bilingual import ring_of, ring_of_links
from linkindex.cards.codes import code_plan
from linkindex.cards.contract import print_run
from linkindex.cards.edition import changes, edition_of, gone
from linkindex.cards.errors import CardError
from linkindex.cards.formats import MAIN
from linkindex.cards.made import MadeCards
from linkindex.cards.manifest import NAME as MANIFEST
from linkindex.cards.manifest import manifest
from linkindex.cards.order import Order, ring_layout, sheets_of
from linkindex.cards.plans import other_decks, plan_of, sheet_of
from linkindex.cards.press import SHOWCASE, NotMade, Press
from linkindex.cards.proof import Trials
from linkindex.cards.selection import Selection, chosen
from linkindex.cards.sentences import Changes, Printing
from linkindex.cards.themes import theme_named
from linkindex.catalogue import ShownCatalogue
from linkindex.catalogue.model import EVERY_CARD
from linkindex.catalogue.palette import colour_on_cards


def make_cards(
    catalogue: ShownCatalogue,
    order: Order | None = None,
    *,
    progress: Callable[[str], None] | None = None,
    trials: Trials | None = None,
) -> MadeCards:
    """Every file that was asked for, each code in it read back, compared and tried.

    What cannot be made of one format is left out, and said. The same catalogue and order give the
    same bytes.

    :param progress: told what is being done, in a few words.
    :param trials: what codes of this index came to in other orders, which are not tried again.
    :raises CardError: when no file can be made, because of a text, an address or a code, or when
        the order asks for what there is not.
    """
    order = order or Order()
    tell = progress or _silent
    sheets = sheets_of(catalogue, order)
    resources, plan = order.selection.resources, plan_of(catalogue, order.selection.deck)
    whole = ring_of_links(catalogue, plan) if resources else ring_of(catalogue, plan)
    edition = edition_of(catalogue, whole)
    deck, changed = chosen(catalogue, whole, order.selection, plan), None
    if order.former is not None:
        changed = Changes(edition, changes(deck, order.former), tuple(gone(whole, order.former)))
        deck = dataclasses.replace(deck, cards=tuple(change.card for change in changed.cards))
    if not deck.cards:
        return MadeCards(MappingProxyType({}), changed)
    codes = code_plan(catalogue, resources=resources)
    tell("Drawing the codes")
    run = print_run(
        deck, codes, theme_named(order.theme, colour_on_cards(catalogue.settings.colours)), edition
    )
    press = Press(
        order, whole, deck, ring_layout(catalogue), run, tell, {} if trials is None else trials
    )
    for sheet in sheets:
        press.make(sheet)
    press.stop_if_nothing_is_made()
    if order.showcase:
        press.show()
    proven = press.prove()
    files = {made.name: made.content for made in press.made}
    files[MANIFEST] = manifest(press.made, edition)
    holds_cards = any(sheet.format.product.holds_cards for sheet in press.printed)
    return MadeCards(
        files=MappingProxyType(files),
        changes=changed,
        printing=Printing(
            deck=deck,
            run=run,
            sheets=tuple(press.printed),
            files=tuple(press.made),
            sizes=tuple(size for size in press.sizes.values() if size[0] not in SHOWCASE),
            proven=proven,
        ),
        not_made=tuple(press.not_made),
        printed=(whole, edition) if holds_cards else None,
    )


def make_offered(catalogue: ShownCatalogue) -> MadeCards:
    """What a site offers: the deck that is printed by default, and the sheet of each other deck.

    The files of another deck are in a folder with its id.

    :raises CardError: when no file of the default deck can be made.
    """
    trials: Trials = {}
    made = make_cards(catalogue, trials=trials)
    files, not_made = dict(made.files), list(made.not_made)
    for plan in other_decks(catalogue):
        name = plan.id if plan else EVERY_CARD
        order = Order((MAIN.name,), Selection(deck=name), showcase=False)
        try:
            other = make_cards(catalogue, order, trials=trials)
        except CardError as error:
            not_made.append(NotMade(sheet_of(plan), error))
            continue
        files |= {f"{name}/{file}": content for file, content in other.files.items()}
    return dataclasses.replace(made, files=MappingProxyType(files), not_made=tuple(not_made))


def _silent(_: str) -> None:
    return None
