"""The comment on a pull request, in which nothing that a review holds means anything. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkindex.upkeep.reviewing.review import ChangedLink, Review, What
from linkindex.upkeep.suggesting.answering import as_own
from linkindex.wording import counted

MARK = "<!-- kept up to date by linkindex: review -->"
"""By which the comment is known again; GitHub does not show it."""

_HEAD = re.compile(r"<!-- of ([0-9a-f]{40}) -->")

LONGEST = 60_000
"""GitHub takes 65,536 characters."""

_HEADINGS = {
    What.COMES: "New",
    What.CHANGES: "Changed",
    What.MOVES: "Moved to another topic",
    What.GOES: "Gone",
}


def comment_text(
    review: Review | None, head: str, pages: Sequence[tuple[str, str]] = (), further: str = ""
) -> str:
    """The text of the comment.

    :param review: what changes; none where the other half handed over nothing that can be read.
    :param head: the commit that was looked at, 40 hexadecimal digits.
    :param pages: what can be downloaded to see the pages: a name and an address, both ours.
    :param further: a sentence of our own that stands first.
    """
    parts = [f"{MARK}\n<!-- of {head} -->"]
    if further:
        parts.append(further)
    if review is None:
        parts.append(
            "What this changes could not be read: the run that looks at it did not finish. Its log "
            "says why."
        )
    else:
        parts += _of(review)
    if pages:
        listed = ", ".join(f"[{name}]({address})" for name, address in pages)
        parts.append(f"**How it will look:** {listed} (to download, with an account)")
    parts.append(
        f"This was made from {head[:7]} and is kept up to date. Texts of the pull request are "
        "shown as they stand; nobody has judged them."
    )
    text = "\n\n".join(parts) + "\n"
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rpartition(chr(10))[0]}\n\nThe rest is in the log of the run.\n"


def head_of(text: str) -> str | None:
    """The commit that a comment of ours is about."""
    match = _HEAD.search(text)
    return match[1] if match else None


def _of(review: Review) -> list[str]:
    parts = []
    counts = [
        f"{counted(sum(link.what is what for link in review.links), 'link')} {word}"
        for what, word in (
            (What.COMES, "new"),
            (What.CHANGES, "changed"),
            (What.MOVES, "moved"),
            (What.GOES, "gone"),
        )
        if any(link.what is what for link in review.links)
    ]
    parts.append(f"**{', '.join(counts)}**" if counts else "**No link changes.**")
    if review.errors:
        parts.append(f"**The check finds {counted(review.errors, 'error')}.**")
    for what, heading in _HEADINGS.items():
        links = [link for link in review.links if link.what is what]
        if links:
            parts.append(f"### {heading}\n\n" + "\n".join(_link(link) for link in links))
    if review.more_links:
        parts.append(f"And {counted(review.more_links, 'more link', 'more links')}.")
    if review.parts:
        parts.append("### Besides\n\n" + "\n".join(f"- {as_own(part)}" for part in review.parts))
    if review.says:
        listed = "\n".join(f"- {as_own(sentence)}" for sentence in review.says)
        parts.append(f"### What the check says besides\n\n{listed}")
    return parts


def _link(link: ChangedLink) -> str:
    """A link, and below it what is known of it."""
    name = as_own(link.title) if link.title else "A link of a sensitive topic"
    where = f", in {as_own(link.topic)}" if link.topic else ""
    lines = [f"- {name} (`{link.code}`){where}"]
    if link.keys and link.what is not What.COMES:
        lines.append(f"  - changes: {as_own(', '.join(link.keys))}")
    lines.append(f"  - opened: {as_own(link.looked)}" if link.looked else "")
    lines += [f"  - {as_own(sentence)}" for sentence in link.says]
    if not link.says and link.what is not What.GOES:
        lines.append("  - the check has nothing to say")
    return "\n".join(line for line in lines if line)
