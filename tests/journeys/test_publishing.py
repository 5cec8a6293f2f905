"""What is published is changed at a moment, restored, corrected in the open; a draft is thrown away
and comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from news import revisions
from news.models import Article
from tests.factories import ArticleFactory
from tests.portal.reader import Process


@pytest.fixture
def article(clock):
    return ArticleFactory(
        headline_ru="Приём в понедельник", published_at=timezone.now() - timedelta(hours=1)
    )


def send(page):
    page.locator("#content-main form [type=submit]").last.click()


def test_a_change_to_what_readers_have_is_prepared_and_theirs_at_its_moment(
    sign_in, open_page, clock, article
):
    editor = sign_in("Editors", "editor")
    editor.goto(f"/admin/news/article/{article.pk}/change/")
    editor.get_by_role("link", name="Подготовить изменение…").click()
    send(editor)
    expect(editor.get_by_role("heading", name="Вы меняете копию")).to_be_visible()
    editor.locator("#tab-ru").click()
    editor.fill("[name=headline_ru]", "Приём во вторник")
    editor.locator("[name=_continue]").click()
    expect(editor.locator(".messagelist .success")).to_contain_text("Сохранено отдельно")
    expect(editor.locator("[name=headline_ru]")).to_have_value("Приём во вторник")
    editor.get_by_role("link", name="Сравнить с тем, что видят читатели").click()
    expect(editor.locator("#content-main del").first).to_contain_text("понедельник")
    editor.goto(f"/admin/news/article/{article.pk}/prepared/publish/")
    for field in editor.locator("[name^=because-]").all():
        field.fill("Проверено")
    editor.locator("[name=readers_know][value=no]").check()
    editor.locator("[name=when][value=moment]").check()
    editor.fill("[name=moment_0]", "21.11.2026")
    editor.fill("[name=moment_1]", "08:00")
    send(editor)
    expect(editor.locator(".messagelist .success")).to_contain_text("21 ноября 2026")

    change = article.changes.get()
    reader, whoever_reads = open_page(javascript=False), Process()
    clock.move_to(change.publish_at - timedelta(seconds=20))
    whoever_reads.get("/ru/")
    reader.goto("/ru/")
    expect(reader.get_by_role("link", name="Приём в понедельник").first).to_be_visible()
    clock.move_to(change.publish_at + timedelta(seconds=1))
    whoever_reads.get("/ru/")
    reader.goto("/ru/")
    expect(reader.get_by_role("link", name="Приём во вторник").first).to_be_visible()


def test_an_earlier_text_of_what_is_published_comes_back_as_a_copy(sign_in, open_page, article):
    revisions.record(article, by=None)
    article.headline_ru = "Приём отменён"
    article.save()
    press = sign_in("Press officers", "press")
    press.goto(f"/admin/news/article/{article.pk}/change/")
    press.get_by_role("link", name="История текста").click()
    press.get_by_role("button", name="Сравнить").click()
    expect(press.locator("#content-main ins").first).to_contain_text("отменён")
    press.get_by_role("link", name="Назад", exact=True).click()
    press.get_by_role("link", name="Восстановить").first.click()
    send(press)
    expect(press.get_by_role("heading", name="Вы меняете копию")).to_be_visible()
    expect(press.locator("[name=headline_ru]")).to_have_value("Приём в понедельник")
    reader = open_page(javascript=False)
    reader.goto("/ru/")
    expect(reader.get_by_role("link", name="Приём отменён").first).to_be_visible()


def test_a_draft_is_thrown_away_and_comes_back(sign_in):
    draft = ArticleFactory(draft=True, headline_ru="Набросок")
    press = sign_in("Press officers", "press")
    press.goto(f"/admin/news/article/{draft.pk}/change/")
    press.get_by_role("link", name="В корзину…").click()
    send(press)
    expect(press.locator("#result_list")).to_have_count(0)
    press.get_by_role("link", name="Корзина").click()
    press.get_by_role("link", name="Набросок").click()
    press.get_by_role("link", name="Восстановить как черновик…").click()
    send(press)
    expect(press.locator("[name=headline_ru]")).to_have_value("Набросок")
    assert Article.objects.get().status == Article.Status.DRAFT
