"""What a writer can see and do with the private address of a comment, and when."""

import json
import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils.translation import override

from comments import moderation, notices, receipt_views, writer
from comments.identity import vault
from comments.models import Comment, CommentReport, ModerationDecision, Question
from tests.factories import CommentFactory, DepartmentFactory, QuestionFactory

Status = Comment.Status
SECRETS = ("Тайное имя", "Тайный текст", "тайна", "f" * 64)


@pytest.fixture
def comment(article):
    return CommentFactory(
        article=article, author_name="Тайное имя", text="Тайный текст", sender_hash="f" * 64
    )


def address(comment, verb=""):
    return f"/ru/r/{comment.receipt_token}/{verb and verb + '/'}"


def act(client, comment, verb, **data):
    return client.post(address(comment, verb), data)


def see(client, comment, verb=""):
    response = client.get(address(comment, verb))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    return response.content.decode()


def version_in(page):
    return re.search('name="version" value="([0-9]+)"', page)[1]


# --- waiting ---


def test_how_many_wait_before_it(client, article, comment, monkeypatch):
    assert "Следующим прочитают его." in see(client, comment)
    CommentFactory.create_batch(3, article=article, created_at=comment.created_at)  # later ones
    CommentFactory.create_batch(
        2, article=article, created_at=comment.created_at - timedelta(minutes=1)
    )
    CommentFactory(article=article, status=Status.APPROVED, created_at=article.published_at)
    assert "Перед ним 2 комментария." in see(client, comment)
    monkeypatch.setattr(receipt_views, "MOST_AHEAD", 1)
    assert "Перед ним больше 1" in see(client, comment)


def test_a_receipt_costs_the_same_at_any_length_of_the_queue(
    client, article, comment, django_assert_max_num_queries
):
    earlier = comment.created_at - timedelta(minutes=1)
    CommentFactory.create_batch(50, article=article, created_at=earlier)
    with django_assert_max_num_queries(8):
        see(client, comment)


def test_the_number_on_the_page_is_the_one_that_leads_back(client, comment):
    number = re.search('receipt__code">([0-9 ]+)<', see(client, comment))[1]
    response = client.post("/ru/r/", {"code": number})
    assert response.url == address(comment)


# --- correcting ---


def test_a_waiting_comment_can_be_corrected_for_ten_minutes(client, comment, clock):
    page = see(client, comment, "correct")
    clock.shift(599)
    data = {"name": "Айгүл", "text": "Исправлено", "version": version_in(page)}
    assert act(client, comment, "correct", **data).url == address(comment)
    comment.refresh_from_db()
    assert (comment.author_name, comment.text, comment.version) == ("Айгүл", "Исправлено", 2)
    assert "Исправлен" in see(client, comment)
    clock.shift(2)
    assert "<textarea" not in see(client, comment, "correct")
    response = act(client, comment, "correct", **data | {"text": "Ещё раз", "version": 2})
    assert response.status_code == 400
    assert "Ещё раз" in response.content.decode()
    comment.refresh_from_db()
    assert comment.text == "Исправлено"


def test_a_decided_comment_cannot_be_corrected_and_the_words_are_kept(client, comment, moderator):
    page = see(client, comment, "correct")
    moderation.approve(comment, by=moderator)
    data = {"name": "Айгүл", "text": "Опоздал", "version": version_in(page)}
    response = act(client, comment, "correct", **data)
    assert response.status_code == 400
    assert "Опоздал" in response.content.decode()
    assert Comment.objects.get().text == "Тайный текст"


def test_who_corrects_in_two_windows_is_told(client, comment):
    page = see(client, comment, "correct")
    data = {"name": "Айгүл", "version": version_in(page)}
    act(client, comment, "correct", **data, text="Первое окно")
    response = act(client, comment, "correct", **data, text="Второе окно")
    page = response.content.decode()
    assert response.status_code == 400
    assert "Первое окно" in page
    assert "Второе окно" in page
    act(client, comment, "correct", name="Айгүл", text="Второе окно", version=version_in(page))
    assert Comment.objects.get().text == "Второе окно"


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"name": "\u200b"}, {"text": "я" * 3001}, {"version": "x"}]
)
def test_a_correction_obeys_the_same_limits(client, comment, wrong):
    data = {"name": "Айгүл", "text": "Исправлено", "version": 1} | wrong
    assert act(client, comment, "correct", **data).status_code == 400
    assert Comment.objects.get().text == "Тайный текст"


# --- withdrawing, deleting ---


@pytest.mark.parametrize("status", [Status.PENDING, Status.APPROVED])
def test_a_comment_is_withdrawn_once_and_for_all(client, comment, moderator, status):
    if status == Status.APPROVED:
        moderation.approve(comment, by=moderator)
    see(client, comment, "withdraw")
    for _twice in range(2):
        assert act(client, comment, "withdraw").url == address(comment)
    assert Comment.objects.get().status == Status.WITHDRAWN
    assert not Comment.objects.approved().exists()
    assert not Comment.objects.pending().exists()
    assert "Вы отозвали комментарий." in see(client, comment)


@pytest.mark.parametrize("status", [s for s in Status.values if s != "withdrawn"])
def test_deleting_leaves_nothing_of_the_writer_in_any_table(client, comment, moderator, status):
    if status != "pending":
        verb = {"approved": moderation.approve, "spam": moderation.mark_as_spam}.get(status)
        if verb:
            verb(comment, by=moderator)
        else:
            moderation.reject(comment, by=moderator, reason="insult", note="Вы писали: тайна")
            writer.ask_second_look(comment, words="тайна")
    CommentReport.objects.create(comment=comment, reason="insult", words="тайна", language="ru")
    question = QuestionFactory(comment=comment, draft="Вы спрашивали: тайна")
    question.steps.create(
        status_after="drafted",
        department=question.department,
        due_on=question.due_on,
        words="тайна",
    )
    see(client, comment, "erase")
    for _twice in range(2):
        assert act(client, comment, "erase").url == address(comment)
    page = see(client, comment)
    assert "удалены" in page
    for secret in SECRETS:
        assert secret not in page
        assert secret not in everything_stored()
    assert ModerationDecision.objects.count() == (status != "pending")  # the account's numbers
    assert Comment.objects.get().created_at == comment.created_at


def everything_stored():
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("comments_", "django_admin_log")):
                cursor.execute(f'SELECT * FROM "{table}"')
                texts.append(str(cursor.fetchall()))
    return "".join(texts)


def test_an_erased_comment_can_do_nothing_more(client, comment):
    writer.erase(comment)
    for verb in ("withdraw", "second-look"):
        act(client, comment, verb)
    assert act(client, comment, "correct", name="Ай", text="Вернулся", version=1).status_code == 400
    assert Comment.objects.get().text == ""


# --- a second look ---


@pytest.mark.parametrize("verb", ["reject", "mark_as_spam"])
def test_a_second_look_is_asked_for_once(client, comment, moderator, verb):
    extra = {"reason": "insult"} if verb == "reject" else {}
    getattr(moderation, verb)(comment, by=moderator, **extra)
    see(client, comment, "second-look")
    assert act(client, comment, "second-look", words="я" * 501).status_code == 400
    assert act(client, comment, "second-look", words="Это не так").url == address(comment)
    comment.refresh_from_db()
    assert comment.second_look_asked_at
    assert comment.second_look_words == "Это не так"
    assert comment.waits_for_second_look
    assert "другой модератор" in see(client, comment)
    assert act(client, comment, "second-look", words="Ещё").status_code == 400
    assert Comment.objects.get().second_look_words == "Это не так"


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_there_is_nothing_to_look_at_again_before_a_rejection(client, comment, status):
    Comment.objects.update(status=status)
    assert act(client, comment, "second-look").status_code == 400
    assert Comment.objects.get().second_look_asked_at is None


# --- the answer ---


def test_the_receipt_shows_the_official_answer(client, article, comment):
    answer = CommentFactory(
        article=article,
        parent=comment,
        text="Ответ <b>отдела</b>",
        kind="official",
        department=DepartmentFactory(),
        status=Status.APPROVED,
    )
    assert "Ответ" not in see(client, comment)
    Comment.objects.filter(pk=comment.pk).update(status=Status.APPROVED)
    page = see(client, comment)
    assert "Ответ &lt;b&gt;отдела" in page
    assert answer.department.name_ru in page


def test_the_receipt_says_when_it_was_decided_and_where_the_rules_are(client, comment, moderator):
    assert "Решение принято" not in see(client, comment)
    moderation.reject(comment, by=moderator, reason="insult", note="Без грубостей, пожалуйста")
    page = see(client, comment)
    assert "Решение принято" in page
    assert "Оскорбления" in page
    assert "Без грубостей" in page
    with override("ru"):
        assert reverse("page", args=["comment-rules"]) in page.split("receipt__number")[0]


def test_the_receipt_says_which_department_is_to_answer(client, comment):
    question = QuestionFactory(comment=comment)
    assert question.department.name_ru in see(client, comment)
    Question.objects.update(status="dropped")
    assert question.department.name_ru not in see(client, comment)


def test_what_is_kept_can_be_taken_along_with_the_number_alone(client, comment, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1"
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]
    notices.ask(comment, "aigul@example.kz", "ru")
    answer = client.get(address(comment, "export"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    taken = json.loads(answer.content)
    assert taken["comments"][0]["text"] == "Тайный текст"
    assert "aigul" not in answer.content.decode()  # the number may have been told on the phone


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("correct", {"name": "Ай", "text": "Долго писал", "version": 1}),
        ("second-look", {"words": "Долго писал"}),
        ("letters", {"address": "dolgo.pisal@example.kz"}),
    ],
)
def test_what_the_database_does_not_take_comes_back(
    client, comment, settings, monkeypatch, verb, words
):
    settings.EMAIL_URL = "smtp://127.0.0.1"
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]

    def away(*_args, **_kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(receipt_views, "_of", away)
    answer = client.post(address(comment, verb), words, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 503
    assert f'action="{address(comment, verb)}"' in answer.text
    for name, value in words.items():
        assert f'name="{name}"' in answer.text
        assert str(value) in answer.text
    assert "server closed" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("verb", ["", "correct", "withdraw", "second-look", "erase"])
def test_nobody_guesses_what_can_be_done(client, comment, verb):
    where = address(comment, verb).replace(comment.receipt_token, "A" * 22)
    assert client.get(where).status_code == 404
    assert client.post(where).status_code in (404, 405)
