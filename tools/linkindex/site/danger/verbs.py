"""The forms of an English verb, as people type them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ENDS_ON_ONE_CONSONANT = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")


def forms_of(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A verb and its forms: that of he and she, that of now, and those of the past.

    :param irregular: the forms of verbs for which the rules are wrong.
    """
    if verb in irregular:
        return (verb, *irregular[verb])
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb[:-1]}ing", f"{verb}d")
    if re.search(r"[^aeiou]y$", verb):
        return (verb, f"{verb[:-1]}ies", f"{verb}ing", f"{verb[:-1]}ied")
    doubled = verb + verb[-1] if _ENDS_ON_ONE_CONSONANT.fullmatch(verb) else verb
    hissing = verb.endswith(("s", "sh", "ch", "x", "z"))
    return (verb, f"{verb}es" if hissing else f"{verb}s", f"{doubled}ing", f"{doubled}ed")
