"""A moderator works through the queue; readers see what was approved and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Comment
from tests.factories import ArticleFactory, CommentFactory

QUEUE = "/admin/comments/comment/"


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.fixture
def comments(article):
    """Waiting, the oldest first; stored the other way round."""
    return [
        CommentFactory(
            article=article,
            author_name=f"Читатель {number}",
            text=f"Слово читателя номер {number}",
            language="ru",
            created_at=timezone.now() - timedelta(hours=10 - number),
        )
        for number in (5, 4, 3, 2, 1)
    ][::-1]


def test_from_the_desk_to_what_a_reader_sees(sign_in, open_page, article, comments):
    kind, rude, *adverts = comments
    page = sign_in("Moderators", "moderator")
    expect(page.locator(".desk-list strong")).to_have_text("5")
    page.locator(".desk-list a").click()
    expect(page.locator(".queue-tabs [aria-current] .queue-tabs__count")).to_have_text("5")
    expect(page.locator(".queue__author")).to_have_text([c.author_name for c in comments])
    expect(page.locator(".queue__article").first).to_contain_text(article.headline_ru)

    decide(page, "approve", kind)
    page.select_option(f"[name=reason-{rude.pk}]", "insult")
    decide(page, "reject", rude)
    for comment in adverts:
        page.locator(f"[name=_selected_action][value='{comment.pk}']").check()
    page.click("button[name=action][value=spam]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".queue__row")).to_have_count(0)

    page.locator(".queue-tabs a[href*='tab=spam']").click()
    expect(page.locator(".queue__row")).to_have_count(3)
    decide(page, "undo", adverts[0])
    page.locator(".queue-tabs a[href*='tab=waiting']").click()
    expect(page.locator(".queue__author")).to_have_text([adverts[0].author_name])
    expect(page.locator(".queue__decision")).to_contain_text("moderator")

    reader = open_page(javascript=False, width=360)
    reader.goto(article.get_absolute_url("ru"))
    expect(reader.locator(".comments__heading")).to_have_text("Комментарии (1):")
    expect(reader.locator(".comment__text")).to_have_text([kind.text])
    reader.goto(rude.get_receipt_url().replace("/kk/", "/ru/"))
    expect(reader.locator(".receipt")).to_contain_text("Оскорбления")


def test_the_second_of_two_moderators_is_told(sign_in, comments):
    comment = comments[0]
    first, second = sign_in("Moderators", "aigul"), sign_in("Moderators", "serik")
    first.goto(QUEUE)
    second.goto(QUEUE)
    decide(first, "approve", comment)
    second.click(f"[name=decide][value='spam:{comment.pk}']")
    expect(second.locator(".queue-told.is-trouble .queue-told__text")).to_contain_text("aigul")
    comment.refresh_from_db()
    assert comment.status == Comment.Status.APPROVED
    assert [decision.moderator for decision in comment.decisions.all()] == ["aigul"]


def test_a_moderator_meets_no_articles(sign_in, article):
    page = sign_in("Moderators", "moderator")
    expect(page.locator("#content a[href^='/admin/news/']")).to_have_count(0)
    assert page.goto(f"/admin/news/article/{article.pk}/change/").status == 403


def decide(page, verb, comment):
    page.click(f"[name=decide][value='{verb}:{comment.pk}']")
    expect(page.locator(f"#comment-{comment.pk}")).to_have_count(0)
    expect(page.locator(".queue-told__text")).not_to_be_empty()
