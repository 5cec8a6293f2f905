"""Public pages under axe: every rule, three languages, narrow and wide, all colour schemes."""

from itertools import combinations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from portal import comfort, error_pages
from portal.pages import create_missing
from tests.factories import ArticleFactory, local
from tests.journeys.variants import (
    APPEARANCES,
    LANGUAGES,
    WIDTHS,
    ZOOMS,
    comfort_of,
    conditions,
    is_looked_at,
    public_pages,
)

PAGES = 19
RUN = "options => axe.run(document, options)"
# All rules, the best practices among them; this one is off unless asked for.
RULES = {"target-size": {"enabled": True}}
SEVEN_TO_ONE = {"color-contrast-enhanced": {"enabled": True}}
# Links inside a sentence may be as high as its lines.
SMALL_TARGETS = """() => {
    const targets = "a[href], button, input, select, textarea, summary";
    const inSentence = e => e.tagName === "A" && getComputedStyle(e).display === "inline"
        && [...e.parentElement.childNodes].some(n => n !== e && n.textContent.trim());
    const unseen = ".visually-hidden, .form__trap, .skip-link, [type=hidden]";
    return [...document.querySelectorAll(targets)]
        .filter(e => e.checkVisibility() && !e.closest(unseen) && !inSentence(e))
        .map(e => [e, (e.closest("label") || e).getBoundingClientRect()])
        .filter(([e, box]) => box.width < 23.9 || box.height < 23.9)
        .map(([e, box]) => `${box.width}×${box.height} ${e.outerHTML.slice(0, 120)}`);
}"""
SIDEWAYS = """() => document.documentElement.scrollWidth > innerWidth
    && [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1
            && !e.closest(".visually-hidden, .table-scroll"))
        .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)"""


@pytest.fixture
def article(clock, picture):
    picture.credit = "А.Серікбаев"
    picture.save()
    create_missing()
    return ArticleFactory(english=True, published_at=local(2026, 11, 19), main_picture=picture)


def test_every_pair_of_conditions_is_looked_at():
    looks = {
        (("appearance", appearance), ("language", language), ("width", width), ("zoom", zoom))
        for a, appearance in enumerate(APPEARANCES)
        for k in range(PAGES)
        if is_looked_at(k, a)
        for language, width, zoom, _extras in [conditions(k, a)]
    }
    seen = {pair for look in looks for pair in combinations(look, 2)}
    values = {"appearance": APPEARANCES, "language": LANGUAGES, "width": WIDTHS, "zoom": ZOOMS}
    wanted = {
        ((one, x), (other, y))
        for one, other in combinations(values, 2)
        for x in values[one]
        for y in values[other]
    }
    assert seen == wanted


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_axe_finds_nothing_on_public_pages(open_page, live_server, article, appearance):
    paths = public_pages(article)
    assert len(paths) == PAGES
    page = open_page(bypass_csp=True, color_scheme="dark" if appearance == "dark" else "light")
    troubles = []
    a = APPEARANCES.index(appearance)
    for k, path in enumerate(paths):
        if not is_looked_at(k, a):
            continue
        language, width, zoom, extras = conditions(k, a)
        wished = comfort_of(appearance, zoom, extras)
        page.context.add_cookies([
            {"name": settings.COMFORT_COOKIE_NAME, "value": wished.key, "url": live_server.url}
        ])  # fmt: skip
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/{language}{path}")
        if path.endswith("comments/"):
            page.locator(".comment-form [type=submit]:not([name])").click()
            expect(page.locator("#id_text_error")).to_be_visible()
        troubles += [(wished.key, width, *trouble) for trouble in judged(page)]
    assert not troubles, "\n".join(map(str, troubles))


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_for_our_own_failures(open_page, colours):
    page = open_page(bypass_csp=True, color_scheme=colours, width=320)
    page.route("**/failed/", lambda route: route.fulfill(body=error_pages.text_of(500, "ru")))
    page.goto("/failed/")
    assert judged(page) == []


def judged(page):
    """What is wrong with the page as it is shown now."""
    low_vision = page.locator("html.low-vision").count()
    page.evaluate(Axe().axe_script)
    options = {
        "rules": RULES | SEVEN_TO_ONE if low_vision else RULES,
        "resultTypes": ["violations"],
        "preload": False,
    }
    found = [
        (page.url, violation["id"], [node["html"][:200] for node in violation["nodes"]])
        for violation in page.evaluate(RUN, options)["violations"]
    ]
    if wide := page.evaluate(SIDEWAYS):
        found.append((page.url, "scrolls sideways", wide))
    if small := page.evaluate(SMALL_TARGETS):
        found.append((page.url, "small targets", small))
    return found


def test_what_moves_stops_when_the_reader_wishes(open_page, live_server, article):
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
        const s = getComputedStyle(e);
        return s.animationName !== "none" || parseFloat(s.transitionDuration) > 0;
    }).map(e => e.outerHTML.slice(0, 100))"""
    page = open_page(reduced_motion="reduce")
    page.goto(article.get_absolute_url("ru"))
    assert page.evaluate(moving) == []
    page = open_page(reduced_motion="no-preference")
    still = comfort.Comfort(motion="off").key
    page.context.add_cookies(
        [{"name": settings.COMFORT_COOKIE_NAME, "value": still, "url": live_server.url}]
    )
    page.goto(article.get_absolute_url("ru"))
    assert page.evaluate(moving) == []
