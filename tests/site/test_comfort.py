"""Fingers, large text, wide text, high zoom, forced colours and still pages (WCAG 2.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.conftest import NewPage
from tests.site.conftest import CUT, PAGE_KINDS, PHONE, wait_until_still
from tests.support.pages import by_class

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
ZOOMED = {"viewport": {"width": 320, "height": 200}, "device_scale_factor": 4}
"""A window of 1280 by 800 at 400 %."""


def nothing(_: Page) -> None:
    pass


def menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()
    wait_until_still(page)  # the theme lets it slide in


def search(page: Page) -> None:
    page.locator("[data-open-search]:visible").first.click()
    box = page.get_by_role("combobox", name="Search the links")
    box.fill("trauma")
    page.locator(".li-found__link").first.wait_for()


def dialog(page: Page) -> None:
    page.locator("[data-pass-on]").first.click()


def code(page: Page) -> None:
    dialog(page)
    page.get_by_role("button", name="Show code").click()
    page.locator("[data-code] img").wait_for()


def choices(page: Page) -> None:
    page.locator("[data-choices] summary").click()


STATES: list[tuple[str, Callable[[Page], None]]] = [
    *((kind, nothing) for kind in PAGE_KINDS),
    ("home", menu),
    ("home", search),
    ("category", dialog),
    ("category", code),
    ("category", choices),
]
each_state = pytest.mark.parametrize(
    "touched", STATES, ids=[f"{kind}-{does.__name__}" for kind, does in STATES], indirect=True
)
zoomed_states = pytest.mark.parametrize(
    "zoomed", STATES, ids=[f"{kind}-{does.__name__}" for kind, does in STATES], indirect=True
)


def opened(request: pytest.FixtureRequest, browser: Browser, **settings: object) -> Iterator[Page]:
    """A page in one of the states, opened once for all tests that only look at it."""
    kind, does = request.param
    page = browser.new_page(**settings)  # type: ignore[arg-type]
    page.goto(request.getfixturevalue("address_of")[kind])
    does(page)
    wait_until_still(page)
    yield page
    page.close()


@pytest.fixture(scope="module")
def touched(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in one of the states on a phone."""
    yield from opened(request, browser, **TOUCH)


@pytest.fixture(scope="module")
def zoomed(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in one of the states at 400 %."""
    yield from opened(request, browser, **ZOOMED)


SMALL = """() => {
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(one => {
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        const unseen = style.visibility === 'hidden' || style.opacity === '0';
        const beside = box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth;
        if (!box.width || unseen || beside) return false;
        const around = one.closest('p, li, dd, h1, h2, h3, div');
        const said = text => text.replace(/\\s+/g, ' ').trim();
        const inSentence = style.display === 'inline'
            && said(around.textContent) !== said(one.textContent);
        return !inSentence && (box.height < 43.5 || box.width < 43.5);
    })
    .map(one => `${one.outerHTML.slice(0, 90)} ${Math.round(one.getBoundingClientRect().width)}x`
        + Math.round(one.getBoundingClientRect().height));
}"""
"""What a finger could miss; a link within a sentence may be as high as its line (WCAG 2.5.5)."""


@each_state
def test_what_is_touched_is_44_pixels_high_and_wide(touched: Page) -> None:
    assert touched.evaluate(SMALL) == []


SHARED = """() => {
    const floats = one => one && (/sticky|fixed|absolute/.test(getComputedStyle(one).position)
        || floats(one.parentElement));
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(one => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
            && getComputedStyle(one).display !== 'inline' && !floats(one))
        .map(one => [one, one.getBoundingClientRect()]);
    const between = (a, b) => [
        Math.min(a.right, b.right) - Math.max(a.left, b.left),
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    ];
    return all.flatMap(([one, box], at) => all.slice(at + 1)
        .filter(([other, its]) => !one.contains(other) && between(box, its).every(side => side > 1))
        .map(([other]) => `${one.outerHTML.slice(0, 90)} and ${other.outerHTML.slice(0, 90)}`));
}"""
"""What a finger could hit in place of its neighbour, but for what stands over the page."""


@each_state
def test_no_place_on_the_page_belongs_to_two_things_that_are_touched(touched: Page) -> None:
    assert touched.evaluate(SHARED) == []


@pytest.mark.parametrize("does", [nothing, search])
def test_what_is_touched_on_a_tablet_is_as_large(
    does: Callable[[Page], None], address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(**{**TOUCH, "viewport": {"width": 1024, "height": 768}})
    page.goto(address_of["home"])
    does(page)
    wait_until_still(page)
    assert page.evaluate(SMALL) == []


SPACED = """
* {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }
"""
"""What a reader may set (WCAG 1.4.12)."""


@zoomed_states
def test_the_way_out_is_seen_and_on_top_at_400_per_cent(zoomed: Page) -> None:
    ways_out = zoomed.evaluate(
        """[...document.querySelectorAll('[data-exit]')].filter(one => {
            const box = one.getBoundingClientRect();
            const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
            return one === document.elementFromPoint(x, y) && box.bottom <= innerHeight;
        }).length"""
    )
    assert ways_out == 1
    assert zoomed.evaluate("document.documentElement.scrollWidth") <= 320


@zoomed_states
def test_wider_spacing_of_text_cuts_nothing_off(zoomed: Page) -> None:
    zoomed.set_viewport_size({"width": 320, "height": 640})
    zoomed.add_style_tag(content=SPACED)
    wait_until_still(zoomed)
    assert zoomed.evaluate("document.documentElement.scrollWidth") <= 320
    assert zoomed.evaluate(CUT) == []


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_no_stop_of_the_keyboard_is_hidden_at_400_per_cent(
    kind: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(**ZOOMED)
    page.goto(address_of[kind])
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (one === document.body) return true;
                const box = [...one.getClientRects()].find(box => box.width && box.height);
                if (!box) return false;
                for (const y of [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2]) {
                    const top = document.elementFromPoint((box.left + box.right) / 2, y);
                    if (top && (one.contains(top) || top.contains(one))) return true;
                }
                return false;
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


@each_state
def test_nothing_moves_for_readers_who_asked_for_stillness(touched: Page) -> None:
    touched.emulate_media(reduced_motion="reduce")
    moving = touched.evaluate(
        """() => {
            const moves = (one, part) => {
                const style = getComputedStyle(one, part);
                const times = `${style.transitionDuration},${style.animationDuration}`.split(',');
                return times.some(time => parseFloat(time) > 0.01);
            };
            return [...document.querySelectorAll('*')]
                .filter(one => ['', '::before', '::after'].some(part => moves(one, part)))
                .map(one => one.outerHTML.slice(0, 80));
        }"""
    )
    assert moving == []


@pytest.mark.parametrize("kind", ["home", "category", "scan page"])
def test_buttons_have_an_edge_in_forced_colours(
    kind: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, forced_colors="active")
    page.goto(address_of[kind])
    edges = page.locator(
        f"[data-exit]:visible, {by_class('button')}:visible, .li-button:visible"
    ).evaluate_all("all => all.map(one => getComputedStyle(one).borderTopStyle)")
    assert edges
    assert set(edges) == {"solid"}
