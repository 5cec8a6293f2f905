"""Where no comments are taken: said on the page, beside the form, and to whoever sends one."""

from datetime import timedelta

import pytest

from comments.models import Comment, CommentsSwitch
from tests.comments.conftest import address, key_in
from tests.comments.test_reading import section
from tests.factories import CommentFactory


def close(how, article, settings, clock):
    if how == "portal":
        CommentsSwitch(is_open=False, message_kk="Сайлау күні", message_ru="День выборов").save()
    elif how == "portal, silently":
        CommentsSwitch(is_open=False).save()
    elif how == "read-only":
        article.comments_state = "read_only"
        article.comments_message_ru = "Обсуждение завершено"
    elif how == "closed":
        article.comments_state = "closed"
    else:
        settings.COMMENTS_CLOSE_AFTER_DAYS = 3
        clock.shift(timedelta(days=2))
    article.save()


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("portal", "День выборов"),
        ("portal, silently", "Комментарии закрыты на всём портале."),
        ("read-only", "Обсуждение завершено"),
        ("closed", "Комментирование этой новости закрыто."),
        ("after days", "22 ноября 2026"),
    ],
)
def test_readers_are_told_why_and_keep_what_they_wrote(
    article, write, client, settings, clock, how, says
):
    CommentFactory(article=article, text="Уже был", status=Comment.Status.APPROVED)
    key = key_in(client.get(address(article)))
    close(how, article, settings, clock)
    page = section(article)
    assert says in page
    assert "Уже был" in page
    assert "/comments/" not in page
    page = client.get(address(article)).content.decode()
    assert says in page
    assert "<textarea" not in page
    response = write(article, key=key, text="Писал полчаса")
    assert response.status_code == 403
    assert says in response.content.decode()
    assert "Писал полчаса" in response.content.decode()
    assert Comment.objects.count() == 1


def test_a_reason_in_another_language_says_so(article, settings, clock):
    close("read-only", article, settings, clock)
    page = section(article, "kk")
    assert "Обсуждение завершено" in page
    assert 'notice" lang="ru"' in page


def test_until_when_comments_are_taken_is_said_before(article, settings, clock):
    settings.COMMENTS_CLOSE_AFTER_DAYS = 3
    page = section(article)
    assert "22 ноября 2026" in page
    assert "/comments/" in page


def test_an_open_switch_changes_nothing(article):
    CommentsSwitch(is_open=True, message_ru="Неважно").save()
    CommentsSwitch(is_open=True).save()
    assert CommentsSwitch.objects.count() == 1
    assert "/comments/" in section(article)
