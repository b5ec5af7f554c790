"""What keeps a page from being judged, and when a check has failed for it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection

from linkindex.links.causes import ProgramErrors, TooManyUnjudged
from linkindex.links.judging.looks import NOT_JUDGED, Look

_log = logging.getLogger(__name__)

MOST_UNJUDGED = 0.05
"""Share of the pages of a check that may be too odd to be judged, beside a single one."""


def too_many_unjudged(looks: Collection[Look]) -> TooManyUnjudged | None:
    """How many pages could not be judged, where so many that the check says too little."""
    unjudged = sum(look.is_unjudged for look in looks)
    if unjudged <= max(1, MOST_UNJUDGED * len(looks)):
        return None
    return TooManyUnjudged(unjudged, len(looks))


_OF_A_PAGE = (ValueError, OverflowError, RecursionError)
"""What the text of a page, or an address in it, can make the judging fail with."""


class Errors:
    """The errors of this program while pages are judged.

    One page spoils no other's look, so that an error does not end the check. But it is no verdict
    on the page either, and the check as a whole has failed.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    @property
    def fault(self) -> ProgramErrors | None:
        """The errors; ``None`` where there was none."""
        return ProgramErrors(self._counts.total(), tuple(self._counts)) if self._counts else None

    def or_not_judged(self, address: str, judged: Callable[[], Look]) -> Look:
        """The look, or one that says nothing of the page."""
        try:
            return judged()
        except _OF_A_PAGE as error:
            _log.info("%s could not be judged: %r", address, error)
        except Exception as error:
            kind = type(error).__name__
            if kind not in self._counts:
                _log.exception("%s could not be judged", address)
            self._counts[kind] += 1
        return NOT_JUDGED
