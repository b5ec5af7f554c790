"""What lies between two built sites, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linkindex.cards.comparing import PrintDifference
from linkindex.catalogue.problems import quoted, shown
from linkindex.site.comparing import Comparison, WordChange
from linkindex.wording import counted

MOST = 12
"""How many of a kind are named; of the others only how many they are."""


def comparison_text(found: Comparison) -> str:
    """What readers would notice, for whoever decides whether to take the new version."""
    if found.is_same:
        return f"Readers would notice nothing: all {found.pages} pages and all cards are the same."
    return "\n".join(line.rstrip() for line in _lines(found))


def _lines(found: Comparison) -> Iterator[str]:
    if found.lost_codes:
        yield (
            f"PRINTED CODES STOP: {counted(len(found.lost_codes), 'address', 'addresses')} of "
            "printed codes would no longer answer."
        )
        yield from _named(found.lost_codes)
    lost = [address for address in found.lost if address not in found.lost_codes]
    if lost:
        yield f"{counted(len(lost), 'address', 'addresses')} would no longer answer:"
        yield from _named(lost)
    if found.new:
        yield f"{counted(len(found.new), 'new address', 'new addresses')}:"
        yield from _named(found.new)
    yield from _words(found.words)
    if found.styles or found.looks:
        yield "How pages look may differ:"
        if found.styles:
            yield f"  their style changes ({', '.join(map(_name, found.styles))})"
        if found.looks:
            yield f"  the same words stand in another frame on {counted(len(found.looks), 'page')}:"
            yield from (f"  {line}" for line in _named(found.looks))
    if found.scripts:
        yield f"What works in pages may differ ({', '.join(map(_name, found.scripts))})."
    if found.codes:
        yield f"{counted(len(found.codes), 'picture of a code', 'pictures of codes')} changed:"
        yield from _named(found.codes)
    yield from _prints(found)
    if found.others:
        yield f"{counted(len(found.others), 'other file')} changed, such as feeds and data:"
        yield from _named(found.others)


def _words(changes: Sequence[WordChange]) -> Iterator[str]:
    if not changes:
        yield "No page says anything else than before."
        return
    pages = {page for change in changes for page in change.pages}
    yield f"{counted(len(pages), 'page')} would say something else:"
    for change in changes[:MOST]:
        where = ", ".join(map(_name, change.pages[:3]))
        more = f" and {len(change.pages) - 3} more" if len(change.pages) > 3 else ""
        yield f"  {where}{more}"
        if change.old:
            yield f"    - {shown(change.old, 160)}"
        if change.new:
            yield f"    + {shown(change.new, 160)}"
    if len(changes) > MOST:
        yield f"  and {counted(len(changes) - MOST, 'more change')} of this kind"


def _prints(found: Comparison) -> Iterator[str]:
    if not (found.prints or found.lost_prints or found.new_prints):
        yield "All cards look the same."
        return
    for name in found.lost_prints:
        yield f"{_name(name)} would no longer be made."
    for name in found.new_prints:
        yield f"{_name(name)} is new."
    for name, difference in found.prints.items():
        yield from _print(name, difference)


def _print(name: str, difference: PrintDifference) -> Iterator[str]:
    count = len(difference.different)
    verb = "looks" if count == 1 else "look"
    fewer = f", and there are {difference.gone} fewer" if difference.gone else ""
    pages = counted(difference.pages, "page")
    yield f"{_name(name)}: {count} of {pages} {verb} different{fewer}{':' if count else '.'}"
    for page in difference.different[:MOST]:
        yield f"  page {page.number}: {shown(page.begins, 60)}"
    if len(difference.different) > MOST:
        yield f"  and {len(difference.different) - MOST} more"


def _named(names: Sequence[str]) -> Iterator[str]:
    yield from (f"  {_name(name)}" for name in names[:MOST])
    if len(names) > MOST:
        yield f"  and {len(names) - MOST} more"


def _name(name: str) -> str:
    return quoted(f"/{name}")
