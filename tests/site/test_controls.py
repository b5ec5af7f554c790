"""No control that can be seen does nothing: on any kind of page, with scripts and without."""

from __future__ import annotations

import pytest
from tests.conftest import NewPage
from tests.site.conftest import DESKTOP, PAGE_KINDS, PHONE

CONTROLS = "button, select, textarea, input, summary, [role=button], [onclick], [contenteditable]"

LIST_VISIBLE = """(selector) => [...document.querySelectorAll(selector)].map((one, place) => ({
    place,
    seen: !(one.type === 'radio' && one.checked)  // the one that is chosen already
        && one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        && one.getClientRects().length > 0 && !one.closest('[inert]'),
    name: one.tagName.toLowerCase() + ' ' + (one.getAttribute('aria-label') || one.name ||
        one.textContent).trim().replace(/\\s+/g, ' ').slice(0, 60),
})).filter((one) => one.seen)"""

WATCH = """
    window.happened = [];
    const note = (what) => window.happened.push(what);
    window.print = () => note('print');
    const writeText = async () => note('copy');
    Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
    addEventListener('toggle', () => note('toggle'), true);
    addEventListener('scroll', () => note('scroll'), true);
    addEventListener('hashchange', () => note('address'));
    addEventListener('focusin', (event) => {
        if (event.target !== window.pressed) note('focus');
    });
    const changes = new MutationObserver(() => note('change'));
    addEventListener('DOMContentLoaded', () => changes.observe(document, {
        subtree: true, childList: true, attributes: true, characterData: true,
    }));
"""
SHARES = "navigator.share = async () => note('share'); navigator.canShare = () => true;"
DOES_NOT_SHARE = "delete Navigator.prototype.share; delete Navigator.prototype.canShare;"

# Some controls are made by a script that first fetches what they show.
SETTLE = """async () => {
    let last = performance.now();
    const changes = new MutationObserver(() => { last = performance.now(); });
    changes.observe(document, {
        subtree: true, childList: true, attributes: true, characterData: true,
    });
    let fetched = performance.getEntriesByType('resource').length;
    const until = performance.now() + 5000;
    while (performance.now() - last < 250 && performance.now() < until) {
        await new Promise((done) => setTimeout(done, 25));
        const now = performance.getEntriesByType('resource').length;
        if (now !== fetched) { fetched = now; last = performance.now(); }
    }
    changes.disconnect();
}"""

ACT = """async ([selector, place]) => {
    const one = document.querySelectorAll(selector)[place];
    window.pressed = one;
    one.focus({ preventScroll: true });
    await new Promise((done) => setTimeout(done, 60));
    window.happened.length = 0;
    const before = location.href;
    if (one.matches('select')) {
        one.selectedIndex = one.options.length - 1;
        one.dispatchEvent(new Event('input', { bubbles: true }));
        one.dispatchEvent(new Event('change', { bubbles: true }));
    } else if (one.matches('textarea, input:not([type=checkbox], [type=radio], [type=button])')) {
        one.value = 'help';
        one.dispatchEvent(new Event('input', { bubbles: true }));
        one.dispatchEvent(new Event('change', { bubbles: true }));
    } else one.click();
    const until = performance.now() + 1500;
    while (!window.happened.length && location.href === before && performance.now() < until) {
        await new Promise((done) => setTimeout(done, 25));
    }
    return window.happened.length + (location.href !== before);
}"""


@pytest.mark.parametrize(
    ("kind", "screen"),
    [*((kind, PHONE) for kind in PAGE_KINDS), ("home", DESKTOP), ("category", DESKTOP)],
)
def test_every_control_that_is_seen_does_something(
    kind: str, screen: dict[str, int], address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=screen, service_workers="block")
    page.add_init_script(WATCH + SHARES)

    def opened() -> None:
        page.goto("about:blank")
        page.goto(address_of[kind], wait_until="load")
        page.evaluate(SETTLE)

    opened()
    controls = page.evaluate(LIST_VISIBLE, CONTROLS)
    seen_once: dict[str, int] = {one["name"]: one["place"] for one in controls}
    dead = []
    for name, place in seen_once.items():
        if not page.evaluate(ACT, [CONTROLS, place]):
            dead.append(name)
        opened()
    assert dead == []


@pytest.mark.parametrize("sharing", [SHARES, DOES_NOT_SHARE], ids=["shares", "cannot share"])
def test_every_control_of_what_hands_a_page_on_does_something(
    sharing: str, address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, service_workers="block")
    page.add_init_script(WATCH + sharing)
    inside = ", ".join(f"dialog[open] {one}" for one in CONTROLS.split(", "))

    def opened() -> None:
        page.goto("about:blank")
        page.goto(address_of["category"], wait_until="load")
        page.locator("[data-pass-on]").last.click()

    opened()
    controls = page.evaluate(LIST_VISIBLE, inside)
    assert len(controls) >= 3
    dead = []
    for control in controls:
        if not page.evaluate(ACT, [inside, control["place"]]):
            dead.append(control["name"])
        opened()
    assert dead == []


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_scripts_nothing_is_seen_that_only_a_script_works(
    screen: dict[str, int], address_of: dict[str, str], new_page: NewPage
) -> None:
    page = new_page(viewport=screen, java_script_enabled=False)
    for kind, address in address_of.items():
        page.goto(address)
        for control in page.locator(CONTROLS).all():
            if not control.is_visible():
                continue
            worked = control.evaluate(
                "one => one.matches('summary') || Boolean(one.form && one.form.action)"
            )
            assert worked, (kind, control.evaluate("one => one.outerHTML"))
        for empty in page.locator("ul, ol, table, select").all():
            shown = empty.is_visible()
            assert not shown or empty.locator("> *").count(), (kind, "an empty list")
