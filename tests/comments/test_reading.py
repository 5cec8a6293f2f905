"""The comments under an article, and the receipt."""

import pytest
from django.template import Context, Template
from django.utils import translation

from comments import moderation, stream
from comments.models import Comment
from tests.factories import ArticleFactory, CommentFactory, DepartmentFactory

Status = Comment.Status


def section(article, language="ru", request=None, **context):
    with translation.override(language):
        return Template("{% load comments %}{% comment_section article %}").render(
            Context({"article": article, "request": request, "LANGUAGE_CODE": language, **context})
        )


def test_approved_comments_in_order_with_their_language(article):
    for text in ("Первый", "Второй"):
        CommentFactory(article=article, text=text, language="kk", status=Status.APPROVED)
    for status in (Status.PENDING, Status.REJECTED, Status.SPAM):
        CommentFactory(article=article, text="Скрыто", status=status)
    page = section(article)
    assert page.index("Первый") < page.index("Второй")
    assert "Скрыто" not in page
    assert page.count('lang="kk"') == 2
    assert "(2):" in page


def test_text_stays_text(article):
    CommentFactory(
        article=article,
        author_name="<i>Ира</i>",
        text="<img src=x onerror=alert(1)>",
        status=Status.APPROVED,
    )
    page = section(article)
    assert "<img" not in page
    assert "<i>" not in page


@pytest.mark.parametrize("comments", [0, 1, 50])
def test_it_costs_the_same_however_many_comments(article, django_assert_num_queries, comments):
    department = DepartmentFactory()
    for parent in CommentFactory.create_batch(comments, article=article, status=Status.APPROVED):
        CommentFactory(
            article=article,
            parent=parent,
            status=Status.APPROVED,
            kind="official",
            department=department,
        )
    with django_assert_num_queries(2):  # one asks whether comments are open at all
        section(article)


def test_a_thousand_comments_stay_a_page(article, rf, monkeypatch):
    monkeypatch.setattr(stream, "PER_PAGE", 10)
    comments = CommentFactory.create_batch(25, article=article, status=Status.APPROVED)
    first = section(article, request=rf.get("/"))
    assert first.count("<article") == 10
    assert "(25):" in first
    assert 'href="?comments=2#comments"' in first
    last = section(article, request=rf.get("/?comments=3"))
    assert last.count("<article") == 5
    assert "21–25" in last
    for wanted in ("0", "-1", "x", "٣", "9" * 5000, "99"):
        page = section(article, request=rf.get("/", {"comments": wanted}))
        assert page.count("<article") in (5, 10)
    assert stream.address(comments[-1], "ru").endswith(f"?comments=3#comment-{comments[-1].pk}")
    assert stream.address(comments[0], "ru").endswith(f"/#comment-{comments[0].pk}")


def test_the_way_to_write_one_is_there_only_where_it_leads_somewhere(article, settings):
    assert "/comments/" in section(article)
    assert "/comments/" not in section(article, preview=True)
    article.comments_state = "closed"
    assert "/comments/" not in section(article)
    assert "comments__closed" in section(article)
    article.comments_state = "open"
    settings.COMMENTS_ENABLED = False
    assert "/comments/" not in section(article)


@pytest.mark.parametrize("trait", ["draft", "withdrawn"])
def test_articles_that_are_not_public_offer_no_form(db, trait):
    page = section(ArticleFactory(**{trait: True}))
    assert "/comments/" not in page
    assert "comments__closed" not in page


# --- the receipt ---


def receipt(client, comment, language="ru"):
    return client.get(f"/{language}/r/{comment.receipt_token}/")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_receipt_is_private(client, article, language):
    response = receipt(client, CommentFactory(article=article), language)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    page = response.content.decode()
    assert "Рақмет, жақсы жаңалық!" in page
    assert "receipt__state--pending" in page
    assert f'href="{article.get_absolute_url(language)}"' in page


def test_the_receipt_follows_the_decisions(client, article, moderator):
    comment = CommentFactory(article=article)
    moderation.approve(comment, by=moderator)
    page = receipt(client, comment).content.decode()
    assert f'href="{article.get_absolute_url("ru")}#comment-{comment.pk}"' in page
    moderation.reject(comment, by=moderator, reason="personal_data", note="Без <номеров>")
    page = receipt(client, comment).content.decode()
    with translation.override("ru"):
        assert comment.last_decision.get_reason_display() in page
    assert "Без &lt;номеров&gt;" in page
    moderation.mark_as_spam(comment, by=moderator)
    page = receipt(client, comment).content.decode()
    assert "receipt__state--spam" in page
    assert moderator.username not in page


def test_the_receipt_of_a_comment_on_a_removed_article_quotes_nothing_of_it(client, article):
    comment = CommentFactory(article=article, status=Status.APPROVED)
    article.status = "removed"
    article.save()
    page = receipt(client, comment).content.decode()
    assert article.headline_ru not in page
    assert article.get_absolute_url("ru") not in page


@pytest.mark.parametrize("token", ["x", "A" * 22, "A" * 500])
def test_nobody_guesses_a_receipt(client, db, token):
    assert client.get(f"/ru/r/{token}/").status_code == 404


def test_a_null_byte_in_a_receipt_address(client, db):
    assert client.get("/ru/r/%00/").status_code == 404
