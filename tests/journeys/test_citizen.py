"""A citizen on a phone, without JavaScript: finds news, reads at double size, writes a comment."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Comment, CommentReport
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, local

PHONE = {"javascript": False, "width": 360, "height": 740}
# What sticks out of the page, unless it can be scrolled to inside a box of its own.
STICKING_OUT = """() => [...document.querySelectorAll("body *")].filter(element => {
    if (element.getBoundingClientRect().right <= window.innerWidth + 1) return false;
    for (let box = element.parentElement; box; box = box.parentElement)
        if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return false;
    return true;
}).map(element => element.outerHTML.slice(0, 120))"""


@pytest.fixture
def article(clock, picture):
    """Of yesterday; there is older news, and news that only Russian readers get."""
    section = SectionFactory()
    ArticleFactory(section=section, published_at=local(2018, 10, 30))
    ArticleFactory(section=section, published_at=local(2020, 3, 22))
    ArticleFactory(section=section, only_ru=True, published_at=local(2026, 11, 18))
    return ArticleFactory(
        section=section,
        english=True,
        published_at=local(2026, 11, 19),
        main_picture=picture,
    )


def test_from_the_front_page_through_the_calendar_to_an_article(open_page, article):
    page = open_page(**PHONE)
    page.goto("/")
    expect(page).to_have_url(re.compile("/ru/$"))
    page.get_by_role("navigation", name="Главное меню").get_by_text("Новости района").click()
    expect(page.locator("h1")).to_have_text("Новости района")
    expect(page.locator(".card")).to_have_count(4)

    page.get_by_role("link", name=re.compile("^19 ноября")).click()
    expect(page).to_have_url(re.compile("/ru/news/2026/11/19/$"))
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("link", name=article.headline_ru).click()
    expect(page.locator("h1")).to_have_text(article.headline_ru)
    expect(page.locator(".page-heading .section-heading")).to_have_text("Новости района")
    for language, headline in [("kk", article.headline_kk), ("en", article.headline_en)]:
        page.locator(f".languages a[hreflang={language}]").click()
        expect(page.locator("h1")).to_have_text(headline)
        expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator(".languages a[hreflang=ru]").click()
    page.locator(".back-link a").click()
    expect(page).to_have_url(re.compile("/ru/news/2026/11/19/$"))


def test_the_calendar_turns_back_to_old_news_on_the_same_article(open_page, article):
    page = open_page(**PHONE)
    page.goto(article.get_absolute_url("ru"))
    caption = page.locator(".calendar caption")
    expect(caption).to_have_text(re.compile("ноябрь 2026", re.IGNORECASE))
    for month in ("март 2020", "октябрь 2018"):  # empty months are skipped
        page.locator(".calendar-previous a").click()
        expect(caption).to_have_text(re.compile(month, re.IGNORECASE))
        expect(page.locator("h1")).to_have_text(article.headline_ru)
    expect(page.locator(".calendar-previous")).to_have_count(0)
    page.locator(".calendar-next a").click()
    expect(caption).to_have_text(re.compile("март 2020", re.IGNORECASE))
    page.locator(".calendar-previous a").click()
    page.get_by_role("link", name=re.compile("^30 октября")).click()
    expect(page).to_have_url(re.compile("/ru/news/2018/10/30/$"))
    expect(page.locator(".card")).to_have_count(1)


def test_a_comment_is_corrected_sent_and_waits(open_page, article, clock):
    page = open_page(**PHONE)
    page.goto(article.get_absolute_url("ru"))
    expect(page.locator(".comments")).to_contain_text("Комментариев нет.")
    page.get_by_role("link", name="Добавить комментарий").click()
    clock.shift(30)  # a form that comes back at once is a robot's
    page.fill("[name=name]", "Айгүл")
    page.fill("[name=text]", "Да")
    send = page.locator(".comment-form [type=submit]:not([name])")
    send.click()
    expect(page.locator("[name=text]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_text_error")).to_be_visible()
    expect(page.locator(".error-summary__list a")).to_have_attribute("href", "#id_text")
    expect(page.locator("[name=name]")).to_have_value("Айгүл")
    expect(page.locator("[name=text]")).to_have_value("Да")

    page.fill("[name=text]", "Да, школа очень нужна!\nСпасибо.")
    send.click()
    expect(page).to_have_url(re.compile(r"/ru/r/[\w-]+/$"))
    expect(page.locator(".receipt")).to_contain_text("после проверки")
    expect(page.locator(".receipt")).to_contain_text("Да, школа очень нужна!")
    assert Comment.objects.get().status == Comment.Status.PENDING
    for reader in (page, open_page(**PHONE)):
        reader.goto(article.get_absolute_url("ru"))
        expect(reader.locator(".comments")).to_contain_text("Комментариев нет.")
        expect(reader.get_by_text("Да, школа очень нужна!")).to_have_count(0)


def test_a_comment_is_followed_by_its_number_and_withdrawn(open_page, article, clock):
    page = open_page(**PHONE)
    page.goto(f"{article.get_absolute_url('ru')}comments/")
    clock.shift(30)
    page.fill("[name=name]", "Айгүл")
    page.fill("[name=text]", "Спасибо за школу: https://gov.kz/")
    page.get_by_role("button", name="Предпросмотр").click()
    expect(page.locator(".comment-preview a")).to_have_attribute("href", "https://gov.kz/")
    assert not Comment.objects.exists()
    page.get_by_role("button", name="Отправить").click()
    number = page.locator(".receipt__code").inner_text()
    page.get_by_role("link", name=re.compile("Исправить комментарий")).click()
    page.fill("[name=text]", "Спасибо за школу!")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".receipt .comment__text")).to_have_text("Спасибо за школу!")

    comment = Comment.objects.get()
    Comment.objects.update(status="rejected")
    elsewhere = open_page(**PHONE)
    elsewhere.goto(article.get_absolute_url("ru"))
    elsewhere.get_by_role("link", name="Что с моим комментарием?").click()
    elsewhere.fill("[name=code]", number.replace(" ", "-"))
    elsewhere.get_by_role("button", name="Показать").click()
    expect(elsewhere.locator(".receipt__state")).to_contain_text("не опубликован")
    elsewhere.get_by_role("link", name="Попросить о повторном рассмотрении").click()
    elsewhere.fill("[name=words]", "В нём нет ничего дурного")
    elsewhere.locator(".comment-page [type=submit]").click()
    expect(elsewhere.locator(".receipt__state")).to_contain_text("другой модератор")

    Comment.objects.update(status="approved")
    page.goto(article.get_absolute_url("ru"))
    expect(page.locator(f"#comment-{comment.pk}")).to_be_visible()
    elsewhere.reload()
    elsewhere.get_by_role("link", name="Отозвать комментарий").click()
    elsewhere.locator(".comment-page [type=submit]").click()
    expect(elsewhere.locator(".receipt__state")).to_contain_text("отозвали")
    page.reload()
    expect(page.locator(f"#comment-{comment.pk}")).to_have_count(0)
    elsewhere.get_by_role("link", name="Удалить мои данные").click()
    elsewhere.get_by_role("button", name="Удалить навсегда").click()
    expect(elsewhere.locator(".receipt__state")).to_contain_text("удалены")
    assert Comment.objects.get().text == ""


def test_answering_and_reporting_without_scripts(open_page, article, clock):
    parent = CommentFactory(article=article, status="approved", text="Когда откроют?")
    page = open_page(**PHONE)
    page.goto(article.get_absolute_url("ru"))
    page.get_by_role("link", name=re.compile("^Ответить")).click()
    expect(page.locator(".comment--quoted")).to_contain_text("Когда откроют?")
    clock.shift(30)
    page.fill("[name=name]", "Ерлан")
    page.fill("[name=text]", "В мае.")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".receipt")).to_contain_text("В мае.")
    assert Comment.objects.get(text="В мае.").parent == parent

    page.goto(article.get_absolute_url("ru"))
    page.get_by_role("link", name=re.compile("^Пожаловаться")).click()
    page.locator(".comment-page [type=submit]").click()
    expect(page.locator(".error-summary__list a")).to_have_attribute("href", "#id_reason")
    page.get_by_label("Реклама").check()
    page.locator(".comment-page [type=submit]").click()
    expect(page.get_by_role("status")).to_contain_text("Модератор прочитает")
    assert CommentReport.objects.get().reason == "advertising"


def test_with_scripts_the_form_opens_in_place(open_page, article, clock):
    parent = CommentFactory(article=article, status="approved", text="Когда откроют?")
    page = open_page(width=360, height=740)
    page.goto(article.get_absolute_url("ru"))
    add = page.get_by_role("link", name="Добавить комментарий")
    add.click()
    expect(page.locator(".comments .comment-form [name=name]")).to_be_focused()
    expect(page.get_by_role("region", name="Добавить комментарий")).to_be_visible()
    expect(page.locator(".before-sending")).to_contain_text("не официальное обращение")
    expect(add).to_be_hidden()
    page.fill("[name=text]", "Набрано в одном месте")
    page.get_by_role("link", name=re.compile("^Ответить")).click()
    expect(page.locator(".comment-form")).to_have_count(1)
    expect(page.locator(f"#comment-{parent.pk} .comment-form [name=name]")).to_be_focused()
    expect(page.locator("[name=text]")).to_have_value("Набрано в одном месте")
    page.get_by_role("button", name="Отмена").click()
    expect(page.locator(".comment-form")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("^Ответить"))).to_be_focused()
    page.reload()  # as after a line that broke
    page.get_by_role("link", name=re.compile("^Ответить")).click()
    expect(page.locator("[name=text]")).to_have_value("Набрано в одном месте")
    expect(page).to_have_url(re.compile("/[0-9]+-[^/]+/$"))
    clock.shift(30)
    page.fill("[name=name]", "Ерлан")
    page.fill("[name=text]", "В мае.")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".receipt")).to_contain_text("В мае.")
    assert Comment.objects.get(text="В мае.").parent == parent
    page.goto(article.get_absolute_url("ru"))  # what has arrived is no draft any more
    add.click()
    expect(page.locator("[name=name]")).to_have_value("")
    expect(page.locator("[name=text]")).to_have_value("")


def test_a_double_click_and_the_way_back_give_one_comment(open_page, article, clock):
    page = open_page(width=360, height=740)
    page.goto(f"{article.get_absolute_url('ru')}comments/")
    clock.shift(30)
    page.fill("[name=name]", "Ерлан")
    page.fill("[name=text]", "Один раз.")
    page.get_by_role("button", name="Отправить").dblclick()
    expect(page.locator(".receipt")).to_contain_text("Один раз.")
    first = page.url
    page.go_back()
    expect(page.locator("[name=text]")).to_have_value("Один раз.")
    clock.shift(30)
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".receipt")).to_contain_text("Один раз.")
    assert page.url == first
    assert Comment.objects.count() == 1


def test_double_size_is_remembered_and_fits_every_page(open_page, article):
    addresses = pages_of_every_kind(article)
    page = open_page(**PHONE)
    page.goto(article.get_absolute_url("ru"))
    page.get_by_role("button", name="200%").click()
    expect(page.locator("h1")).to_have_text(article.headline_ru)
    sideways = []
    for address in addresses:
        for language in ("kk", "ru"):
            page.goto(f"/{language}/{address}")
            expect(page.locator("html.zoom-200")).to_be_attached()
            assert page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > 30
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 740})
                scrolls = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                if scrolls or (found := page.evaluate(STICKING_OUT)):
                    sideways.append((width, page.url, scrolls or found))
    assert sideways == []
    page.get_by_role("button", name="100%").click()
    expect(page.locator("html.zoom-100")).to_be_attached()


def pages_of_every_kind(article):
    """Their addresses without the language prefix."""
    article.body_ru += (
        "<h2>Расписание</h2><table><tbody><tr>"
        + "<td>Сельскохозяйственный</td>" * 5
        + "</tr></tbody></table>"
        + "<p>"
        + "https://www.example.org/"
        + "a" * 120
        + "</p>"
    )
    article.save()
    public = CommentFactory(article=article, status="approved", text="Ж" * 200)
    receipt = CommentFactory(article=article).get_receipt_url()
    withdrawn = ArticleFactory(withdrawn=True)
    removed = ArticleFactory(status="removed")
    only_russian = ArticleFactory(only_ru=True)
    here = article.get_absolute_url("ru")
    addresses = [here, f"{here}comments/", f"{here}?calendar=2018-10", receipt]
    addresses += [other.get_absolute_url("ru") for other in (withdrawn, removed, only_russian)]
    return [re.sub("^/../", "", address) for address in addresses] + [
        "",
        f"c/{public.pk}/report/",
        "r/",
        "preferences/",
        "nothing/",
        "news/",
        "news/district/",
        "news/2018/",
        "news/2018/10/",
        "news/2018/10/30/",
    ]
