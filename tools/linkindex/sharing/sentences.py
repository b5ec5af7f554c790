"""What an update does, in plain words for the person who decides on it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from linkindex.catalogue.problems import quoted, shown
from linkindex.catalogue.rules.tree import text_of
from linkindex.catalogue.shared.share import Head
from linkindex.sharing.comparing import OF_A_CARD, Changed, Gone, Piece, State
from linkindex.sharing.updating import Update
from linkindex.wording import counted

_NAMES = {
    "url": "address",
    "full_title": "title of the page",
    "neutral_title": "neutral title",
    "use_when": "when to use it",
    "phone": "number to call",
    "text": "number to text",
    "also_in": "other topics that show it",
    "as_of": "day on which it was so",
    "claim_until": "day until which it holds",
    "page_icon": "icon of the page",
    "card.front": "front of its card",
    "card.prompts": "back of its card",
    "start_here": "links to open first",
    "needs": "names by need",
    "aliases": "other names",
}
"""What a key is called, where its name alone does not tell."""

_NUMBERS = ("phone", "text")
MOST = 200
"""Entries of one kind that are told one by one."""


def sentences(name: str, before: Head, after: Head, update: Update) -> Iterator[str]:
    """Every line that is shown before an update is taken.

    :param name: what the other index is called here.
    :param before: what it said of itself in the version that is kept, and ``after`` now.
    """
    told = shown(after.name)
    yield f"{told}: from version {shown(before.version)} to {shown(after.version)}."
    yield from _itself(before, after)
    comparison = update.comparison
    yield from _part("New", list(map(_came, comparison.came)))
    yield from _part("Changed", list(_changes(comparison.changed)))
    yield from _part("Gone", [_gone(gone, update) for gone in comparison.gone])
    yield from _part("Urgent help", [_line(*line) for line in comparison.lines])
    if comparison.words:
        words = ", ".join(quoted(word) for word in comparison.words[:10])
        left = len(comparison.words) - 10
        more = f" and {left} more" if left > 0 else ""
        yield f"Words of the glossary that came, changed or went: {words}{more}."
    yield from _part("Codes and ids", list(_names(update)))
    yield from _part("Yours", list(_yours(update, name)))
    yield from _part("To do", list(_to_do(update)))
    if comparison.offered:
        offered = ", ".join(map(quoted, comparison.offered[:20]))
        yield f"New topics that you do not take: {offered}."
    if not _says_something(update):
        yield "Nothing of what you take reads differently."


def _itself(before: Head, after: Head) -> Iterator[str]:
    for key, was, now in (
        ("name", before.name, after.name),
        ("organisation", before.organisation, after.organisation),
        ("address", before.site_url, after.site_url),
    ):
        if was != now:
            yield (
                f"Its {key} was {quoted(was, 100)} and is now {quoted(now, 100)}: be sure that it "
                "is still kept by those whom you trust."
            )
    if before.version == after.version:
        yield "It is another file under the same version; ask those who keep it why."
    elif before.version[:2] == after.version[:2] == "20" and after.version < before.version:
        yield "That is older than what you have."


def _part(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}:"
        yield from (f"  {line}" for line in lines[:MOST])
        if len(lines) > MOST:
            yield f"  and {len(lines) - MOST:,} more"


def _where(piece: Piece) -> str:
    return f"{shown(piece.topic)}: " if piece.topic else "topic "


def _came(piece: Piece) -> str:
    if piece.topic is None:
        return f"{_where(piece)}{shown(piece.title, 100)}"
    publisher = text_of(piece.node, "publisher")
    opens = text_of(piece.node, "url") or ""
    by = f" ({shown(publisher)})" if publisher else ""
    return f"{_where(piece)}{shown(piece.title, 100)}{by} {shown(opens, 120)}".rstrip()


def _changes(changed: tuple[Changed, ...]) -> Iterator[str]:
    last = None
    for change in changed:
        if change.piece is not last:
            last = change.piece
            yield f"{_where(last)}{shown(last.title, 100)}"
        yield f"  {_value(change)}"


def _value(change: Changed) -> str:
    key = _NAMES.get(change.key, change.key.replace("_", " "))
    if not change.before:
        return f"{key}: now {quoted(change.after, 160)}"
    if not change.after:
        return f"{key}: no longer {quoted(change.before, 160)}"
    elsewhere = change.key == "url" and _host(change.before) != _host(change.after)
    site = " (another site: open it once)" if elsewhere else ""
    return f"{key}: {quoted(change.before, 160)} is now {quoted(change.after, 160)}{site}"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _gone(gone: Gone, update: Update) -> str:
    piece = gone.before
    what = f"{_where(piece)}{shown(piece.title, 100)}"
    if gone.now is not None and gone.now.state is State.WITHHELD:
        return (
            f"{what} is kept from readers there, since its page became harmful; its code "
            f"{piece.name.code} leads to its topic"
        )
    if gone.now is not None and gone.now.state is State.ELSEWHERE:
        return f"{what} holds only where you are not; its code {piece.name.code} leads to its topic"
    if gone.now is not None:
        retired = gone.now.node.get("retired")
        reason = text_of(retired, "reason")
        why = f" ({shown(reason, 160)})" if reason else ""
        successor = quoted(text_of(retired, "successor") or piece.topic)
        return f"{what} was retired there{why}; its code {piece.name.code} leads to {successor}"
    if piece.name.id in update.own_now:
        return f"{what} is not there any more; it stays as a topic of your own, with your links"
    successor = quoted(update.written.get(piece.name.id))
    return (
        f"{what} is not there any more; it is written here as retired, and its code "
        f"{piece.name.code} leads to {successor}"
    )


def _line(name: str, before: str, after: str) -> str:
    if not before:
        return f"{shown(name)} is new: {shown(after, 160)}"
    if not after:
        return f"{shown(name)} is not there any more"
    return f"{shown(name)}: {quoted(before, 160)} is now {quoted(after, 160)}"


def _names(update: Update) -> Iterator[str]:
    for name, code in update.kept_codes.items():
        yield f"{quoted(name)} has another code there now, and keeps {quoted(code)} here"
    for name, theirs in update.kept_ids.items():
        yield f"{quoted(name)} is called {quoted(theirs)} there now, and keeps its name here"
    for name, theirs, code in update.new_codes:
        if theirs == code:
            yield f"{quoted(name)} has another id there, which is taken here"
        else:
            yield (
                f"{quoted(name)} has the code {quoted(code)} here, since {quoted(theirs)} belongs "
                "to something else"
            )
    for name in update.added_topics:
        yield (
            f"the topic {quoted(name)} is taken, too, since codes that may be printed now lead "
            "there"
        )
    for name in update.returned:
        yield f"{quoted(name)} is there again, and no longer retired here"


def _yours(update: Update, name: str) -> Iterator[str]:
    for each in update.overridden:
        key = _NAMES.get(each.key, each.key.replace("_", " "))
        now = f"was {quoted(each.before, 160)} and is now {quoted(each.after, 160)}"
        if each.same:
            yield (
                f"the {key} of {quoted(each.theirs)} {now}, which is what you say: you can take it "
                f"out of `change:` of {quoted(name)}"
            )
        else:
            yield (
                f"the {key} of {quoted(each.theirs)} {now} there; yours stays "
                f"{quoted(each.ours, 160)} ({shown(each.reason, 160)})"
            )
    for key, theirs in update.dropped:
        yield f"{quoted(theirs)} is taken out of {quoted(f'{key}:')}, for it stands on nothing now"
    for topic, link in update.unnamed:
        yield f"{quoted(link)} is taken out of `start_here:` of {quoted(topic)}, for it is gone"


def _to_do(update: Update) -> Iterator[str]:
    numbers = [
        change for change in update.comparison.changed if change.key in _NUMBERS and change.after
    ]
    for change in numbers:
        yield f"ring {quoted(change.after)} of {shown(change.piece.title)} before you print it"
    if update.comparison.lines:
        yield "ring each number of urgent help that is new before you print it"
    cards = list(
        dict.fromkeys(
            change.piece.name.id
            for change in update.comparison.changed
            if change.piece.topic is None and change.key in OF_A_CARD
        )
    )
    if cards:
        named = ", ".join(map(quoted, cards))
        yield f"print {counted(len(cards), 'card')} again, which will look different: {named}"
    for name in update.own_now:
        yield f"read what {quoted(name)} says, for it is yours now"


def _says_something(update: Update) -> bool:
    comparison = update.comparison
    return any((comparison.came, comparison.changed, comparison.gone, comparison.lines))
