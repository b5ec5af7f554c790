"""Which keys stand in which part of ``resources.yaml``, as the model has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_origin

from linkindex.catalogue import model, upstream
from linkindex.catalogue.problems import nearest, quoted


@dataclass(frozen=True, eq=False)
class Shape:
    """A kind of ``key: value`` lines: the file itself, a topic, a link, a card ...

    ``parts`` are the keys below which one such kind stands, ``entries`` those of a list of them.
    """

    noun: str
    keys: tuple[str, ...]
    required: frozenset[str] = frozenset()
    parts: dict[str, Shape] = field(default_factory=dict)
    entries: dict[str, Shape] = field(default_factory=dict)
    or_text: bool = False
    """Whether an entry of this kind may be a text alone."""
    texts: tuple[str, ...] = ()
    """The keys of which each language has a text of its own (``Piece.TEXTS``)."""
    names: tuple[str, ...] = ()
    """The keys that may be given in each language (``Piece.NAMES``)."""
    lists: frozenset[str] = frozenset()
    """The keys that hold a list."""


def keys_of(kind: type[model.Piece]) -> tuple[str, ...]:
    """The keys of a piece, as they are written in the file."""
    return tuple(field.alias or name for name, field in kind.model_fields.items())


def required_of(kind: type[model.Piece]) -> frozenset[str]:
    """The keys that a piece cannot do without."""
    return frozenset(
        field.alias or name for name, field in kind.model_fields.items() if field.is_required()
    )


_OTHER_NAMES = {
    "accessible_as": "accessibility",
    "added": "date, date added, created",
    "also_in": "related, see also, other topics",
    "audiences": "audience, for, for whom, who, who for, who is it for, whom",
    "categories": "topics",
    "caution": "text",
    "claim_until": "expires, until",
    "colour": "color",
    "colours": "colors",
    "contact": "e-mail, email, mail",
    "cost": "charge, fee, fees, price",
    "email": "e-mail, e-mail address, email address, mail",
    "evidence": "source, sources",
    "format": "kind, type",
    "keywords": "search terms, search words, tags",
    "language": "lang, languages",
    "meaning": "definition, explanation",
    "minutes": "duration, length, mins, time",
    "name": "title",
    "nations": "area, countries, country, nation, region, where",
    "on": "date",
    "phone": "call, helpline, mobile, number, phone number, tel, telephone, telephone number",
    "publisher": "author, by, charity, organisation, organization, provider, source, who made it",
    "resources": "links",
    "retired": "archived, closed, deleted, gone, removed",
    "site_url": "address, web address, website",
    "summary": "about, blurb, description, what people get",
    "term": "abbreviation, acronym, name, short form, title, word",
    "text": "sms, text number",
    "title": "heading, headline, label, name",
    "url": "address, href, link, page, site, uri, web, web address, web page, webpage, website",
    "use_when": "when, when to use, when to use it",
}
"""What editors call keys, as forms and other programs have them."""

_REMARKS = frozenset({"comment", "comments", "note", "notes", "remark", "remarks", "todo"})
_TOPIC_OF_A_LINK = frozenset({"category", "section", "topic"})


def known_key(key: str, known: Iterable[str]) -> str:
    """What to write in place of an unknown key: what it stands for, or every key there is."""
    keys = list(known)
    if _said(key) in _REMARKS:
        return "put `# ` before it if it is a remark for editors, else remove it"
    if _said(key) in _TOPIC_OF_A_LINK and "also_in" in keys:
        return "remove it: a link belongs to the topic below which it stands; `also_in:` names more"
    meant = meant_key(key, keys)
    return f"did you mean {quoted(meant)}?" if meant else f"use one of: {', '.join(keys)}"


def meant_key(key: str, known: Iterable[str]) -> str | None:
    """The key that an unknown one stands for: by what people call it, or by its letters."""
    keys = list(known)
    if _said(key) in _REMARKS | _TOPIC_OF_A_LINK:
        return None
    named = (known for known in keys if _said(key) in _OTHER_NAMES.get(known, "").split(", "))
    return next(named, None) or nearest(key, keys)


def _said(key: str) -> str:
    return key.lower().replace("_", " ").strip()


def _shape(
    noun: str,
    kind: type[model.Piece],
    *,
    parts: dict[str, Shape] | None = None,
    entries: dict[str, Shape] | None = None,
    or_text: bool = False,
) -> Shape:
    return Shape(
        noun,
        keys_of(kind),
        required_of(kind),
        parts or {},
        entries or {},
        or_text,
        kind.TEXTS,
        kind.NAMES,
        frozenset(
            field.alias or name
            for name, field in kind.model_fields.items()
            if get_origin(field.annotation) is tuple
        ),
    )


_ALLOW = _shape("answer to a warning", model.Allow)
_CAUTION = _shape("caution", model.Caution, or_text=True)
_RETIRED = _shape("retirement", model.Retired)
_PHONE = _shape("number", model.Phone)
_NUMBERS = {"phone": _PHONE, "text": _PHONE}

LINK = _shape(
    "resource",
    model.Resource,
    parts={**_NUMBERS, "retired": _RETIRED},
    entries={"allow": _ALLOW},
)
TOPIC = _shape(
    "category",
    model.Category,
    parts={
        "card": _shape("card", model.CardText),
        "start_here": _shape("start", model.StartHere),
        "needs": _shape("need", model.Needs),
        "retired": _RETIRED,
    },
    entries={"allow": _ALLOW, "cautions": _CAUTION, "resources": LINK},
)
_UPSTREAM = _shape(
    "upstream",
    upstream.Upstream,
    entries={
        "hide": _shape("hidden entry", upstream.Hidden),
        "rung": _shape("number", upstream.Rung),
        "here": _shape("name", upstream.Renamed),
    },
)
FILE = Shape(
    "file",
    ("index", "extends", "groups", "urgent_help", "glossary", "decks", "categories", "drafts"),
    frozenset({"index", "groups", "urgent_help", "categories"}),
    parts={
        "index": _shape(
            "settings",
            model.Settings,
            parts={
                "domain": _shape("domain", model.Domain),
                "deck": _shape("deck", model.DeckSettings),
                "colours": _shape("colours", model.Colours),
            },
        )
    },
    entries={
        "extends": _UPSTREAM,
        "groups": _shape("group", model.Group),
        "urgent_help": _shape(
            "urgent help", model.UrgentHelp, parts=_NUMBERS, entries={"allow": _ALLOW}
        ),
        "glossary": _shape("word", model.Term),
        "decks": _shape("deck", model.DeckPlan),
        "categories": TOPIC,
    },
)


HOMES = {
    LINK: "`resources:` of its category",
    **{shape: quoted(f"{key}:") for key, shape in FILE.entries.items()},
}
"""Below which key an entry of each kind stands."""


def _all_keys(shape: Shape) -> frozenset[str]:
    below = (*shape.parts.values(), *shape.entries.values())
    return frozenset(shape.keys).union(*map(_all_keys, below))


def keys_of_links() -> tuple[str, ...]:
    """The keys of a link."""
    return LINK.keys


KNOWN_KEYS = _all_keys(FILE)
"""Every key that means something somewhere."""

ENTRY_SHAPES = (*FILE.entries.values(), LINK, _ALLOW, _CAUTION)
"""The kinds that stand in lists."""

_KEYS_OF_ENTRIES = [key for shape in ENTRY_SHAPES for key in shape.keys]
TELLING_KEYS = {
    key: shape for shape in ENTRY_SHAPES for key in shape.keys if _KEYS_OF_ENTRIES.count(key) == 1
}
"""Keys that only one kind of entry has: they tell what an entry is, wherever it stands."""
