import pytest
from django.urls import reverse

from news.admin import saved_lists
from news.models import SavedList
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:news_article_changelist")
SAVE = reverse("admin:news_article_save_list")


def test_filters_are_kept_under_a_name_and_forgotten_again(client, press):
    draft = ArticleFactory(draft=True, only_ru=True)
    ArticleFactory()
    client.force_login(press)
    filtered = client.get(f"{LIST}?status=draft&kk=missing")
    assert 'value="kk=missing&amp;status=draft"' in filtered.text
    response = client.post(SAVE, {"name": " Перевести ", "query": "status=draft&kk=missing&p=3"})
    assert response.url == f"{LIST}?kk=missing&status=draft"
    page = client.get(LIST)
    assert '<a href="?kk=missing&amp;status=draft">Перевести</a>' in page.text
    there = client.get(response.url)
    assert list(there.context["cl"].result_list) == [draft]
    assert 'aria-current="page">Перевести' in there.text
    saved = SavedList.objects.get()
    client.post(reverse("admin:news_article_forget_list", args=[saved.pk]))
    assert not SavedList.objects.exists()


def test_saving_under_the_same_name_replaces(client, press):
    client.force_login(press)
    for query in ("status=draft", "status=published"):
        client.post(SAVE, {"name": "Мои", "query": query})
    assert SavedList.objects.get().query == "status=published"


def test_lists_are_everybodys_own(client, press, editor):
    saved = SavedList.objects.create(user=press, name="Мои", query="status=draft")
    client.force_login(editor)
    assert "Мои" not in client.get(LIST).text
    forget = reverse("admin:news_article_forget_list", args=[saved.pk])
    assert client.post(forget).status_code == 404
    assert SavedList.objects.exists()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("", "status=draft"),
        ("x" * 61, "status=draft"),
        ("Всё", ""),
        ("Всё", "created_by__password=x"),
    ],
)
def test_what_makes_no_list_is_refused_with_a_reason(client, press, name, query):
    client.force_login(press)
    page = client.post(SAVE, {"name": name, "query": query}, follow=True)
    assert "messagelist" in page.text
    assert not SavedList.objects.exists()


def test_nobody_keeps_lists_without_end(client, press, monkeypatch):
    monkeypatch.setattr(saved_lists, "MOST", 1)
    client.force_login(press)
    for name in ("бірінші", "екінші"):
        client.post(SAVE, {"name": name, "query": "status=draft"})
    assert [one.name for one in SavedList.objects.all()] == ["бірінші"]


def test_moderators_keep_none(client, moderator):
    client.force_login(moderator)
    assert client.post(SAVE, {"name": "x", "query": "status=draft"}).status_code == 403
