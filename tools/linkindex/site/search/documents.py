"""Topics and links as the search knows them: what is shown of each, and the words that find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from linkindex import wording
from linkindex.catalogue import Access, Category, Nation, Resource, ShownCatalogue
from linkindex.catalogue.fields import SEVERAL_LANGUAGES, names_of_language
from linkindex.site.search.words import beginnings, telling_words, word_data, words
from linkindex.site.tongues import ADDRESS, Tongue, tongues
from linkindex.speaking import _
from linkindex.speaking.language import SOURCE, html_language
from linkindex.speaking.lent import has_lent_words, noting_lent_words, without_notes

_IN_SEVERAL = "other languages"
"""The keyword of a link that comes in several languages, where its ``language`` does not say so. It
is found by the names of those below, since whoever looks for one of them had better see it than
nothing."""

LANGUAGES_SPOKEN = (
    *("cy", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "it", "ta", "fr", "lt", "zh"),
    *("tr", "bg", "ru", "hu", "so", "fa", "el", "uk", "ku", "ps", "vi", "sq", "ti", "am", "sk"),
    *("cs", "hi", "ne", "lv", "yue", "ckb"),
)
"""Main languages besides English that are spoken most in England and Wales (Office for National
Statistics, Census 2021, TS024), and Welsh."""

FIRST_PICKS = 3
"""Links that stand below a topic that is found, where fewer of its links fit by themselves."""

Document = dict[str, Any]


def texts_of(document: Document, name: str) -> Sequence[str]:
    """The texts that stand under a name; none where nothing does."""
    value: str | Sequence[str] = document.get(name) or ()
    return [value] if isinstance(value, str) else value


def topics(catalogue: ShownCatalogue) -> list[Document]:
    """Each current topic, in the order of the ring; ``first`` are the places of its first links."""
    place = {resource.id: at for at, resource in enumerate(catalogue.current_resources)}
    return [_topic(catalogue, category, place) for category in catalogue.current_categories]


def _topic(catalogue: ShownCatalogue, category: Category, place: Mapping[str, int]) -> Document:
    start = category.start_here
    picks = (*start.families, *start.young_people, *start.practitioners)
    terms = [term.term for term in catalogue.glossary_of(category)]
    names = _each_once((*category.aliases, *category.keywords, *terms))
    return _with_values(
        code=category.code,
        title=category.title,
        full=category.full_title,
        lang=_lent(category),
        names=names,
        about=_with_beginnings(
            telling_words([category.summary], [category.title, category.full_title, *names]),
            (category.title, category.full_title, category.summary, *names),
        ),
        sensitive=category.sensitive,
        first=[place[pick] for pick in dict.fromkeys(picks) if pick in place][:FIRST_PICKS],
        sayings=_sayings(catalogue.meanings.get(category.id, ()), names),
    )


def _each_once(names: Iterable[str]) -> list[str]:
    """Names of which no two are the same words: ``CAMHS`` and ``camhs`` are found alike."""
    return list({words(name): name for name in reversed([*names])}.values())[::-1]


def _sayings(said: Iterable[str], names: Iterable[str]) -> list[str]:
    """What is said of a topic, each once, without what its names say already."""
    named = {_told(name) for name in names}
    return [told for told in dict.fromkeys(map(_told, said)) if told not in named]


def _told(saying: str) -> str:
    """The words of a saying that tell something; the whole of it where none does by itself."""
    told = telling_words([saying])
    tells = not word_data().common_words.issuperset(told.split())
    return told if tells else " ".join(words(saying))


def pages(catalogue: ShownCatalogue, written: Mapping[str, str]) -> list[Document]:
    """The pages that people wrote, urgent help, and the glossary with the terms of no topic.

    :param written: titles by the address below the site.
    """
    urgent = [f"{line.name}. {line.when}" for line in catalogue.urgent_help]
    terms = [entry.term for entry in catalogue.glossary if entry.category is None]
    spoken = tongues(catalogue)
    with noting_lent_words():
        listed = [_page("urgent", _("Urgent help"), telling_words(urgent))]
        if catalogue.glossary:
            listed.append(_page("glossary/", _("Glossary"), telling_words(terms)))
        if spoken:
            listed.append(_page(f"{ADDRESS}/", _("Other languages"), telling_words(_INTERPRETERS)))
    listed += [_page(one.address, _headed(one), telling_words(one.names)) for one in spoken]
    return listed + [_page(address, title) for address, title in written.items()]


_INTERPRETERS = ("interpreter", "translation", "translator", "translated", "not in English")
"""What people type who look for another language, whichever it is."""


def _headed(tongue: Tongue) -> str:
    return tongue.name if tongue.is_form else f"{tongue.name}: {tongue.heading}"


def _page(address: str, title: str, names: str = "") -> Document:
    lang = html_language(SOURCE) if has_lent_words(title) else None
    return _with_values(at=address, title=without_notes(title), lang=lang, names=names)


def links(catalogue: ShownCatalogue) -> list[Document]:
    """Each current link, in the order of the index; ``topic`` is the place of its topic."""
    place = {category.id: at for at, category in enumerate(catalogue.current_categories)}
    served = catalogue.settings.serves
    return [
        _link(resource, place[catalogue.home_of(resource).id], served)
        for resource in catalogue.current_resources
    ]


def _link(resource: Resource, topic: int, served: Sequence[Nation]) -> Document:
    # What need not be said of where a link holds is not said beside a result either.
    everywhere = not wording.nations(resource, served)
    shown = (resource.title, resource.publisher)
    page = resource.url or f"//{(resource.email or '').partition('@')[2]}"
    names = (*resource.keywords, *_languages(resource), *_access(resource), host_label(page, shown))
    texts = (resource.summary, resource.use_when or "")
    return _with_values(
        code=resource.code,
        topic=topic,
        title=resource.title,
        lang=_lent(resource),
        publisher=resource.publisher,
        names=telling_words(names, shown),
        about=_with_beginnings(telling_words(texts, (*shown, *names)), (resource.title, *texts)),
        nations=[str(Nation.UK)] if everywhere else [str(nation) for nation in resource.nations],
        audiences=[str(audience) for audience in resource.audiences],
        call=resource.phone.number if resource.phone else None,
        text=resource.text.number if resource.text else None,
    )


def _lent(piece: Category | Resource) -> str | None:
    """The language of a title that is not there in that of the site, as HTML names it."""
    language = piece.language_of("title")
    return html_language(language) if language else None


def _with_beginnings(about: str, texts: Iterable[str]) -> str:
    """Words that find something, and how they begin in a dictionary where that is otherwise."""
    more = beginnings(texts)
    return " ".join(sorted({*about.split(), *more})) if more else about


def host_label(address: str, shown: Iterable[str]) -> str:
    """What a host is called, such as ``frg``, if that is not in what is shown of the link."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    label = host.split(".")[0]
    run_together = {"".join(words(text)) for text in shown}
    return "" if any(label.replace("-", "") in text for text in run_together) else label


def languages_spoken() -> str:
    """The words by which a link in several languages is found."""
    return telling_words(name for code in LANGUAGES_SPOKEN for name in names_of_language(code))


def _languages(resource: Resource) -> list[str]:
    """What the languages of a resource are called; that of the site goes without saying."""
    usual = resource.language == (wording.usual_language(),)
    codes = [] if usual else [code for code in resource.language if code != SEVERAL_LANGUAGES]
    in_several = _IN_SEVERAL in (keyword.casefold() for keyword in resource.keywords)
    if in_several or SEVERAL_LANGUAGES in resource.language:
        codes.extend(LANGUAGES_SPOKEN)
    return [name for code in dict.fromkeys(codes) for name in names_of_language(code)]


_ACCESS = {
    Access.EASY_READ: ("easy read", "easyread"),
    Access.BSL: ("BSL", "British Sign Language", "signed"),
    Access.AUDIO: ("audio", "listen"),
    Access.CAPTIONS: ("captions", "subtitles"),
}
"""By what a form is found in which something can be had."""


def _access(resource: Resource) -> list[str]:
    return [name for form in resource.accessible_as for name in _ACCESS[form]]


def _with_values(**values: Any) -> Document:
    """Without what is empty: most of it would be said of every entry."""
    return {name: value for name, value in values.items() if value or type(value) is int}
