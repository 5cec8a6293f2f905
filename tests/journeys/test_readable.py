"""Public pages under axe in both languages, widths and colour schemes; and from the keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import ArticleFactory, CommentFactory, local

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}
RUN = "options => axe.run(document, options)"
TABLE = (
    "<h2>Кесте</h2><table><thead><tr><th>Ауыл</th><th>Оқушы</th></tr></thead>"
    '<tbody><tr><td><a href="https://www.gov.kz/">Ботақара</a></td><td>300</td></tr></tbody></table>'
    "<blockquote><p>Балалар қуанды.</p></blockquote><ul><li>бір</li></ul>"
)
FOCUSED = """() => {
    const element = document.activeElement;
    return element === document.body ? "BODY" : element.outerHTML;
}"""
FOCUS_IS_SEEN = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        && box.width > 0 && box.bottom > 0 && box.top < window.innerHeight;
}"""


@pytest.fixture
def article(clock, picture):
    picture.credit = "А.Серікбаев"
    picture.save()
    article = ArticleFactory(published_at=local(2026, 11, 19), main_picture=picture)
    article.body_kk += TABLE
    article.body_ru += TABLE
    article.save()
    CommentFactory.create_batch(2, article=article, status="approved")
    return article


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_axe_finds_nothing_on_public_pages(open_page, article, language):
    waiting = CommentFactory(article=article)
    ArticleFactory(only_ru=True, published_at=local(2018, 10, 30))
    withdrawn = ArticleFactory(withdrawn=True, published_at=local(2018, 10, 30))
    here = article.get_absolute_url(language)
    addresses = [
        f"/{language}/",
        f"/{language}/news/",
        f"/{language}/news/2026/11/",
        f"/{language}/news/2018/",
        here,
        f"{here}comments/",
        withdrawn.get_absolute_url(language),
        re.sub("^/../", f"/{language}/", waiting.get_receipt_url()),
        f"/{language}/preferences/",
        f"/{language}/nothing/",
    ]
    page = open_page(bypass_csp=True)
    troubles = []
    for address in addresses:
        page.goto(address)
        if address.endswith("comments/"):
            page.locator(".comment-form [type=submit]").click()
            expect(page.locator("#id_text_error")).to_be_visible()
        troubles += judged(page)
    page.click("[name=scheme][value=contrast]")
    for address in (f"/{language}/", here, f"/{language}/preferences/"):
        page.goto(address)
        expect(page.locator("html.scheme-contrast")).to_be_attached()
        troubles += judged(page, [(360, "dark")])
    assert troubles == []


def judged(page, conditions=((360, "light"), (1280, "dark"))):
    """What is wrong with a page on a phone by day and on a wide screen by night."""
    page.evaluate(Axe().axe_script)
    found = []
    for width, colours in conditions:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        found += [
            (page.url, width, colours, violation["id"], [n["html"] for n in violation["nodes"]])
            for violation in page.evaluate(RUN, OPTIONS)["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((page.url, width, "scrolls sideways"))
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_keyboard_finds_its_way_and_is_seen(open_page, article, colours):
    page = open_page(color_scheme=colours, javascript=False)
    page.goto(article.get_absolute_url("ru"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    met, unseen = [], []
    while (element := page.evaluate(FOCUSED)) not in met and element != "BODY":
        met.append(element)
        if not page.evaluate(FOCUS_IS_SEEN):
            unseen.append(element)
        page.keyboard.press("Tab")
    assert unseen == []
    assert any("comments/" in element for element in met)  # it went through to the end
    assert any("/preferences/" in element for element in met)


def test_the_skip_link_skips(open_page, article):
    page = open_page(javascript=False)
    page.goto(article.get_absolute_url("ru"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
