"""Comments of citizens."""

import secrets
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments import spelling
from comments.articles import PlainCharField, PlainTextField
from comments.models.departments import Department
from comments.querysets import CommentQuerySet
from comments.receipt_codes import new_receipt_code

if TYPE_CHECKING:
    from comments.models.decisions import ModerationDecision


def new_receipt_token() -> str:
    return secrets.token_urlsafe(16)


class Comment(models.Model):
    class Status(models.TextChoices):
        PENDING = "pending", pgettext_lazy("comment", "awaiting review")
        APPROVED = "approved", pgettext_lazy("comment", "approved")
        REJECTED = "rejected", pgettext_lazy("comment", "rejected")
        SPAM = "spam", pgettext_lazy("comment", "spam")
        WITHDRAWN = "withdrawn", pgettext_lazy("comment", "withdrawn by its writer")

    class Kind(models.TextChoices):
        CITIZEN = "citizen", pgettext_lazy("comment", "of a reader")
        STAFF = "staff", pgettext_lazy("comment", "of the press office")
        OFFICIAL = "official", pgettext_lazy("comment", "official answer")

    article = models.ForeignKey(
        "news.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="comments",
    )
    # Whatever answers an answer stands under the same first comment: there is one level.
    parent = models.ForeignKey(
        "self",
        verbose_name=_("in reply to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replies",
    )
    kind = models.CharField(
        pgettext_lazy("comment", "kind"),
        max_length=10,
        choices=Kind,
        default=Kind.CITIZEN,
        editable=False,
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="comments",
    )
    author_name = PlainCharField(_("name"), max_length=80)
    text = PlainTextField(_("text"))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        help_text=_("The language of the page on which it was written."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    # Keyed, see comments/sender.py; the address itself is kept nowhere.
    sender_hash = models.CharField(max_length=64, blank=True, editable=False)
    # Who its writer proved to be, where that was asked (comments/identity/).
    identity = models.ForeignKey(
        "comments.Identity",
        verbose_name=_("writer’s identity"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="comments",
    )
    # A rule asks for a closer look (comments/rules/); until somebody decides it stands apart.
    is_held = models.BooleanField(_("held by a rule"), default=False, editable=False)
    burst = models.ForeignKey(
        "comments.Burst",
        verbose_name=_("burst"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="comments",
    )
    # Name and text without case and disguises: for the search, and to tell equal texts.
    folded_text = models.TextField(blank=True, editable=False)
    text_hash = models.CharField(max_length=32, blank=True, editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receipt_token = models.CharField(
        max_length=32, default=new_receipt_token, unique=True, editable=False
    )
    # In clear, as the token: who reads this table reads the comments themselves, and the receipt
    # must be able to show the code again.
    receipt_code = models.CharField(
        max_length=12, default=new_receipt_code, unique=True, editable=False
    )
    # One more with every correction: who decides must have read the text as it is now.
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    corrected_at = models.DateTimeField(_("corrected"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    erased_at = models.DateTimeField(_("data deleted"), null=True, editable=False)
    second_look_asked_at = models.DateTimeField(_("second look asked"), null=True, editable=False)
    second_look_decided_at = models.DateTimeField(
        _("second look decided"), null=True, editable=False
    )
    second_look_words = PlainTextField(_("why a second look"), blank=True, editable=False)

    # The order under an article: thread by thread; in each the first comment, official answers,
    # then the other replies.
    thread = models.GeneratedField(
        expression=Coalesce(F("parent"), F("id")),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    place = models.GeneratedField(
        expression=Case(
            When(parent=None, then=Value(0)),
            When(kind="official", then=Value(1)),
            default=Value(2),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [
            ("moderate_comment", _("Can approve and reject comments")),
            ("comment_officially", _("Can comment as the akimat")),
        ]
        indexes = [
            models.Index(fields=["status", "created_at", "id"], name="comments_queue"),
            models.Index(
                fields=["article", "status", "thread", "place", "id"], name="comments_of_article"
            ),
            models.Index(fields=["sender_hash", "created_at"], name="comments_of_sender"),
            models.Index(fields=["article", "created_at"], name="comments_lately"),
            models.Index(fields=["text_hash", "created_at"], name="comments_of_text"),
            models.Index(
                fields=["created_at", "id"],
                name="comments_waiting",
                condition=models.Q(status="pending", is_held=False),
            ),
            models.Index(
                fields=["created_at", "id"],
                name="comments_held",
                condition=models.Q(status="pending", is_held=True, burst=None),
            ),
            # All of them are counted for the tab, those of bursts too.
            models.Index(
                fields=["id"],
                name="comments_held_of_all",
                condition=models.Q(status="pending", is_held=True),
            ),
            models.Index(
                fields=["burst", "created_at", "id"],
                name="comments_folded",
                condition=models.Q(status="pending", burst__isnull=False),
            ),
            models.Index(
                fields=["second_look_asked_at", "id"],
                name="comments_second_look",
                condition=models.Q(second_look_asked_at__isnull=False, second_look_decided_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="comments_answer_of_department",
                condition=~Q(kind="official") | Q(department__isnull=False),
                violation_error_message=_("An official answer needs its department."),
            ),
            models.CheckConstraint(
                name="comments_withdrawn_has_moment",
                condition=~Q(status="withdrawn") | Q(withdrawn_at__isnull=False),
                violation_error_message=_("A withdrawn comment needs its moment of withdrawal."),
            ),
            models.CheckConstraint(
                name="comments_erased_is_empty",
                condition=Q(erased_at=None)
                | Q(
                    status="withdrawn",
                    author_name="",
                    text="",
                    folded_text="",
                    text_hash="",
                    second_look_words="",
                    sender_hash="",
                    identity=None,
                ),
                violation_error_message=_("Nothing may be left of a deleted comment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:60]}"

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if fields is None or not {"text", "author_name"}.isdisjoint(fields):
            self.fold()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "folded_text", "text_hash"}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        self.folded_text = spelling.fold(f"{self.author_name} {self.text}")
        self.text_hash = spelling.text_hash(self.text)

    def get_receipt_url(self) -> str:
        return reverse("comments:receipt", args=[self.receipt_token])

    @property
    def is_approved(self) -> bool:
        """``CommentQuerySet.approved()`` restated for one comment."""
        return self.status == self.Status.APPROVED

    @property
    def is_open(self) -> bool:
        """Whether it may still be asked about, decided or not: it waits, or the public reads it."""
        return self.status in (self.Status.PENDING, self.Status.APPROVED)

    @property
    def is_official(self) -> bool:
        return self.kind == self.Kind.OFFICIAL

    @property
    def is_appeal(self) -> bool:
        """What a moderator said of it (comments/appeals.py)."""
        mark = getattr(self, "appeal_mark", None)
        return mark is not None and mark.is_appeal

    @property
    def as_seen(self) -> str:
        """What a form sends back about the comment it shows, so that no change is overlooked."""
        return f"{self.status}:{self.version}{':look' if self.waits_for_second_look else ''}"

    @property
    def waits_for_second_look(self) -> bool:
        return self.second_look_asked_at is not None and self.second_look_decided_at is None

    @property
    def last_decision(self) -> "ModerationDecision | None":
        return next(iter(self.decisions.all()), None)
