"""A withdrawal that was planned happens at its moment, whoever is awake."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from news import due, publishing
from news.models import Article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
REASON = {"kk": "Іс-шара өтті.", "ru": "Мероприятие прошло."}


@pytest.fixture
def moment():
    return timezone.now() + timedelta(hours=3)


@pytest.fixture
def article(editor, moment):
    article = ArticleFactory()
    publishing.withdraw(article, by=editor, reason=REASON, at=moment)
    return article


def test_until_the_moment_nothing_is_to_be_seen_of_it(client, article):
    assert article.headline_ru in client.get("/ru/news/").text
    page = client.get(article.get_absolute_url("ru")).text
    assert REASON["ru"] not in page


def test_from_the_moment_on_lists_leave_it_out_and_its_address_says_why(client, article, moment):
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        assert article.headline_ru in client.get("/ru/news/").text
    with time_machine.travel(moment, tick=False):
        assert article.headline_ru not in client.get("/ru/news/").text
        page = client.get(article.get_absolute_url("ru")).text
        assert REASON["ru"] in page
        assert 'content="noindex"' in page
    # No bookkeeping was needed for that.
    assert Article.objects.get().status == Article.Status.PUBLISHED


def test_the_bookkeeping_is_done_once_and_in_the_editors_name(article, moment, editor):
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        assert due.settle() == 1
        assert due.settle() == 0
    article.refresh_from_db()
    assert (article.status, article.withdrawn_at) == (Article.Status.WITHDRAWN, moment)
    decision = article.decisions.first()
    assert (decision.status_after, decision.decided_by) == ("withdrawn", editor)


@pytest.mark.parametrize("place", ["is_published", "is_withdrawn"])
def test_one_article_and_all_of_them_are_judged_alike(article, moment, place):
    for seconds in (-1, 0, 1):
        with time_machine.travel(moment + timedelta(seconds=seconds), tick=False):
            is_listed = Article.objects.published().filter(pk=article.pk).exists()
            assert getattr(article, place) == (is_listed == (place == "is_published"))


def test_a_planned_withdrawal_can_be_given_up(article, moment, editor):
    publishing.keep_public(article, by=editor)
    with time_machine.travel(moment, tick=False):
        assert article.is_published
    article.refresh_from_db()
    assert article.withdrawal_reason_ru == ""


def test_once_it_is_withdrawn_there_is_nothing_to_give_up(article, moment, editor):
    with time_machine.travel(moment, tick=False), pytest.raises(ValidationError) as refusal:
        publishing.keep_public(article, by=editor)
    assert refusal.value.code == "not_planned"


def test_what_the_clock_withdrew_is_published_again_like_any_other(article, moment, editor):
    with time_machine.travel(moment, tick=False):
        with pytest.raises(ValidationError):
            publishing.return_to_draft(article, by=editor)
        article.refresh_from_db()
        publishing.republish(article, by=editor)
        assert article.is_published


def test_a_reason_in_each_required_language_is_demanded(editor, moment):
    with pytest.raises(ValidationError) as refusal:
        publishing.withdraw(ArticleFactory(), by=editor, reason={"ru": "Да"}, at=moment)
    assert "reason_kk" in refusal.value.message_dict


def test_a_scheduled_article_leaves_after_it_came_or_not_at_all(editor, moment):
    article = ArticleFactory(published_at=moment)
    with pytest.raises(ValidationError) as refusal:
        publishing.withdraw(article, by=editor, reason=REASON, at=moment - timedelta(minutes=1))
    assert "moment" in refusal.value.message_dict
    publishing.withdraw(article, by=editor, reason=REASON, at=moment + timedelta(hours=1))
    assert article.is_scheduled
