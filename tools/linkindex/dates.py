"""How days and moments are said to people."""

from __future__ import annotations

import datetime


def date_in_words(day: datetime.date) -> str:
    """A date as people say it: ``24 November 2026``."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime.datetime) -> str:
    """A moment as people say it: ``24 November 2026 at 09:30 UTC``."""
    utc = moment.astimezone(datetime.UTC)
    return f"{date_in_words(utc)} at {utc:%H:%M} UTC"
