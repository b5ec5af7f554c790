"""Codes that no category may take, since the site will need their addresses."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import count

from linkindex.catalogue.codes import KEPT_NAMES, PAGE_NAMES, fits_category_code
from linkindex.catalogue.fields import language_of_tag
from linkindex.catalogue.problems import Place, Problem, quoted
from linkindex.catalogue.rules.tree import Entry, WrittenIndex


def kept_codes(index: WrittenIndex, wrong: Container[Place]) -> Iterator[Problem]:
    """No code of a category is kept for something, unless it was published before that.

    :param wrong: where something else is wrong, so that one code is not called wrong twice.
    """
    for entry in index.categories:
        code = entry.code
        reason = reason_kept(code) if code and code not in index.published else None
        place = entry.place("code" if entry.text("code") else "id")
        if reason and place not in wrong:
            yield index.error(
                place, f"the code {quoted(code)} is {reason}", _another_code(index, entry)
            )


def _another_code(index: WrittenIndex, entry: Entry) -> str:
    """What to write in place of a code that is kept."""
    if entry.sensitive:
        return "write another that does not give the topic away, such as `code: help4`"
    taken = {category.code for category in index.categories}
    free = (code for code in likely_codes(entry.id or "") if code not in taken)
    return f"write `code: {next(free)}`, or another that tells the topic"


def reason_kept(code: str) -> str | None:
    """What a code is kept for, to follow "the code is", if it is kept for anything."""
    if code in KEPT_NAMES:
        return "kept for a page that the site will have"
    language = language_of_tag(code)
    return f"kept for pages in {language}, whose language tag it is" if language else None


def likely_codes(category_id: str) -> Iterator[str]:
    """Codes that can be given to a category, those first that tell most of its id; without end."""
    words = re.findall(r"[a-z0-9]+", category_id.lower()) or ["topic"]
    parts = (
        category_id,
        *("".join(word[:length] for word in words[:2])[:8] for length in (3, 4)),
        *(words[0][:length] for length in (5, 8, 4)),
    )
    numbered = (f"{words[0][:5]}{number}" for number in count(2))
    yield from (code for code in dict.fromkeys(parts) if _is_free(code))
    yield from (code for code in numbered if _is_free(code))


def _is_free(code: str) -> bool:
    return fits_category_code(code) and code not in PAGE_NAMES and reason_kept(code) is None
