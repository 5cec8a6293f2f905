"""The pages from the keyboard alone, without scripts: everything is reached, focus is seen."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from portal import comfort
from portal.pages import create_missing
from tests.factories import ArticleFactory, CommentFactory, local

# Of a group of radio buttons the keyboard stops at one.
STOPS = """() => {
    const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const groups = new Set();
    return [...document.querySelectorAll(stops)]
        .filter(e => e.checkVisibility() && e.type !== "hidden" && e.tabIndex >= 0)
        .filter(e => e.type !== "radio" || (!groups.has(e.name) && groups.add(e.name)))
        .length;
}"""
FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    element.dataset.met = (Number(element.dataset.met) || 0) + 1;
    return {
        again: element.dataset.met > 1,
        html: element.outerHTML.slice(0, 160),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        covered: !(top && (element.contains(top) || top.contains(element))),
    };
}"""


@pytest.fixture
def article(clock, picture):
    create_missing()
    article = ArticleFactory(published_at=local(2026, 11, 19), main_picture=picture)
    article.body_ru += "<table><tr><th>Село</th></tr><tr><td>Ботакара</td></tr></table>"
    article.save()
    CommentFactory(article=article, status="approved")
    return article


@pytest.mark.parametrize(
    ("width", "wished"),
    [
        (1280, comfort.Comfort()),
        (360, comfort.Comfort(zoom="200")),
        (1280, comfort.Comfort(scheme="night", zoom="150")),
    ],
)
@pytest.mark.parametrize("path", ["article", "comments/", "/ru/", "/ru/preferences/"])
def test_the_keyboard_reaches_everything_and_is_seen(
    open_page, live_server, article, path, width, wished
):
    page = open_page(color_scheme="dark" if width == 360 else "light", width=width)
    page.context.add_cookies([
        {"name": settings.COMFORT_COOKIE_NAME, "value": wished.key, "url": live_server.url}
    ])  # fmt: skip
    here = article.get_absolute_url("ru")
    page.goto({"article": here, "comments/": f"{here}comments/"}.get(path, path))
    stops = page.evaluate(STOPS)
    met, troubles = 0, []
    page.keyboard.press("Tab")
    while (focus := page.evaluate(FOCUSED)) and not focus["again"]:
        met += 1
        if not focus["outlined"] or not focus["inView"] or focus["covered"]:
            troubles.append(focus)
        page.keyboard.press("Tab")
    assert troubles == []
    assert met == stops


def test_the_skip_link_is_first_and_skips(open_page, article):
    page = open_page(javascript=False)
    page.goto(article.get_absolute_url("ru"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_settings_are_chosen_from_the_keyboard(open_page, article):
    page = open_page(javascript=False)
    page.goto("/ru/preferences/")
    page.locator("[name=scheme][value=standard]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator("[name=zoom][value='100']").last.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("html.scheme-night.zoom-150")).to_be_attached()
    page.locator("[name=reset]").first.press("Enter")
    expect(page.locator("html.scheme-standard.zoom-100")).to_be_attached()
