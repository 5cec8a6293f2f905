"""Accessibility statement, privacy, rules of commenting: there from the start, editors' own."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from comments.models import RejectionReason
from news.models import Page
from portal import pages
from tests.factories import ArticleFactory, local

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize("slug", Page.Slug.values)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_installation_has_the_pages_in_three_languages(client, slug, language):
    response = client.get(f"/{language}/pages/{slug}/")
    text = response.content.decode()
    page = Page.objects.get(slug=slug)
    assert response.status_code == 200
    assert f'<h1 class="page-title">{getattr(page, f"title_{language}")}</h1>' in text
    assert "[" not in getattr(page, f"body_{language}")  # nothing left to fill in
    assert f'datetime="{page.updated_at:%Y-}' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_list_exactly_the_reasons_of_rejection(client, language):
    text = client.get(f"/{language}/pages/comment-rules/").content.decode()
    with override(language):
        for label in RejectionReason.labels:
            assert f"<li>{label}</li>" in text


def test_what_editors_wrote_is_never_overwritten():
    page = Page.objects.get(slug="privacy")
    page.body_ru = "<p>Наш текст.</p>"
    page.save()
    Page.objects.get(slug="accessibility").delete()
    pages.create_missing()
    assert Page.objects.get(slug="privacy").body_ru == "<p>Наш текст.</p>"
    assert Page.objects.count() == len(Page.Slug)


def test_every_page_leads_to_them_and_the_comment_form_to_the_rules(client):
    footer = client.get("/kk/").content.decode().partition("<footer")[2]
    for slug in Page.Slug.values:
        assert f'href="/kk/pages/{slug}/"' in footer
    form = client.get(ArticleFactory().get_absolute_url("ru") + "comments/").content.decode()
    assert 'href="/ru/pages/comment-rules/"' in form.partition('<form class="form comment')[2]


def test_a_missing_language_is_said_and_not_indexed(client):
    Page.objects.filter(slug="privacy").update(title_en="", body_en="")
    text = client.get("/en/pages/privacy/").content.decode()
    assert '<h1 class="page-title" lang="ru">Персональные данные' in text
    assert "Русский" in text
    assert "noindex" in text
    sitemap = client.get("/sitemap-pages.xml").content.decode()
    assert "/ru/pages/privacy/" in sitemap
    assert "/en/pages/privacy/" not in sitemap


@pytest.mark.parametrize("slug", ["nothing", "privacy2"])
def test_other_names_are_no_pages(client, slug):
    assert client.get(f"/ru/pages/{slug}/").status_code == 404


def fields(**changes):
    page = Page.objects.get(slug="privacy")
    return {
        f"{name}_{language}": getattr(page, f"{name}_{language}")
        for name in ("title", "body")
        for language in LANGUAGES
    } | changes


def test_an_editor_changes_a_page_and_its_date(client, editor):
    Page.objects.update(updated_at=local(2020, 1, 1))
    client.force_login(editor)
    address = reverse("admin:news_page_change", args=["privacy"])
    client.post(address, fields())
    assert Page.objects.get(slug="privacy").updated_at == local(2020, 1, 1)
    changes = fields(body_ru='<p onclick="x()">Новое.</p><script>x()</script>')
    assert client.post(address, changes).status_code == 302
    page = Page.objects.get(slug="privacy")
    assert page.body_ru == "<p>Новое.</p>"
    assert page.updated_at.year > 2020
    assert "<p>Новое.</p>" in client.get("/ru/pages/privacy/").content.decode()


def test_kazakh_and_russian_cannot_be_emptied(client, editor):
    client.force_login(editor)
    address = reverse("admin:news_page_change", args=["privacy"])
    response = client.post(address, fields(body_kk="<p>&nbsp;</p>"))
    assert response.status_code == 200
    assert "body_kk" in response.context["adminform"].form.errors
