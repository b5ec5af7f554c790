"""What an entry of an index lets one expect of its page. Pure."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from linkindex.catalogue import Catalogue, Cost, Format, Resource
from linkindex.catalogue.fields import SEVERAL_LANGUAGES
from linkindex.links.pages.signs import Said


@dataclass(frozen=True)
class Identity:
    """What an entry lets one expect of its page.

    ``about`` is what the entry says of itself, ``around`` what its category says. ``sells`` is true
    of a book and of what costs money.
    """

    title: str
    publisher: str
    about: str
    address: str
    language: str = "en"
    sells: bool = False
    around: str = ""

    @functools.cached_property
    def said(self) -> Said:
        """Everything that the entry says."""
        return Said(f"{self.title} {self.publisher} {self.about} {self.around}")

    def together_with(self, other: Identity) -> Identity:
        """The same page as an entry more describes it: it may speak of any of them.

        Its title and publisher stay those of the first, so that a page which names one of them is
        not held to name all.
        """
        return replace(
            self,
            about=f"{self.about} {other.title} {other.publisher} {other.about}",
            sells=self.sells or other.sells,
            around=f"{self.around} {other.around}",
        )


@dataclass(frozen=True)
class Seen:
    """What an earlier look saw at an address that worked then.

    ``title`` is empty where no page was read, or where it had none. ``fitted`` says that the page
    was read and plainly was what the index says.
    """

    title: str
    final_address: str
    fitted: bool = False


def identity_of(catalogue: Catalogue, resource: Resource) -> Identity:
    """What the catalogue says of a resource."""
    home = catalogue.home_of(resource)
    about = (resource.summary, resource.use_when or "", *resource.keywords)
    around = (home.title, home.full_title, home.summary, *home.aliases, *home.keywords)
    return Identity(
        resource.title,
        resource.publisher,
        " ".join(about),
        resource.opens,
        resource.language[0] if len(resource.language) == 1 else SEVERAL_LANGUAGES,
        around=" ".join(around),
        sells=resource.format is Format.BOOK or resource.cost is not Cost.FREE,
    )
