"""Which changes tell the kept pages that they are outdated, and which do not."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from comments import moderation
from news import page_cache, publishing
from news.models import Alert, Page
from news.page_cache import ANY_ARTICLE, SITE, SITE_FORGOTTEN, article_names, tokens
from tests.factories import ArticleFactory, CommentFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renewed(django_capture_on_commit_callbacks):
    """Carry something out; the names of the tokens that it renewed."""

    def carry_out(action, *more_names):
        names = [SITE, SITE_FORGOTTEN, ANY_ARTICLE, *more_names]
        before = dict(zip(names, tokens(*names), strict=True))
        with django_capture_on_commit_callbacks(execute=True):
            action()
        after = dict(zip(names, tokens(*names), strict=True))
        return {name for name in names if before[name] != after[name]}

    return carry_out


def test_publishing_renews_the_site(renewed, editor):
    draft = ArticleFactory(status="draft", published_at=None)
    assert renewed(lambda: publishing.publish(draft, by=editor)) == {SITE}


def test_writing_a_draft_changes_no_public_page(renewed):
    draft = ArticleFactory(status="draft", published_at=None)
    assert renewed(draft.save) == set()


def test_correcting_a_public_article_renews_the_site(renewed):
    assert renewed(ArticleFactory().save) == {SITE}


def test_what_is_removed_is_forgotten_everywhere(renewed, editor):
    article = ArticleFactory()
    assert renewed(lambda: publishing.remove(article, by=editor)) == {SITE, SITE_FORGOTTEN}


def test_a_withdrawn_article_is_forgotten_without_its_notice(renewed, editor):
    article = ArticleFactory()
    token, forgotten = article_names(article.pk)
    reason = {"kk": "Қате", "ru": "Ошибка"}
    assert renewed(
        lambda: publishing.withdraw(article, by=editor, reason=reason), token, forgotten
    ) == {SITE, ANY_ARTICLE, token, forgotten}


def test_sections_alerts_and_pages_renew_the_site(renewed):
    now = timezone.now()
    alert = Alert(text_kk="Боран", starts_at=now, ends_at=now + timezone.timedelta(hours=1))
    page = Page.objects.get(pk="privacy")
    for changed in (SectionFactory(), alert, page):
        assert renewed(changed.save) == {SITE}


def test_approving_a_comment_renews_its_article_alone(renewed, moderator):
    comment = CommentFactory(status="pending")
    token, forgotten = article_names(comment.article_id)
    other = article_names(ArticleFactory().pk)
    approved = renewed(lambda: moderation.approve(comment, by=moderator), token, forgotten, *other)
    assert approved == {ANY_ARTICLE, token}
    undone = renewed(lambda: moderation.undo(comment, by=moderator), token, forgotten, *other)
    assert undone == {ANY_ARTICLE, token, forgotten}


def test_rejecting_what_nobody_saw_renews_nothing(renewed, moderator):
    comment = CommentFactory(status="pending")
    token, forgotten = article_names(comment.article_id)
    assert not renewed(lambda: moderation.mark_as_spam(comment, by=moderator), token, forgotten)


def test_an_operator_tells_of_changes_past_the_portal(renewed, capsys):
    assert renewed(lambda: call_command("refresh_pages")) == {SITE}
    assert renewed(lambda: call_command("refresh_pages", forget=True)) == {SITE, SITE_FORGOTTEN}
    assert "made anew" in capsys.readouterr().out


def test_a_token_tells_its_moment(django_capture_on_commit_callbacks):
    before = timezone.now().timestamp()
    with django_capture_on_commit_callbacks(execute=True):
        page_cache.refresh_site()
    assert before - 1 < page_cache.moment_of(page_cache.site_token()) < before + 10
    assert page_cache.moment_of("") == 0
