"""Style: whether texts are short, plain and kind, and whether a category serves its readers.

Everything here is a warning, for ``linkindex check`` alone: a build never fails over style. An
entry answers a warning with ``allow:``, which names the rule and a reason of its own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import NamedTuple, TypeVar

from linkindex.catalogue import addresses
from linkindex.catalogue.addresses.closed import closed
from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.kinds import (
    Audience,
    Format,
    Nation,
    StyleRule,
)
from linkindex.catalogue.languages import ENGLISH, Languages, localised
from linkindex.catalogue.model import (
    Allow,
    Category,
    DeckPlan,
    Group,
    Piece,
    Resource,
    Term,
    UrgentHelp,
)
from linkindex.catalogue.problems import Place, Problem, Severity, quoted
from linkindex.catalogue.rules import acronyms
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in
from linkindex.tables import table_of

_PieceT = TypeVar("_PieceT", bound=Piece)

LONGEST_SUMMARY = 25
"""Words of a resource's summary."""

LONGEST_SENTENCE = 20
"""Words of a sentence: GOV.UK asks for at most 25, readers' guides for people who read with
difficulty for 15 to 20."""

NATIONS_OF_THE_UK = {
    Nation.ENGLAND: "England",
    Nation.SCOTLAND: "Scotland",
    Nation.WALES: "Wales",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}


def style_problems(catalogue: Catalogue, tree: YamlMap) -> tuple[Problem, ...]:
    """Every warning of style that nothing answers, in the order of the file. Pure.

    :param tree: what the catalogue was made of, for the places where things stand.
    """
    problems: set[Problem] = set()
    idle: list[set[Problem]] = []
    for edition, own in _editions(catalogue, tree):
        glossary = _explained_by_glossary(edition.glossary)
        idle.append(set())
        for entry in _entries(edition, own):
            is_english = edition.language == ENGLISH
            warnings = [*_of_texts(entry, glossary, is_english), *entry.of_the_whole]
            problems.update(_unanswered(edition.file, entry, warnings))
            idle[-1].update(_answers_to_nothing(edition.file, entry, warnings))
    # What answers a warning in one language answers something.
    found = {*problems, *set.intersection(*idle)}
    # How others write is theirs to mend.
    return catalogue.placed(each for each in found if catalogue.is_own_line(each.line))


def _editions(catalogue: Catalogue, tree: YamlMap) -> Iterator[tuple[Catalogue, YamlMap]]:
    """The index in each of its languages, with the tree of each."""
    languages = Languages(catalogue.languages, catalogue.settings.plain_language)
    for edition in (catalogue, *catalogue.translations):
        yield edition, localised(tree, edition.language, languages)


def every_acronym(catalogue: Catalogue, tree: YamlMap) -> set[str]:
    """Every acronym that readers see, but for those that need no explanation."""
    texts = (
        text.text
        for edition, own in _editions(catalogue, tree)
        if edition.language == ENGLISH
        for entry in _entries(edition, own)
        for text in entry.texts
    )
    return {acronym for text in texts for acronym in acronyms.acronyms(text)} - _words().everyday


class _Warning(NamedTuple):
    rule: StyleRule
    place: Place
    what: str
    remedy: str


class _Text(NamedTuple):
    """A text that readers see, and which key it stands under.

    :ivar ours: whether the editor wrote it; a title and a publisher are others' words.
    :ivar prose: whether it is made of sentences.
    """

    text: str
    key: str
    place: Place
    ours: bool = True
    prose: bool = True


@dataclass
class _Entry:
    """What style looks at in one part of the index."""

    node: YamlMap
    texts: list[_Text]
    allow: tuple[Allow, ...] = ()
    explained: set[str] = field(default_factory=set)
    """Acronyms that are explained elsewhere: in the names of the category."""
    of_the_whole: list[_Warning] = field(default_factory=list)
    may_allow: bool = True
    """Groups, decks and the glossary are the index's own words, so there is nothing to allow."""


def _entries(catalogue: Catalogue, tree: YamlMap) -> Iterator[_Entry]:
    for group, node in _with_nodes(catalogue.groups, tree, "groups"):
        yield _Entry(node, _texts_of_group(group, node), may_allow=False)
    helplines = list(_with_nodes(catalogue.urgent_help, tree, "urgent_help"))
    for number, (helpline, node) in enumerate(helplines):
        entry = _Entry(node, _texts_of_helpline(helpline, node), helpline.allow)
        if number == len(helplines) - 1:
            entry.of_the_whole.extend(_urgent_nations(catalogue, helplines))
        yield entry
    for term, node in _with_nodes(catalogue.glossary, tree, "glossary"):
        # A meaning is often the name that others gave, so no word of it is to avoid.
        meaning = _Text(term.meaning, "meaning", node.key_places["meaning"], ours=False)
        yield _Entry(node, [meaning], may_allow=False)
    for plan, node in _with_nodes(catalogue.decks, tree, "decks"):
        yield _Entry(node, _texts_of_deck(plan, node), may_allow=False)
    sharing = _sharing_a_page(catalogue)
    for category, node in _with_nodes(catalogue.categories, tree, "categories"):
        if category.retired is None:
            yield from _entries_of_category(catalogue, category, node, sharing)


def _entries_of_category(
    catalogue: Catalogue, category: Category, node: YamlMap, sharing: Mapping[str, Resource]
) -> Iterator[_Entry]:
    entry = _Entry(node, _texts_of_category(category, node), category.allow)
    entry.of_the_whole.extend(_of_category(catalogue, category, node))
    yield entry
    names = [text.text for text in entry.texts if not text.prose]
    explained = acronyms.explained(names, names)
    first = {name for audience in Audience for name in category.start_here.for_audience(audience)}
    for resource, part in _with_nodes(category.resources, node, "resources"):
        if resource.retired is None:
            entry = _Entry(part, _texts_of_resource(resource, part), resource.allow, explained)
            if resource.id in first:
                entry.of_the_whole.extend(_of_first(resource, part))
            if resource.id in category.start_here.families:
                entry.of_the_whole.extend(_of_first_for_families(resource, part))
            entry.of_the_whole.extend(_of_summary(resource, part))
            if resource.id in sharing:
                entry.of_the_whole.append(_of_shared_page(sharing[resource.id], part))
            entry.of_the_whole.extend(_of_closed_page(resource, part))
            yield entry


def _of_closed_page(resource: Resource, node: YamlMap) -> Iterator[_Warning]:
    found = closed(resource.url) if resource.url else None
    if found:
        yield _Warning(StyleRule.LOG_IN, node.key_places["url"], found.what, found.remedy)


def _sharing_a_page(catalogue: Catalogue) -> dict[str, Resource]:
    """The links whose page an older link has too, each by its id with the oldest."""
    first: dict[str, Resource] = {}
    sharing: dict[str, Resource] = {}
    for resource in sorted(catalogue.resources_with_a_page, key=lambda resource: resource.added):
        oldest = first.setdefault(addresses.same_page_key(resource.opens), resource)
        if oldest is not resource:
            sharing[resource.id] = oldest
    return sharing


def _of_shared_page(oldest: Resource, node: YamlMap) -> _Warning:
    return _Warning(
        StyleRule.SHARED_PAGE,
        node.key_places["url"],
        f"this address is already listed as {quoted(oldest.id)} on line {oldest.address_line}, "
        "under another title",
        "remove this entry if it is the same service; services that share a page may stay",
    )


def _with_nodes(
    pieces: Iterable[_PieceT], parent: YamlMap, key: str
) -> Iterator[tuple[_PieceT, YamlMap]]:
    nodes = (node for _, node in maps_in(parent.get(key)))
    return zip(pieces, nodes, strict=True)


def _texts_of_group(group: Group, node: YamlMap) -> list[_Text]:
    texts = [_Text(group.title, "title", node.key_places["title"], prose=False)]
    if group.summary:
        texts.append(_Text(group.summary, "summary", node.key_places["summary"]))
    return texts


def _texts_of_deck(plan: DeckPlan, node: YamlMap) -> list[_Text]:
    texts = [_Text(plan.title, "title", node.key_places["title"], prose=False)]
    if plan.summary:
        texts.append(_Text(plan.summary, "summary", node.key_places["summary"]))
    return texts


def _texts_of_helpline(helpline: UrgentHelp, node: YamlMap) -> list[_Text]:
    return [
        _Text(helpline.name, "name", node.key_places["name"], ours=False, prose=False),
        _Text(helpline.when, "when", node.key_places["when"]),
        *([_Text(helpline.part, "part", node.key_places["part"])] if helpline.part else []),
    ]


def _texts_of_category(category: Category, node: YamlMap) -> list[_Text]:
    card = node["card"]
    assert isinstance(card, YamlMap)  # noqa: S101 - the model has seen to it
    needs = node.get("needs")
    return [
        *(
            _Text(text, "needs", needs.key_places[audience], prose=False)
            for audience in Audience
            if isinstance(needs, YamlMap) and (text := category.needs.for_audience(audience))
        ),
        _Text(category.title, "title", node.key_places["title"], prose=False),
        _Text(category.full_title, "full_title", node.key_places["full_title"], prose=False),
        *_listed(category.aliases, "aliases", node, ours=False, prose=False),
        _Text(category.summary, "summary", node.key_places["summary"]),
        _Text(category.card.front, "front", card.key_places["front"]),
        *_listed(category.card.prompts, "prompts", card),
        *_listed([caution.text for caution in category.cautions], "cautions", node),
    ]


def _texts_of_resource(resource: Resource, node: YamlMap) -> list[_Text]:
    places = node.key_places
    texts = [
        _Text(resource.title, "title", places["title"], ours=False, prose=False),
        _Text(resource.publisher, "publisher", places["publisher"], ours=False, prose=False),
        _Text(resource.summary, "summary", places["summary"]),
    ]
    if resource.use_when:
        texts.append(_Text(resource.use_when, "use_when", places["use_when"]))
    return texts


def _listed(
    items: Sequence[str], key: str, node: YamlMap, *, ours: bool = True, prose: bool = True
) -> Iterator[_Text]:
    value = node.get(key)
    places = value.item_places if isinstance(value, YamlList) else []
    for item, place in zip(items, places, strict=True):
        yield _Text(item, key, place, ours, prose)


def _of_texts(entry: _Entry, glossary: set[str], is_english: bool) -> Iterator[_Warning]:
    """What is said of each text; which words to avoid or to explain is known of English alone."""
    own = acronyms.explained(
        (text.text for text in entry.texts), (text.text for text in entry.texts if not text.prose)
    )
    known = own | entry.explained | glossary
    for text in entry.texts:
        if text.prose:
            yield from _long_sentences(text)
        if not is_english:
            continue
        if text.ours:
            yield from _avoided(text)
        if _is_shouted(text.text):
            yield _Warning(
                StyleRule.ACRONYM,
                text.place,
                f"all words of {quoted(text.key)} are in capitals",
                "write them in small letters, as in a sentence",
            )
            continue
        for acronym in acronyms.acronyms(text.text):
            if acronym not in _words().everyday and not acronyms.spells(acronym, known):
                yield _Warning(
                    StyleRule.ACRONYM,
                    text.place,
                    f"{quoted(acronym)} in {quoted(text.key)} is not explained",
                    "write it out beside it, or add it to `glossary:`",
                )


def _is_shouted(text: str) -> bool:
    """Whether words that are no acronyms are in capitals too."""
    long_words = [word for word in words(text) if len(word) > _LONGEST_ACRONYM]
    return text.isupper() and len(words(text)) > 1 and bool(long_words)


_LONGEST_ACRONYM = 5


def _long_sentences(text: _Text) -> Iterator[_Warning]:
    for sentence in sentences(text.text):
        count = len(words(sentence))
        if count > LONGEST_SENTENCE:
            yield _Warning(
                StyleRule.SENTENCE_LENGTH,
                text.place,
                f"a sentence of {quoted(text.key)} has {count} words, over {LONGEST_SENTENCE}: "
                f"{quoted(sentence, 40)}",
                "make two of it, or cut",
            )


def _avoided(text: _Text) -> Iterator[_Warning]:
    for match in _words().pattern.finditer(text.text):
        word = _words().avoided[_plain(match[1])]
        yield _Warning(
            StyleRule.AVOIDED_WORD,
            text.place,
            f"{quoted(match[0])} in {quoted(text.key)} is a word to avoid: {word.reason}",
            f"better: {word.better}",
        )


def _of_summary(resource: Resource, node: YamlMap) -> Iterator[_Warning]:
    count = len(words(resource.summary))
    if count > LONGEST_SUMMARY:
        yield _Warning(
            StyleRule.SUMMARY_LENGTH,
            node.key_places["summary"],
            f"the summary has {count} words, over {LONGEST_SUMMARY}",
            f"cut {count - LONGEST_SUMMARY} of them",
        )


def _of_first(resource: Resource, node: YamlMap) -> Iterator[_Warning]:
    if resource.use_when is None:
        yield _Warning(
            StyleRule.NO_USE_WHEN,
            node.place,
            f"{quoted(resource.id)} is among those to read first and does not say when",
            "add `use_when:`",
        )


def _of_first_for_families(resource: Resource, node: YamlMap) -> Iterator[_Warning]:
    to_worker = _words().to_workers.search(resource.use_when or "")
    if to_worker:
        yield _Warning(
            StyleRule.PAST_FAMILIES,
            node.key_places["use_when"],
            f"{quoted(to_worker[0])} speaks to a worker, where families read first",
            "say for whom or when it is, such as `For a parent who waits for an appointment.`",
        )


def _of_category(catalogue: Catalogue, category: Category, node: YamlMap) -> Iterator[_Warning]:
    shown = catalogue.resources_of(category)
    for_families = [resource for resource in shown if Audience.FAMILIES in resource.audiences]
    if not for_families:
        yield _Warning(
            StyleRule.NO_FAMILIES,
            node.place,
            f"category {quoted(category.id)} has no link for families",
            "add one",
        )
    lacking = [
        audience
        for audience in Audience
        if any(audience in resource.audiences for resource in shown)
        and not category.start_here.for_audience(audience)
    ]
    for audience in lacking:
        yield _Warning(
            StyleRule.NO_START_HERE,
            node.key_places.get("start_here", node.place),
            f"category {quoted(category.id)} does not say what {audience} should read first",
            f"add `{audience}:` with one to three ids to `start_here:`",
        )
    yield from _first_elsewhere(catalogue, category, node)
    helplines = [resource for resource in shown if resource.format is Format.HELPLINE]
    missing = _left_out(catalogue, (resource.nations for resource in helplines))
    if helplines and missing:
        yield _Warning(
            StyleRule.NATIONS,
            node.place,
            f"the helplines of category {quoted(category.id)} leave out {missing}",
            "add one that answers there",
        )


def _first_elsewhere(catalogue: Catalogue, category: Category, node: YamlMap) -> Iterator[_Warning]:
    """What an audience should read first holds in the nation of the index, if anything does."""
    nation = catalogue.settings.home
    picks = node.get("start_here")
    if nation is None or not isinstance(picks, YamlMap):
        return
    here = {nation, Nation.UK}
    for audience in Audience:
        for name in category.start_here.for_audience(audience)[:1]:
            first = catalogue.resource(name)
            better = [
                resource
                for resource in catalogue.resources_of(category)
                if audience in resource.audiences and here.intersection(resource.nations)
            ]
            if better and not {*here, Nation.INTERNATIONAL}.intersection(first.nations):
                where = ", ".join(NATIONS_OF_THE_UK[nation] for nation in first.nations)
                yield _Warning(
                    StyleRule.FIRST_ELSEWHERE,
                    picks.key_places[audience],
                    f"what {audience} should read first, {quoted(name)}, holds in {where} alone, "
                    f"while {quoted(better[0].id)} holds where most readers live",
                    "put one first that holds here",
                )


def _urgent_nations(
    catalogue: Catalogue, helplines: list[tuple[UrgentHelp, YamlMap]]
) -> Iterator[_Warning]:
    """Where there is a number for some nations, there is one for the others."""
    for_some = [helpline for helpline, _ in helplines if _left_out(catalogue, [helpline.nations])]
    missing = _left_out(catalogue, (helpline.nations for helpline in for_some))
    if for_some and missing:
        yield _Warning(
            StyleRule.NATIONS,
            helplines[-1][1].place,
            f"urgent help has numbers for some nations, but none of them for {missing}",
            "add the number that answers there",
        )


def _left_out(catalogue: Catalogue, nations: Iterable[tuple[Nation, ...]]) -> str:
    """Those of the index's nations that no entry covers."""
    covered = {nation for some in nations for nation in some}
    if Nation.UK in covered:
        return ""
    served = catalogue.settings.serves
    return ", ".join(NATIONS_OF_THE_UK[nation] for nation in served if nation not in covered)


_IF_IT_MUST_STAY = " (if it must stay,"


def plain_remedy(problem: Problem) -> str:
    """What to do about a warning, for somebody who does not see the file and can allow nothing."""
    return problem.remedy.partition(_IF_IT_MUST_STAY)[0]


def _unanswered(file: str, entry: _Entry, warnings: list[_Warning]) -> Iterator[Problem]:
    allowed = {allow.rule for allow in entry.allow}
    for rule, place, what, remedy in warnings:
        if rule not in allowed:
            may = f"{_IF_IT_MUST_STAY} `allow:` with `rule: {rule}`)" if entry.may_allow else ""
            yield Problem(file, *place, what, f"{remedy}{may}", Severity.WARNING)


def _answers_to_nothing(file: str, entry: _Entry, warnings: list[_Warning]) -> Iterator[Problem]:
    broken = [warning.rule for warning in warnings]
    seen: set[StyleRule] = set()
    for allow, (_, node) in zip(entry.allow, maps_in(entry.node.get("allow")), strict=True):
        if allow.rule not in broken or allow.rule in seen:
            yield Problem(
                file,
                *node.place,
                f"this `allow:` ({allow.rule}) answers no warning",
                "remove it",
                Severity.WARNING,
            )
        seen.add(allow.rule)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.!?])\s+", text)


def words(text: str) -> list[str]:
    """The words of a text; a compound such as `trauma-informed` is one."""
    return re.findall(r"\w[\w'’-]*", text)


def _explained_by_glossary(glossary: Iterable[Term]) -> set[str]:
    return {acronym for term in glossary for acronym in acronyms.acronyms(term.term)}


class _Avoided(NamedTuple):
    better: str
    reason: str


class _Words(NamedTuple):
    """The table of words (``words.yaml``).

    :ivar pattern: finds any of them; its first group is the phrase without a plural's `s`.
    :ivar to_workers: finds a sentence that begins as if only a worker read it.
    """

    avoided: dict[str, _Avoided]
    everyday: frozenset[str]
    pattern: re.Pattern[str]
    to_workers: re.Pattern[str]


@functools.cache
def _words() -> _Words:
    text = resources.files("linkindex.catalogue.rules").joinpath("words.yaml").read_text("utf-8")
    table = table_of(text)
    avoided = {
        phrase: _Avoided(entry["better"], entry["reason"])
        for entry in table["avoid"]
        for phrase in entry["words"]
    }
    spelt = (r"[\s-]+".join(phrase.split()) for phrase in sorted(avoided, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])({'|'.join(spelt)})s?(?![\w-])", re.IGNORECASE)
    starts = "|".join(re.escape(start) for start in table["to_workers"])
    to_workers = re.compile(rf"(?:^|(?<=[.!?;,]\s))(?:{starts})\b", re.IGNORECASE)
    return _Words(avoided, frozenset(table["everyday"]), pattern, to_workers)


def _plain(phrase: str) -> str:
    return " ".join(re.split(r"[\s-]+", phrase.lower()))
