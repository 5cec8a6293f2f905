"""The answer desk: a department, a due day, a draft, a second person, a public answer."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments import answers, working_days
from comments.models import Comment, Question
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    DepartmentFactory,
    QuestionFactory,
    UserFactory,
)

Status = Question.Status
DESK = "/admin/comments/question/"


@pytest.fixture
def answers_(answers):
    """The first person of the desk; the module of the verbs has the short name here."""
    return answers


@pytest.fixture
def second(db):
    return UserFactory(username="second", role="Answer desk")


@pytest.fixture
def question(db):
    return QuestionFactory()


def draft(question, by, text="Судың берілуі 1 желтоқсанға жоспарланған."):
    answers.write(question, text=text, language="kk", by=by)


def test_a_question_goes_to_a_department_for_a_working_day(moderator, clock, article):
    comment = CommentFactory(article=article)  # it is Friday
    question = answers.assign(comment, DepartmentFactory(), by=moderator)
    assert question.due_on == date(2026, 11, 27)
    assert question.steps.get().taken_by == moderator
    again = answers.assign(
        comment, DepartmentFactory(), by=moderator, due_on=timezone.localdate() + timedelta(days=1)
    )
    assert again.pk == question.pk
    assert question.steps.count() == 2


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_working_days_are_worked(day, count):
    due = working_days.after(day, count)
    assert working_days.is_working(due)
    assert sum(
        working_days.is_working(day + timedelta(n + 1)) for n in range((due - day).days)
    ) == (count)


def test_holidays_are_no_working_days(settings):
    assert working_days.after(date(2026, 12, 15), 1) == date(2026, 12, 17)
    settings.NON_WORKING_DAYS = ["2026-12-15"]
    assert working_days.after(date(2026, 12, 14), 1) == date(2026, 12, 16)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"status": "rejected"}, "not_open"), ({"status": "spam"}, "not_open")],
)
def test_what_is_not_to_be_answered_is_no_question(moderator, fields, code):
    with pytest.raises(ValidationError) as refusal:
        answers.assign(CommentFactory(**fields), DepartmentFactory(), by=moderator)
    assert refusal.value.code == code


def test_a_day_gone_by_is_refused(moderator):
    with pytest.raises(ValidationError) as refusal:
        answers.assign(CommentFactory(), DepartmentFactory(), by=moderator, due_on=date(2020, 1, 1))
    assert refusal.value.code == "past"


def test_an_answer_is_published_by_another_than_its_writer(client, question, answers_, second):
    draft(question, answers_)
    with pytest.raises(ValidationError) as refusal:
        answers.pass_answer(question, by=answers_)
    assert refusal.value.code == "own_draft"
    answer = answers.pass_answer(question, by=second)
    assert (answer.kind, answer.parent, answer.status) == (
        "official",
        question.comment,
        "approved",
    )
    assert answer.decisions.get().decided_by == second
    assert [step.status_after for step in question.steps.all()] == ["answered", "drafted"]
    page = client.get(question.comment.article.get_absolute_url("kk")).content.decode()
    assert "1 желтоқсанға жоспарланған" in page
    assert "Тұрғын үй бөлімі" in page
    with pytest.raises(ValidationError):
        answers.pass_answer(question, by=second)


def test_an_answer_waits_until_its_question_is_public(answers_, second):
    question = QuestionFactory(comment__status="pending")
    draft(question, answers_)
    with pytest.raises(ValidationError) as refusal:
        answers.pass_answer(question, by=second)
    assert refusal.value.code == "not_public"


def test_a_draft_changed_meanwhile_is_not_passed_unread(question, answers_, second):
    draft(question, answers_)
    stale = Question.objects.get()
    draft(question, answers_, text="Иначе")
    with pytest.raises(ValidationError) as refusal:
        answers.pass_answer(stale, by=second)
    assert refusal.value.code == "changed"


def test_sent_back_with_words_and_dropped_with_a_reason(question, answers_, second):
    draft(question, answers_)
    for verb in (answers.send_back, answers.drop):
        with pytest.raises(ValidationError):
            verb(question, by=second, words=" ")
    answers.send_back(question, by=second, words="Назовите день")
    assert question.status == Status.WAITING
    answers.drop(question, by=second, words="Ответ уже есть в новости")
    assert question.status == Status.DROPPED
    assert question.steps.first().words == "Ответ уже есть в новости"


@pytest.mark.parametrize("role", ["Press officers", "Editors", "Moderators"])
def test_only_the_answer_desk_answers(question, role):
    person = UserFactory(role=role)
    for act in (
        lambda: draft(question, person),
        lambda: answers.pass_answer(question, by=person),
        lambda: answers.drop(question, by=person, words="нет"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Question.objects.get().status == Status.WAITING


def test_staff_comments_skip_the_queue_and_are_marked(client, moderator):
    article = ArticleFactory()
    client.force_login(moderator)
    where = f"{DESK}officially/?article={article.pk}"
    assert (
        'class="errorlist"' in client.post(where, {"text": "", "language": "ru"}).content.decode()
    )
    client.post(where, {"text": "Приём перенесён на среду.", "language": "ru"})
    comment = Comment.objects.get()
    assert (comment.kind, comment.status, comment.language) == ("staff", "approved", "ru")
    assert comment.decisions.get().decided_by == moderator
    assert "Пресс-служба" in comment.author_name


def test_the_desk_shows_what_is_overdue(client, answers_, question):
    QuestionFactory(comment__text="Давний вопрос?", due_on=timezone.localdate() - timedelta(days=1))
    client.force_login(answers_)
    page = client.get(f"{DESK}?status=overdue").content.decode()
    assert "Давний вопрос?" in page
    assert "Су қашан" not in page
    assert "status=overdue" in client.get("/admin/").content.decode()


def test_the_desk_has_a_tab_for_each_state_and_says_whose_turn_it_is(client, answers_, second):
    waiting, mine = QuestionFactory(), QuestionFactory(comment__text="Жол қашан салынады?")
    draft(mine, by=answers_)
    client.force_login(answers_)
    page = client.get(DESK)
    assert {tab["name"]: tab["count"] for tab in page.context["tabs"]} == {
        "waiting": 1, "drafted": 1, "overdue": 0, "answered": 0, "dropped": 0,
    }  # fmt: skip
    assert page.context["rows"] == [(waiting, True)]
    assert client.get(DESK, {"status": "drafted"}).context["rows"] == [(mine, False)]
    client.force_login(second)
    assert client.get(DESK, {"status": "drafted"}).context["rows"] == [(mine, True)]
    theirs = client.get(DESK, {"department": waiting.department.pk, "status": "x", "page": "x"})
    assert theirs.context["rows"] == [(waiting, True)]


@pytest.mark.parametrize("questions", [1, 50])
def test_the_desk_costs_the_same_however_much_is_asked(
    client, answers_, questions, django_assert_max_num_queries
):
    QuestionFactory.create_batch(questions)
    client.force_login(answers_)
    with django_assert_max_num_queries(12):
        assert len(client.get(DESK).context["rows"]) == questions


def test_an_answer_is_at_first_in_the_language_of_its_question(client, answers_):
    question = QuestionFactory(comment__language="ru", comment__text="Когда дадут воду?")
    client.force_login(answers_)
    page = client.get(f"{DESK}{question.pk}/change/").content.decode()
    assert '<option value="ru" selected>' in page


def test_after_handing_a_question_on_the_moderator_is_back_in_the_queue(client, moderator, article):
    comment = CommentFactory(article=article)
    client.force_login(moderator)
    queue = "/admin/comments/comment/?tab=held"
    due = timezone.localdate() + timedelta(days=3)
    data = {"department": DepartmentFactory().pk, "due_on": f"{due:%Y-%m-%d}"}
    response = client.post(f"{DESK}assign/{comment.pk}/?next={quote(queue)}", data)
    assert response["Location"] == queue
    foreign = f"{DESK}assign/{comment.pk}/?next=https://elsewhere.example/"
    assert client.post(foreign, data)["Location"].endswith(f"/comment/{comment.pk}/change/")


def test_on_its_page_a_question_is_answered_step_by_step(client, answers_, second, question):
    page = f"{DESK}{question.pk}/change/"
    client.force_login(answers_)
    empty = client.post(page, {"step": "write", "draft": " ", "language": "kk"})
    assert empty.status_code == 200
    client.post(page, {"step": "write", "draft": "Ертең\r\nболады", "language": "kk"})
    seen = {"seen_status": "drafted", "seen_draft": "Ертең\r\nболады"}
    client.post(page, {"step": "pass", **seen})
    assert Question.objects.get().status == Status.DRAFTED  # one's own
    client.force_login(second)
    assert client.post(page, {"step": "nothing"}).status_code == 403
    client.post(page, {"step": "pass", **seen})
    assert Question.objects.get().answer.text == "Ертең\nболады"


def test_the_article_list_tells_what_was_asked(client, editor, question):
    QuestionFactory(comment__article=question.comment.article, status="answered")
    client.force_login(editor)
    text = client.get("/admin/news/article/").content.decode()
    assert "жауап берілді: 1, күтуде: 1" in text
