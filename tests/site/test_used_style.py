"""The style in a page: what the page or a script can use, and no more."""

from __future__ import annotations

from linkindex.site.used_style import with_used_style, words_of

KEPT = (
    "p{margin:0}",
    ".a{color:red}",
    ".a>.b{color:red}",
    ".a:not(.gone){color:red}",
    ".later{color:red}",
    "@media print{p{margin:0}.a{margin:0}}",
    "@page{margin:0}",
)
LEFT_OUT = (
    ".gone{color:red}",
    ".a .gone,.gone p{color:red}",
    "@media print{.gone{margin:0}}",
    "p.gone{margin:0}",
    "table{margin:0}",
    "@media print{p table,dl>dd{margin:0}}",
)


def styled(style: str, body: str = '<p class="a b">x</p>') -> str:
    return f"<html class=no-js><style>{style}</style><body>{body}"


def test_a_rule_stays_if_the_page_or_a_script_can_have_its_classes() -> None:
    mixed = "".join(map("".join, zip(KEPT, (*LEFT_OUT, *LEFT_OUT), strict=False)))
    assert with_used_style(styled(mixed), words_of('add("later")')) == styled("".join(KEPT))


def test_of_a_rule_only_the_selectors_stay_that_can_select_something() -> None:
    rules = ".a,.gone .c,p:is(.b,.gone),table,body>p::before,[data-x=table]{color:red}"
    kept = ".a,p:is(.b,.gone),body>p::before,[data-x=table]{color:red}"
    assert with_used_style(styled(rules), ()) == styled(kept)
    assert with_used_style(styled("dl,dt{x:y}"), words_of('make("dl")')) == styled("dl{x:y}")


def test_classes_are_found_however_they_are_written() -> None:
    rules = ".a{x:y}.b{x:y}.c{x:y}.d{x:y}.no-js p{x:y}"
    page = styled(rules, "<p class='a'><i class=b><b class=\"c\n d\">")
    assert with_used_style(page, ()) == page


def test_a_script_within_the_page_counts_and_a_page_without_style_is_left_alone() -> None:
    page = styled(".set{x:y}", '<script>body.className = "set"</script>')
    assert with_used_style(page, ()) == page
    assert with_used_style("<p>x", ()) == "<p>x"
