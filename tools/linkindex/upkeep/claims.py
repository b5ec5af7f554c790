"""Which claims of an index can age, and which of them a person should look into. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, Category, Resource
from linkindex.catalogue.model import Caution, Claim
from linkindex.upkeep.reviews import months_later


@dataclass(frozen=True)
class DatedClaim:
    """A link, a caution or a word that says until when it holds, or what it rests on.

    :ivar category: where it stands; a word of the glossary may stand in none.
    :ivar due: the day from which it should be looked into again; none if it gives no day.
    """

    claim: Claim
    category: Category | None
    due: datetime.date | None

    @property
    def name(self) -> str:
        """What it is called: the title of a link, a caution itself, a word."""
        if isinstance(self.claim, Resource):
            return self.claim.title
        return self.claim.text if isinstance(self.claim, Caution) else self.claim.term

    @property
    def steward(self) -> str:
        """Who looks after its category, as the index says; empty if nobody is named."""
        return (self.category.steward if self.category else None) or ""

    @property
    def rests_on_one_source(self) -> bool:
        """Whether nothing but one source is known for it.

        A person who has read the page of a link, and signed it off, is another.
        """
        is_signed_off = isinstance(self.claim, Resource) and self.claim.reviewed is not None
        return len(self.claim.evidence) == 1 and not is_signed_off

    def has_aged(self, today: datetime.date) -> bool:
        """Whether its day has come."""
        return self.due is not None and self.due <= today

    def needs_a_look(self, today: datetime.date) -> bool:
        """Whether it may hold no longer, or rests on one source."""
        return self.has_aged(today) or self.rests_on_one_source


def dated_claims(catalogue: Catalogue) -> list[DatedClaim]:
    """Every claim that can age or says what it rests on: the longest due first, then by line.

    Claims of another index, of which topics are taken, are looked into there.

    One that says only since when it holds is due as long after as a review of its topic holds.
    """
    claims = [
        DatedClaim(claim, category, _due(catalogue, claim, category))
        for claim, category in _claims(catalogue)
        if (claim.as_of or claim.claim_until or claim.evidence)
        and catalogue.is_own_line(claim.line)
    ]
    return sorted(claims, key=lambda one: (one.due or datetime.date.max, one.claim.line))


def doubtful_claims(catalogue: Catalogue, today: datetime.date) -> list[DatedClaim]:
    """The claims that a person should look into."""
    return [claim for claim in dated_claims(catalogue) if claim.needs_a_look(today)]


def _claims(catalogue: Catalogue) -> Iterator[tuple[Claim, Category | None]]:
    for category in catalogue.current_categories:
        yield from ((caution, category) for caution in category.cautions)
        yield from ((link, category) for link in category.resources if link.retired is None)
    current = {category.id: category for category in catalogue.current_categories}
    for term in catalogue.glossary:
        yield term, current.get(term.category or "")


def _due(catalogue: Catalogue, claim: Claim, category: Category | None) -> datetime.date | None:
    if claim.claim_until:
        return claim.claim_until + datetime.timedelta(days=1)
    if claim.as_of is None:
        return None
    months = (category.review_every if category else None) or catalogue.settings.review_every
    return months_later(claim.as_of, months)
