"""The settings of each server, from templates.

What all of them do alike stands here: the headers, how long an answer may be kept, and what can be
packed. The templates only say it in the words of each server.
"""

from __future__ import annotations

import functools
import string
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from publicsuffixlist import PublicSuffixList

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.catalogue.rules.settings import SHARED_HOSTS
from linkindex.site import csp
from linkindex.site.hosts.place import Place


@dataclass(frozen=True)
class Host:
    """A server, or a service, that can publish a site.

    :ivar title: what people call it.
    :ivar template: the file of ``site/hosts/templates``.
    :ivar lends: the domain below which it lends names, if it does.
    :ivar takes_folders: whether a site can be in a folder of its host.
    :ivar takes_languages: whether it can choose the language of a page by what a browser asks for.
    """

    title: str
    template: str
    lends: str | None = None
    takes_folders: bool = True
    takes_languages: bool = False


HOSTS = {
    "apache": Host("Apache", "apache.txt", takes_languages=True),
    "caddy": Host("Caddy", "caddy.txt", takes_languages=True),
    "cloudflare": Host("Cloudflare Pages", "cloudflare.txt", "pages.dev", takes_folders=False),
    "folder": Host("a folder on somebody's server", "folder.txt"),
    "github": Host("GitHub Pages", "github.txt", "github.io"),
    "gitlab": Host("GitLab Pages", "gitlab.txt", "gitlab.io"),
    "iis": Host("IIS", "iis.txt"),
    "netlify": Host("Netlify", "netlify.txt", "netlify.app", takes_folders=False),
    "nginx": Host("nginx", "nginx.txt", takes_languages=True),
    "s3": Host("S3 with CloudFront", "s3.txt"),
}
"""Every host that can be asked for, by the name that it is asked for by."""

KEPT = 600
"""Seconds for which scripts, styles and pictures may be kept unasked. Their names stay when their
content changes, so this is how long a new page may meet an old script."""

NOT_KEPT = "no-cache"
"""What all else may be: kept, but shown only after asking whether it still holds. A link that was
withdrawn because it is harmful is then gone from the next look."""

HEADERS = {
    "Content-Security-Policy": csp.EVERY_ANSWER,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What every answer carries besides, an error too."""

ENCRYPTED = "max-age=31536000"
"""How long a browser asks for a host by ``https:`` alone: a year. It binds the whole host, so it is
not for a site in a folder of somebody's host to say."""

PACKED = (
    *("application/atom+xml", "application/javascript", "application/json"),
    *("application/manifest+json", "application/xml", "image/svg+xml", "text/css", "text/csv"),
    *("text/html", "text/javascript", "text/plain", "text/x-opml", "text/xml"),
)
"""The media types that get much smaller when packed."""

TYPES = {"csv": "text/csv", "opml": "text/x-opml", "webmanifest": "application/manifest+json"}
"""Of the endings that servers do not know, the media types."""


def written(name: str, place: Place) -> str:
    """The settings of a host for a site.

    :param name: one of :data:`HOSTS`.
    :raises LinkIndexError: when the host cannot serve a site as it is asked to.
    """
    host = HOSTS[name]
    if not host.takes_folders and not place.has_host:
        raise LinkIndexError(
            f"{host.title} publishes at the root of a host, but `site_url` names the folder "
            f"{quoted(place.base)}; use an address without one"
        )
    if place.languages and not host.takes_languages:
        able = ", ".join(name for name, host in HOSTS.items() if host.takes_languages)
        raise LinkIndexError(
            f"what {host.title} is told here does not choose by language; that can be written for "
            f"{able}"
        )
    lent = next((lent for lent in SHARED_HOSTS if place.host.endswith(f".{lent}")), None)
    if lent and lent != host.lends:
        raise LinkIndexError(
            f"`site_url` is an address that {lent} lends, and {host.title} cannot answer there; "
            "write an address of your own"
        )
    headers = HEADERS | (
        {"Strict-Transport-Security": ENCRYPTED} if place.is_secure and place.has_host else {}
    )
    return (
        _templates()
        .get_template(host.template)
        .render(
            site=place,
            base=place.base,
            headers=dict(sorted(headers.items())),
            kept=KEPT,
            not_kept=NOT_KEPT,
            packed=PACKED,
            types=TYPES,
            is_own_host=lent is None,
            is_apex=_suffixes().privatesuffix(place.host) == place.host,
            letters=list(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)),
            language_varies="Accept-Language, Sec-Fetch-Site",
            known_languages="|".join((place.own_language, *place.languages)),
            in_language=f"(?:(?:{'|'.join(place.languages)})/)?" if place.languages else "",
        )
    )


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@functools.cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("linkindex.site.hosts", "templates"),
        autoescape=False,  # noqa: S701 - no HTML; a Place holds nothing that would need it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
