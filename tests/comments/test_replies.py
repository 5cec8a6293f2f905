"""One level of replies, official answers, one stream for all languages, permanent addresses."""

import pytest
from django.utils import timezone

from comments import stream, writer
from comments.models import Comment
from tests.comments.conftest import address, key_in
from tests.comments.test_reading import section
from tests.factories import ArticleFactory, CommentFactory, DepartmentFactory

Status = Comment.Status


@pytest.fixture
def question(article):
    return CommentFactory(article=article, text="Когда откроют?", status=Status.APPROVED)


@pytest.fixture
def official(article, question):
    CommentFactory(article=article, parent=question, text="И мне!", status=Status.APPROVED)
    return CommentFactory(
        article=article,
        parent=question,
        text="В мае.",
        status=Status.APPROVED,
        kind="official",
        department=DepartmentFactory(),
    )


def test_the_form_quotes_what_it_answers(client, article, question, write):
    where = f"{address(article)}?reply={question.pk}"
    page = client.get(where).content.decode()
    assert "Когда откроют?" in page
    response = write(article, parent=question.pk, text="В мае?")
    assert response.status_code == 303
    assert Comment.objects.get(text="В мае?").parent == question


def test_an_answer_to_an_answer_stands_beside_it(client, article, question, official, write):
    write(article, parent=official.pk, text="Спасибо!")
    assert Comment.objects.get(text="Спасибо!").parent == question


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn"])
def test_what_is_not_shown_cannot_be_answered_and_no_text_is_lost(
    client, article, question, write, status
):
    Comment.objects.filter(pk=question.pk).update(status=status, withdrawn_at=timezone.now())
    page = client.get(f"{address(article)}?reply={question.pk}").content.decode()
    assert "Когда откроют?" not in page
    assert 'class="notice"' in page
    response = write(article, parent=question.pk, text="Я тоже")
    assert response.status_code == 400
    assert "Я тоже" in response.content.decode()
    assert write(article, key=key_in(response), text="Я тоже").status_code == 303
    assert Comment.objects.get(text="Я тоже").parent is None


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "٣", "0"])
def test_nonsense_is_no_parent(client, article, question, number, write):
    assert client.get(address(article), {"reply": number}).status_code == 200
    assert write(article, parent=number, text="Я тоже").status_code == 400


def test_a_comment_of_another_article_is_no_parent(question, write):
    assert write(ArticleFactory(), parent=question.pk).status_code == 400


def test_an_official_answer_stands_first_under_its_question_with_its_department(
    article, question, official
):
    later = CommentFactory(article=article, text="Другое", status=Status.APPROVED)
    page = section(article)
    order = [page.index(text) for text in ("Когда откроют?", "В мае.", "И мне!", later.text)]
    assert order == sorted(order)
    assert "Отдел жилищного хозяйства" in page
    assert page.count("comment--official") == 1


@pytest.mark.parametrize(
    ("status", "says"), [("withdrawn", "автором"), ("rejected", "не показывается")]
)
def test_replies_stay_when_what_they_answer_goes(article, question, official, status, says):
    Comment.objects.filter(pk=question.pk).update(status=status, withdrawn_at=timezone.now())
    page = section(article)
    assert "Когда откроют?" not in page
    assert question.author_name not in page.partition("В мае.")[0]
    assert "comments__parent" in page
    assert says in page


def test_an_erased_comment_leaves_its_replies(article, question, official):
    writer.erase(question)
    page = section(article)
    assert "Когда откроют?" not in page
    assert "В мае." in page


def test_all_languages_in_one_stream_and_one_at_a_time(article, rf):
    for language, text in (("kk", "Рақмет"), ("ru", "Спасибо"), ("kk", "Жақсы")):
        CommentFactory(article=article, language=language, text=text, status=Status.APPROVED)
    page = section(article, request=rf.get("/"))
    assert "(3):" in page
    assert "?comments_in=kk#comments" in page
    assert "comments_in=en" not in page
    page = section(article, request=rf.get("/?comments_in=kk"))
    assert "(3):" in page
    assert "Спасибо" not in page
    assert page.index("Рақмет") < page.index("Жақсы")
    for wanted in ("en", "xx", "'"):
        assert "Спасибо" in section(article, request=rf.get("/", {"comments_in": wanted}))


def test_there_is_nothing_to_choose_where_there_is_one_language(article):
    CommentFactory.create_batch(2, article=article, status=Status.APPROVED)
    assert "comments__languages" not in section(article)


def test_a_reply_whose_question_is_on_another_page_says_what_it_answers(
    article, question, monkeypatch, rf
):
    monkeypatch.setattr(stream, "PER_PAGE", 2)
    replies = CommentFactory.create_batch(
        3, article=article, parent=question, status=Status.APPROVED
    )
    page = section(article, request=rf.get("/?comments=2"))
    assert f'href="/ru/c/{question.pk}/"' in page
    assert page.count("<article") == 2
    assert stream.address(replies[-1], "ru").endswith(f"?comments=2#comment-{replies[-1].pk}")


def test_the_permanent_address_finds_the_page(client, article, question, monkeypatch):
    monkeypatch.setattr(stream, "PER_PAGE", 1)
    second = CommentFactory(article=article, status=Status.APPROVED)
    for language in ("kk", "ru", "en"):
        response = client.get(f"/{language}/c/{second.pk}/")
        expected = f"{article.get_absolute_url(language)}?comments=2#comment-{second.pk}"
        assert (response.status_code, response.url) == (302, expected)


@pytest.mark.parametrize("status", ["pending", "rejected", "spam"])
def test_what_is_not_public_has_no_address(client, article, status):
    comment = CommentFactory(article=article, status=status)
    for number in (comment.pk, comment.pk + 1, 10**18, 10**30):
        assert client.get(f"/ru/c/{number}/").status_code == 404
        assert client.get(f"/ru/c/{number}/report/").status_code == 404


def test_comments_are_kept_out_of_search_snippets(article, question):
    assert "data-nosnippet" in section(article)
