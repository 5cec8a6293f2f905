"""The press office's own pages under axe: phone, tablet and desk, light and dark."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from news.models import ArticleReads, MissedSearch, NoticeTemplate
from portal import pages as site_pages
from tests.factories import ArticleFactory
from tests.journeys.axe import faults


@pytest.fixture
def pages(picture):
    """Addresses of pages that have something to show."""
    article = ArticleFactory(main_picture=picture)
    ArticleFactory(draft=True, status="in_review")
    today = timezone.localdate()
    ArticleReads.objects.create(article=article, day=today, language="ru", reads=12)
    MissedSearch.objects.create(words="жол жөндеу", language="kk", times=3, last_on=today)
    template = NoticeTemplate.objects.create(
        section=article.section, name_kk="Су", name_ru="Вода", headline_ru="{day} воды не будет"
    )
    template.blanks.create(code="day", kind="date", label_kk="Күні", label_ru="День")
    return [
        "/admin/",
        "/admin/figures/",
        f"/admin/figures/{article.pk}/",
        "/admin/news/article/?status=in_review",
        "/admin/news/missedsearch/",
        "/admin/news/noticetemplate/",
        f"/admin/news/noticetemplate/{template.pk}/write/",
        f"/admin/news/picture/{picture.pk}/change/",
        f"/admin/news/picture/{picture.pk}/replace/",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (768, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(sign_in, pages, width, scheme):
    page = sign_in(None, "chief", width=width, color_scheme=scheme)
    User.objects.filter(username="chief").update(is_superuser=True)
    found = []
    for path in pages:
        page.goto(path)
        found += faults(page)
    assert not found, "\n".join(map(str, found))


@pytest.mark.usefixtures("pages")
def test_the_editor_opens_wherever_there_are_bodies_to_write(sign_in):
    site_pages.create_missing()
    page = sign_in("Editors", "editor")
    for path in (
        "/admin/news/page/privacy/change/",
        f"/admin/news/noticetemplate/{NoticeTemplate.objects.get().pk}/change/",
    ):
        page.goto(path)
        expect(page.locator(".cke")).to_have_count(3)
