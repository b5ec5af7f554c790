"""The generated files, before any engine builds them."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape
from tests.support.catalogues import catalogue_text, parsed, with_retired_category
from tests.support.pages import as_written

from linkindex.catalogue import Audience, Catalogue, Format, LinkIndexError, Nation
from linkindex.places import shipped
from linkindex.site.facets import first_letters
from linkindex.site.generate import generate, navigation
from linkindex.site.outputs import SHIPPED_PAGES, shipped_pages, written_pages
from linkindex.site.shortening import (
    SHORT_CLASSES,
    short_html,
    short_page,
    short_script,
    short_style,
    with_short_classes,
    with_short_classes_set,
)
from linkindex.site.templating import html_environment

SCAN_PAGE_BUDGET = 14 * 1024
"""One round trip of a new TCP connection: ten segments of 1,460 bytes (RFC 6928)."""

RESOURCE_PAGE_BUDGET = 3328
RESOURCE_PAGE_AS_WRITTEN = 6144
"""Bytes on average, before the server compresses: an index has thousands of these pages."""


def test_the_same_catalogue_gives_the_same_files(catalogue: Catalogue) -> None:
    assert generate(catalogue, written_pages()) == generate(catalogue, written_pages())


def test_every_code_answers_with_a_slash_by_leading_on_to_its_whole_page() -> None:
    index = parsed(catalogue_text(sensitive=True, site_url="https://example.org/keyring/"))
    files = generate(index, {})
    codes = [f"q/{category.code}" for category in index.current_categories]
    codes += [f"r/{resource.code}" for resource in index.current_resources]
    assert len(codes) == 6
    for code in codes:
        whole, short = as_written(files[f"{code}.html"]), as_written(files[f"{code}/index.html"])
        assert f'http-equiv="refresh" content="0; url=/keyring/{code}.html"' in short
        assert f'<a href="/keyring/{code}.html">' in short
        assert '<meta name="robots" content="noindex">' in short
        assert '<meta name="referrer" content="no-referrer">' in short
        assert f'<a href="{index.settings.exit_url}"' in short
        assert re.search("<title>.*</title>", short)[0] == re.search("<title>.*</title>", whole)[0]
        assert "kestrel" not in short.casefold()
        assert len(files[f"{code}/index.html"]) < 600


def test_scan_pages_fit_one_round_trip(catalogue: Catalogue) -> None:
    for path, content in generate(catalogue, {}).items():
        if path.endswith(".html"):
            budget = RESOURCE_PAGE_BUDGET if path.startswith("r/") else SCAN_PAGE_BUDGET
            assert len(gzip.compress(content)) <= budget, path


def test_pages_of_links_are_small_as_they_are_written(catalogue: Catalogue) -> None:
    files = generate(catalogue, {})
    sizes = [len(files[f"r/{link.code}.html"]) for link in catalogue.current_resources]
    assert sum(sizes) / len(sizes) <= RESOURCE_PAGE_AS_WRITTEN


@pytest.mark.parametrize(
    ("script", "short"),
    [
        ('(()=>{const left = 1; say("left " + left);})();', '(()=>{const a=1;say("left "+a)})();'),
        ("(()=>{let link = page.link; link.link();})();", "(()=>{let a=page.link;a.link()})();"),
        (
            "(()=>{const act = (name, list) => { go(true, ...list); }; let x; const y = name;})();",
            "(()=>{const a=(b,c)=>{go(!0,...c)};let d;const e=b})();",
        ),
        (
            "(()=>{let x = 1; const y = x + a; say(y);})();",
            "(()=>{let b=1;const c=b+a;say(c)})();",
        ),
        (
            '(()=>{const x = "; let "; const y = (z) => x + z; for (let i = 0; i < 3;) y(i)})();',
            '(()=>{const a="; let ",b=c=>a+c;for(let d=0;d<3;)b(d)})();',
        ),
    ],
)
def test_a_shortened_script_keeps_its_words_and_what_belongs_to_others(
    script: str, short: str
) -> None:
    assert short_script(script) == short


@pytest.mark.parametrize("value", ["plain", "", "ünïcode", 7, None, Markup("<b>"), Format.VIDEO])
@pytest.mark.parametrize("sign", ["", "&", "<", ">", '"', "'"])
def test_templates_escape_every_value_as_markupsafe_does(value: object, sign: str) -> None:
    template = html_environment().from_string("{{ value }}|{{ text }}|{{ made() }}")
    text, made = f"{value}{sign}", lambda: f"{sign}{value}"
    written = template.render(value=value, text=text, made=made)
    assert written == "|".join(map(str, map(escape, (value, text, made()))))
    with pytest.raises(UndefinedError):
        template.render(value=value)


def test_a_shortened_page_keeps_the_spaces_that_readers_see() -> None:
    written = "<p>Call <a>one</a>\n <b>two</b> </p>\n\n<ul>\n<li>a  b</li> <li>c</li></ul> end"
    assert short_html(written) == "<p>Call <a>one</a> <b>two</b><ul><li>a b<li>c</ul>end"


def test_a_value_keeps_its_quotes_where_it_would_end_without_and_a_text_its_own() -> None:
    bare = '<a href="/r/a/" rel="a b" class="c">1</a><img alt="" src="a.png"/><a title="x=y">2</a>'
    assert short_html(bare) == (
        '<a href=/r/a/ rel="a b" class=c>1</a><img alt="" src="a.png"/><a title="x=y">2</a>'
    )
    for written in ('<p>Write href="here" now', '<code>a="b" </code>', "<b title='c'>d</b>"):
        assert short_html(written) == written


def test_text_that_shows_its_spaces_and_what_is_run_stay_as_they_are_in_a_whole_page() -> None:
    kept = (
        "<pre>a  <b>\n\n b</b></pre>",
        '<textarea id="t">a\n  b</textarea>',
        "<style>p{margin:0}\n\np{}</style>",
        '<script>x = "  a=\\"b\\" ";\n\n</script>',
    )
    for part in kept:
        assert short_page(f"\n<div>\n  Call {part} now\n</div>\n") == f"<div>Call {part} now</div>"
    assert short_page('<p>a <script src="b"></script>') == "<p>a <script src=b></script>"


def test_a_drawing_within_a_page_and_its_lists_lose_what_every_browser_adds() -> None:
    page = """<dl><div><dt>a</dt><dd>b</dd></div></dl>
        <select><option value="">c</option>
        <option value="d">d</option></select> <svg xmlns="http://www.w3.org/2000/svg"></svg>"""
    assert short_page(page) == (
        '<dl><div><dt>a<dd>b</div></dl><select><option value="">c<option value=d>d</select> '
        "<svg></svg>"
    )
    dialog = "<dialog><p>Old browsers do not know that a paragraph ends here</p></dialog>"
    assert short_page(dialog) == dialog


def test_classes_of_scan_pages_are_letters_in_templates_styles_and_scripts_alike() -> None:
    letter = SHORT_CLASSES["button"]
    given = '<p class="button" class="li-quiet screen" class="unseen screen" id="button"'
    short = f'<p class="{letter}" class="li-quiet screen" class="o k" id="button"'
    short = short.replace("o k", f"{SHORT_CLASSES['unseen']} {SHORT_CLASSES['screen']}")
    assert with_short_classes(given) == short
    assert short_style(".button:hover,button.li-button{top:.5rem}") == (
        f".{letter}:hover,button.li-button{{top:.5rem}}"
    )
    assert (
        with_short_classes_set('make("a","button","buttons")') == f'make("a","{letter}","buttons")'
    )
    assert len({*SHORT_CLASSES.values()}) == len(SHORT_CLASSES)


def test_first_letters_tell_audiences_and_nations_apart() -> None:
    for values in (Audience, Nation):
        assert len(first_letters(values)) == len({*first_letters(values)}) == len(values)


def test_a_paragraph_keeps_its_end_where_the_next_text_would_be_taken_into_it() -> None:
    for written in ("<p>One</p>two", "<p>One</p><a>two</a>", "<li>One</li>two"):
        assert short_html(written) == written


def many_links(count: int) -> Catalogue:
    entries = "".join(LINK.format(number=number) for number in range(count))
    return parsed(catalogue_text() + entries)


LINK = """\
      - id: link-{number}
        title: How to talk about difficult things, part {number}
        url: https://www.example.org/talk/{number}
        publisher: Example Charity number {number}
        summary: A plain page in {number} short steps for parents who want to talk but dread it.
        audiences: [families]
        format: article
        nations: [uk]
        added: 2026-11-01
"""


def test_a_long_category_folds_what_is_beyond_a_hundred_and_loses_nothing() -> None:
    page = generate(many_links(200), {})["help4.md"].decode()
    assert page.count("<article") == 202
    assert page.index("Show 102 links more") < page.index("part 150")
    assert "li-more" not in generate(many_links(100), {})["help4.md"].decode()


@pytest.mark.slow
def test_a_scan_page_of_a_long_category_still_fits_one_round_trip() -> None:
    page = generate(many_links(2000), {})["q/help4.html"]
    assert len(gzip.compress(page)) <= SCAN_PAGE_BUDGET
    assert "more on the full page" in page.decode()


def test_a_retired_code_still_answers_and_leads_on() -> None:
    index = parsed(catalogue_text())
    retired = index.resource("plain-retired")
    page = as_written(generate(index, {})[f"r/{retired.code}.html"])
    assert "This link has closed" in page
    assert f'href="/r/{index.resource("plain-second").code}"' in page
    assert "1 October 2026" in page


@pytest.mark.parametrize("path", ["q/former", "former"])
def test_a_retired_category_still_answers_at_its_code_and_its_page(path: str) -> None:
    files = generate(parsed(with_retired_category(catalogue_text(), "plain")), {})
    for name in (f"{path}.html", f"{path}/index.html"):
        page = as_written(files[name])
        assert "This link has closed" in page
        assert 'href="/q/plain"' in page
    assert "former.md" not in files
    assert "A former topic" not in files["index.md"].decode()


def test_what_leads_on_to_a_sensitive_topic_does_not_name_it_in_its_title() -> None:
    text = with_retired_category(catalogue_text(sensitive=True), "kestrel-topic")
    page = generate(parsed(text), {})["q/former.html"].decode()
    head = page[: page.index("</head>")]
    assert "kestrel" not in head.casefold()
    assert "Kestrel trouble" in page


def test_the_page_about_the_cards_shows_what_is_printed_of_a_sensitive_topic() -> None:
    page = generate(parsed(catalogue_text(sensitive=True)), {})["cards/index.md"].decode()
    assert "Help at home" in page
    assert "Kestrel trouble" not in page


def test_scan_pages_tell_the_next_site_nothing_and_stay_out_of_search_engines() -> None:
    for path, content in generate(parsed(catalogue_text()), {}).items():
        if path.endswith(".html"):
            page = as_written(content)
            assert '<meta name="referrer" content="no-referrer">' in page, path
            assert '<meta name="robots" content="noindex">' in page, path


def test_a_retired_link_is_on_no_other_page() -> None:
    index = parsed(catalogue_text())
    code = index.resource("plain-retired").code
    for path, content in generate(index, {}).items():
        if not path.startswith(f"r/{code}"):
            assert b"A link that was retired" not in content, path


INWARD_OR_WHOLE = r"https:|tel:|sms:|mailto:|#|data:,|/keyring/"


def test_scan_pages_link_by_absolute_paths_below_the_folder_of_the_site() -> None:
    index = parsed(catalogue_text(site_url="https://example.org/keyring/"))
    for path, content in generate(index, {}).items():
        if path.endswith(".html"):
            for target in re.findall(r'href="([^"]*)"', as_written(content)):
                assert re.match(INWARD_OR_WHOLE, target), (path, target)


def test_a_page_of_docs_is_filled_in() -> None:
    page = generate(parsed(catalogue_text("A *name*")), {"x.md": "By {{ index.name }}."})["x.md"]
    assert page == rb"By A \*name\*."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{{ index.name }}\n\n{{ index.nmae }}\n",
            "3: there is no `nmae` to fill in; did you mean",
        ),
        ("{{ indx.name }}\n", "1: there is no `indx` to fill in; did you mean `index`"),
        ("{{ name }}\n", "1: there is no `name` to fill in; write `index.name`"),
        ("{{ index.name\n", "1: the text in the braces"),
        ("a\n{% if %}", "2: the text in the braces"),
        ("a\n{{ index.name() }}", "2: the text in the braces"),
        ("a\n\n{{ 1/0 }}", "3: the text in the braces"),
    ],
)
def test_a_wrong_placeholder_is_one_sentence_with_its_line(text: str, said: str) -> None:
    with pytest.raises(LinkIndexError) as caught:
        generate(parsed(catalogue_text()), {"x.md": text})
    assert str(caught.value).startswith(f"docs/x.md:{said}")
    assert "\n" not in str(caught.value)


def test_a_page_that_a_fork_has_beside_those_that_come_along_is_its_own(tmp_path: Path) -> None:
    shutil.copytree(shipped("docs"), tmp_path, dirs_exist_ok=True)
    (tmp_path / "our-town.md").write_text("# Our town\n", "utf-8")
    # With those in other languages, such as `about.cy.md`.
    taken = {re.sub(r"\.[a-z]{2}\.md$", ".md", path) for path in shipped_pages(tmp_path)}
    assert taken == written_pages().keys() == SHIPPED_PAGES
    assert written_pages(tmp_path).keys() - written_pages().keys() >= {"our-town.md"}


def test_the_navigation_leads_to_every_category(catalogue: Catalogue) -> None:
    files = generate(catalogue, written_pages())
    found_by_a_link_only = {path for path in files if path.startswith("languages/")}
    # Saving pages on a device is never offered to families.
    found_by_a_link_only |= {"offline.md"}
    named = re.findall(r"'([^']+\.md)'", str(navigation(catalogue)))
    assert {f"{category.code}.md" for category in catalogue.current_categories} <= set(named)
    assert set(named) == {path for path in files if path.endswith(".md")} - found_by_a_link_only


def test_a_sensitive_topic_is_named_only_where_it_is_read() -> None:
    """Whatever stays behind is neutral: addresses, titles, descriptions, file names."""
    for path, content in generate(parsed(catalogue_text(sensitive=True)), written_pages()).items():
        page = content.decode(errors="replace")  # a code is a picture
        assert "kestrel" not in path
        for title in re.findall(r"<title>(.*?)</title>", page):
            assert "kestrel" not in title.casefold(), path
        front_matter = page.split("---")[1] if page.startswith("---") else ""
        assert "kestrel" not in front_matter.casefold(), path
        for target in re.findall(r'(?:href|id)="([^"]*)"', page):
            if not target.startswith("https://www.example.org/"):
                assert "kestrel" not in target, (path, target)


def test_a_helpline_to_start_with_can_be_called_at_once(catalogue: Catalogue) -> None:
    helpline = next(
        (category, catalogue.resource(name))
        for category in catalogue.current_categories
        for name in category.start_here.families
        if catalogue.resource(name).phone
    )
    category, resource = helpline
    assert resource.phone
    dialled = f"tel:{resource.phone.number.replace(' ', '')}"
    page = generate(catalogue, {})[f"{category.code}.md"].decode()
    first = page[page.index("data-pick=") : page.index("data-entries")]
    assert dialled in first
    assert dialled in generate(catalogue, {})[f"q/{category.code}.html"].decode()


def test_a_sensitive_topic_warns_before_the_first_link_or_call() -> None:
    index = parsed(catalogue_text(sensitive=True))
    files = generate(index, {})
    for path in (
        "help4.md",
        "q/help4.html",
        f"r/{index.resource('kestrel-topic-first').code}.html",
    ):
        page = files[path].decode()
        warning = page.index("may leave a trace on this phone")
        assert warning < page.index("https://www.example.org/kestrel-topic/first"), path
        assert "tel:0800" not in page[:warning], path
    assert "may leave a trace on this phone" not in files["plain.md"].decode()


def test_a_scan_page_of_a_sensitive_topic_says_what_is_safe_then_what_to_open_first() -> None:
    index = parsed(catalogue_text("What it is", sensitive=True))
    page = as_written(generate(index, {})["q/help4.html"])
    main = page[page.index("</header>") :]
    said = main.rindex('<p class="screen">What it is<')  # above the links it is a caution
    order = [main.index("may leave a trace"), main.index("Start here"), said]
    assert order == sorted(order)
    plain = generate(index, {})["q/plain.html"].decode()
    plain_main = plain[plain.index("</header>") :]
    assert plain_main.index("<p>What it is<") < plain_main.index("https://www.example.org")


def test_a_sensitive_topic_has_999_and_what_to_do_at_once_before_its_links(
    catalogue: Catalogue,
) -> None:
    files = generate(catalogue, {})
    for category in catalogue.current_categories:
        scan = as_written(files[f"q/{category.code}.html"])
        whole = files[f"{category.code}.md"].decode()
        before = scan[: scan.index('rel="noreferrer"', scan.index("</header>"))]
        if category.sensitive:
            assert "In danger now? Call 999" in before, category.id
            assert str(escape(category.cautions[0].text)) in before, category.id
            assert whole.index("In danger now? Call 999") < whole.index("Start here"), category.id


def test_a_sensitive_scan_page_asks_for_care_before_it_is_passed_on() -> None:
    index = parsed(catalogue_text(sensitive=True))
    files = generate(index, {})
    link = index.resource("kestrel-topic-first").code
    for path in ("q/help4.html", f"r/{link}.html"):
        page = files[path].decode()
        care = page.index("Ask first if their phone is safe to send to.")
        assert care < page.index("sms:?"), path
    assert "Ask first" not in files["q/plain.html"].decode()


GLOSSARY = """\
glossary:
  - term: CAMHS
    meaning: Mental health services for children
    category: kestrel-topic
  - term: 5 Ps
    meaning: Five questions
  - term: ACE
    meaning: A hard thing in childhood
    category: plain
categories:
"""


def with_glossary(*, sensitive: bool = False) -> str:
    return catalogue_text(sensitive=sensitive).replace("categories:\n", GLOSSARY, 1)


def test_the_glossary_holds_every_term_with_its_meaning_and_its_category_by_letter() -> None:
    page = generate(parsed(with_glossary()), {})["glossary.md"].decode()
    assert re.findall(r"<h2 id=\"letter-(.*?)\">", page) == ["0-9", "a", "c"]
    assert re.findall(r"<dt>(.*?)</dt>", page) == ["5 Ps", "ACE", "CAMHS"]
    assert "Mental health services for children" in page
    assert 'href="../help4/"' in page
    assert 'href="../plain/"' in page


def test_every_category_leads_to_the_glossary_and_explains_its_own_letters() -> None:
    files = generate(parsed(with_glossary()), {})
    for code, own, others in (("plain", "ACE", "CAMHS"), ("help4", "CAMHS", "ACE")):
        page = files[f"{code}.md"].decode()
        assert 'href="../glossary/"' in page
        assert f"<dt>{own}</dt>" in page
        assert f"<dt>{others}</dt>" not in page


def test_without_a_glossary_nothing_leads_to_one() -> None:
    index = parsed(catalogue_text())
    files = generate(index, {})
    assert "glossary.md" not in files
    assert "glossary" not in str(navigation(index))
    assert not any(b"glossary/" in content for content in files.values())


def test_the_glossary_leaves_nothing_telling_in_titles_and_addresses() -> None:
    page = generate(parsed(with_glossary(sensitive=True)), {})["glossary.md"].decode()
    assert "kestrel" not in page.split("---")[1].casefold()
    for target in re.findall(r'(?:href|id)="([^"]*)"', page):
        assert "kestrel" not in target
        assert "camhs" not in target.casefold()


def test_a_page_that_only_shows_a_helpline_of_a_sensitive_topic_warns_as_well() -> None:
    text = catalogue_text(sensitive=True)
    own = "        added: 2026-11-01\n      - id: kestrel-topic-second\n"
    assert text.count(own) == 1
    guest = text.replace(own, f"        also_in: [plain]\n{own}")
    helpline = guest.replace("format: guide", "format: helpline")
    for path in ("plain.md", "q/plain.html"):
        assert "may leave a trace" in generate(parsed(helpline), {})[path].decode(), path
        assert "may leave a trace" not in generate(parsed(guest), {})[path].decode(), path


def test_the_page_of_a_link_that_also_stands_in_a_sensitive_topic_warns() -> None:
    text = catalogue_text(sensitive=True)
    guest = text.replace(
        "        added: 2026-11-01\n",
        "        also_in: [kestrel-topic]\n        added: 2026-11-01\n",
        1,
    )
    index = parsed(guest)
    files = generate(index, {})
    path = f"r/{index.resource('plain-first').code}.html"
    assert "may leave a trace on this phone" in files[path].decode()
    assert "may leave a trace" not in generate(parsed(text), {})[path].decode()


@pytest.mark.parametrize("path", ["plain.md", "q/plain.html"])
def test_what_nobody_has_checked_or_reviewed_is_said_until_it_is_done(path: str) -> None:
    text = catalogue_text()
    said = "These links are not yet checked, and not yet reviewed by a person."
    assert said in generate(parsed(text), {})[path].decode()
    reviewed = "        added: 2026-11-01\n        reviewed: 2026-11-02\n"
    one = generate(parsed(text.replace("        added: 2026-11-01\n", reviewed, 1)), {})
    assert "not yet checked. A person has reviewed 1 of them." in one[path].decode()
    both = generate(parsed(text.replace("        added: 2026-11-01\n", reviewed)), {})
    assert "not yet checked. A person has reviewed all of them." in both[path].decode()


def test_a_link_says_by_itself_what_nobody_has_done_yet() -> None:
    text = catalogue_text()
    index = parsed(text)
    path = f"r/{index.resource('plain-first').code}.html"
    page = generate(index, {})[path].decode()
    assert "Link not yet checked. Not yet reviewed by a person." in page
    reviewed = text.replace(
        "added: 2026-11-01\n", "added: 2026-11-01\n        reviewed: 2026-11-02\n"
    )
    page = generate(parsed(reviewed), {})[path].decode()
    assert "Link not yet checked. Reviewed by a person on 2 November 2026." in page


def test_a_number_to_text_is_on_the_scan_page_of_its_category() -> None:
    page = as_written(generate(parsed(catalogue_text()), {})["q/plain.html"])
    assert '<a class="button" href="tel:08001111">Call 0800 1111<' in page
    assert '<a class="button" href="sms:85258">Text 85258<' in page


def test_a_number_by_relay_is_shown_with_its_prefix_apart_and_dialled_with_it_first() -> None:
    text = catalogue_text().replace("phone: 0800 1111", "phone: 1800108081570123")
    pages = b"\n".join(generate(parsed(text), {}).values()).decode(errors="replace")
    assert 'href="tel:1800108081570123">Call 18001 0808 157 0123<' in pages
    assert set(re.findall(r"tel:[0-9+]+", pages)) == {"tel:999", "tel:1800108081570123"}
    assert set(re.findall(r"18001[0-9 ]*", pages)) == {"18001 0808 157 0123", "1800108081570123"}
