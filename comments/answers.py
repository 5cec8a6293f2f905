"""The answer desk's verbs: a question goes to a department, a draft passes a second person.

Nothing else changes the state of a question; every step is recorded.
"""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from comments import articles, moderators, notices, working_days
from comments.articles import Article
from comments.models import Comment, Department, ModerationDecision, Question, QuestionStep

Status = Question.Status


def may_assign(user: User) -> bool:
    return user.has_perm("comments.assign_question")


def may_comment_officially(user: User) -> bool:
    return user.has_perm("comments.comment_officially")


def usual_due_day() -> date:
    return working_days.after(timezone.localdate(), settings.COMMENTS_ANSWER_WORKING_DAYS)


def overdue() -> QuerySet[Question]:
    still_open = Question.objects.filter(status__in=[Status.WAITING, Status.DRAFTED])
    return still_open.filter(due_on__lt=timezone.localdate())


def expected(comment: Comment) -> Question | None:
    """The question that a comment became, as long as an answer to it is expected."""
    question = getattr(comment, "question", None)
    is_alive = comment.status in (Comment.Status.PENDING, Comment.Status.APPROVED)
    return question if question and question.is_open and is_alive else None


def to_write() -> QuerySet[Question]:
    return Question.objects.filter(status=Status.WAITING)


def drafts_for(user: User) -> QuerySet[Question]:
    """What waits for this person as the second one: nobody passes what they wrote themselves."""
    if not user.has_perm("comments.pass_answer"):
        return Question.objects.none()
    return Question.objects.filter(status=Status.DRAFTED).exclude(drafted_by=user)


def counts_of(article_ids: list[int]) -> dict[int, dict[str, int]]:
    """For each article that has questions, how many have which status; one query."""
    rows = (
        Question.objects.filter(comment__article__in=article_ids)
        .order_by()
        .values("comment__article", "status")
        .annotate(questions=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["comment__article"], {})[row["status"]] = row["questions"]
    return counts


@transaction.atomic
def assign(
    comment: Comment, department: Department, *, by: User, due_on: date | None = None
) -> Question:
    """Give a comment to a department as a question; once more: to another, or for another day."""
    if not may_assign(by) or not moderators.may_see(by, comment):
        raise PermissionDenied
    stored = Comment.objects.select_for_update().get(pk=comment.pk)
    if stored.status not in (Comment.Status.PENDING, Comment.Status.APPROVED):
        raise ValidationError(
            _("Only a comment that waits or is public can be a question."), code="not_open"
        )
    if stored.parent_id or stored.kind != Comment.Kind.CITIZEN:
        raise ValidationError(_("Only a reader’s first comment is answered."), code="is_reply")
    due_on = due_on or usual_due_day()
    if due_on < timezone.localdate():
        raise ValidationError(_("The day is past."), code="past")
    question = Question.objects.filter(comment=stored).first() or Question(comment=stored)
    if question.status == Status.ANSWERED:
        raise ValidationError(_("The question is already answered."), code="answered")
    question.department, question.due_on = department, due_on
    question.status, question.draft, question.drafted_by = Status.WAITING, "", None
    question.save()
    _record(question, by=by)
    return question


@transaction.atomic
def write(question: Question, *, text: str, language: str, by: User) -> None:
    """Write or rewrite the answer; it then waits for somebody else."""
    _require(by, "answer_question")
    _lock(question, Status.WAITING, Status.DRAFTED)
    if not text.strip():
        raise ValidationError(_("Write the answer."), code="required")
    question.draft, question.draft_language = text, language
    question.drafted_by, question.status = by, Status.DRAFTED
    question.save()
    _record(question, by=by, words=text)


@transaction.atomic
def send_back(question: Question, *, by: User, words: str) -> None:
    """Let the answer be written anew, and say why."""
    _require(by, "pass_answer")
    _lock(question, Status.DRAFTED)
    if not words.strip():
        raise ValidationError(_("Say what is to be changed."), code="required")
    question.status = Status.WAITING
    question.save(update_fields=["status"])
    _record(question, by=by, words=words)


@transaction.atomic
def pass_answer(question: Question, *, by: User) -> Comment:
    """Publish the answer as the department's; never by who wrote it."""
    _require(by, "pass_answer")
    _lock(question, Status.DRAFTED)
    if question.drafted_by_id == by.pk:
        raise ValidationError(
            _("You wrote this answer: somebody else must pass it."), code="own_draft"
        )
    if question.comment.status != Comment.Status.APPROVED:
        raise ValidationError(
            _("The question itself is not public: it must be approved first."), code="not_public"
        )
    question.answer = _publish(
        question.comment.article,
        text=question.draft,
        language=question.draft_language,
        by=by,
        department=question.department,
        parent=question.comment,
    )
    question.status = Status.ANSWERED
    question.save()
    _record(question, by=by)
    return question.answer


@transaction.atomic
def drop(question: Question, *, by: User, words: str) -> None:
    """Say that no answer will come, and why; the question stays what it is: a comment."""
    _require(by, "pass_answer")
    _lock(question, Status.WAITING, Status.DRAFTED)
    if not words.strip():
        raise ValidationError(_("Say why no answer is needed."), code="required")
    question.status = Status.DROPPED
    question.save(update_fields=["status"])
    _record(question, by=by, words=words)


@transaction.atomic
def comment_officially(
    article: Article,
    *,
    text: str,
    language: str,
    by: User,
    department: Department | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Staff comments skip the queue, and are marked as such."""
    if not may_comment_officially(by):
        raise PermissionDenied
    if not article.is_published:
        raise ValidationError(_("The article is not public."), code="not_public")
    if parent and parent.status != Comment.Status.APPROVED:
        raise ValidationError(
            _("The comment is not public: it must be approved first."), code="not_public"
        )
    if not text.strip():
        raise ValidationError(_("Write your comment."), code="required")
    return _publish(
        article, text=text, language=language, by=by, department=department, parent=parent
    )


def _publish(
    article: Article,
    *,
    text: str,
    language: str,
    by: User,
    department: Department | None,
    parent: Comment | None,
) -> Comment:
    with override(language):
        name = str(department) if department else gettext("Press office of the akimat")
    comment = Comment.objects.create(
        article=article,
        parent=parent.parent or parent if parent else None,
        kind=Comment.Kind.OFFICIAL if department else Comment.Kind.STAFF,
        department=department,
        author_name=name[:80],
        text=text,
        language=language,
        status=Comment.Status.APPROVED,
    )
    ModerationDecision.objects.create(
        comment=comment,
        status_before=Comment.Status.PENDING,
        status_after=Comment.Status.APPROVED,
        decided_by=by,
    )
    if parent:
        notices.answered(parent, comment)
    articles.refresh_page(article.pk)
    return comment


def _require(by: User, permission: str) -> None:
    if not by.has_perm(f"comments.{permission}"):
        raise PermissionDenied


def _lock(question: Question, *expected: Status) -> None:
    """Hold the row until the end; what the caller saw must still be so."""
    stored = Question.objects.select_for_update().get(pk=question.pk)
    if stored.status != question.status or stored.draft != question.draft:
        raise ValidationError(
            _("Somebody was faster; the question is now: %(status)s."),
            code="changed",
            params={"status": stored.get_status_display()},
        )
    if stored.status not in expected:
        raise ValidationError(
            _("This cannot be done while the question is: %(status)s."),
            code="not_now",
            params={"status": stored.get_status_display()},
        )


def _record(question: Question, *, by: User, words: str = "") -> None:
    QuestionStep.objects.create(
        question=question,
        status_after=question.status,
        department=question.department,
        due_on=question.due_on,
        words=words,
        taken_by=by,
    )
