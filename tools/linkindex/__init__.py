"""LinkIndex: one YAML catalogue becomes a searchable site and a ring of QR cards.

What is named in ``__all__`` is the library. Everything else is private to its folder, and may move.

    import linkindex

    index = linkindex.load("resources.yaml")
    for outcome in linkindex.check_links(index).outcomes:
        print(outcome.link.address, outcome.verdict)

Data flows one way. :mod:`linkindex.catalogue` reads and validates ``resources.yaml`` into an
immutable :class:`~linkindex.catalogue.Catalogue`; :mod:`linkindex.site`, :mod:`linkindex.cards`
and :mod:`linkindex.links` each turn that one value into an output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkindex.catalogue import Catalogue, LinkIndexError, Problem
    from linkindex.library import BuiltSite, build, check, check_links, load, make_cards
    from linkindex.links.model import LinkReport, Verdict

    __version__: str

__all__ = [
    "BuiltSite",
    "Catalogue",
    "LinkIndexError",
    "LinkReport",
    "Problem",
    "Verdict",
    "__version__",
    "build",
    "check",
    "check_links",
    "load",
    "make_cards",
]

_HOMES = {
    "Catalogue": "linkindex.catalogue",
    "LinkIndexError": "linkindex.catalogue",
    "LinkReport": "linkindex.links.model",
    "Problem": "linkindex.catalogue",
    "Verdict": "linkindex.links.model",
}
"""Where a name is from, if not from :mod:`linkindex.library`."""


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: importing the package alone costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("linkindex")
    else:
        value = getattr(importlib.import_module(_HOMES.get(name, "linkindex.library")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The names of the library, before they are used as well as after."""
    return sorted({*globals(), *__all__})
