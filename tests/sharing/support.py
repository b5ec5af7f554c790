"""A small index that others take topics from, and one that takes them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linkindex.catalogue import Catalogue, Examined, examine
from linkindex.catalogue.shared.share import digest_of
from linkindex.icons import icon_names
from linkindex.sharing.share_file import share_text

TODAY = datetime.date(2026, 11, 24)

UPSTREAM = (Path(__file__).parent / "upstream.yaml").read_text("utf-8")

HEAD = """\
index:
  name: Northtown
  tagline: Links of a town
  organisation: Northtown Council
  contact: links@example.org
  site_url: https://north.example.org/
  domain:
    owner: Northtown Council
    renews: 2028-01-01
  exit_url: https://www.bbc.co.uk/weather
"""

OWN_LINK = """\
      - id: {id}
        title: {title}
        url: https://www.example.org/{id}
        publisher: Northtown Council
        summary: Help in the town.
        use_when: For a family in the town.
        audiences: [families]
        format: service
        nations: [england]
        added: 2026-11-02
"""

LOCAL = """\
categories:
  - id: sleep
    from: good
    start_here:
      families: [night-cafe]
    resources:
""" + OWN_LINK.format(id="night-cafe", title="Night cafe")
"""A link of one's own in a topic that is taken, read first there."""


def upstream(text: str = UPSTREAM) -> Catalogue:
    """The index that is taken from."""
    return whole(read(text, {}))


def shared(text: str = UPSTREAM, **more: Any) -> bytes:
    """Its shared file."""
    return share_of(read(text, {}), **more)


def share_of(examined: Examined, **more: Any) -> bytes:
    """The shared file of an index that was read."""
    assert examined.tree is not None
    return share_text(whole(examined), examined.tree, **more).encode()


def extends(data: bytes, topics: str = "[sleep]", more: str = "", name: str = "good") -> str:
    """What stands below ``extends:``."""
    return (
        f"  - name: {name}\n    from: good.yaml\n    version: 2026-03-02\n"
        f"    hash: {digest_of(data)}\n    topics: {topics}\n{more}"
    )


def own(data: bytes, topics: str = "[sleep]", more: str = "", rest: str = "") -> str:
    """An index that takes topics."""
    return f"{HEAD}extends:\n{extends(data, topics, more)}{rest}"


def read(text: str, files: Mapping[str, bytes]) -> Examined:
    """What is found in an index beside which some files stand."""

    def beside(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(name)
        return files[name]

    return examine(
        text.encode(), file="resources.yaml", icons=icon_names(), today=TODAY, read=beside
    )


def taken(topics: str = "[sleep]", more: str = "", rest: str = "", data: bytes = b"") -> Examined:
    """An index that takes topics of the small one, with what is said otherwise in it."""
    data = data or shared()
    return read(own(data, topics, more, rest), {"shared/good.yaml": data})


def whole(examined: Examined) -> Catalogue:
    """The catalogue of an index without errors."""
    assert examined.catalogue is not None, "\n".join(map(str, examined.problems))
    return examined.catalogue


def sentences(examined: Examined) -> list[str]:
    """What is wrong, as people read it."""
    return [str(problem) for problem in examined.problems]
