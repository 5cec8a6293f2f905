"""`make demo` shows a believable portal, and keeps what people did with it."""

import socket
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Count, Max, Min, Q

from comments.models import Comment
from news.models import Article, Attachment, Correction, Picture, PreparedChange, Section


def seed():
    output = StringIO()
    call_command("seed_demo", stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_the_demo_is_believable_and_repeatable(client):
    seed()
    published = Article.objects.published()
    assert Section.objects.count() == 4
    assert published.count() >= 60
    ages = published.aggregate(first=Min("published_at"), last=Max("published_at"))
    assert (ages["last"] - ages["first"]).days > 400
    assert published.filter(has_kk=True, has_ru=False).exists()
    assert published.filter(has_kk=False, has_ru=True).exists()
    assert published.filter(has_en=True).count() >= 10
    assert Article.objects.filter(status=Article.Status.DRAFT).count() >= 2
    assert Article.objects.scheduled().count() == 1
    assert Correction.objects.count() == 1
    assert PreparedChange.objects.get().status == PreparedChange.Status.IN_REVIEW
    assert Article.objects.to_be_withdrawn().count() == 1
    assert Picture.objects.exclude(articles=None).count() >= 15
    assert Article.objects.published().exclude(gallery=None).distinct().count() == 2
    assert client.get(Attachment.objects.get().get_absolute_url()).getvalue().startswith(b"%PDF")
    assert set(Comment.objects.values_list("status", flat=True)) == set(Comment.Status.values)
    for language in ("kk", "ru", "en"):
        assert client.get(f"/{language}/").status_code == 200

    article = published.first()
    article.headline_ru = "Исправлено редактором"
    article.save()
    Comment.objects.first().delete()
    User.objects.get(username="press").set_password("changed")
    before = Comment.objects.count(), Article.objects.count(), User.objects.count()
    assert "nothing was added" in seed()
    assert before == (Comment.objects.count(), Article.objects.count(), User.objects.count())
    assert Article.objects.filter(headline_ru="Исправлено редактором").exists()


@pytest.mark.django_db
def test_each_section_is_alive_in_both_languages():
    seed()
    for language in ("kk", "ru"):
        counts = Section.objects.annotate(
            news=Count("articles", filter=Q(**{f"articles__has_{language}": True}))
        )
        assert all(section.news >= 5 for section in counts)


def test_a_taken_port_is_named_with_a_way_out(settings, monkeypatch):
    settings.DEMO = True
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CommandError, match=f"Port {port} is taken.*PORT={port + 1}"):
            call_command("demo")


@pytest.mark.parametrize("port", ["x", "0", "70000"])
def test_a_port_that_is_none_is_refused(settings, monkeypatch, port):
    settings.DEMO = True
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match="PORT must be a number"):
        call_command("demo")
