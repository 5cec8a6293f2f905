"""How an article will look: at a moment, at a width, and to an outsider who was given a link."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from news import changes, revisions
from news.models import PreviewLink
from tests.factories import ArticleFactory
from tests.news.officers import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


@pytest.fixture
def draft():
    return ArticleFactory(draft=True, english=True)


def link_to(article, **more):
    more = {"expires_at": timezone.now() + timedelta(days=7)} | more
    return PreviewLink.objects.create(article=article, **more)


def at(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


# --- for outsiders ---


def test_an_officer_gives_a_link_and_an_outsider_sees_the_draft(as_press, client, draft, press):
    response = as_press.post(page("links", draft), {"purpose": "Директор школы", "days": "3"})
    assert response.status_code == 302
    link = draft.preview_links.get()
    assert (link.created_by, link.purpose) == (press, "Директор школы")
    assert timedelta(days=2.9) < link.expires_at - timezone.now() <= timedelta(days=3)
    assert (
        f"http://testserver{link.get_absolute_url('ru')}" in as_press.get(page("links", draft)).text
    )
    client.logout()
    for language in ("kk", "ru", "en"):
        seen = client.get(link.get_absolute_url(language))
        assert seen.status_code == 200
        assert getattr(draft, f"headline_{language}") in seen.text
        assert link.get_absolute_url("kk") in seen.text
        assert "/admin/" not in seen.text
        assert seen["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in seen["Cache-Control"]
        assert seen["Referrer-Policy"] == "no-referrer"


def test_a_link_opens_one_article_and_only_with_its_whole_secret(client, draft):
    other = ArticleFactory(draft=True, headline_ru="Чужой черновик")
    link = link_to(draft)
    address = link.get_absolute_url("ru")
    number, _colon, secret = address.rstrip("/").rpartition("/")[2].partition(":")
    assert number == str(link.pk)
    forged = address.replace(f"{number}:", f"{link_to(other).pk}:")
    assert client.get(forged).status_code == 404
    assert client.get(f"/ru/drafts/{number}/").status_code == 404
    assert client.get(address.replace(secret, secret[:-1])).status_code == 404
    assert other.headline_ru not in client.get(address).text


def test_an_expired_or_revoked_link_opens_nothing(as_press, client, draft):
    link = link_to(draft)
    address = link.get_absolute_url("ru")
    with time_machine.travel(link.expires_at + timedelta(seconds=1), tick=False):
        gone = client.get(address)
    assert gone.status_code == 410
    assert draft.headline_ru not in gone.text
    assert client.get(address).status_code == 200
    as_press.post(page("links", draft), {"revoke": link.pk})
    assert client.get(address).status_code == 410
    assert "revoke" not in as_press.get(page("links", draft)).text


def test_a_link_shows_what_was_saved_last_and_leads_on_once_it_is_published(client, draft):
    address = link_to(draft).get_absolute_url("ru")
    draft.headline_ru = "Другой заголовок"
    draft.save()
    assert "Другой заголовок" in client.get(address).text
    draft.status, draft.published_at = "published", timezone.now()
    draft.save()
    assert client.get(address).url == draft.get_absolute_url("ru")
    draft.status = "removed"
    draft.save()
    assert client.get(address).status_code == 410


def test_links_are_given_and_revoked_by_those_who_may_edit(client, draft, moderator, press):
    public = ArticleFactory()
    client.force_login(moderator)
    assert client.post(page("links", draft), {"days": "3"}).status_code == 403
    client.force_login(press)
    assert client.post(page("links", public), {"days": "3"}).status_code == 403
    link = link_to(public)
    client.post(page("links", draft), {"revoke": link.pk})
    link.refresh_from_db()
    assert link.revoked_at is None
    assert client.post(page("links", draft), {"days": "9999"}).status_code == 200
    assert not draft.preview_links.exists()


# --- at a moment, at a width ---


def test_the_preview_says_what_readers_meet_at_a_moment(as_press):
    moment = timezone.now() + timedelta(days=2)
    article = ArticleFactory(published_at=moment, withdraws_at=moment + timedelta(days=5))

    def said(when):
        return as_press.get(page("preview", article, "ru"), {"at": at(when)}).context["as_of"]

    assert "ещё не видят" in said(moment - timedelta(hours=1))
    assert "видят эту страницу" in said(moment + timedelta(hours=1))
    assert "отозвана" in said(moment + timedelta(days=6))
    assert as_press.get(page("preview", article, "ru"), {"at": "завтра"}).context["as_of"] == ""
    surroundings = "Окружение новости — такое, как сейчас"
    assert surroundings in as_press.get(page("preview", article, "ru"), {"at": at(moment)}).text
    assert surroundings not in as_press.get(page("preview", article, "ru")).text


def test_the_preview_shows_a_scheduled_change_from_its_moment_on(as_press, press, editor):
    article = ArticleFactory()
    revisions.record(article, by=editor)
    change = changes.begin(article, by=press)
    content = dict(change.content) | {"headline_ru": "Школу откроют в пятницу"}
    changes.save(change, content, by=press)
    moment = timezone.now() + timedelta(days=2)
    changes.publish(change, by=editor, at=moment)

    def shown(when):
        return as_press.get(page("preview", article, "ru"), {"at": at(when)}).text

    assert "Школу откроют в пятницу" not in shown(moment - timedelta(hours=1))
    assert "Школу откроют в пятницу" in shown(moment + timedelta(hours=1))
    article.refresh_from_db()
    assert article.headline_ru != "Школу откроют в пятницу"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_frame_has_the_width_that_was_chosen(as_press, draft, width):
    response = as_press.get(page("look", draft, "ru"), {"width": width})
    assert f'width="{width}"' in response.text
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_only_the_preview_for_the_frame_may_stand_in_one(as_press, draft):
    framed = as_press.get(page("preview", draft, "ru"), {"frame": "1"})
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    alone = as_press.get(page("preview", draft, "ru"))
    assert "frame-ancestors 'none'" in alone["Content-Security-Policy"]
    assert alone["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("query", [{"width": "5"}, {"at": "9999-99-99T99:99"}, {"at": "\0"}])
def test_nonsense_is_told_and_the_preview_stays(as_press, draft, query):
    response = as_press.get(page("look", draft, "ru"), query)
    assert response.status_code == 200
    assert "errorlist" in response.text
    assert "<iframe" in response.text
