"""The report for programs."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from typing import Any

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
      ``broken``, ``blocked``, ``unverified`` or ``suspect``), ``reason`` (a sentence), ``status``
      (the last HTTP status, or null), ``final_address`` (where the address leads, or null),
      ``hops`` (the redirects on the way: objects with ``address`` and ``status``), ``title`` (what
      the page calls itself, or empty), ``danger`` (what a suspect page turned out to be, or empty)
      ``harmful`` (whether it must not be shown to anybody) and ``fits`` (whether the page was
      read and plainly is what the index says);
    - ``disturbance``: a sentence where the network of the check looked broken, so that nothing
      counts; empty otherwise;
    - ``part``: null, or of a report of one part of a check (``--shard``) its ``number`` (from 1),
      ``of`` how many, and ``others``, the addresses that the other parts look at;
    - ``missing``: null, or of parts that were joined without all of them the ``numbers`` of those
      that never came, ``of`` how many, and how many ``links`` were not looked at for that;
    - ``fault``: a sentence where pages could not be judged, so that a danger may have been missed;
      empty otherwise.
    """
    document = {
        "version": VERSION,
        "checked_at": report.checked_at.isoformat(),
        "disturbance": report.disturbance,
        "counts": report.counts,
        "links": [_link(outcome) for outcome in report.outcomes],
        "part": asdict(report.part) if report.part else None,
        "missing": asdict(report.missing) if report.missing else None,
        "fault": report.fault,
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
            document["disturbance"],
            _part(document.get("part")),
            _missing(document.get("missing")),
            str(document.get("fault", "")),
        )
    except (ValueError, KeyError, TypeError):
        raise LinksError(
            f"{name}: this is not a report of links; make it with `linkindex links --json {name}`"
        ) from None


def _part(part: dict[str, Any] | None) -> Part | None:
    return Part(part["number"], part["of"], tuple(part["others"])) if part else None


def _missing(missing: dict[str, Any] | None) -> MissingParts | None:
    if not missing:
        return None
    return MissingParts(tuple(missing["numbers"]), missing["of"], missing["links"])


def _outcome(link: dict[str, Any]) -> Outcome:
    return Outcome(
        Link(link["address"], link["file"], link["line"], link["owner_id"], link["owner_title"]),
        Verdict(link["verdict"]),
        link["reason"],
        link["status"],
        link["final_address"],
        tuple(Hop(hop["address"], hop["status"]) for hop in link["hops"]),
        link["title"],
        link["danger"],
        link["harmful"],
        link["fits"],
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
        "reason": outcome.reason,
        "status": outcome.status,
        "final_address": outcome.final_address,
        "hops": [{"address": hop.address, "status": hop.status} for hop in outcome.hops],
        "title": outcome.title,
        "danger": outcome.danger,
        "harmful": outcome.harmful,
        "fits": outcome.fits,
    }
