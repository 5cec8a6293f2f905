"""Every admin page × every role: what each may open, and what each may not."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from news.models import Alert
from portal import roles
from tests.factories import ArticleFactory, CommentFactory, PictureFactory

LATER = datetime(2099, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db

# page -> roles that see it; everybody else gets 403 (or, signed out, the sign-in page)
EVERYBODY = {"press", "editor", "moderator", "admin"}
OFFICE = {"press", "editor", "admin"}
MATRIX = {
    "index": EVERYBODY,
    "news_article_changelist": OFFICE,
    "news_article_add": OFFICE,
    "news_article_change": OFFICE,
    "news_article_history": OFFICE,
    "news_article_preview": OFFICE,
    "news_article_publish": {"editor", "admin"},
    "news_picture_changelist": OFFICE,
    "news_picture_add": OFFICE,
    "news_picture_change": OFFICE,
    "news_section_changelist": OFFICE,
    "news_section_add": {"editor", "admin"},
    "news_page_changelist": {"editor", "admin"},
    "news_page_change": {"editor", "admin"},
    "news_page_add": set(),
    "news_page_delete": set(),
    "news_article_delete": set(),
    "news_alert_changelist": {"editor", "admin"},
    "news_alert_add": {"editor", "admin"},
    "news_alert_change": {"editor", "admin"},
    "comments_comment_changelist": {"moderator", "admin"},
    "comments_comment_change": {"moderator", "admin"},
    "comments_comment_add": set(),
    "comments_comment_delete": set(),
    "auth_user_changelist": {"admin"},
    "auth_group_changelist": {"admin"},
}


@pytest.fixture
def address():
    article = ArticleFactory(draft=True)
    comment = CommentFactory()
    picture = PictureFactory()
    alert = Alert.objects.create(text_kk="Су болмайды", text_ru="Воды не будет", ends_at=LATER)
    arguments = {
        "news_article_change": [article.pk],
        "news_article_history": [article.pk],
        "news_article_delete": [article.pk],
        "news_article_preview": [article.pk, "kk"],
        "news_article_publish": [article.pk],
        "news_picture_change": [picture.pk],
        "news_alert_change": [alert.pk],
        "news_page_change": ["privacy"],
        "news_page_delete": ["privacy"],
        "comments_comment_change": [comment.pk],
        "comments_comment_delete": [comment.pk],
    }
    return lambda page: reverse(f"admin:{page}", args=arguments.get(page))


@pytest.mark.parametrize("role", sorted(EVERYBODY))
@pytest.mark.parametrize("page", MATRIX)
def test_each_role_opens_exactly_its_pages(client, request, address, page, role):
    client.force_login(request.getfixturevalue(role))
    response = client.get(address(page))
    assert response.status_code == (200 if role in MATRIX[page] else 403)


@pytest.mark.parametrize("page", MATRIX)
def test_strangers_are_asked_to_sign_in(client, address, page):
    response = client.get(address(page))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_the_matrix_knows_every_model_of_the_admin():
    known = {page.rsplit("_", 1)[0] for page in MATRIX if page != "index"}
    registered = {
        f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry
    }
    assert registered == known


def test_groups_are_brought_back_to_exactly_their_permissions():
    group = Group.objects.get(name="Press officers")
    group.permissions.clear()
    Group.objects.get(name="Moderators").permissions.set(
        Group.objects.get(name="Editors").permissions.all()
    )
    roles.synchronise()
    for name, permissions in roles.ROLES.items():
        stored = Group.objects.get(name=name).permissions.values_list(
            "content_type__app_label", "codename"
        )
        assert {f"{app}.{codename}" for app, codename in stored} == permissions


def test_the_desk_tells_each_role_what_waits(client, editor, moderator, press):
    ArticleFactory(draft=True, status="in_review")
    CommentFactory.create_batch(2)
    for person, waits in ((editor, "?status=in_review"), (moderator, "/comments/comment/")):
        client.force_login(person)
        text = client.get(reverse("admin:index")).content.decode()
        assert 'class="desk"' in text
        assert waits in text
    client.force_login(press)
    assert 'class="desk"' not in client.get(reverse("admin:index")).content.decode()
