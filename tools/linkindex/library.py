"""What other programs call: the same steps as the commands, with values in and values out.

Nothing here prints, asks for an option or ends the program. The examples are run as tests.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from linkindex import clock
from linkindex.catalogue import Catalogue, Engine, LinkIndexError, Problem, ShownCatalogue, loading
from linkindex.icons import icon_names
from linkindex.links.model import LinkReport
from linkindex.site.built import BuiltSite
from linkindex.upkeep.published import examine_published

__all__ = ["BuiltSite", "build", "check", "check_links", "load", "make_cards"]

AnyPath = str | os.PathLike[str]


def load(path: AnyPath = "resources.yaml", *, today: datetime.date | None = None) -> Catalogue:
    """Read an index.

    >>> index = linkindex.load("resources.yaml")
    >>> [category.title for category in index.current_categories]
    ['Sleep']
    >>> index.resource("sleep-tips").url
    'https://www.example.org/sleep'

    It holds every entry, also those that a build keeps from readers because the history of past
    checks calls them harmful: do not publish its links by yourself.

    :param path: the YAML file. Files that it names, such as a logo, stand beside it.
    :param today: the day by which confirmations of numbers and dates in the future are judged;
        the present day by default.
    :raises LinkIndexError: when the file cannot be read or has an error, in one line for each:
        what is wrong, its place (``file:line:column``, from 1), and what to do.
    """
    return loading.load(Path(path), icons=icon_names(), today=today)


def check(
    path: AnyPath = "resources.yaml", *, today: datetime.date | None = None
) -> tuple[Problem, ...]:
    """Everything that is wrong with an index: errors and warnings, in the order of the lines.

    It asks what ``linkindex check`` asks: of the file, of the texts, of the published codes in
    ``permalinks/``, and whether the texts can be printed on the cards.

    >>> linkindex.check("resources.yaml")
    ()
    >>> for problem in linkindex.check("wrong.yaml"):
    ...     print(problem)
    wrong.yaml:41:9: `giude` is not a known value of `format`; did you mean `guide`?

    A problem has a ``file``, a ``line`` and a ``column`` (from 1), a ``severity`` (``error`` or
    ``warning``), and says ``what`` is wrong and the ``remedy``. Nothing is raised for a wrong
    file, and a file that cannot be read is a problem too.

    :param path: the YAML file.
    :param today: the day by which dates are judged; the present day by default.
    """
    from linkindex.cards import card_problems
    from linkindex.catalogue.languages import untranslated
    from linkindex.catalogue.rules.style import style_problems

    path = Path(path)
    try:
        path.open("rb").close()
    except (OSError, ValueError) as error:
        what = f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
        return (Problem(path.name, 1, 1, what, "name the file that holds the index"),)
    examined = examine_published(path, icons=icon_names(), today=today)
    if examined.catalogue is None or examined.tree is None:
        return examined.problems
    return tuple(
        sorted(
            {
                *examined.problems,
                *style_problems(examined.catalogue, examined.tree),
                *untranslated(examined.catalogue, examined.tree),
                *card_problems(examined.catalogue),
            }
        )
    )


def build(
    path: AnyPath = "resources.yaml", output: AnyPath = "site", *, engine: str | None = None
) -> BuiltSite:
    """Build the website of an index, with the printable cards in it.

    The folder is put in place when the site is whole. If anything fails, what was there stays.

    >>> site = linkindex.build("resources.yaml", "site")
    >>> site.pages[0]
    'https://example.org/'
    >>> 'https://example.org/sleep/' in site.pages
    True
    >>> [card.name for card in site.cards if card.suffix == ".pdf"]
    ['clear-print.pdf', 'fold.pdf', 'large-print.pdf', 'sheet.pdf', 'single.pdf']

    :param path: the YAML file. Pages in ``docs/`` and settings in ``mkdocs.yml`` stand beside it.
    :param output: the folder for the site: a new or an empty one, or one that was built before.
    :param engine: what renders the pages, ``mkdocs`` or ``zensical``; what the index names by
        default.
    :raises LinkIndexError: when the index has an error, a text does not fit its card, a page has a
        fault, the engine is not installed, or the folder holds other files.
    :raises ValueError: for another engine.
    """
    from linkindex.site.build import build_site

    return build_site(Path(path), Path(output), engine=Engine(engine) if engine else None)


def make_cards(
    path: AnyPath = "resources.yaml",
    formats: str | Iterable[str] = "sheet",
    *,
    only: str | Iterable[str] = (),
    deck: str | None = None,
) -> Mapping[str, bytes]:
    """The printable cards of an index: the content of each file by its name.

    Every code is read back from the finished pages, and tried under hardships such as blur and
    scratches, before anything is returned. The same index gives the same bytes.

    >>> files = linkindex.make_cards("resources.yaml", only="sleep")
    >>> files["sheet.pdf"][:5]
    b'%PDF-'

    Names may hold a folder, with ``/``: ``editions/`` keeps what this edition says.

    :param path: the YAML file.
    :param formats: a name or several: ``sheet`` (A4, eight cards a sheet), or one of those that
        ``linkindex cards --help`` lists.
    :param only: the code of a card to make, or several; all of the deck by default.
    :param deck: the id of a deck of the index, or ``all``; that which the index names by default.
    :raises LinkIndexError: when a text does not fit, an address is too long for a code, a code
        cannot be read back, or there is no such format, deck or card.
    """
    from linkindex import cards

    order = cards.Order(
        formats=_names(formats),
        selection=cards.Selection(_names(only), deck=deck),
        showcase=False,
    )
    return cards.make_cards(_shown(Path(path)), order).files


def _shown(path: Path) -> ShownCatalogue:
    """The index as readers may see it: without what the history of past checks calls harmful."""
    from linkindex.site.health import with_health

    now = clock.now()
    index = with_health(loading.load(path, icons=icon_names(), today=now.date()), path, now)
    if index.errors:
        raise LinkIndexError("\n".join(map(str, index.errors)))
    return index.shown


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def check_links(
    index: Catalogue,
    *,
    minutes: float = 15.0,
    progress: Callable[[int, int], None] | None = None,
) -> LinkReport:
    """Look at every link of an index and say which work.

    >>> report = linkindex.check_links(index)
    >>> for outcome in report.outcomes:
    ...     print(outcome.link.owner_id, outcome.verdict)
    index unverified
    sleep-tips broken
    >>> report.counts[linkindex.Verdict.BROKEN]
    1

    The pages are held against what the index says of them, and each site is told the ``contact``
    of the index. No request goes to an address inside a network. Where the network of this
    computer looks broken, ``report.disturbance`` says so, and nothing counts.

    This is one look. That a link is broken only after three days of failing, and that a harmful one
    is hidden, is decided with the history that ``linkindex links --record`` keeps.

    :param minutes: when to stop; links that were not looked at by then are unverified.
    :param progress: called with the number of addresses that are settled and of all addresses.
    :raises LinkIndexError: when this computer allows no connections to itself, through which
        every request goes.
    """
    from linkindex import links

    return links.check_links(
        links.catalogue_links(index),
        contact=index.settings.contact,
        expectations=links.Expectations(links.identities(index)),
        today=clock.now().date(),
        deadline=minutes * 60,
        progress=progress,
    )
