"""Names of a script made short: what it does stays the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from linkindex.site.renaming import short_names


@pytest.mark.parametrize(
    ("script", "short"),
    [
        ("const total=1;use(total)", "const a=1;use(a)"),
        ("(first,second)=>first-second.first", "(a,b)=>a-b.first"),
        ("word=>({word,size:word.length})", "a=>({word:a,size:a.length})"),
        ("({word,size=other,...more})=>word+size", "({word:a,size:b=other,...c})=>a+b"),
        ("const [one,[two]]=pair;one/two", "const [a,[b]]=pair;a/b"),
        ("const named=is?named:other;", "const a=is?a:other;"),
        ("if(is){const found=1;if(found){found}}", "if(is){const a=1;if(a){a}}"),
        ("let count=0;({count(){return 1}})", "let a=0;({count(){return 1}})"),
        ("const text='text';`text ${text} ${`in ${text}`} text`", None),
        ("const sign=2;/sign[/]/.test(sign)/sign", "const a=2;/sign[/]/.test(a)/a"),
        ("const _=1,ab=2", "const _=1,ab=2"),
        ("const word=b;a(word)", "const c=b;a(c)"),
        ("try{go()}catch(error){say(error)}", "try{go()}catch(a){say(a)}"),
    ],
)
def test_names_that_a_script_declares_become_letters(script: str, short: str | None) -> None:
    whole = "const a='text';`text ${a} ${`in ${a}`} text`" if short is None else short
    assert short_names(script) == whole
    assert short_names(whole) == whole


def test_a_script_with_short_names_does_what_it_did(browser: Browser) -> None:
    page = browser.new_page()
    script = """(() => {
        const words = ["one", "two", "three"];
        const { length: many, 3: last = "none" } = words;
        const made = words.map((word, place) => ({ word, place, "word long": word.length > 3 }));
        let sum = 0;
        for (const { place, word: name } of made) sum += place * name.length / 1;
        const say = ({ sum, many: count = 7 } = {}) => `${sum} of ${count} ${last}`;
        const fits = /words{1}\\/(o)/.test("words/o") ? sum : many;
        return [say({ sum }), say({ sum, many }), made, fits];
    })()"""
    assert page.evaluate(short_names(script)) == page.evaluate(script)
