"""The public account of moderation: right figures, no texts, no names."""

from datetime import timedelta

import pytest
import time_machine

from comments import account, moderation
from comments.models import ModerationDecision
from tests.factories import CommentFactory, local

pytestmark = pytest.mark.django_db


def decided(moderator, sent_at, waited, verb, **how):
    comment = CommentFactory(created_at=sent_at, text="Құпия сөз", author_name="Болат")
    with time_machine.travel(sent_at + waited, tick=False):
        verb(comment, by=moderator, **how)
    return comment


@pytest.fixture
def october(moderator):
    """Four decided in October, one of them changed; one still waiting; one of September."""
    minutes = timedelta(minutes=1)
    with time_machine.travel(local(2026, 11, 5)):
        decided(moderator, local(2026, 9, 30, 23), 30 * minutes, moderation.approve)
        decided(moderator, local(2026, 10, 1), 10 * minutes, moderation.approve)
        comment = decided(moderator, local(2026, 10, 2), 20 * minutes, moderation.approve)
        insult = {"reason": "insult"}
        decided(moderator, local(2026, 10, 3), 40 * minutes, moderation.reject, **insult)
        decided(moderator, local(2026, 10, 31, 23), 30 * minutes, moderation.mark_as_spam)
        CommentFactory(created_at=local(2026, 10, 20))
        with time_machine.travel(local(2026, 10, 4), tick=False):
            moderation.undo(comment, by=moderator)
        yield


def test_a_month_counts_what_came_and_what_was_decided_in_it(october):
    month = account.of_month(local(2026, 10, 1).date())
    assert (month.received, month.approved, month.spam, month.reversals) == (5, 2, 1, 1)
    assert [number for _label, number in month.reasons] == [1, 0, 0, 0, 0, 0]
    assert month.median == timedelta(minutes=20)


def test_months_reach_from_the_first_comment_to_now_without_gaps(october):
    assert [f"{month:%Y-%m}" for month in account.months()] == ["2026-11", "2026-10", "2026-09"]


def test_the_pages_show_figures_and_nothing_of_the_comments(client, october):
    for address in ("/ru/moderation/", "/ru/moderation/2026/10/", "/ru/moderation/moderation.csv"):
        page = client.get(address)
        assert page.status_code == 200
        text = page.content.decode()
        assert "Құпия" not in text
        assert "Болат" not in text
    assert (
        "2026-10,5,2,1,0,0,0,0,0,1,1,20"
        in client.get("/ru/moderation/moderation.csv").content.decode()
    )


def test_a_month_without_an_account_is_not_found(client, october):
    for address in ("2026/8", "2026/12", "2026/13", "0/1"):
        assert client.get(f"/ru/moderation/{address}/").status_code == 404


def test_the_cost_does_not_grow(client, moderator, django_assert_max_num_queries):
    for day in range(1, 29):
        decided(moderator, local(2026, 10, day), timedelta(hours=1), moderation.approve)
    assert ModerationDecision.objects.count() == 28
    with django_assert_max_num_queries(12):
        client.get("/ru/moderation/")
    with django_assert_max_num_queries(12):
        client.get("/ru/moderation/2026/10/")


def test_without_comments_there_is_a_page_that_says_so(client):
    assert "Комментариев нет" in client.get("/ru/moderation/").content.decode()
