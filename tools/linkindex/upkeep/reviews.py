"""Which links a person should look at again, and whose they are. Pure."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from linkindex.catalogue import Catalogue, Category, Resource


@dataclass(frozen=True)
class Review:
    """One link in the queue. ``due`` is the day from which it should be looked at again."""

    resource: Resource
    category: Category
    due: datetime.date

    @property
    def steward(self) -> str:
        """Who looks after its category, as the index says; empty if nobody is named."""
        return self.category.steward or ""

    def is_due(self, today: datetime.date) -> bool:
        """Whether the day has come."""
        return self.due <= today


def review_queue(catalogue: Catalogue) -> list[Review]:
    """Every link with the day of its next review, the longest overdue first.

    A link that nobody has reviewed is counted from the day it was added. Those that are taken from
    another index are reviewed there.
    """
    queue = []
    for resource in catalogue.current_resources:
        if catalogue.source_of(resource):
            continue
        category = catalogue.home_of(resource)
        months = category.review_every or catalogue.settings.review_every
        due = months_later(resource.reviewed or resource.added, months)
        queue.append(Review(resource, category, due))
    return sorted(queue, key=lambda review: (review.due, review.resource.line))


def overdue(catalogue: Catalogue, today: datetime.date) -> list[Review]:
    """The links whose review is due."""
    return [review for review in review_queue(catalogue) if review.is_due(today)]


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day if it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
