"""Scan pages: what a printed code opens.

Hand-made HTML without the theme: one request, complete without JavaScript. Each page is written
twice, as ``q/CODE.html`` (static hosts serve it at ``/q/CODE`` without a redirect) and as
``q/CODE/index.html`` (for whoever types a slash), so links inside are absolute paths.
"""

from __future__ import annotations

import functools
from pathlib import Path
from urllib.parse import urlsplit

import rjsmin
from markupsafe import Markup

from linkindex.catalogue import Catalogue, Category, Resource
from linkindex.places import shipped
from linkindex.site import csp
from linkindex.site.exports import Discretion
from linkindex.site.health import LinkNotes
from linkindex.site.selection import (
    alternatives,
    emergency,
    first_choices,
    leaves_a_trace,
    other_ways,
    start_here,
)
from linkindex.site.templating import html_environment

MOST_ON_A_SCAN_PAGE = 40
"""Links below those to start with: so many fit the 14 KB that arrive in one round trip."""


def scan_pages(catalogue: Catalogue, notes: LinkNotes) -> dict[str, str]:
    """Every scan page by its path, retired codes included.

    :param notes: what readers are told of the health of links.
    """
    pages = _Pages(catalogue, notes)
    files = {}
    for category in catalogue.categories:
        files.update(_twice(f"q/{category.code}", pages.category(category)))
        if category.retired:
            files.update(_twice(category.code, pages.category(category)))
        for resource in category.resources:
            files.update(_twice(f"r/{resource.code}", pages.resource(resource)))
    files.update(_twice("urgent", pages.urgent()))
    return files


def base_path(site_url: str) -> str:
    """The folder of the site on its host, with a slash at both ends."""
    return urlsplit(site_url).path or "/"


def _twice(path: str, page: str) -> dict[str, str]:
    return {f"{path}.html": page, f"{path}/index.html": page}


class _Pages:
    """Renders pages that share settings, styles and the script of the exit bar."""

    def __init__(self, catalogue: Catalogue, notes: LinkNotes) -> None:
        self.catalogue = catalogue
        self.discretion = Discretion(catalogue)
        assets = shipped("overrides") / "assets"
        self.shared = {
            "index": catalogue.settings,
            **notes._asdict(),
            "base": base_path(catalogue.settings.site_url),
            "style": _style(assets / "scan.css").replace(  # the address printed of an inner link
                "HOST", urlsplit(catalogue.settings.site_url).netloc
            ),
            "topic_style": _style(assets / "scan-topic.css"),
            "urgent_style": _style(assets / "scan-urgent.css"),
            "script": Markup(rjsmin.jsmin((assets / "exit.js").read_text("utf-8"))),  # noqa: S704
            "emergency": emergency(catalogue),
            "is_neutral": self.discretion.is_neutral,
        }

        self.choices = functools.cache(
            lambda category_id: first_choices(catalogue, catalogue.category(category_id))
        )

    def category(self, category: Category) -> str:
        if category.retired:
            return self._retired(category)
        first = start_here(self.catalogue, category)
        shown_first = {resource.id for _, resources in first for resource in resources}
        shown = self.catalogue.resources_of(category)
        rest = [r for r in shown if r.id not in shown_first]
        return self._render(
            "scan-category.html",
            category=category,
            start_here=first,
            warned=leaves_a_trace(self.catalogue, category),
            other_ways=other_ways(self.catalogue),
            shown=shown,
            rest=rest[:MOST_ON_A_SCAN_PAGE],
            more=len(rest[MOST_ON_A_SCAN_PAGE:]),
        )

    def resource(self, resource: Resource) -> str:
        if resource.retired:
            return self._retired(resource)
        category = self.catalogue.home_of(resource)
        shown = self.catalogue.is_shown(resource)
        return self._render(
            "scan-resource.html" if shown else "scan-withheld.html",
            outside=self.discretion.link(resource),
            resource=resource,
            category=category,
            neutral=self.discretion.is_neutral(resource),
            alternatives=alternatives(self.choices(category.id), resource),
        )

    def urgent(self) -> str:
        return self._render("scan-urgent.html", urgent_help=self.catalogue.urgent_help)

    def _retired(self, retired: Category | Resource) -> str:
        successor = self.catalogue.successor_of(retired)
        kind = "q" if isinstance(successor, Category) else "r"
        neutral = (
            successor.sensitive
            if isinstance(successor, Category)
            else self.discretion.is_neutral(successor)
        )
        return self._render(
            "scan-retired.html",
            retired=retired.retired,
            successor=successor,
            successor_path=f"{kind}/{successor.code}",
            neutral=neutral,
        )

    def _render(self, template: str, **values: object) -> str:
        page = html_environment().get_template(template).render(**self.shared, **values)
        return csp.with_policy(page, csp.SCAN_PAGE)


def _style(path: Path) -> Markup:
    lines = path.read_text("utf-8").splitlines()
    return Markup("".join(line.strip() for line in lines))  # noqa: S704 - a file of the theme
