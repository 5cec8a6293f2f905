"""Every page that leads an article on, and one's own account, under axe: narrow, wide, by night."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from news import changes, corrections, publishing, revisions
from news.corrections import Announcement
from news.models import PreviewLink, SavedList
from tests.factories import ArticleFactory
from tests.journeys.axe import faults

LIST = "/admin/news/article/"


@pytest.fixture
def chief(sign_in):
    def chief(**options):
        page = sign_in(None, "chief", **options)
        User.objects.filter(username="chief").update(is_superuser=True)
        return page, User.objects.get(username="chief")

    return chief


def corrected(chief):
    """Published, twice saved, corrected in the open."""
    article = ArticleFactory(published_at=timezone.now() - timedelta(days=2))
    revisions.record(article, by=chief)
    article.body_ru += "<p>Школа рассчитана на <strong>триста</strong> мест.</p>"
    article.headline_ru = "В районе открылась школа"
    article.save()
    revisions.record(article, by=chief)
    notes = {"kk": "Оқушылар саны түзетілді.", "ru": "Исправлено число учеников."}
    corrections.announce(article, Announcement(notes), by=chief)
    return article


def prepared(chief):
    article = ArticleFactory()
    change = changes.begin(article, by=chief)
    text = {"body_ru": f"{article.body_ru}<p>Приём — во вторник, 25 ноября 2026 года.</p>"}
    changes.save(change, {**change.content, **text}, by=chief)
    changes.send_for_review(change, by=chief)
    return article


def addresses(chief, picture):
    whole, changed = corrected(chief), prepared(chief)
    half = ArticleFactory(status="in_review", published_at=None, only_ru=True)
    draft, trashed = ArticleFactory(draft=True, main_picture=picture), ArticleFactory(draft=True)
    publishing.trash(trashed, by=chief)
    PreviewLink.objects.create(
        article=draft,
        purpose="Отдел образования",
        created_by=chief,
        expires_at=timezone.now() + timedelta(days=3),
    )
    SavedList.objects.create(user=chief, name="На проверке", query="status=in_review")
    return [
        f"{LIST}{whole.pk}/change/",
        f"{LIST}{whole.pk}/revisions/",
        f"{LIST}{whole.pk}/compare/?older=1&newer=2",
        f"{LIST}{whole.pk}/revisions/1/restore/",
        f"{LIST}{whole.pk}/withdraw/",
        f"{LIST}{whole.pk}/remove/",
        f"{LIST}{changed.pk}/prepared/",
        f"{LIST}{changed.pk}/prepared/compare/",
        f"{LIST}{changed.pk}/prepared/publish/",
        f"{LIST}{half.pk}/publish/",
        f"{LIST}{half.pk}/return/",
        f"{LIST}{draft.pk}/trash/",
        f"{LIST}{draft.pk}/links/",
        f"{LIST}{trashed.pk}/restore/",
        f"{LIST}?status=trashed",
        f"{LIST}calendar/",
        f"{LIST}languages/",
        "/admin/account/",
        "/admin/account/two-factor/",
        "/admin/password_change/",
        "/admin/portal/auditentry/",
        "/admin/auth/user/",
    ]


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [(360, "dark", "kk-KZ"), (768, "light", "ru-RU"), (1280, "dark", "kk-KZ")],
)
def test_axe_finds_nothing_on_the_way_of_an_article(chief, picture, width, scheme, locale):
    page, officer = chief(width=width, color_scheme=scheme, locale=locale)
    found = []
    for address in addresses(officer, picture):
        answer = page.goto(address)
        assert answer.status == 200, address
        found += faults(page)
    found += faults_of_many_at_once(page) + faults_of_enrolment(page)
    assert not found, "\n".join(map(str, found))


def faults_of_many_at_once(page):
    """Choosing, confirming, and what came of it."""
    page.goto(LIST)
    found = faults(page)
    page.check("#action-toggle")
    page.select_option("select[name=action]", "bulk_publish")
    page.click("#changelist-form button[name=index]")
    expect(page.locator("#content-main .chosen")).to_be_visible()
    found += faults(page)
    page.locator("#content-main form [type=submit]").first.click()
    expect(page.locator("#content-main .outcomes")).to_be_visible()
    return found + faults(page)


def faults_of_enrolment(page):
    page.goto("/admin/account/two-factor/")
    page.click("[name=begin]")
    expect(page.locator(".account-qr")).to_be_visible()
    return faults(page)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_before_the_sign_in(open_page, width, scheme):
    page = open_page(width=width, color_scheme=scheme, locale="kk-KZ")
    found = []
    for address in (
        "/admin/login/",
        "/admin/password-reset/",
        "/admin/password-reset/done/",
        "/admin/password-reset/MQ/used-up/",
        "/admin/password-reset/complete/",
    ):
        page.goto(address)
        found += faults(page, "body")
    assert not found, "\n".join(map(str, found))
