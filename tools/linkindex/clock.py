"""The clock, which is asked once, where a command begins. From there its answer is passed on."""

from __future__ import annotations

import datetime

TOLERANCE = datetime.timedelta(days=1)
"""What one computer calls today may be tomorrow or yesterday on another: editors write the day of
their own calendar, and most computers that build sites keep the time of Greenwich."""


def now() -> datetime.datetime:
    """This moment, to the second, in the time of the place: its day is the one of its calendars.

    Nothing else asks what time it is, so that one command cannot be on two days, and a test can
    say which day it is.
    """
    return datetime.datetime.now(datetime.UTC).astimezone().replace(microsecond=0)


def is_in_the_future(day: datetime.date, today: datetime.date) -> bool:
    """Whether a day that was written down lies in the future wherever it was written."""
    return day > today + TOLERANCE
