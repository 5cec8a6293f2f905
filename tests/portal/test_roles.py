"""Every admin page × every role: what each may open, and what each may not."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from comments.models import ModerationRule
from news import revisions
from news.models import Alert, PreparedChange
from portal import roles
from tests.factories import ArticleFactory, CommentFactory, PictureFactory, QuestionFactory

LATER = datetime(2099, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db

# page -> roles that see it; everybody else gets 403 (or, signed out, the sign-in page)
EVERYBODY = {"press", "editor", "moderator", "answers", "admin"}
OFFICE = {"press", "editor", "admin"}
MATRIX = {
    "index": EVERYBODY,
    "news_article_changelist": OFFICE,
    "news_article_add": OFFICE,
    "news_article_change": OFFICE,
    "news_article_history": OFFICE,
    "news_article_preview": OFFICE,
    "news_article_publish": {"editor", "admin"},
    "news_article_withdraw": {"editor", "admin"},
    "news_article_remove": {"editor", "admin"},
    "news_article_trash": OFFICE,
    "news_article_calendar": OFFICE,
    "news_article_revisions": OFFICE,
    "news_article_compare": OFFICE,
    "news_article_restore_revision": OFFICE,
    "news_article_prepare": OFFICE,
    "news_article_prepared": OFFICE,
    "news_article_prepared_preview": OFFICE,
    "news_article_prepared_compare": OFFICE,
    "news_article_prepared_review": OFFICE,
    "news_article_prepared_drop": OFFICE,
    "news_article_prepared_publish": {"editor", "admin"},
    "news_picture_changelist": OFFICE,
    "news_picture_add": OFFICE,
    "news_picture_change": OFFICE,
    "news_picture_replace": OFFICE,
    "news_picture_delete": {"editor", "admin"},
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
    "news_missedsearch_changelist": {"editor", "admin"},
    "news_missedsearch_add": set(),
    "news_noticetemplate_changelist": OFFICE,
    "news_noticetemplate_add": {"editor", "admin"},
    "comments_comment_changelist": {"moderator", "admin"},
    "comments_comment_change": {"moderator", "admin"},
    "comments_comment_add": set(),
    "comments_comment_delete": set(),
    "comments_moderationrule_changelist": {"moderator", "admin"},
    "comments_moderationrule_add": {"moderator", "admin"},
    "comments_moderationrule_change": {"moderator", "admin"},
    "comments_moderationrule_delete": set(),
    "comments_question_changelist": {"moderator", "answers", "admin"},
    "comments_question_change": {"moderator", "answers", "admin"},
    "comments_question_assign": {"moderator", "answers", "admin"},
    "comments_question_officially": {"editor", "moderator", "answers", "admin"},
    "comments_question_add": set(),
    "comments_question_delete": set(),
    "comments_department_changelist": {"moderator", "answers", "admin"},
    "comments_department_add": {"admin"},
    "comments_commentsswitch_add": {"editor", "admin"},
    "comments_moderator_changelist": {"admin"},
    "comments_moderator_add": {"admin"},
    "comments_agreement_changelist": {"admin"},
    "comments_agreement_add": {"admin"},
    "comments_identity_changelist": {"admin"},
    "comments_identity_add": set(),
    "comments_identitylook_changelist": {"admin"},
    "comments_identitylook_add": set(),
    "comments_purge_changelist": {"admin"},
    "comments_purge_add": set(),
    "comments_digest_add": set(),  # everybody's own: tests/comments/test_notices.py
    "auth_user_changelist": {"admin"},
    "portal_auditentry_changelist": {"admin"},
    "portal_auditentry_add": set(),
    "account": EVERYBODY,
    "figures": OFFICE,
    "article_figures": OFFICE,
    "auth_group_changelist": {"admin"},
    "news_outgoingmail_changelist": {"admin"},
    "news_outsidelink_changelist": OFFICE,
    "news_outsidelink_add": set(),
    "news_article_languages": OFFICE,
    "news_outgoingmail_add": set(),
    "portal_jobrun_changelist": {"admin"},
    "portal_jobrun_add": set(),
}

NO_MODEL = {"index", "account", "figures", "article_figures"}


@pytest.fixture
def address():
    article = ArticleFactory(draft=True)
    comment = CommentFactory()
    picture = PictureFactory()
    rule = ModerationRule.objects.create(kind="links")
    question = QuestionFactory()
    article_out = ArticleFactory()
    alert = Alert.objects.create(text_kk="Су болмайды", text_ru="Воды не будет", ends_at=LATER)
    changed = ArticleFactory()
    revisions.record(changed, by=None)
    PreparedChange.objects.create(
        article=changed, base=changed.revisions.get(), content=revisions.snapshot(changed)
    )
    arguments = {
        "news_article_withdraw": [article_out.pk],
        "news_article_remove": [article_out.pk],
        "news_article_trash": [article.pk],
        "news_article_revisions": [changed.pk],
        "news_article_compare": [changed.pk],
        "news_article_restore_revision": [changed.pk, 1],
        "news_article_prepare": [article_out.pk],
        "news_article_prepared": [changed.pk],
        "news_article_prepared_preview": [changed.pk, "kk"],
        "news_article_prepared_compare": [changed.pk],
        "news_article_prepared_review": [changed.pk],
        "news_article_prepared_drop": [changed.pk],
        "news_article_prepared_publish": [changed.pk],
        "news_article_change": [article.pk],
        "article_figures": [article.pk],
        "news_article_history": [article.pk],
        "news_article_delete": [article.pk],
        "news_article_preview": [article.pk, "kk"],
        "news_article_publish": [article.pk],
        "news_picture_change": [picture.pk],
        "news_picture_replace": [picture.pk],
        "news_picture_delete": [picture.pk],
        "news_alert_change": [alert.pk],
        "news_page_change": ["privacy"],
        "news_page_delete": ["privacy"],
        "comments_comment_change": [comment.pk],
        "comments_comment_delete": [comment.pk],
        "comments_moderationrule_change": [rule.pk],
        "comments_moderationrule_delete": [rule.pk],
        "comments_question_change": [question.pk],
        "comments_question_delete": [question.pk],
        "comments_question_assign": [comment.pk],
    }
    queries = {"comments_question_officially": f"?article={article_out.pk}"}
    return lambda page: reverse(f"admin:{page}", args=arguments.get(page)) + queries.get(page, "")


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
    known = {"_".join(page.split("_")[:2]) for page in MATRIX if page not in NO_MODEL}
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
