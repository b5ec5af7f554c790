"""The pieces that both ways of building a site share: the plugin and the export."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linkindex.cards import MadeCards
from linkindex.cards.formats import OFFERED
from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.languages import ENGLISH
from linkindex.catalogue.parts import FOLDER
from linkindex.catalogue.taken import kept_name
from linkindex.links.history.kept import history_path
from linkindex.places import shipped
from linkindex.site.editions import editions, in_language, is_translation
from linkindex.site.generate import english_titles, logo_path
from linkindex.site.lists.page import list_page
from linkindex.site.settings import LOOK
from linkindex.site.style import first_style, first_style_of_a_topic
from linkindex.site.tongues import tongues
from linkindex.site.written import page_texts
from linkindex.speaking import _, direction, html_language, isolated
from linkindex.speaking.lent import marked_page, noting_lent_words
from linkindex.speaking.translations import is_partly_english

CARDS = "cards"
"""The folder of the site with what is there to print."""

SHIPPED_PAGES = frozenset(
    {
        *("about.md", "accessibility.md", "contribute.md", "data.md", "offline.md", "privacy.md"),
        "safety.md",
    }
)
"""The pages that come with LinkIndex. A fork keeps its own in the same folder ``docs``."""

NO_CARDS = MadeCards({})
"""Those of a site that is made without."""


def written_pages(own: Path | None = None, language: str = ENGLISH) -> dict[str, str]:
    """The pages that come with LinkIndex, by path, and an index's own beside or in their place.

    :param own: the index's folder ``docs``, if it has one; its pages are in one language.
    :param language: which pages are wanted where there are several of one name.
    """
    texts = in_language(shipped_pages(shipped("docs")), language)
    return texts | page_texts(own) if own and own.is_dir() else texts


def pages_of(own: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """The pages of a site in the language of its index: those that come with it, and its own.

    :param own: the texts of its own pages by path, in whatever languages.
    """
    plain = catalogue.settings.plain_language
    shipped_here = written_pages(language=catalogue.language)
    return shipped_here | in_language(own, catalogue.language, plain)


def shipped_pages(folder: Path) -> dict[str, str]:
    """The pages that come with LinkIndex, by path, without those that a fork has beside them."""
    texts = page_texts(folder)
    return {
        path: text
        for path, text in texts.items()
        if path in SHIPPED_PAGES or is_translation(path, SHIPPED_PAGES)
    }


def engine_settings(catalogue: Catalogue) -> dict[str, str]:
    """The settings of MkDocs that come from the catalogue, ready to stand in HTML."""
    settings = catalogue.settings
    with noting_lent_words():
        kept = _(
            "{index} is kept by {organisation}. It lists links; it does not replace local "
            "safeguarding procedures."
        )
    kept = kept.format(index=isolated(settings.name), organisation=isolated(settings.organisation))
    return {
        "site_name": html.escape(settings.name),
        "site_url": catalogue.address,
        "site_description": html.escape(settings.tagline),
        "copyright": marked_page(html.escape(kept)),
    }


def theme_settings(catalogue: ShownCatalogue, *, search: bool = True) -> dict[str, Any]:
    """What the templates of the theme need to know besides (``extra``), ready to stand in HTML.

    :param search: whether the site can be searched.
    """
    shown: dict[str, Any] = {
        "exit_url": html.escape(catalogue.settings.exit_url),
        "organisation": html.escape(catalogue.settings.organisation),
        "style": first_style(
            catalogue.settings.colours, several_languages=len(catalogue.languages) > 1
        ),
        "topic_style": first_style_of_a_topic(
            catalogue.settings.colours, several_languages=len(catalogue.languages) > 1
        ),
        "list": list_page(catalogue),
        "language": html_language(),
        "direction": direction(),
    }
    if len(catalogue.languages) > 1:
        shown["editions"] = [dataclasses.asdict(edition) for edition in editions(catalogue)]
        shown["edition"] = html_language(catalogue.language)
    if is_partly_english():
        shown["partly_english"] = "yes"
        shown["english_titles"] = english_titles(catalogue)
    if catalogue.glossary:
        shown["glossary"] = "yes"
    if tongues(catalogue):
        shown["languages"] = "yes"
    if search:
        shown["search"] = "yes"
    return shown | ({"logo": logo_path(catalogue.logo)} if catalogue.logo else {})


def published_at(catalogue: ShownCatalogue, address: str | None) -> ShownCatalogue:
    """The same index as it would be under another address; as it is without one."""
    if address is None:
        return catalogue
    site_url = address if address.endswith("/") else f"{address}/"

    def there(index: Catalogue) -> dict[str, object]:
        return {"settings": index.settings.model_copy(update={"site_url": site_url})}

    return catalogue.in_each(there)


def watched_beside(catalogue: Path, shown: ShownCatalogue) -> list[Path]:
    """The files whose change changes the site: the catalogue, and what it is read with."""
    beside = (FOLDER, LOOK, *(kept_name(upstream.name) for upstream in shown.extends))
    paths = [catalogue, history_path(catalogue), *(catalogue.parent / name for name in beside)]
    if shown.settings.logo:
        paths.append(catalogue.parent / shown.settings.logo)
    return [path for path in paths if path.exists()]


def card_files(made: MadeCards) -> dict[str, bytes]:
    """The printable cards by their path on the site."""
    return {f"{CARDS}/{name}": content for name, content in made.files.items()}


class CardMaker:
    """Makes the printable cards, and makes them anew only when what they say has changed.

    A live preview keeps one. What cannot be made is missing from the cards: a site without them
    still helps people.
    """

    def __init__(self) -> None:
        self._last: tuple[object, MadeCards] | None = None

    def made(self, catalogue: ShownCatalogue) -> MadeCards:
        """The cards of an index."""
        on_cards = _on_cards(catalogue)
        if self._last is None or self._last[0] != on_cards:
            self._last = on_cards, _made_or_not(catalogue)
        return self._last[1]


def _on_cards(catalogue: ShownCatalogue) -> object:
    """All that the cards say."""
    return (
        catalogue.settings,
        catalogue.urgent_help,
        catalogue.logo,
        catalogue.day,
        catalogue.decks,
        tuple(
            category.model_copy(update={"resources": ()})
            for category in catalogue.current_categories
        ),
    )


def _made_or_not(catalogue: ShownCatalogue) -> MadeCards:
    from linkindex.cards import CardError, NotMade, make_offered  # loaded only where cards are made

    try:
        return make_offered(catalogue)
    except CardError as error:
        names = [f"{name}.pdf" for name in OFFERED]
        return MadeCards({}, not_made=tuple(NotMade(name, error) for name in names))
