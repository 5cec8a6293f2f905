"""Questions on the answer desk."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.articles import PlainTextField
from comments.models.comments import Comment
from comments.models.departments import Department


class Question(models.Model):
    """A comment that a department is to answer by a day, under two pairs of eyes."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("question", "waits for an answer")
        DRAFTED = "drafted", pgettext_lazy("question", "waits for a second person")
        ANSWERED = "answered", pgettext_lazy("question", "answered")
        DROPPED = "dropped", pgettext_lazy("question", "needs no answer")

    comment = models.OneToOneField(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="question"
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        related_name="questions",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING, editable=False
    )
    due_on = models.DateField(_("due"))
    asked_at = models.DateTimeField(_("given to the department"), default=timezone.now)
    draft = PlainTextField(_("answer"), blank=True)
    draft_language = models.CharField(
        _("language of the answer"), max_length=2, choices=settings.LANGUAGES, default="kk"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    answer = models.OneToOneField(
        Comment,
        verbose_name=_("published answer"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="answers_question",
    )

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("question")
        verbose_name_plural = _("answer desk")
        permissions = [
            ("assign_question", _("Can give questions to departments")),
            ("answer_question", _("Can write answers")),
            ("pass_answer", _("Can pass and publish answers of others")),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="comments_open_questions",
                condition=Q(status__in=["waiting", "drafted"]),
            ),
            models.Index(fields=["status", "due_on", "id"], name="comments_questions"),
        ]

    def __str__(self) -> str:
        return str(self.comment)

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.DRAFTED)

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class QuestionStep(models.Model):
    """Who did what with a question, when, and in which words."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="steps"
    )
    status_after = models.CharField(_("after"), max_length=10, choices=Question.Status)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("due"))
    words = PlainTextField(_("words"), blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    taken_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("step of a question")
        verbose_name_plural = _("steps of a question")

    @property
    def person(self) -> str:
        if self.taken_by is None:
            return str(_("a removed account"))
        return self.taken_by.get_full_name() or self.taken_by.get_username()
