"""Scan pages: what a printed code opens.

Hand-made HTML without the theme: one request, complete without JavaScript. Each page is a file
``q/CODE.html``, which static hosts serve at ``/q/CODE`` without a redirect. For whoever types a
slash, and for hosts that add one, a short page in ``q/CODE/index.html`` leads on to that file, by
its whole name, since every host has that; what is closed answers at once. Links are absolute paths.
"""

from __future__ import annotations

import base64
import functools
import gzip
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from linkindex.catalogue import Category, Logo, Resource, ShownCatalogue
from linkindex.places import shipped
from linkindex.site import csp
from linkindex.site.editions import beside
from linkindex.site.exports import Discretion
from linkindex.site.handing import messages
from linkindex.site.health import LinkNotes
from linkindex.site.lists.page import OPENED, list_page
from linkindex.site.selection import (
    alternatives,
    emergency,
    first_choices,
    leaves_a_trace,
    other_ways,
    start_here,
    urgent_parts,
)
from linkindex.site.shortening import (
    short_head,
    short_script,
    short_style,
    with_short_classes,
    with_short_classes_set,
)
from linkindex.site.style import scan_colours
from linkindex.site.templating import html_environment
from linkindex.site.tongues import tongues
from linkindex.speaking.lent import (
    has_lent_words,
    marked_page,
    noting_lent_words,
    without_notes,
)
from linkindex.speaking.mirrored import spoken_style
from linkindex.speaking.scripts import spoken_script

MOST_ON_A_SCAN_PAGE = 40
"""Links below those to start with: so many fit the 14 KB that arrive in one round trip."""

HEAVIEST_LOGO = 3_000
"""Bytes, compressed: a heavier logo would keep people waiting for what they scanned for."""


def scan_pages(
    catalogue: ShownCatalogue,
    notes: LinkNotes,
    discretion: Discretion | None = None,
    *,
    lists: bool = True,
) -> dict[str, str]:
    """Every scan page by its path, retired codes included.

    :param notes: what readers are told of the health of links.
    :param lists: whether the page that opens lists is among them.
    :param discretion: what says which links are neutral, where there is one of this catalogue.
    """
    pages = _Pages(catalogue, notes, discretion or Discretion(catalogue))
    files = _twice("urgent", pages.urgent().html)
    if lists:
        files |= _twice(OPENED, pages.list_opened())
    if safety := pages.safety():
        files |= _twice("safety", safety)
    for category in catalogue.categories:
        page = pages.category(category)
        if category.retired:
            files |= _twice(f"q/{category.code}", page.html) | _twice(category.code, page.html)
        else:
            files |= pages.with_way_on(f"q/{category.code}", page)
        for resource in category.resources:
            path, page = f"r/{resource.code}", pages.resource(resource)
            is_open = catalogue.is_shown(resource) and not resource.retired
            files |= pages.with_way_on(path, page) if is_open else _twice(path, page.html)
    return files


def _staying_safe(language: str) -> str:
    """The page on staying safe in a language, as it comes along; empty if it does not."""
    path = shipped("docs") / f"safety.{language}.md"
    return path.read_text("utf-8") if path.is_file() else ""


def base_path(site_url: str) -> str:
    """The folder of the site on its host, with a slash at both ends."""
    return urlsplit(site_url).path or "/"


def _twice(path: str, page: str) -> dict[str, str]:
    return {f"{path}.html": page, f"{path}/index.html": page}


_PATH, _TITLE = "PATH-OF-A-PAGE", "TITLE-OF-A-PAGE"
"""Stand in the short page for what is put in their place; nothing that is read before them does."""


class _ScanPage(NamedTuple):
    """A whole page, and the title that it may leave in a history or a preview."""

    title: Markup
    html: str


class _Pages:
    """Renders pages that share settings, styles and the script of the exit bar."""

    def __init__(self, catalogue: ShownCatalogue, notes: LinkNotes, discretion: Discretion) -> None:
        self.catalogue = catalogue
        self.discretion = discretion
        assets = shipped("overrides") / "assets"
        is_whole = catalogue.language in catalogue.languages
        site_url = catalogue.settings.site_url
        self.staying_safe = "" if is_whole else _staying_safe(catalogue.language)
        colours = scan_colours(catalogue.settings.colours)
        self.shared = {
            "index": catalogue.settings,
            "today": catalogue.day,
            **notes._asdict(),
            # Pages of what a family meets first lead on to those of the first language.
            "base": base_path(catalogue.address if is_whole else site_url),
            "scan": base_path(catalogue.address),
            "safety": base_path(catalogue.address if is_whole or self.staying_safe else site_url),
            # With the address that is printed of an inner link.
            "style": _style(assets / "scan.css", colours).replace(
                "HOST", urlsplit(catalogue.settings.site_url).netloc
            ),
            # Of links beside each other that may run in two directions.
            "beside_style": _style(assets / "scan-beside.css"),
            "topic_style": _style(assets / "scan-topic.css"),
            "handing_style": _further_style(assets / "scan-handing.css", colours),
            # Of what a phone or paper should not give away.
            "careful_style": _further_style(assets / "scan-careful.css", colours),
            "urgent_style": _style(assets / "scan-urgent.css"),
            "sign": _sign(catalogue.logo, catalogue.settings.organisation),
            "list_style": _further_style(assets / "list" / "scan-list.css", colours),
            "script": _script(assets / "exit.js"),
            "fragment_script": _script(assets / "fragment.js"),
            "adding_script": _script(assets / "list" / "adding.js"),
            "opened_script": Markup(  # noqa: S704 - a file of the theme
                with_short_classes_set(_script(assets / "list" / "opened.js"))
            ),
            "link_script": _script(assets / "list" / "link.js"),
            "list_page": list_page(catalogue),
            "emergency": emergency(catalogue),
            "tongues": tongues(catalogue),
            "is_neutral": self.discretion.is_neutral,
            "message": messages(catalogue.settings.organisation, self.discretion),
            "others": beside(catalogue),
            "edition_script": _script(assets / "edition.js"),
        }

        self.scripts_lend = _lends("exit.js", "fragment.js", "list/adding.js", "list/opened.js")
        self.choices = functools.cache(
            lambda category_id: first_choices(catalogue, catalogue.category(category_id))
        )

    def category(self, category: Category) -> _ScanPage:
        if category.retired:
            return self._retired(category)
        first = start_here(self.catalogue, category)
        shown_first = {resource.id for _, resources in first for resource in resources}
        shown = self.catalogue.resources_of(category)
        rest = [r for r in shown if r.id not in shown_first]
        return self._render(
            "scan-category.html",
            here=f"q/{category.code}",
            category=category,
            start_here=first,
            warned=leaves_a_trace(self.catalogue, category),
            other_ways=other_ways(self.catalogue),
            shown=shown,
            rest=rest[:MOST_ON_A_SCAN_PAGE],
            more=len(rest[MOST_ON_A_SCAN_PAGE:]),
        )

    def resource(self, resource: Resource) -> _ScanPage:
        if resource.retired:
            return self._retired(resource)
        category = self.catalogue.home_of(resource)
        shown = self.catalogue.is_shown(resource)
        return self._render(
            "scan-resource.html" if shown else "scan-withheld.html",
            here=f"r/{resource.code}",
            outside=self.discretion.link(resource),
            resource=resource,
            category=category,
            neutral=self.discretion.is_neutral(resource),
            alternatives=alternatives(self.choices(category.id), resource),
        )

    def urgent(self) -> _ScanPage:
        # The category whose card this is too: its links are one tap away.
        named = self.catalogue.settings.deck.urgent_help
        current = self.catalogue.current_categories
        return self._render(
            "scan-urgent.html",
            here="urgent",
            urgent_help=urgent_parts(self.catalogue),
            telling=self.discretion.telling,
            links=next((category for category in current if category.id == named), None),
        )

    def safety(self) -> str:
        """The page on staying safe, where a whole site has none of its own; else nothing."""
        if not self.staying_safe:
            return ""
        from markdown_it import MarkdownIt  # few sites need it, and it takes its time to load

        heading = self.staying_safe.partition("\n")[0].removeprefix("# ")
        body = Markup(MarkdownIt().render(self.staying_safe))  # noqa: S704 - comes with the program
        return self._render("scan-written.html", here="safety", title=heading, body=body).html

    def list_opened(self) -> str:
        """What the code of a list opens."""
        return self._render("scan-list.html", csp.LIST_PAGE, here=OPENED).html

    def _retired(self, retired: Category | Resource) -> _ScanPage:
        successor = self.catalogue.successor_of(retired)
        kind = "q" if isinstance(successor, Category) else "r"
        neutral = any(
            entry.sensitive if isinstance(entry, Category) else self.discretion.is_neutral(entry)
            for entry in (retired, successor)
        )
        return self._render(
            "scan-retired.html",
            here=f"{'q' if isinstance(retired, Category) else 'r'}/{retired.code}",
            retired=retired.retired,
            hidden=self.catalogue.is_hidden(retired),
            successor=successor,
            successor_path=f"{kind}/{successor.code}",
            neutral=neutral,
        )

    def with_way_on(self, path: str, page: _ScanPage) -> dict[str, str]:
        """The files of a page: its own, and a short one that leads on from the slash."""
        way_on = self._way_on.replace(_PATH, path).replace(_TITLE, page.title)
        return {f"{path}.html": page.html, f"{path}/index.html": way_on}

    @functools.cached_property
    def _way_on(self) -> str:
        """The short page, which differs in two places from one page to the next."""
        short = html_environment().get_template("scan-slash.html")
        with noting_lent_words():
            way_on = short.render(**self.shared, path=_PATH, title=_TITLE)
        return csp.with_policy(short_head(marked_page(way_on)), csp.WAY_ON)

    def _render(self, template: str, policy: str = csp.SCAN_PAGE, **values: object) -> _ScanPage:
        whole = html_environment().get_template(template)
        context = whole.new_context(
            {**self.shared, **values, "is_partly_english": self.scripts_lend}
        )
        with noting_lent_words():
            title = without_notes("".join(whole.blocks["title"](context)))
            page = "".join(whole.root_render_func(context))
            if has_lent_words(page) and not self.scripts_lend:
                page = whole.render(**self.shared, **values, is_partly_english=True)
        head, style, rest = marked_page(page).partition("<style>")
        html = csp.with_policy(f"{short_head(head)}{style}{rest}", policy)
        return _ScanPage(Markup(title), html)  # noqa: S704 - of a template


def _lends(*scripts: str) -> bool:
    """Whether words of scripts are in English for want of a translation."""
    texts = [(shipped("overrides") / "assets" / name).read_text("utf-8") for name in scripts]
    with noting_lent_words():
        return any(has_lent_words(spoken_script(text)) for text in texts)


def _style(path: Path, colours: str = "") -> Markup:
    return Markup(short_style(colours + spoken_style(path.read_text("utf-8"))))  # noqa: S704 - a file of the theme


def _further_style(path: Path, colours: str) -> Markup:
    """A style that uses the colours of the first."""
    text = spoken_style(path.read_text("utf-8"))
    return Markup(short_style(text, before=colours))  # noqa: S704 - a file of the theme


def _sign(logo: Logo | None, organisation: str) -> Markup:
    """The logo, where it is light enough to stand in the page itself; else the mark."""
    if logo and len(gzip.compress(logo.content)) <= HEAVIEST_LOGO:
        kind = "svg+xml" if logo.kind == "svg" else logo.kind
        source = f"data:image/{kind};base64,{base64.b64encode(logo.content).decode()}"
        sign = Markup(with_short_classes('<img class="logo" src="{}" alt="{}">'))  # noqa: S704
        return sign.format(source, organisation)
    mark = shipped("overrides") / "partials" / "mark.html"
    return Markup(mark.read_text("utf-8").strip())  # noqa: S704 - a file of ours


def _script(path: Path) -> Markup:
    return Markup(short_script(spoken_script(path.read_text("utf-8"))))  # noqa: S704 - a file of the theme
