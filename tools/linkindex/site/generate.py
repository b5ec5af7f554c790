"""From a catalogue to the files of a site, for any engine that builds Markdown."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from linkindex.cards.deck import categories_of, make_deck
from linkindex.cards.formats import OFFERED, formats_named
from linkindex.cards.plans import other_decks, plan_of, sheet_of
from linkindex.catalogue import Catalogue, Category, Logo, ShownCatalogue
from linkindex.site import call_first, scan, style
from linkindex.site.clashes import refuse_clashes
from linkindex.site.codes import code_files, code_png
from linkindex.site.exports import (
    AddedExport,
    Discretion,
    PublicIndex,
    exports,
    feed_topics,
    linked_data,
    public_index,
)
from linkindex.site.facets import facets
from linkindex.site.handing import names
from linkindex.site.health import LinkNotes, SiteHealth, without_harmful
from linkindex.site.health_page import health_page
from linkindex.site.lists.files import list_files
from linkindex.site.lists.page import OPENED, list_page
from linkindex.site.routes import Route, needs, routes
from linkindex.site.search.files import search_files
from linkindex.site.search.pages import titles_of
from linkindex.site.selection import (
    emergency,
    grouped,
    leaves_a_trace,
    start_here,
    urgent_parts,
)
from linkindex.site.suggesting import suggestion_files, suggestion_form
from linkindex.site.templating import borrowed_texts, render, written_page
from linkindex.site.tongues import ADDRESS, tongues
from linkindex.speaking import _, ordering
from linkindex.speaking.language import said_in
from linkindex.speaking.lent import has_lent_words, noting_lent_words, without_notes

LONGEST_PAGE = 150
"""Links on a category page before some are folded away; a page of more is slow on a phone."""

SHOWN_OF_A_LONG_PAGE = 100

FIRST_OF_A_TOPIC = 5
"""Links of a topic that stand there at once; a button shows the others (assets/choices.js)."""

FIRST_CAUTIONS = 3
"""Sentences of what is good to know that stand there at once."""

Navigation = list[dict[str, Any]]


def generate(
    catalogue: ShownCatalogue,
    written: Mapping[str, str],
    health: SiteHealth | None = None,
    cards: Collection[str] | None = None,
    *,
    search: bool = True,
    added: Sequence[AddedExport] = (),
    files_of_pages: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Every file of the site's source, by its path below the folder of documents. Pure.

    :param written: the pages of ``docs/`` by path, as people wrote them.
    :param health: how the links stand; without it nothing is known of them. What it knows to be
        harmful is left out in any case.
    :param cards: the paths of the printable cards that are there; without it, all are.
    :param search: whether the site can be searched; if not, no page speaks of a search.
    :param added: exports of other packages.
    :param files_of_pages: the file of ``docs/`` that each page was read from, where another.
    :raises LinkIndexError: for a placeholder or setting of a page that is wrong, a page that
        would have the address of a generated one, or an added export that is refused.
    """
    health = health or SiteHealth(datetime.date.min)
    catalogue = without_harmful(catalogue, health)
    notes = health.notes(catalogue)
    discretion = Discretion(catalogue)
    public = public_index(catalogue, discretion)
    values = _values_for_written_pages(catalogue, public) | {"has_search": search}
    read_from = files_of_pages or {}
    own = {
        path: written_page(text, read_from.get(path, path), values)
        for path, text in written.items()
    }
    home, described = linked_data.home_page(public), linked_data.topic_pages(public)
    files: dict[str, str] = {}
    with noting_lent_words():
        ways = routes(catalogue, written)
        files |= {
            "index.md": _home(catalogue, ways, discretion, home, search=search),
            "all.md": _everything(catalogue, discretion),
            "cards/index.md": _cards(catalogue, cards),
            "health.md": health_page(catalogue, health, discretion),
        }
        files |= _tongues(catalogue, discretion)
        files |= {way.path: _route(catalogue, way, ways) for way in ways}
        if catalogue.glossary:
            files["glossary.md"] = _glossary(catalogue)
        for category in catalogue.current_categories:
            files[f"{category.code}.md"] = _category(
                catalogue, category, described[category.code], notes, discretion
            )
        files[_list_path(catalogue)] = _list(catalogue)
    files |= list_files(catalogue, discretion)
    files.update(scan.scan_pages(catalogue, notes, discretion))
    files.update(_first_pages(catalogue, health))
    files[style.PATH] = style.style_sheet()
    files.update(suggestion_files(catalogue))
    if search:
        files[call_first.PATH] = call_first.call_first_file(catalogue)
        files |= search_files(
            catalogue,
            titles_of(own) | {f"{way.address}/": without_notes(way.title) for way in ways},
        )
    made = {path: text.encode() for path, text in files.items()} | code_files(catalogue)
    if catalogue.logo:
        made[logo_path(catalogue.logo)] = catalogue.logo.content
    made |= exports(public, added, taken=made)
    refuse_clashes(written, dict.fromkeys(made, origin(catalogue)))
    return made | {path: text.encode() for path, text in own.items()}


def _first_pages(catalogue: ShownCatalogue, health: SiteHealth) -> dict[str, str]:
    """What a code opens, in languages that have no whole site."""
    if catalogue.language != catalogue.languages[0]:
        return {}
    files: dict[str, str] = {}
    for language in catalogue.settings.first_pages:
        there = catalogue.in_language(language)
        with said_in(language):
            pages = scan.scan_pages(there, health.notes(there), lists=False)
        files |= {f"{language}/{path}": page for path, page in pages.items()}
    return files


def origin(catalogue: Catalogue) -> str:
    """Where a generated file comes from, as a sentence says it."""
    return f"is made from {catalogue.file}"


def logo_path(logo: Logo) -> str:
    """Where the organisation's logo is on the site."""
    return f"assets/logo.{logo.kind}"


def navigation(catalogue: ShownCatalogue, own: Iterable[str] = ()) -> Navigation:
    """The navigation, as the ``nav`` setting of MkDocs.

    :param own: pages of ``docs/`` that an index has besides those that come with LinkIndex.
    """
    groups = [
        {group.title: [{category.title: f"{category.code}.md"} for category in categories]}
        for group, categories in grouped(catalogue)
    ]
    return [
        {_("Home"): "index.md"},
        *({way.title: way.path} for way in routes(catalogue, own)),
        {_("Everything, A to Z"): "all.md"},
        *([{_("Other languages"): f"{ADDRESS}.md"}] if tongues(catalogue) else []),
        {_("A list for one family"): _list_path(catalogue)},
        *([{_("Glossary"): "glossary.md"}] if catalogue.glossary else []),
        *groups,
        {
            _("About this site"): [
                {_("About"): "about.md"},
                {_("Staying safe online"): "safety.md"},
                {_("Privacy"): "privacy.md"},
                {_("Accessibility"): "accessibility.md"},
                {_("Add or mend a link"): "contribute.md"},
                {_("Print the cards"): "cards/index.md"},
                {_("Data and feeds"): "data.md"},
                {_("Health of this index"): "health.md"},
                *sorted(own),
            ]
        },
    ]


def english_titles(catalogue: ShownCatalogue) -> list[str]:
    """Titles of the navigation that are in English for want of a translation."""
    with noting_lent_words():
        noted = navigation(catalogue)
    inner = [
        below
        for entry in noted
        for title in entry.values()
        if isinstance(title, list)
        for below in title
        if isinstance(below, dict)
    ]
    titles = [title for entry in (*noted, *inner) for title in entry]
    return [without_notes(title) for title in titles if has_lent_words(title)]


def _home(
    catalogue: ShownCatalogue,
    ways: Sequence[Route],
    discretion: Discretion,
    described: Markup,
    *,
    search: bool,
) -> str:
    return render(
        "home.html",
        index=catalogue.settings,
        groups=grouped(catalogue),
        routes=ways,
        tongues=tongues(catalogue),
        urgent_help=urgent_parts(catalogue),
        telling=discretion.telling,
        total=len(catalogue.current_resources),
        search=search,
        linked_data=described,
        root="",
    )


def _route(catalogue: ShownCatalogue, way: Route, ways: Sequence[Route]) -> str:
    return render(
        "route.html",
        index=catalogue.settings,
        route=way,
        routes=ways,
        groups=needs(catalogue, way),
        emergency=emergency(catalogue),
        root="../",
    )


def _tongues(catalogue: ShownCatalogue, discretion: Discretion) -> dict[str, str]:
    """The pages of what there is in each language and form, and the one that lists them."""
    pages = tongues(catalogue)
    shared: dict[str, Any] = {"index": catalogue.settings, "emergency": emergency(catalogue)}
    made = {
        page.path: render(
            "tongue.html",
            **shared,
            tongue=page,
            is_neutral=discretion.is_neutral,
            warned=any(map(discretion.is_neutral, (*page.links, *page.perhaps))),
            urgent_there=_urgent_in(catalogue, page.code),
            site_url=catalogue.settings.site_url,
            root="../../",
        )
        for page in pages
    }
    if pages:
        made[f"{ADDRESS}.md"] = render("tongues.html", **shared, pages=pages, root="../")
    return made


def _urgent_in(catalogue: ShownCatalogue, language: str) -> str:
    """What urgent help is called in a language in which it is made; empty for any other."""
    if language not in catalogue.settings.first_pages:
        return ""
    with said_in(language):
        return _("Urgent help")


def _everything(catalogue: ShownCatalogue, discretion: Discretion) -> str:
    ordered = sorted(
        catalogue.current_resources,
        key=lambda resource: (ordering.sort_key(resource.title), resource.id),
    )
    letters = [
        (key, list(group)) for key, group in groupby(ordered, lambda r: ordering.letter(r.title))
    ]
    return render(
        "everything.html",
        index=catalogue.settings,
        facets=facets(ordered),
        letters=letters,
        home_of=catalogue.home_of,
        is_neutral=discretion.is_neutral,
        site_url=catalogue.settings.site_url,
        total=len(ordered),
        root="../",
    )


def _list_path(catalogue: Catalogue) -> str:
    return f"{list_page(catalogue).rstrip('/')}.md"


def _list(catalogue: ShownCatalogue) -> str:
    return render("list.html", index=catalogue.settings, opened=OPENED, root="../")


def _glossary(catalogue: ShownCatalogue) -> str:
    ordered = sorted(
        catalogue.glossary,
        key=lambda term: (ordering.sort_key(term.term), term.term),
    )
    letters = [
        (key, list(group))
        for key, group in groupby(ordered, lambda term: ordering.letter(term.term))
    ]
    current = {category.id: category for category in catalogue.current_categories}
    return render(
        "glossary.html",
        today=catalogue.day,
        letters=letters,
        home_of=lambda term: current.get(term.category or ""),
        root="../",
    )


def _category(
    catalogue: ShownCatalogue,
    category: Category,
    described: Markup,
    notes: LinkNotes,
    discretion: Discretion,
) -> str:
    start = start_here(catalogue, category)
    picked = {resource.id for _, resources in start for resource in resources}
    # What Start here does not show already stands first.
    resources = tuple(
        sorted(catalogue.resources_of(category), key=lambda resource: resource.id in picked)
    )
    groups = [group for group, _ in grouped(catalogue)]
    group = next(group for group in groups if group.id == category.group)
    shown = len(resources) if len(resources) <= LONGEST_PAGE else SHOWN_OF_A_LONG_PAGE
    return render(
        "category.html",
        today=catalogue.day,
        index=catalogue.settings,
        outside=discretion.topic(category),
        category=category,
        facets=facets(resources),
        shown=resources[:shown],
        folded=resources[shown:],
        **notes._asdict(),
        withheld=sum(resource.id in catalogue.withheld for resource in category.resources),
        group=group,
        group_number=groups.index(group) + 1,
        start_here=start,
        picked=picked,
        first=FIRST_OF_A_TOPIC,
        first_cautions=FIRST_CAUTIONS,
        terms=catalogue.glossary_of(category),
        has_glossary=bool(catalogue.glossary),
        warned=leaves_a_trace(catalogue, category),
        emergency=emergency(catalogue),
        is_neutral=discretion.is_neutral,
        named=names(discretion),
        related=[
            related
            for name in category.related
            if (related := catalogue.category(name)).retired is None
        ],
        scan_address=f"{catalogue.settings.site_url}q/{category.code}",
        suggest=_suggestion(catalogue, category),
        linked_data=described,
        root="../",
    )


def _suggestion(catalogue: Catalogue, category: Category) -> str | None:
    """Where a reader suggests a change to a topic: at its line in the catalogue."""
    repository = catalogue.settings.repository
    if not repository:
        return None
    place = catalogue.at(category.line)
    return f"{repository}/blob/main/{place.file}?plain=1#L{place.line}"


def _cards(catalogue: ShownCatalogue, made: Collection[str] | None) -> str:
    cards = make_deck(catalogue).cards
    default = plan_of(catalogue, None)
    pieces = (*catalogue.categories, *catalogue.urgent_help, *catalogue.groups, *catalogue.decks)
    return render(
        "cards.html",
        borrowed=borrowed_texts((catalogue.settings, *pieces)),
        default=default,
        has_decks=bool(catalogue.decks),
        decks=[
            {
                "title": plan.title if plan else _("Every card"),
                "summary": plan.summary if plan else None,
                "file": sheet_of(plan),
                "topics": [category.outside_title for category in categories_of(catalogue, plan)],
            }
            for plan in other_decks(catalogue)
            if made is None or f"cards/{sheet_of(plan)}" in made
        ],
        formats=[
            entry
            for entry in formats_named(OFFERED)
            if made is None or f"cards/{entry.name}.pdf" in made
        ],
        has_pictures=made is None or "cards/cards.png" in made,
        cards=cards,
        # Categories have a file with their code; these two have none.
        codes={
            card.key: f"data:image/png;base64,{base64.b64encode(code_png(card.address)).decode()}"
            for card in cards
            if card.kind != "category"
        },
        root="../",
    )


def _values_for_written_pages(catalogue: ShownCatalogue, public: PublicIndex) -> dict[str, object]:
    return {
        "index": catalogue.settings,
        "categories": len(catalogue.current_categories),
        "resources": len(catalogue.current_resources),
        "feed_topics": feed_topics(public),
        "has_glossary": bool(catalogue.glossary),
        "suggestion_form": suggestion_form(catalogue),
    }
