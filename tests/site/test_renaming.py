"""Names of a script made short: what it does stays the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from linkindex.site.renaming import joined_declarations, short_names


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
        ("word=>word.one;name=>name.two", "a=>a.one;a=>a.two"),
        ("{const one=1;use(one)}{const two=2;use(two)}", "{const a=1;use(a)}{const a=2;use(a)}"),
        ("const one=1;word=>word+one", "const a=1;b=>b+a"),
        ("one=>{two=>one+two}", "a=>{b=>a+b}"),
        ("map((one,two)=>one+two,three=>three)", "map((a,b)=>a+b,a=>a)"),
        ("for(const one of all)use(one);word=>word", "for(const a of all)use(a);b=>b"),
        ("event=>go(event);go(event)", "event=>go(event);go(event)"),
        ("try{go()}catch(error){say(error)}word=>word", "try{go()}catch(a){say(a)}b=>b"),
        ("const half=i/(2+i)", "const a=i/(2+i)"),
        ("const word=b;a(word)", "const c=b;a(c)"),
        ("try{go()}catch(error){say(error)}", "try{go()}catch(a){say(a)}"),
    ],
)
def test_names_that_a_script_declares_become_letters(script: str, short: str | None) -> None:
    whole = "const a='text';`text ${a} ${`in ${a}`} text`" if short is None else short
    assert short_names(script) == whole
    assert short_names(whole) == whole


@pytest.mark.parametrize(
    ("script", "joined"),
    [
        ("const a=1;const b=2;let c=3;let d", "const a=1,b=2;let c=3,d"),
        ("const a=()=>{const b=1;go();const c=2};const d=1", None),
        ("const a=1;go();const b=2", "const a=1;go();const b=2"),
        ("const a=1\ngo();const b=2", "const a=1\ngo();const b=2"),
        ("for(let a=1;a<2;a+=1)go();let b=1", "for(let a=1;a<2;a+=1)go();let b=1"),
        ("const a=1;const[b]=c;const{d}=e", "const a=1;const[b]=c;const{d}=e"),
        ("const a=';const b';const c=`;const ${d}`", "const a=';const b',c=`;const ${d}`"),
    ],
)
def test_what_is_declared_one_after_the_other_is_declared_by_one_word(
    script: str, joined: str | None
) -> None:
    whole = "const a=()=>{const b=1;go();const c=2},d=1" if joined is None else joined
    assert joined_declarations(script) == whole
    assert joined_declarations(whole) == whole


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
    short = joined_declarations(short_names(script))
    assert page.evaluate(short) == page.evaluate(script)
