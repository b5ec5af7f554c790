"""What a page is in the words of schema.org, as JSON-LD to stand inside the page.

A topic is a ``CollectionPage`` (https://schema.org/CollectionPage) whose ``mainEntity`` is an
``ItemList`` (https://schema.org/ItemList) of ``CreativeWork``, or of ``Service`` where a link has
no page. A neutral topic has no list.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from linkindex.catalogue import Access
from linkindex.site.exports.public import PublicIndex, PublicLink, PublicTopic
from linkindex.speaking import html_language

LONGEST_LIST = 100
"""Links in the list of a topic: the page is read on a phone, and holds them all already."""


def home_page(index: PublicIndex) -> Markup:
    """The JSON-LD of the home page: the list of topics."""
    items = [
        {"@type": "ListItem", "position": number, "name": topic.title, "url": topic.page}
        for number, topic in enumerate(index.topics, start=1)
    ]
    return _script_text(_page(index, index.name, index.address, items, len(items)))


def topic_pages(index: PublicIndex) -> dict[str, Markup]:
    """The JSON-LD of each topic's page by the code of the topic."""
    return {topic.code: _topic_page(index, topic) for topic in index.topics}


def _topic_page(index: PublicIndex, topic: PublicTopic) -> Markup:
    links = index.named_links(topic)
    items = [_work(link) for link in links[:LONGEST_LIST]]
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
        "inLanguage": html_language(),
        "publisher": {"@type": "Organization", "name": index.organisation},
        "mainEntity": {"@type": "ItemList", "numberOfItems": count, "itemListElement": items},
    }


def _work(link: PublicLink) -> dict[str, Any]:
    if link.url is None:
        return _service(link)
    work: dict[str, Any] = {"@type": "CreativeWork", "name": link.title, "url": link.url}
    if link.publisher:
        work["publisher"] = {"@type": "Organization", "name": link.publisher}
    work["inLanguage"] = _one_or_list(link.language)
    if features := [_FEATURES[form] for form in link.accessible_as if form in _FEATURES]:
        work["accessibilityFeature"] = features
    work["isAccessibleForFree"] = link.cost == "free"
    return work


_FEATURES = {Access.BSL: "signLanguage", Access.CAPTIONS: "captions"}
"""What the vocabulary of schema.org has a word for."""


def _one_or_list(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _service(link: PublicLink) -> dict[str, Any]:
    """What has no page: a service and how it is reached (https://schema.org/ServiceChannel)."""
    channel: dict[str, Any] = {"@type": "ServiceChannel"}
    if link.phone:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": link.phone.number}
    if link.text:
        channel["serviceSmsNumber"] = {"@type": "ContactPoint", "telephone": link.text.number}
    service: dict[str, Any] = {"@type": "Service", "name": link.title, "url": link.page}
    if link.publisher:
        service["provider"] = {"@type": "Organization", "name": link.publisher}
        if link.email:
            service["provider"]["email"] = link.email
    service["availableChannel"] = {**channel, "availableLanguage": _one_or_list(link.language)}
    return service


def _script_text(value: dict[str, Any]) -> Markup:
    """JSON that cannot end the script it stands in, nor be taken for an entity."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped just before
