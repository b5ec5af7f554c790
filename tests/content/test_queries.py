"""What people type in the search, and what they must find first.

The queries are in ``queries.yaml``; they are tried in the real search of the built site, one after
the other on one page.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from linkindex.catalogue import Catalogue, ShownCatalogue
from linkindex.site.tongues import tongues
from tests.conftest import NewPage
from tests.site.test_browser import DESKTOP, search
from tests.support.building import build_index
from tests.support.catalogues import HEAD
from tests.support.static_host import serve_folder

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text("utf-8"))


def test_there_are_sixty_queries_and_each_names_what_exists(catalogue: Catalogue) -> None:
    titles = {one.title for one in (*catalogue.current_categories, *catalogue.current_resources)}
    titles |= {f"{one.name}: {one.heading}" for one in tongues(ShownCatalogue.of(catalogue, ()))}
    assert len(QUERIES) >= 60
    assert [one["query"] for one in QUERIES if not set(one["first"]) <= titles] == []


def test_what_people_type_finds_the_right_page_first(host: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(host)
    page.get_by_role("button", name="Search the links").click()
    wrong = {
        one["query"]: found[:4]
        for one in QUERIES
        if (found := search(page, one["query"]))[:1] not in [[title] for title in one["first"]]
    }
    assert wrong == {}


# A title, and what of it is typed; the first is also tried with its letters taken apart (NFD).
OF_MANY_SCRIPTS = {
    "শিশুদের জন্য সহায়তা": ["শিশুদের", "সহায়তা", "জন্য সহায়তা"],
    "ਪਰਿਵਾਰਾਂ ਲਈ ਮਦਦ": ["ਪਰਿਵਾਰਾਂ", "ਮਦਦ", "ਪਰਿਵਾਰਾਂ ਲਈ"],
    "કુટુંબો માટે સહાય": ["કુટુંબો", "સહાય", "માટે સહાય"],
    "குடும்பங்களுக்கான உதவி": ["குடும்பங்களுக்கான", "உதவி"],
    "बच्चों के लिए हेल्पलाइन": ["बच्चों", "हेल्पलाइन", "बच्चों के"],
    "बालबालिकाको हेरचाह": ["बालबालिकाको", "हेरचाह"],
    "పిల్లల సంరక్షణ": ["పిల్లల", "సంరక్షణ"],
    "ಮಕ್ಕಳ ಆರೈಕೆ": ["ಮಕ್ಕಳ", "ಆರೈಕೆ"],
    "കുട്ടികളുടെ ക്ഷേമം": ["കുട്ടികളുടെ", "ക്ഷേമം"],
    "ළමා සුරක්ෂිතතාව ශ්\u200dරී": ["ළමා", "සුරක්ෂිතතාව", "ශ්\u200dරී", "ශ්රී"],
    "የልጆች እንክብካቤ": ["የልጆች", "እንክብካቤ"],
    "ศูนย์เด็กเล็กใกล้บ้าน": ["ศูนย์", "เด็กเล็ก", "บ้าน"],
    "儿童中心和家庭支持": ["儿童", "中心", "家庭支持"],
    "子どもの相談窓口": ["子ども", "相談", "窓口"],
    "بچوں کی دیکھ بھال": ["بچوں", "دیکھ بھال"],
    "دَعمُ الأُسرة": ["دَعمُ", "دعم", "الأسرة"],
    "كتاب الأهل": ["كِتاب", "الأهل"],
    "پشتیبانی از خانواده\u200cها": ["پشتیبانی", "خانواده\u200cها", "خانوادهها"],
    "Подрібнення здоров\u02bcя": ["здоров'я", "здоров’я", "здоровʼя", "здоровя"],
    "Poradnia dla rodziców": ["rodziców", "rodzicow"],
    "¿Cómo hablar?": ["cómo", "como hablar"],
    "«Être parent»": ["être", "etre parent"],
    "Wsparcie dla małżeństw": ["małżeństw", "malzenstw"],
    "Gia đình và trẻ em": ["gia đình", "gia dinh"],
    "Hilfe für Großeltern": ["Großeltern", "grosseltern", "GROSSELTERN"],
    "İlk çocuğunuz ve ırkçılık": ["çocuğunuz", "cocugunuz", "İlk", "ilk", "irkcilik"],
    "Råd til forældre og søskende": ["søskende", "soskende", "foraeldre"],
    "ذہنی صحت کی مدد": ["ذہنی", "صحت كي مدد", "ذہني"],
    "مهربانی با کودکان": ["كودكان", "مهرباني"],
    "משפחות וילדים": ["משפחות", "מִשְׁפָּחוֹת"],
    "ოჯახის დახმარება": ["ოჯახის", "დახმარება"],
    "Βοήθεια για γονείς": ["βοήθεια", "βοηθεια", "ΒΟΗΘΕΙΑ", "γονεισ"],
    "가족 상담": ["가족", "상담"],
    "ការថែទាំកុមារ": ["ការថែទាំកុមារ", "កុមារ"],
    "မိသားစု အကူအညီ": ["မိသားစု", "အကူအညီ"],
}
LIKE_ITS_OWN_WORDS = {
    "Children\u2019s Centre": [
        *("childrens centre", "children's centre", "children’s centre", "childrenʼs centre"),
        *("Childrens Centres", "childrens center", "children`s centre", "CHILDRENS CENTRE"),
    ],
    "Family centre finder": ["family centre"],
    "The Centre for Children": ["centre for children"],
    "Children and centre staff": ["children and centre staff"],
    "Men\u02bcs sheds": ["mens sheds", "men's sheds", "mens shed"],
    "Young Carers` Space": ["young carers space", "carers' space"],
    "Coping with self\u2011harm while you wait for an appointment": ["selfharm", "self harm"],
    "Mother\u00adhood stories": ["motherhood"],
    "Dads' group": ["dads group", "dad's group", "dads’ group"],
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of an index of links with these titles."""
    folder = tmp_path_factory.mktemp("named")
    links = "".join(
        f"""
      - id: link-{number}
        title: {json.dumps(title, ensure_ascii=False)}
        url: https://www.example.org/{number}
        publisher: Example Publisher
        summary: What a reader gets.
        audiences: [families]
        format: guide
        nations: [uk]
        added: 2026-11-01
"""
        for number, title in enumerate((*OF_MANY_SCRIPTS, *LIKE_ITS_OWN_WORDS))
    )
    words = dict.fromkeys(("name", "tagline", "organisation", "group", "helpline", "when"), "Words")
    text = HEAD.format(site_url="https://example.org/", **words) + TOPIC + links
    with serve_folder(build_index(folder, text)) as address:
        yield address


TOPIC = """\
  - id: topic
    title: Topic
    full_title: Topic
    summary: What it is about.
    group: core
    icon: heart
    colour: "#0b4f5c"
    card: {front: A text., prompts: [First?, Second?, Third?]}
    resources:
"""


def test_a_title_in_any_script_is_found_by_its_own_words(named: str, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    page.goto(named)
    page.get_by_role("button", name="Search the links").click()
    wrong = {}
    for title, typed in (OF_MANY_SCRIPTS | LIKE_ITS_OWN_WORDS).items():
        for query in dict.fromkeys((*typed, unicodedata.normalize("NFD", typed[0]))):
            found = search(page, query)
            if found[:1] != [unicodedata.normalize("NFC", title)]:
                wrong[query] = (title, found[:3])
    assert wrong == {}
