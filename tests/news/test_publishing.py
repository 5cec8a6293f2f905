"""The press office's verbs: who may do what to an article in which state."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from news import publishing
from news.models import Article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
REASON = {"kk": "Деректер нақтыланып жатыр.", "ru": "Данные уточняются."}


def test_a_draft_goes_through_review_to_the_public(press, editor):
    article = ArticleFactory(draft=True)
    publishing.send_for_review(article, by=press, note="Қараңызшы")
    publishing.publish(article, by=editor)
    assert article.is_published
    assert [
        (decision.status_before, decision.status_after, decision.decided_by, decision.note)
        for decision in article.decisions.order_by("pk")
    ] == [("draft", "in_review", press, "Қараңызшы"), ("in_review", "published", editor, "")]


@pytest.mark.parametrize(
    "verb",
    [
        lambda article, by: publishing.publish(article, by=by),
        lambda article, by: publishing.withdraw(article, by=by, reason=REASON),
        lambda article, by: publishing.republish(article, by=by),
        lambda article, by: publishing.remove(article, by=by),
        lambda article, by: publishing.restore(article, by=by),
    ],
)
def test_only_an_editor_decides_about_the_public(press, moderator, verb):
    article = ArticleFactory()
    for person in (press, moderator):
        with pytest.raises(PermissionDenied):
            verb(article, person)
    article.refresh_from_db()
    assert article.is_published
    assert not article.decisions.exists()


def test_a_press_officer_cannot_unschedule(press):
    article = ArticleFactory(published_at=timezone.now() + timedelta(days=1))
    with pytest.raises(PermissionDenied):
        publishing.return_to_draft(article, by=press)


def test_publication_requires_kazakh_and_russian(editor, settings):
    article = ArticleFactory(draft=True, only_ru=True)
    with pytest.raises(ValidationError) as refusal:
        publishing.publish(article, by=editor)
    assert set(refusal.value.message_dict) == {"headline_kk", "body_kk"}
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT

    settings.NEWS_REQUIRED_LANGUAGES = ["ru"]
    publishing.publish(article, by=editor)
    assert article.is_published


def test_an_article_can_be_scheduled_moved_and_taken_back(editor):
    article = ArticleFactory(draft=True)
    tomorrow = timezone.now() + timedelta(days=1)
    publishing.publish(article, by=editor, at=tomorrow)
    assert article.is_scheduled
    publishing.publish(article, by=editor, at=tomorrow + timedelta(hours=1))
    assert article.published_at == tomorrow + timedelta(hours=1)
    publishing.return_to_draft(article, by=editor)
    assert article.status == Article.Status.DRAFT
    assert article.published_at is None


def test_old_news_can_be_published_under_its_own_date(editor):
    article = ArticleFactory(draft=True)
    publishing.publish(article, by=editor, at=timezone.now() - timedelta(days=3000))
    assert article.is_published
    assert article.updated_at == article.published_at


def test_what_is_public_cannot_quietly_become_a_draft(editor):
    article = ArticleFactory()
    with pytest.raises(ValidationError) as refusal:
        publishing.return_to_draft(article, by=editor)
    assert refusal.value.code == "public"


def test_withdrawn_and_back_keeps_the_address(editor):
    article = ArticleFactory()
    address = article.get_absolute_url("ru")
    publishing.withdraw(article, by=editor, reason=REASON)
    assert article.withdrawal_reason_ru == REASON["ru"]
    assert article.withdrawn_at is not None
    publishing.republish(article, by=editor)
    assert article.is_published
    assert article.get_absolute_url("ru") == address


def test_removed_and_restored_is_a_draft(editor):
    article = ArticleFactory()
    publishing.remove(article, by=editor, note="Қате жарияланған")
    assert article.status == Article.Status.REMOVED
    publishing.restore(article, by=editor)
    assert article.status == Article.Status.DRAFT


def test_a_decision_on_a_stale_view_is_refused(editor):
    article = ArticleFactory()
    seen_by_another = Article.objects.get(pk=article.pk)
    publishing.withdraw(article, by=editor, reason=REASON)
    with pytest.raises(ValidationError) as refusal:
        publishing.remove(seen_by_another, by=editor)
    assert refusal.value.code == "changed_meanwhile"
    article.refresh_from_db()
    assert article.status == Article.Status.WITHDRAWN


def test_drafts_cannot_be_withdrawn_or_removed(editor):
    article = ArticleFactory(draft=True)
    with pytest.raises(ValidationError):
        publishing.withdraw(article, by=editor, reason=REASON)
    with pytest.raises(ValidationError):
        publishing.remove(article, by=editor)
