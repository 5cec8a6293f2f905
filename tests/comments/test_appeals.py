"""What is really an appeal: its writer is shown the way, and keeps the text."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comments import appeals
from comments.models import AppealMark, Hold, ModerationRule
from comments.rules import shipped
from tests.factories import CommentFactory, UserFactory

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/"
DETOUR = "receipt__appeal"


@pytest.fixture
def comment(article):
    return CommentFactory(article=article, text="Прошу принять меры: нет воды", language="ru")


@pytest.fixture
def held(comment):
    shipped.create_missing()
    rule = ModerationRule.objects.get(kind="appeal")
    Hold.objects.create(comment=comment, version=rule.live_version, spans=[[0, 18]])
    return comment


def receipt(client, comment):
    return client.get(comment.get_receipt_url().replace("/kk/", "/ru/")).content.decode()


def test_a_receipt_says_nothing_of_appeals_until_somebody_takes_it_for_one(client, comment):
    assert DETOUR not in receipt(client, comment)


def test_what_a_rule_takes_for_an_appeal_is_led_to_the_service(client, held, settings):
    settings.APPEALS_URL = "https://appeals.example.kz/"
    page = receipt(client, held)
    assert DETOUR in page
    assert "https://appeals.example.kz/" in page
    assert page.count("Прошу принять меры: нет воды") == 2  # as a comment, and to copy


def test_the_moderator_has_the_last_word(client, held, moderator):
    client.force_login(moderator)
    client.post(QUEUE, {"decide": f"no_appeal:{held.pk}"})
    assert DETOUR not in receipt(client, held)
    client.post(QUEUE, {"decide": f"appeal:{held.pk}"})
    assert DETOUR in receipt(client, held)
    mark = AppealMark.objects.get()
    assert (mark.marked_by, mark.is_appeal) == (moderator, True)
    held.refresh_from_db()
    assert held.status == "pending"
    assert f'value="no_appeal:{held.pk}"' in client.get(QUEUE).content.decode()


def test_a_script_gets_the_row_back_and_keeps_it(client, comment, moderator):
    client.force_login(moderator)
    json = {"accept": "application/json"}
    answer = client.post(QUEUE, {"decide": f"appeal:{comment.pk}"}, headers=json).json()
    assert answer["done"] is True
    assert f'value="no_appeal:{comment.pk}"' in answer["row"]
    assert answer["counts"]["waiting"] == "1"


def test_who_may_not_decide_marks_nothing_and_what_is_withdrawn_is_none(comment, moderator):
    with pytest.raises(PermissionDenied):
        appeals.mark(comment, by=UserFactory(role="Answer desk"), is_appeal=True)
    comment.status, comment.withdrawn_at = "withdrawn", comment.created_at
    comment.save()
    with pytest.raises(ValidationError) as refusal:
        appeals.mark(comment, by=moderator, is_appeal=True)
    assert refusal.value.code == "not_open"
