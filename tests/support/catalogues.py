"""Small catalogues for tests, as the text of ``resources.yaml``."""

from __future__ import annotations

import datetime
import json

from linkindex.catalogue import Catalogue, examine
from linkindex.icons import icon_names

TODAY = datetime.date(2026, 11, 24)

HEAD = """\
index:
  name: {name}
  tagline: {tagline}
  organisation: {organisation}
  contact: links@example.org
  site_url: {site_url}
  domain:
    owner: Example Council
    renews: 2028-01-01
  exit_url: https://www.bbc.co.uk/weather
  repository: https://github.com/example/linkindex
groups:
  - id: core
    title: {group}
    summary: {group}
urgent_help:
  - name: {helpline}
    when: {when}
    nations: [uk]
    phone: 999
  - name: Another line
    when: You want to talk
    nations: [wales]
    text: 85258
categories:
"""

CATEGORY = """\
  - id: {id}
    code: {code}
    title: {title}
    full_title: {full_title}
    summary: {summary}
    group: core
    aliases: [{alias}]
    keywords: [{keyword}]
    icon: heart
    colour: "#0b4f5c"
    card:
      front: {front}
      prompts: [{prompt}, Second question?, Third question?]
    cautions: [{caution}]
    sensitive: {sensitive}
    neutral_title: {neutral_title}
    start_here:
      families: [{id}-first]
    resources:
      - id: {id}-first
        title: {link}
        url: https://www.example.org/{id}/first
        publisher: {publisher}
        summary: {summary}
        use_when: {use_when}
        minutes: 10
        audiences: [families, practitioners]
        format: guide
        nations: [england, wales]
        language: cy
        phone: 0800 1111
        text: 85258
        keywords: [{keyword}]
        added: 2026-11-01
      - id: {id}-second
        title: A second link of {id}
        url: https://www.example.org/{id}/second
        publisher: Example Publisher
        summary: Another page.
        audiences: [young-people]
        format: video
        nations: [uk]
        added: 2026-11-01
"""

RETIRED_CATEGORY = """\
  - id: former
    code: former
    title: A former topic
    full_title: A former topic
    summary: It was a topic once.
    group: core
    icon: heart
    colour: "#0b4f5c"
    card:
      front: A former topic.
      prompts: [First question?, Second question?, Third question?]
    retired:
      on: 2026-10-01
      successor: {successor}
"""

RETIRED = """\
      - id: {id}-retired
        title: A link that was retired
        url: https://www.example.org/{id}/retired
        publisher: Example Publisher
        summary: It was useful once.
        audiences: [families]
        format: article
        nations: [uk]
        added: 2026-01-01
        retired:
          on: 2026-10-01
          successor: {id}-second
"""


def catalogue_text(
    text: str = "Plain words", *, site_url: str = "https://example.org/", sensitive: bool = False
) -> str:
    """A whole catalogue in which every free text is the one given."""
    quoted = json.dumps(text, ensure_ascii=False)
    head = HEAD.format(
        name=quoted,
        tagline=quoted,
        organisation=quoted,
        site_url=site_url,
        group=quoted,
        helpline=quoted,
        when=quoted,
    )
    plain = _category("plain", "plain", quoted)
    topic = _category("kestrel-topic", "help4", quoted, sensitive=sensitive)
    return head + plain + RETIRED.format(id="plain") + topic


def with_retired_category(text: str, successor: str) -> str:
    """The catalogue with a category besides that leads on to another."""
    return text + RETIRED_CATEGORY.format(successor=successor)


def parsed(text: str) -> Catalogue:
    """The catalogue of a text that has no errors."""
    found = examine(text.encode(), file="resources.yaml", icons=icon_names(), today=TODAY)
    assert found.catalogue is not None, "\n".join(map(str, found.problems))
    return found.catalogue


def _category(name: str, code: str, quoted: str, *, sensitive: bool = False) -> str:
    return CATEGORY.format(
        id=name,
        code=code,
        sensitive="true" if sensitive else "false",
        title='"Kestrel trouble"' if sensitive else quoted,
        full_title='"Kestrel trouble at large"' if sensitive else quoted,
        alias='"kestrelling"' if sensitive else quoted,
        link='"How to live with a kestrel"' if sensitive else quoted,
        neutral_title='"Help at home"',
        summary=quoted,
        keyword=quoted,
        front=quoted,
        prompt=quoted,
        caution=quoted,
        publisher=quoted,
        use_when=quoted,
    )
