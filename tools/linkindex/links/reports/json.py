"""The report for programs."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from linkindex.links import wording
from linkindex.links.causes import (
    Answered,
    Cause,
    Danger,
    Disturbance,
    MovedTo,
    NoSuchPlace,
    NotYetBroken,
    OnlyOnce,
    OpenedByHand,
    OpenedOn,
    Opens,
    OutOfTheSite,
    Told,
    Why,
)
from linkindex.links.model import (
    Hop,
    Link,
    LinkReport,
    LinksError,
    MissingParts,
    Outcome,
    Part,
    Verdict,
)

VERSION = 1
"""Grows when a key changes its meaning or goes; new keys alone do not change it."""


def report_json(report: LinkReport) -> str:
    """The report as a JSON object with the keys

    - ``version``: 1 (see :data:`VERSION`);
    - ``checked_at``: when the check began to report, UTC, as ``2026-11-24T09:30:00+00:00``;
    - ``counts``: the number of links by verdict, every verdict named;
    - ``links``: an object for each link, in the order of the check, with ``address``, ``file``,
      ``line`` (from 1), ``owner_id``, ``owner_title``, ``verdict`` (``working``, ``moved``,
      ``broken``, ``blocked``, ``unverified`` or ``suspect``), ``reason`` (a sentence), ``cause``
      (the same as a name for programs, such as ``too-slow`` or ``answered``), ``status`` (the last
      HTTP status, or null), ``final_address`` (where the address leads, or null),
      ``hops`` (the redirects on the way: objects with ``address`` and ``status``), ``title`` (what
      the page calls itself, or empty), ``danger`` (what a suspect page turned out to be, or empty),
      ``harmful`` (whether it must not be shown to anybody) and ``fits`` (whether the page was
      read and plainly is what the index says);
    - ``disturbance``: a sentence where the network of the check looked broken, so that nothing
      counts; empty otherwise; and ``disturbed_by``, its name: ``cut-off``, ``shut-out`` or
      ``captive``;
    - ``part``: null, or of a report of one part of a check (``--shard``) its ``number`` (from 1),
      ``of`` how many, and ``others``, the addresses that the other parts look at;
    - ``missing``: null, or of parts that were joined without all of them the ``numbers`` of those
      that do not count, ``of`` how many, how many ``links`` were not looked at for that, and which
      of them were ``disturbed``: they came, and had found their network broken;
    - ``fault``: a sentence where pages could not be judged, so that a danger may have been missed;
      empty otherwise.
    """
    document = {
        "version": VERSION,
        "checked_at": report.checked_at.isoformat(),
        "disturbance": wording.reason(report.disturbance) if report.disturbance else "",
        "disturbed_by": _name(report.disturbance) if report.disturbance else "",
        "counts": report.counts,
        "links": [_link(outcome) for outcome in report.outcomes],
        "part": asdict(report.part) if report.part else None,
        "missing": asdict(report.missing) if report.missing else None,
        "fault": wording.fault(report.fault) if report.fault else "",
    }
    return json.dumps(document, indent=2) + "\n"


def report_from_json(text: str, name: str) -> LinkReport:
    """The report that :func:`report_json` wrote.

    :param name: what to call it in a complaint.
    :raises LinksError: for anything else.
    """
    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise ValueError
        return LinkReport(
            tuple(_outcome(link) for link in document["links"]),
            datetime.datetime.fromisoformat(document["checked_at"]),
            disturbance=_disturbance(document["disturbance"], document.get("disturbed_by", "")),
            part=_part(document.get("part")),
            missing=_missing(document.get("missing")),
            fault=Told(str(document["fault"])) if document.get("fault") else None,
        )
    except (ValueError, KeyError, TypeError):
        raise LinksError(
            f"{name}: this is not a report of links; make it with `linkindex links --json {name}`"
        ) from None


_PLAIN: dict[str, Why | Danger | Disturbance] = {
    cause.value: cause for kind in (Why, Danger, Disturbance) for cause in kind
}
"""The causes that are known again by their name alone."""

_WITH_EVIDENCE: dict[type[Cause], str] = {
    Opens: "opens",
    MovedTo: "moved-to",
    Answered: "answered",
    OnlyOnce: "only-once",
    NotYetBroken: "not-yet-broken",
    OpenedOn: "opened-on",
    OpenedByHand: "opened-by-hand",
    OutOfTheSite: "out-of-the-site",
    NoSuchPlace: "no-such-place",
    Told: "told",
}


def _name(cause: Cause) -> str:
    return cause.value if isinstance(cause, StrEnum) else _WITH_EVIDENCE[type(cause)]


def _cause(name: str, reason: str) -> Cause:
    """The cause of this name; of those with evidence, the words are what is left."""
    if not name and reason == _FORMER_NOT_IN_TIME:
        return Why.NOT_IN_TIME
    return _PLAIN.get(name) or Told(str(reason))


_FORMER_NOT_IN_TIME = "not looked at in time"
"""The reason by which reports were told apart before their causes had names."""


def _disturbance(sentence: str, name: str) -> Disturbance | Told | None:
    if not sentence:
        return None
    return Disturbance(name) if name in {*Disturbance} else Told(sentence)


def _part(part: dict[str, Any] | None) -> Part | None:
    return Part(part["number"], part["of"], tuple(part["others"])) if part else None


def _missing(missing: dict[str, Any] | None) -> MissingParts | None:
    if not missing:
        return None
    return MissingParts(
        tuple(missing["numbers"]),
        missing["of"],
        missing["links"],
        tuple(missing.get("disturbed", ())),
    )


def _outcome(link: dict[str, Any]) -> Outcome:
    return Outcome(
        Link(link["address"], link["file"], link["line"], link["owner_id"], link["owner_title"]),
        Verdict(link["verdict"]),
        _cause(link.get("cause", ""), link["reason"]),
        status=link["status"],
        final_address=link["final_address"],
        hops=tuple(Hop(hop["address"], hop["status"]) for hop in link["hops"]),
        title=link["title"],
        danger=Danger(link["danger"]) if link["danger"] else None,
        fits=link["fits"],
    )


def _link(outcome: Outcome) -> dict[str, Any]:
    link = outcome.link
    return {
        "address": link.address,
        "file": link.file,
        "line": link.line,
        "owner_id": link.owner_id,
        "owner_title": link.owner_title,
        "verdict": outcome.verdict,
        "reason": wording.reason(outcome.cause),
        "cause": _name(outcome.cause),
        "status": outcome.status,
        "final_address": outcome.final_address,
        "hops": [{"address": hop.address, "status": hop.status} for hop in outcome.hops],
        "title": outcome.title,
        "danger": outcome.danger or "",
        "harmful": outcome.harmful,
        "fits": outcome.fits,
    }
