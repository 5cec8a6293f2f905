"""A citizen proves a number by SMS, on a phone and without JavaScript, and then needs no code."""

import pytest
from playwright.sync_api import expect

from comments.identity import identities, vault
from comments.identity.gateway_stand_in import GatewayStandIn
from comments.models import Agreement, Comment
from tests.factories import ArticleFactory, CommentFactory, local


@pytest.fixture
def gateway(settings):
    gateway = GatewayStandIn()
    gateway.start()
    settings.COMMENTS_IDENTITY = "sms"
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]
    settings.SMS_GATEWAY_URL = f"{gateway.address}/send"
    settings.SMS_GATEWAY_BODY = "recipient={number}&text={text}"
    yield gateway
    gateway.stop()


@pytest.fixture
def article(clock):
    Agreement.objects.all().delete()
    Agreement.objects.create(
        text_kk="Келісім", text_ru="Соглашение", in_force_from=local(2026, 1, 1)
    )
    return ArticleFactory(published_at=local(2026, 11, 19))


def write(page, text):
    page.get_by_role("link", name="Добавить комментарий").click()
    page.get_by_label("Ваше имя").fill("Айгүл")
    page.get_by_label("Ваш комментарий").fill(text)


def test_by_sms_once_and_then_without(open_page, article, gateway, clock):
    page = open_page(javascript=False, width=360, height=740)
    page.goto(article.get_absolute_url("ru"))
    write(page, "Когда откроют мост?")
    clock.shift(10)
    page.get_by_role("button", name="Отправить").click()
    page.get_by_label("Номер мобильного телефона").fill("8 701 123")
    page.locator("[name=agreement]").check()
    page.get_by_role("button", name="Прислать мне код").click()
    expect(page.get_by_role("alert")).to_contain_text("701 123 45 67")
    page.get_by_label("Номер мобильного телефона").fill("8 701 123 45 67")
    page.get_by_role("button", name="Прислать мне код").click()
    expect(page.get_by_text("Когда откроют мост?")).to_be_visible()
    page.get_by_label("Одноразовый код").fill(gateway.messages[-1][1].split(" ")[0])
    page.get_by_role("button", name="Отправить комментарий").click()
    expect(page.locator(".receipt__state")).to_contain_text("появится после проверки")

    page.goto(article.get_absolute_url("ru"))
    write(page, "И ещё: будет ли освещение?")
    clock.shift(10)
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".receipt__state")).to_be_visible()
    assert len(gateway.messages) == 1
    assert Comment.objects.filter(identity__isnull=False).count() == 2


def test_my_data_are_seen_and_consent_is_withdrawn(open_page, article, gateway, clock):
    identity = identities.confirm("sms", "+77011234567", Agreement.current())
    comment = CommentFactory(article=article, identity=identity, status="approved", text="Мост?")
    page = open_page(javascript=False, width=360, height=740)
    page.goto(f"{article.get_absolute_url('ru')}comments/")
    page.locator(".before-sending").get_by_role("link", name="Мои данные").click()
    page.get_by_label("Номер мобильного телефона").fill("+7 701 123 45 67")
    page.get_by_role("button", name="Прислать мне код").click()
    page.get_by_label("Одноразовый код").fill(gateway.messages[-1][1].split(" ")[0])
    page.get_by_role("button", name="Показать").click()
    expect(page.locator(".my-comments")).to_contain_text("Мост?")
    withdraw = page.get_by_role("group").filter(has_text="Обработка прекращается сразу")
    withdraw.locator("summary").click()
    withdraw.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("согласие отозвано")
    page.goto(article.get_absolute_url("ru"))
    expect(page.get_by_text("Мост?")).to_have_count(0)
    comment.refresh_from_db()
    assert comment.status == "withdrawn"
