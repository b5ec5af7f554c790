"""Which addresses are allowed, and when two are the same page."""

from __future__ import annotations

import base64
import re
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from linkindex.catalogue.addresses import (
    AddressError,
    Advice,
    advice,
    around,
    check,
    check_site,
    domain_shown,
    is_private,
    is_reserved,
    same_page_key,
    wrapped,
)
from linkindex.catalogue.addresses.closed import closed, written_places
from linkindex.catalogue.addresses.contacts import contact_instead

SAME_PAGE = [
    ("http://nhs.uk/a", "https://nhs.uk/a"),
    ("https://www.nhs.uk/a", "https://nhs.uk/a"),
    ("https://NHS.uk/a", "https://nhs.uk/a"),
    ("HTTPS://nhs.uk/a", "https://nhs.uk/a"),
    ("https://nhs.uk/a/", "https://nhs.uk/a"),
    ("https://nhs.uk", "https://nhs.uk/"),
    ("https://nhs.uk./a", "https://nhs.uk/a"),
    ("https://nhs.uk:443/a", "https://nhs.uk/a"),
    ("http://nhs.uk:80/a", "https://nhs.uk/a"),
    ("https://nhs.uk/a?utm_source=x&utm_medium=y", "https://nhs.uk/a"),
    ("https://nhs.uk/a?fbclid=1", "https://nhs.uk/a"),
    ("https://nhs.uk/a?UTM_Source=x&b=1", "https://nhs.uk/a?b=1"),
    ("https://nhs.uk/a?b=1&c=2", "https://nhs.uk/a?c=2&b=1"),
    ("https://nhs.uk/%7Ejo", "https://nhs.uk/~jo"),
    ("https://nhs.uk/caf%C3%A9", "https://nhs.uk/café"),
    ("https://nhs.uk/a#", "https://nhs.uk/a"),
    ("https://bücher.de/", "https://xn--bcher-kva.de/"),
    ("https://youtu.be/a?si=b", "https://youtu.be/a"),
    ("https://nhs.uk/a;jsessionid=AB12", "https://nhs.uk/a"),
    ("https://nhs.uk/a#part:~:text=words", "https://nhs.uk/a#part"),
]
OTHER_PAGE = [
    ("https://nhs.uk/a", "https://nhs.uk/b"),
    ("https://nhs.uk/a", "https://nhs.uk/A"),
    ("https://nhs.uk/a", "https://www.nhs.net/a"),
    ("https://nhs.uk/a", "https://about.nhs.uk/a"),
    ("https://nhs.uk/a", "https://nhs.uk:8080/a"),
    ("https://nhs.uk/a?b=1", "https://nhs.uk/a?b=2"),
    ("https://nhs.uk/a?b=1", "https://nhs.uk/a"),
    ("https://nhs.uk/a?b=", "https://nhs.uk/a"),
    ("https://nhs.uk/a#families", "https://nhs.uk/a#schools"),
    ("https://nhs.uk/a#families", "https://nhs.uk/a"),
    ("https://nhs.uk/a/b", "https://nhs.uk/a%2Fb"),
    ("https://nhs.uk/a?si=1", "https://nhs.uk/a"),
    ("https://nhs.uk/a?sid=1", "https://nhs.uk/a?sid=2"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PAGE)
def test_spellings_of_one_address_are_the_same_page(one: str, other: str) -> None:
    assert same_page_key(one) == same_page_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER_PAGE)
def test_addresses_that_can_differ_are_different_pages(one: str, other: str) -> None:
    assert same_page_key(one) != same_page_key(other)


PRIVATE = [
    *("127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0x7f.1", "0177.0.0.1", "0", "0.0.0.0"),
    *("10.0.0.8", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "224.0.0.1"),
    *("::1", "::", "fe80::1%25eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1"),
    *(
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "１２７.0.0.1",
        "①27.0.0.1",
        "127。0。0。1",
        "127%2e0.0.1",
    ),
    *("localhost", "LOCALHOST.", "x.localhost", "%6cocalhost", "intranet", "printer.local"),
    *("a.b。local", "db.internal", "router.lan", "router.home.arpa", "files.corp"),
]
PUBLIC = [
    *("nhs.uk", "www.nhs.uk.", "local.gov.uk", "localhost.example.org", "home.org", "10.com"),
    *("8.8.8.8", "172.32.0.1", "::ffff:8.8.8.8", "2606:4700::1111", "xn--bcher-kva.de"),
    *("0800.org", "cafe.de", "internal.nhs.uk", "bücher.de"),
]


@pytest.mark.parametrize("host", PRIVATE)
def test_no_spelling_of_a_private_host_is_public(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_host_is_not_private(host: str) -> None:
    assert not is_private(host)


@pytest.mark.parametrize(
    "address",
    [
        *("https://www.nhs.uk/", "http://nhs.uk", "HTTPS://NHS.UK/", "https://nhs.uk:8443/a?b#c"),
        *("https://bücher.de/ä", "https://my_site.nhs.uk/", "https://nhs.uk/#user:pw@x"),
        *("https://duckduckgo.com/legal", "https://t.me/ivory", "https://www.bing.com/maps"),
        *("https://medium.com/@name/a", "https://mastodon.social/@name@example.social"),
        *("https://cdn.nhs.uk/npm/a@1.2.3/x.js", "https://nhs.uk/logo@2x.png"),
        *("https://www.google.com/maps/place/A/@51.5,-0.1,15z", "https://nhs.uk/?s=a:b@c"),
        *("https://calendar.google.com/calendar/embed?src=a%40group.calendar.google.com",),
        *("https://пример.com/", "https://президент.рф/", "https://مثال٣.com/", "https://例え.jp/"),
    ],
)
def test_ordinary_addresses_are_allowed(address: str) -> None:
    check(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "nhs.uk", "//nhs.uk", "/a", "ftp://nhs.uk", "javascript:alert(1)", "data:,x"),
        *("JavaScript:alert(1)", "java\tscript:x", " javascript:x", "vbscript:x", "file:///etc"),
        *(
            "https:nhs.uk",
            "https:/nhs.uk",
            "https:///nhs.uk",
            "https://",
            "https://?a",
            "https://:1",
        ),
        *("https://u:p@nhs.uk/", "https://u@nhs.uk/", "https://@nhs.uk/", "https://nhs.uk\\@x.org"),
        *("https://nhs.uk/a b", "https://nhs.uk/\u202e", 'https://nhs.uk/"', "https://nhs.uk/<b>"),
        *("https://nhs..uk/", "https://-nhs.uk/", "https://nhs.uk:x/", "https://nhs.uk:70000/"),
        *("https://[::1", "https://[nhs.uk]/", "https://n%68s.uk/", f"https://{'a' * 64}.uk/"),
        *("tel:", "tel:12", "tel:call-me", "mailto:", "mailto:help", "mailto:a@b.uk?bcc=c@d.uk"),
        f"https://urldefense.com/v3/__{'__;' * 20000}",
        *("sms:85258", "whatsapp://send?phone=1", "blob:https:", "C:\\a.pdf", "0800 1111"),
    ],
)
def test_malformed_and_unsafe_addresses_are_refused(address: str) -> None:
    with pytest.raises(AddressError):
        check(address)


PAGE = "https://www.nhs.uk/a?b=1"
ESCAPED = quote(PAGE, safe="")
LONG_PAGE = f"https://www.nhs.uk/{'long-' * 30}page"


def in_base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


LEADS_ON = [
    f"https://eur01.safelinks.protection.outlook.com/?url={ESCAPED}&data=05%7C01%7Cjo%40a.gov.uk",
    f"https://NAM02.safelinks.protection.outlook.com/ap/t-1/?URL={ESCAPED}%26utm_source%3Dx&data=0",
    f"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={ESCAPED}",
    f"https://urldefense.proofpoint.com/v1/url?u={ESCAPED}&k=a",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.nhs.uk_a-3Fb-3D1&d=D&c=c",
    f"https://urldefense.com/v3/__{PAGE}__;!!N3hq!6E$",
    "https://urldefense.com/v3/__https:/www.nhs.uk/a*b=1__;Pw!!N3hq!6E$",
    f"https://urldefense.us/v3/__{PAGE}__;!!N3hq!6E$",
    f"https://linkprotect.cudasvc.com/url?a={ESCAPED}&c=E,1",
    f"https://eu-west-1.protection.sophos.com?d=nhs.uk&u={in_base64(PAGE)}&p=m",
    f"https://ddec1-0-en-ctp.trendmicro.com/wis/clicktime/v1/query?url={ESCAPED}&umid=5",
    f"https://secure-web.cisco.com/1fCCdfJv/{ESCAPED}",
    f"https://protect2.fireeye.com/v1/url?k=1&u={ESCAPED}",
    f"https://url.avanan.click/v2/r01/___{PAGE}___.YXAz",
    f"https://clicktime.symantec.com/15t?h=x&u={ESCAPED}",
    f"https://mail.a.org.uk/fmlurlsvc/?fewReq=:B:x&url={ESCAPED}",
    f"https://links-1.govdelivery.com/CL0/{ESCAPED}/1/0101/sig=x",
    f"https://www.google.com/url?sa=t&q={ESCAPED}&usg=x",
    f"https://www.google.co.uk/url?url={PAGE}",
    "https://www.google.com/amp/s/www.nhs.uk/a?b=1",
    "https://www-nhs-uk.cdn.ampproject.org/c/s/www.nhs.uk/a?b=1",
    "https://www-nhs-uk.translate.goog/a?b=1&_x_tr_sl=en&_x_tr_tl=pl",
    f"https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:{ESCAPED}+x&cd=1",
    f"https://www.bing.com/ck/a?!&&p=x&u=a1{in_base64(PAGE)}&ntb=1",
    f"https://duckduckgo.com/l/?uddg={ESCAPED}&rut=x",
    f"https://r.search.yahoo.com/_ylt=A/RV=2/RU={ESCAPED}/RK=2/RS=x",
    f"https://l.facebook.com/l.php?u={ESCAPED}%26fbclid%3Dx&h=AT0",
    f"https://lm.facebook.com/l.php?u={ESCAPED}",
    f"https://out.reddit.com/t3_a?url={ESCAPED}&token=x",
    f"https://t.umblr.com/redirect?z={ESCAPED}&t=x",
    f"https://href.li/?{PAGE}",
    f"https://www.youtube.com/redirect?event=video&q={ESCAPED}",
    f"https://www.linkedin.com/safety/go?url={ESCAPED}",
    f"https://slack-redir.net/link?url={ESCAPED}",
    f"https://steamcommunity.com/linkfilter/?url={ESCAPED}",
    f"https://l.facebook.com/l.php?u={quote(f'https://www.google.com/url?q={ESCAPED}', safe='')}",
]


@pytest.mark.parametrize("address", LEADS_ON, ids=lambda address: address[8:50])
def test_an_address_that_leads_on_is_refused_with_the_one_inside(address: str) -> None:
    with pytest.raises(AddressError) as refused:
        check(address)
    assert refused.value.remedy == f"write `{PAGE}`"
    assert "jo" not in str(refused.value).partition(";")[2]


def test_the_address_inside_is_whole_however_long_it_is() -> None:
    with pytest.raises(AddressError, match=f"write `{LONG_PAGE}`$"):
        check(f"https://l.facebook.com/l.php?u={quote(LONG_PAGE, safe='')}")


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://protect-eu.mimecast.com/s/abcd?domain=nhs.uk", " (of `nhs.uk`)"),
        ("https://eur01.safelinks.protection.outlook.com/?data=05%7Cjo%40a.gov.uk", ""),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2F10.0.0.8%2F", ""),
        ("https://t.co/abcd", ""),
        ("https://bit.ly/3AbCdEf", ""),
        ("http://www.tinyurl.com/help-for-parents", ""),
        ("https://go.short.gy/abc", ""),
        ("https://forms.app.goo.gl/abc", ""),
        ("https://orlo.uk/AbC1d", ""),
        ("https://eepurl.com/abc", ""),
        ("https://qrco.de/bcdefg?trackSharing=1", ""),
        ("https://ablink.news.nhs.uk/ls/click?upn=u001.abc", ""),
        ("https://translate.goog/", ""),
    ],
)
def test_where_no_address_can_be_read_out_the_way_to_it_is_said(address: str, site: str) -> None:
    with pytest.raises(AddressError) as refused:
        check(address)
    way = "open it, and copy the address that the browser shows for the page"
    assert refused.value.remedy == way + site


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("https://xy.zz/3AbCdE", True),
        ("https://www.abc.de/kLm4NoP", True),
        ("https://abcd.eu/A1b2C3/", True),
        ("https://youtu.be/dQw4w9WgXcQ", False),
        ("https://x.com/ChildLine1", False),
        ("https://gov.uk/parents", False),
        ("https://nhs.uk/Parents", False),
        ("https://bbc.com/news/Ab12Cd", False),
        ("https://www.example.org/3AbCdE", False),
    ],
)
def test_an_unknown_address_that_looks_short_is_asked_about(address: str, *, short: bool) -> None:
    found = advice(address)
    assert ("only led on" in found.what if found else False) is short


def test_every_wrapper_names_its_source() -> None:
    table = Path(wrapped.__file__).with_name("wrappers.yaml")
    assert [one for one in yaml.safe_load(table.read_text("utf-8")) if not one["source"]] == []


@pytest.mark.parametrize(
    ("address", "cure"),
    [
        ("https://nhs.uk/a?b=1&email=jo@a.gov.uk", "write `https://nhs.uk/a?b=1`"),
        ("https://nhs.uk/a?e=jo%2540a.gov.uk", "write `https://nhs.uk/a`"),
        (f"https://nhs.uk/a?e={in_base64('jo.bloggs@a.gov.uk')}", "write `https://nhs.uk/a`"),
        ("https://nhs.uk/a#jo@a.gov.uk", "write `https://nhs.uk/a`"),
        ("https://nhs.uk/a/jo%40a.gov.uk", "name a page that anybody can open without it"),
        ("https://nhs.uk/a?to=https://jo:pw@x.org/", "write `https://nhs.uk/a`"),
        ("https://nhs.uk/a?password=x", "write `https://nhs.uk/a`"),
        (
            "https://a-my.sharepoint.com/:w:/g/personal/jo_a_gov_uk/Eb1?e=2",
            "name a page that anybody can open without it",
        ),
    ],
)
def test_an_address_holds_nothing_of_a_person(address: str, cure: str) -> None:
    with pytest.raises(AddressError) as refused:
        check(address)
    assert refused.value.remedy == cure
    assert "jo" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://nhs.uk/a?utm_source=x&b=1&UTM_Medium=y#c", "https://nhs.uk/a?b=1#c"),
        ("https://nhs.uk/a?fbclid=1&gclid=2", "https://nhs.uk/a"),
        ("https://nhs.uk/a?q=a+b%2Fc&mc_cid=1", "https://nhs.uk/a?q=a+b%2Fc"),
        ("https://www.youtube.com/watch?v=a&si=b&t=30", "https://www.youtube.com/watch?v=a&t=30"),
        ("https://open.spotify.com/episode/a?si=b", "https://open.spotify.com/episode/a"),
        ("https://nhs.uk/a;jsessionid=AB12?b=1", "https://nhs.uk/a?b=1"),
        ("https://nhs.uk/(S(abc123))/a", "https://nhs.uk/a"),
        ("https://nhs.uk/a?PHPSESSID=abc", "https://nhs.uk/a"),
        ("https://nhs.uk/a?sid=0123456789abcdef0123", "https://nhs.uk/a"),
        ("https://nhs.uk/a#part:~:text=some,words", "https://nhs.uk/a#part"),
        ("https://nhs.uk/a#utm_source=x", "https://nhs.uk/a"),
        ("https://proxy.ac.uk/login?url=https://nhs.uk/a", "https://nhs.uk/a"),
        ("https://anonym.to/?https://nhs.uk/a?b=1", "https://nhs.uk/a?b=1"),
        ("https://web.archive.org/web/2020/https://nhs.uk/a", "https://nhs.uk/a"),
        (
            "https://webarchive.nationalarchives.gov.uk/ukgwa/20200101/https://nhs.uk/a",
            "https://nhs.uk/a",
        ),
    ],
)
def test_what_no_page_needs_is_pointed_out_with_the_clean_address(address: str, clean: str) -> None:
    check(address)
    advised = advice(address)
    assert advised
    assert advised.remedy.startswith(f"write `{clean}`")


@pytest.mark.parametrize(
    "address",
    [
        *("https://nhs.uk/a?si=12", "https://nhs.uk/a?sid=12", "https://nhs.uk/a?source=leaflet"),
        *("https://nhs.uk/a?session=2", "https://www.youtube.com/watch?v=a&list=b&index=2&t=3"),
        *("https://journals.plos.org/article?id=10.1371%2Fjournal", "https://nhs.uk/a#b=c"),
        *(
            "https://nhs.uk/a?next=https://nhs.uk/b",
            "https://www.amazon.co.uk/dp/1",
            "https://bücher.de/",
        ),
    ],
)
def test_what_a_page_needs_is_left_alone(address: str) -> None:
    assert advice(address) is None


@pytest.mark.parametrize(
    ("host", "letter", "ascii_name"),
    [
        ("www.сhildline.org.uk", "`с` (Cyrillic, U+0441)", "www.xn--hildline-ech.org.uk"),
        ("www.xn--hildline-ech.org.uk", "`с` (Cyrillic, U+0441)", "www.xn--hildline-ech.org.uk"),
        ("νhs.uk", "`ν` (Greek, U+03BD)", "xn--hs-cbc.uk"),
        ("ոսօ.com", "`ո` (Armenian, U+0578)", "xn--mbbky.com"),
        ("раура.com", "`р` (Cyrillic, U+0440)", "xn--80aa0cbo.com"),
        ("childline.оrg.uk", "`о` (Cyrillic, U+043E)", "childline.xn--rg-emc.uk"),
        ("ｎhs.uk", "`ｎ` (full-width, U+FF4E)", "`nhs.uk`"),
    ],
)
def test_a_host_of_lookalike_letters_is_refused_by_its_letters(
    host: str, letter: str, ascii_name: str
) -> None:
    with pytest.raises(AddressError) as refused:
        check(f"https://{host}/")
    assert letter in refused.value.what
    assert ascii_name in str(refused.value)


def test_a_latin_letter_that_looks_like_another_is_pointed_out() -> None:
    check("https://chıldline.org.uk/")
    advised = advice("https://chıldline.org.uk/")
    assert advised
    assert "`ı` (Latin, U+0131)" in advised.what


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("www.nhs.uk/a", "write `https://www.nhs.uk/a`"),
        ("//nhs.uk/a", "write `https://nhs.uk/a`"),
        ("https:/nhs.uk/a", "write `https://nhs.uk/a`"),
        ("htps://nhs.uk/a", "write `https://nhs.uk/a`"),
        ("https://https://nhs.uk/a", "write `https://nhs.uk/a`"),
        ("chrome-extension://ab/https://nhs.uk/a.pdf", "write `https://nhs.uk/a.pdf`"),
        ("about:reader?url=https%3A%2F%2Fnhs.uk%2Fa", "write `https://nhs.uk/a`"),
        ("ftp://nhs.uk/a", "write the address of a web page, beginning with `https://`"),
    ],
)
def test_an_address_that_is_nearly_right_is_named_whole(address: str, told: str) -> None:
    with pytest.raises(AddressError) as refused:
        check(address)
    assert refused.value.remedy == told


SIGNS_AROUND = [
    *(
        "‹›",
        "«»",
        "»«",
        "›‹",
        "“”",
        "„“",
        "”“",
        "‘’",
        "‚‘",
        "''",
        '""',
        "<>",
        "()",
        "[]",
        "{}",
        "||",
    ),
    *(
        "「」",
        "『』",
        "【】",
        "《》",
        "〈〉",
        "（）",
        "［］",
        "＜＞",
        "⟨⟩",
        "❮❯",
        "`´",
        "``",
        "**",
        "__",
        "~~",
    ),
    *("‹)", "(]", "“'", "«”", "<›", "[}", "\u200b\u200b", "\u00a0\ufeff", "•\u00a0", "–\u200e"),
]
"""What stands on both sides, some of it in pairs that do not belong together."""


@pytest.mark.parametrize("signs", SIGNS_AROUND)
@pytest.mark.parametrize("page", ["https://nhs.uk/a", "nhs.uk/a", "https://nhs.uk/a_(b)"])
def test_the_address_that_is_proposed_has_no_sign_around_it(page: str, signs: str) -> None:
    meant = page if "://" in page else f"https://{page}"
    for behind in ("", ".", ",", ";", ").", " "):
        with pytest.raises(AddressError) as refused:
            check(f"{signs[0]}{page}{signs[1]}{behind}")
        assert refused.value.instead == meant, behind
        assert refused.value.remedy == f"write `{meant}` alone"


@pytest.mark.parametrize("sign", '‹«»›“”„‘’"<>{}|「」（）´`\u200b\u00a0\ufeff')
def test_a_sign_on_one_side_is_taken_away_as_one_on_both_is(sign: str) -> None:
    for written in (f"{sign}https://nhs.uk/a", f"https://nhs.uk/a{sign}"):
        with pytest.raises(AddressError) as refused:
            check(written)
        assert refused.value.instead == "https://nhs.uk/a"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("(see https://nhs.uk/a).", "https://nhs.uk/a"),
        ("<url:https://nhs.uk/a>", "https://nhs.uk/a"),
        ('<a href="https://nhs.uk/a">A</a>', "https://nhs.uk/a"),
        ("[A](https://nhs.uk/a", "https://nhs.uk/a"),
        ("‹https//nhs.uk/a›", "https://nhs.uk/a"),
        (f"«https://l.facebook.com/l.php?u={ESCAPED}»", PAGE),
        (f"https://l.facebook.com/l.php?u={quote(f'<{PAGE}>', safe='')}", PAGE),
        ("https://nhs.uk/bed\u200btime", "https://nhs.uk/bedtime"),
    ],
)
def test_no_proposal_keeps_a_sign_however_it_is_reached(written: str, meant: str) -> None:
    with pytest.raises(AddressError) as refused:
        check(written)
    assert refused.value.instead == meant


@pytest.mark.parametrize("written", ["‹http://10.0.0.8/›", "(https://u:p@nhs.uk/)", "‹htts›"])
def test_what_may_not_stand_may_not_stand_in_brackets(written: str) -> None:
    with pytest.raises(AddressError) as refused:
        check(written)
    assert refused.value.instead is None or "@" not in refused.value.instead


@pytest.mark.parametrize(
    "address",
    ["https://nhs.uk/a_(b)", "https://nhs.uk/«a»", "https://nhs.uk/「a」", "https://nhs.uk/“a”"],
)
def test_what_an_address_opens_it_may_close(address: str) -> None:
    check(address)
    assert advice(address) is None


@pytest.mark.parametrize("end", [".", ",", "!", ")", ").", "'", "]", "。", "؛"])
def test_what_may_be_the_end_of_a_sentence_is_asked_about(end: str) -> None:
    advised = advice(f"https://nhs.uk/a{end}")
    assert advised
    assert advised.remedy == "write `https://nhs.uk/a` if the page opens there"


@pytest.mark.parametrize("end", ["…", "..."])
def test_an_address_that_was_cut_short_is_not_proposed(end: str) -> None:
    advised = advice(f"https://nhs.uk/a{end}")
    assert advised
    assert "https" not in advised.remedy


def test_no_bracket_or_quotation_mark_of_any_script_is_forgotten() -> None:
    known = re.compile(f"[{around.FOREIGN}]")
    signs = [chr(code) for code in range(0x80, 0xFFFF)]
    kinds = ("Pi", "Pf", "Ps", "Pe")
    assert [s for s in signs if unicodedata.category(s) in kinds and not known.match(s)] == []


@pytest.mark.parametrize(
    "begin",
    [
        *(
            "http//",
            "https//",
            "https:/",
            "https:",
            "https;//",
            "https.//",
            "https-//",
            "https:://",
        ),
        *(
            "htps://",
            "hhtps://",
            "ttps://",
            "thttps//",
            "httpss://",
            "hxxps://",
            "HTTP//",
            "http:// ",
        ),
        *(
            "http://https//",
            "http://http:",
            "http:https://",
            "https:\\\\",
            "https/",
            "//",
            "://",
            "",
        ),
        *("https.www.", "www.www.", "https://https.www.", "https://www,", "https//wwww."),
        *("wwww.", "ww.", "www..", "www,", "www/", "www:", "https://wwww.", "https://www/"),
    ],
)
def test_a_slip_at_the_beginning_is_named_with_the_address_that_is_meant(begin: str) -> None:
    has_www = "w" in begin
    written = f"{begin}nhs.uk/a,b"
    meant = "https://www.nhs.uk/a,b" if has_www else "https://nhs.uk/a,b"
    try:
        check(written)
        instead = (advice(written) or Advice("", "")).instead
    except AddressError as refused:
        instead = refused.instead
    assert instead == meant


@pytest.mark.parametrize("written", ["https://nhs,uk/a", "https://.nhs.uk/a", "https://nhs..uk/a"])
def test_the_dots_of_a_host_are_put_right(written: str) -> None:
    with pytest.raises(AddressError) as refused:
        check(written)
    assert refused.value.instead == "https://nhs.uk/a"


@pytest.mark.parametrize(
    "address",
    [
        *("https://www.w3.org/", "https://www2.nhs.uk/", "https://ww.com/", "https://http.cat/"),
        *("https://tps.org.uk/a,b..c", "https://www.com/", "https://example.com:8443/www.a"),
    ],
)
def test_what_only_looks_like_a_slip_is_left_alone(address: str) -> None:
    check(address)
    assert advice(address) is None


@pytest.mark.parametrize(
    "written", ["file:///C:/a.doc", "\\\\server\\a.doc", "C:\\a.doc", "c:/a.doc"]
)
def test_a_file_of_one_computer_is_called_so(written: str) -> None:
    with pytest.raises(AddressError, match="is a file on one computer or in one network"):
        check(written)


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("https://a.sharepoint.com/:w:/s/team/Eb1?e=2", True),
        ("https://a.sharepoint.com/sites/team/Shared%20Documents/a.pdf", True),
        ("https://onedrive.live.com/?id=1", True),
        ("https://docs.google.com/document/d/1AbC/edit", True),
        ("https://docs.google.com/a/nhs.uk/spreadsheets/u/1/d/1AbC/view", True),
        ("https://docs.google.com/forms/d/1AbC/edit", True),
        ("https://drive.google.com/file/d/1AbC/view", True),
        ("https://www.canva.com/design/DAF/x1-y/edit", True),
        ("https://nhs.uk/blog/wp-admin/post.php?post=1", True),
        ("https://docs.google.com/document/d/e/2PACX-1/pub", False),
        ("https://docs.google.com/forms/d/e/1FAIp/viewform", False),
        ("https://www.canva.com/design/DAF/x1-y/view", False),
        ("https://www.dropbox.com/s/a/b.pdf", False),
        ("https://nhs.uk/edit", False),
        ("https://sharepoint.com.nhs.uk/", False),
    ],
)
def test_what_may_ask_readers_to_log_in_is_known_by_its_address(
    address: str, *, asks: bool
) -> None:
    check(address)
    assert (closed(address) is not None) is asks


def test_every_form_of_a_closed_address_names_its_source() -> None:
    assert [one for one in written_places() if not one.get("source")] == []


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("tel:08001111", "`phone: 0800 1111`"),
        ("TEL:+44-800-1111", "`phone: 0800 1111`"),
        ("tel:1800108081570123", "`phone: 18001 0808 157 0123`"),
        ("08001111", "`phone: 0800 1111`"),
        ("sms:85258", "`text: 85258`"),
        ("whatsapp://send?phone=447700900123", "`phone: 07700 900 123`"),
        ("mailto:jo@a.gov.uk?subject=x", "`email: jo@a.gov.uk`"),
        ("jo@a.gov.uk", "`email: jo@a.gov.uk`"),
        ("‹mailto:jo@a.gov.uk›", "`email: jo@a.gov.uk`"),
    ],
)
def test_a_number_or_an_e_mail_address_is_no_page_and_the_right_key_is_named(
    written: str, key: str
) -> None:
    refused = contact_instead(written)
    assert refused
    assert key in refused.remedy
    assert "contact" in refused.remedy


@pytest.mark.parametrize("address", ["https://nhs.uk/0800", "https://nhs.uk/", "nhs.uk", ""])
def test_anything_else_is_not_taken_for_a_number(address: str) -> None:
    assert contact_instead(address) is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.nhs.uk/a", "nhs.uk"),
        ("https://WWW.NHS.uk:8443/", "nhs.uk"),
        ("https://about.www.nhs.uk/", "about.www.nhs.uk"),
    ],
)
def test_a_reader_sees_the_host_without_www(address: str, shown: str) -> None:
    assert domain_shown(address) == shown


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://links.nhs.uk", "https://links.nhs.uk/"),
        ("https://links.nhs.uk/ring", "https://links.nhs.uk/ring/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
    ],
)
def test_the_address_of_the_site_ends_in_one_slash(written: str, address: str) -> None:
    assert check_site(written) == address


@pytest.mark.parametrize(
    "address",
    [
        *("", "links.nhs.uk", "ftp://nhs.uk/", "tel:999", "https://", "https://u@nhs.uk/"),
        *("https://nhs.uk/?a", "https://nhs.uk/#a", "https://NHS.uk/", "https://nhs.uk/Ring/"),
        *("https://nhs.uk//", "https://nhs.uk/a b/", "https://nhs.uk:x/", "https://[::1/"),
        *("http://10.0.0.8/", "https://intranet/", "https://nhs..uk/"),
    ],
)
def test_the_site_has_a_public_address_that_can_be_typed(address: str) -> None:
    with pytest.raises(AddressError):
        check_site(address)


@pytest.mark.parametrize("host", ["example.org", "links.example.com", "a.test", "localhost"])
def test_hosts_under_a_domain_for_examples_are_reserved(host: str) -> None:
    assert is_reserved(host)


@pytest.mark.parametrize("host", ["myexample.org", "example.org.uk", "test.nhs.uk"])
def test_hosts_that_only_resemble_one_are_not_reserved(host: str) -> None:
    assert not is_reserved(host)
