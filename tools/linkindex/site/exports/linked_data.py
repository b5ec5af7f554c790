"""What a page is in the words of schema.org, as JSON-LD to stand inside the page.

A topic is a ``CollectionPage`` (https://schema.org/CollectionPage) whose ``mainEntity`` is an
``ItemList`` (https://schema.org/ItemList) of ``CreativeWork``.
"""

from __future__ import annotations

import json
from typing import Any

from linkindex.site.exports.public import PublicIndex, PublicLink, PublicTopic


def home_page(index: PublicIndex) -> str:
    """The JSON-LD of the home page: the list of topics."""
    items = [
        {"@type": "ListItem", "position": number, "name": topic.title, "url": topic.page}
        for number, topic in enumerate(index.topics, start=1)
    ]
    return _script_text(_page(index, index.name, index.address, items, len(items)))


def topic_page(index: PublicIndex, topic: PublicTopic, most: int) -> str:
    """The JSON-LD of a topic's page. A neutral topic has a title and no list.

    :param most: links in the list; the page is read on a phone, and holds them already.
    """
    links = index.named_links(topic)
    items = [
        {"@type": "ListItem", "position": number, "item": _work(link)}
        for number, link in enumerate(links[:most], start=1)
    ]
    page = _page(index, topic.title, topic.page, items, len(links))
    if topic.neutral:
        del page["mainEntity"]
    return _script_text(page)


def _page(
    index: PublicIndex, name: str, address: str, items: list[dict[str, Any]], count: int
) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": name,
        "url": address,
        "inLanguage": "en-GB",
        "publisher": {"@type": "Organization", "name": index.organisation},
        "mainEntity": {"@type": "ItemList", "numberOfItems": count, "itemListElement": items},
    }


def _work(link: PublicLink) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "CreativeWork", "name": link.title, "url": link.url}
    if link.publisher:
        work["publisher"] = {"@type": "Organization", "name": link.publisher}
    work["inLanguage"] = link.language
    work["isAccessibleForFree"] = link.cost == "free"
    return work


def _script_text(value: dict[str, Any]) -> str:
    """JSON that cannot end the script it stands in, nor be taken for an entity or a template."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
