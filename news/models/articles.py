from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from news import addresses, moments, video
from news.languages import LANGUAGES, best_of, name_of
from news.models.pictures import Picture
from news.models.sections import Section
from news.querysets import ArticleQuerySet
from news.richtext import PlainCharField, PlainTextField, RichTextField
from news.slugs import slug


@dataclass(frozen=True)
class ArticleText:
    """An article's words in one language."""

    language: str
    headline: str
    lead: str
    body: str
    byline: str


def _has(language: str) -> models.GeneratedField:
    """Stored and indexed: lists and counts per language cost the same at any size."""
    complete = Q(**{f"headline_{language}__gt": "", f"body_{language}__gt": ""})
    return models.GeneratedField(
        expression=Case(When(complete, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )


# 1 leads the front page.
PINNED_PLACES = [(1, _("1: leads")), (2, "2"), (3, "3")]


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REMOVED = "removed", _("removed")
        TRASHED = "trashed", _("in the trash")

    class Comments(models.TextChoices):
        OPEN = "open", pgettext_lazy("comments", "open")
        READ_ONLY = "read_only", pgettext_lazy("comments", "only readable")
        CLOSED = "closed", pgettext_lazy("comments", "closed")

    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="articles"
    )
    headline = PlainCharField(_("headline"), max_length=200, blank=True)
    lead = PlainTextField(_("lead"), blank=True, help_text=_("One or two sentences for the lists."))
    body = RichTextField(_("text"), blank=True)
    byline = PlainCharField(_("byline"), max_length=150, blank=True)
    main_picture = models.ForeignKey(
        Picture,
        verbose_name=_("main picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    video_url = PlainCharField(
        _("video"),
        max_length=200,
        blank=True,
        validators=[video.validate_address],
        help_text=_("The address of the video's own page; readers get a link to it."),
    )
    comments_state = models.CharField(
        _("comments"), max_length=10, choices=Comments, default=Comments.OPEN
    )
    comments_message = PlainCharField(
        _("why no comments are taken"),
        max_length=300,
        blank=True,
        help_text=_("Shown to readers where comments are only readable."),
    )
    related = models.ManyToManyField(
        "self",
        verbose_name=_("related articles"),
        symmetrical=False,
        blank=True,
        related_name="+",
        help_text=_("Up to four. Where none is chosen, the newest of the section stand there."),
    )
    pinned_until = models.DateTimeField(
        _("pinned to the front page until"),
        null=True,
        blank=True,
        help_text=_("Up to three articles at a time; without a moment it is not pinned."),
    )
    pinned_place = models.PositiveSmallIntegerField(
        _("place on the front page"), choices=PINNED_PLACES, null=True, blank=True
    )

    source_language = models.CharField(
        _("written first in"),
        max_length=2,
        choices=[(language, name_of(language)) for language in LANGUAGES],
        default="ru",
        db_default="ru",
        help_text=_("The original; the other languages are its translations."),
    )
    # Kept by news/translations.py: the original has changed, this language has not followed.
    outdated_kk = models.BooleanField(default=False, db_default=False, editable=False)
    outdated_ru = models.BooleanField(default=False, db_default=False, editable=False)
    outdated_en = models.BooleanField(default=False, db_default=False, editable=False)

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_reason = PlainCharField(
        _("reason for withdrawal"), max_length=300, blank=True, editable=False
    )
    # Decided by the clock, as publication is; news/due.py does the bookkeeping afterwards.
    withdraws_at = models.DateTimeField(_("withdrawn from"), null=True, blank=True, editable=False)
    # Where the address of a removed article leads. No index: articles are not deleted.
    redirect_to = models.ForeignKey(
        "self",
        verbose_name=_("leads to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    has_kk = _has("kk")
    has_ru = _has("ru")
    has_en = _has("en")

    if TYPE_CHECKING:
        headline_kk: str
        headline_ru: str
        headline_en: str

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("Can publish and schedule articles")),
            ("withdraw_article", _("Can withdraw and remove articles")),
            ("pin_article", _("Can pin articles to the front page")),
        ]
        # Written by hand on the language columns: modeltranslation would multiply them by four.
        indexes = [
            # The calendar counts all languages at once, from the index alone.
            models.Index(
                fields=["status", "-published_at", "withdraws_at", "has_kk", "has_ru", "has_en"],
                name="news_all_public",
            ),
            models.Index(
                fields=["withdraws_at"],
                condition=Q(withdraws_at__isnull=False),
                name="news_withdraws",
            ),
            # Asked for when an article is deleted.
            models.Index(
                fields=["redirect_to"],
                condition=Q(redirect_to__isnull=False),
                name="news_redirects",
            ),
            models.Index(fields=["pinned_until"], name="news_pinned"),
            # The press office's own list, last edited first, whole and by its filters.
            models.Index(fields=["-updated_at", "-id"], name="news_last_edited"),
            models.Index(fields=["status", "-updated_at", "-id"], name="news_status_edited"),
            models.Index(fields=["section", "-updated_at", "-id"], name="news_section_edited"),
            *(
                models.Index(
                    fields=["-updated_at", "-id"],
                    condition=Q(**{f"has_{language}": False}),
                    name=f"news_no_{language}_edited",
                )
                for language in ("kk", "ru", "en")
            ),
            *(
                models.Index(
                    fields=["-updated_at", "-id"],
                    condition=Q(**{f"outdated_{language}": True}),
                    name=f"news_old_{language}_edited",
                )
                for language in ("kk", "ru", "en")
            ),
            *(
                models.Index(
                    fields=["-updated_at", "-id"],
                    condition=Q(**{f"has_{language}": True, f"outdated_{language}": False}),
                    name=f"news_now_{language}_edited",
                )
                for language in ("kk", "ru", "en")
            ),
            *(
                models.Index(
                    fields=[f"has_{language}", "status", "-published_at", "-id", "withdraws_at"],
                    name=f"news_{language}_public",
                )
                for language in ("kk", "ru", "en")
            ),
            *(
                models.Index(
                    fields=[
                        "section",
                        f"has_{language}",
                        "status",
                        "-published_at",
                        "-id",
                        "withdraws_at",
                    ],
                    name=f"news_{language}_in_section",
                )
                for language in ("kk", "ru", "en")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="news_public_has_moment",
                condition=Q(status__in=("draft", "in_review", "trashed"))
                | Q(published_at__isnull=False),
                violation_error_message=_("A published article needs its moment of publication."),
            ),
            models.CheckConstraint(
                name="news_public_has_text",
                condition=~Q(status="published") | Q(has_kk=True) | Q(has_ru=True) | Q(has_en=True),
                violation_error_message=_("A published article needs a headline and a text."),
            ),
            models.CheckConstraint(
                name="news_withdrawn_has_moment",
                condition=~Q(status="withdrawn") | Q(withdrawn_at__isnull=False),
                violation_error_message=_("A withdrawn article needs its moment of withdrawal."),
            ),
        ]

    def __str__(self) -> str:
        for language in LANGUAGES if (now := get_language()) is None else [now, *LANGUAGES]:
            if headline := getattr(self, f"headline_{language}", ""):
                return headline
        return str(_("Article without a headline"))

    def get_absolute_url(self, language: str | None = None) -> str:
        """The address under a language prefix; its slug is in the language that is shown there."""
        prefix = language or get_language() or settings.LANGUAGE_CODE
        day = moments.path_of_day(cast(datetime, self.published_at))  # drafts have no address
        return f"{addresses.root(prefix)}{day}/{self.address_name(prefix)}/"

    def address_name(self, language: str) -> str:
        """``{id}-{slug}``, or the bare id where the headline has neither letter nor digit."""
        shown = language
        if not getattr(self, f"has_{language}", False):
            shown = best_of(self.languages, language) or language
        words = slug(getattr(self, f"headline_{shown}") or "", shown)
        return f"{self.pk}-{words}" if words else str(self.pk)

    @property
    def languages(self) -> list[str]:
        """The languages in which headline and text exist, as last saved."""
        return [language for language in LANGUAGES if getattr(self, f"has_{language}")]

    def text_in(self, language: str) -> ArticleText:
        return ArticleText(
            language=language,
            **{
                field: getattr(self, f"{field}_{language}") or ""
                for field in ("headline", "lead", "body", "byline")
            },
        )

    @property
    def video_site(self) -> str:
        return video.site_of(self.video_url)

    @property
    def is_published(self) -> bool:
        """``ArticleQuerySet.published()`` restated for one article."""
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= timezone.now()
            and not self.is_withdrawn
        )

    @property
    def is_scheduled(self) -> bool:
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at > timezone.now()
        )

    @property
    def is_withdrawn(self) -> bool:
        """Under a notice, since a person withdrew it or since the moment a person chose."""
        return self.status == self.Status.WITHDRAWN or (
            self.status == self.Status.PUBLISHED
            and self.withdraws_at is not None
            and self.withdraws_at <= timezone.now()
        )

    @property
    def withdrawn_since(self) -> datetime | None:
        return self.withdrawn_at or (self.withdraws_at if self.is_withdrawn else None)

    @property
    def is_live(self) -> bool:
        """Whether readers have, or are promised, its text: it is changed in the open."""
        return self.status in (self.Status.PUBLISHED, self.Status.WITHDRAWN)

    @property
    def is_out(self) -> bool:
        """Whether readers have its text, in the lists or under a notice."""
        return self.is_live and not self.is_scheduled

    @property
    def is_gone(self) -> bool:
        """Its address, if it ever had one, shows nothing of it."""
        return self.status in (self.Status.REMOVED, self.Status.TRASHED)

    def missing_texts(self) -> dict[str, str]:
        """Field name → message, for everything that publication requires and that is empty."""
        return {
            f"{field}_{language}": _("Required for publication (%(language)s).")
            % {"language": name_of(language)}
            for language in settings.NEWS_REQUIRED_LANGUAGES
            for field in ("headline", "body")
            if not getattr(self, f"{field}_{language}")
        }

    def clean(self) -> None:
        """The constraint ``news_public_has_text`` again: a form that lacks its columns skips it."""
        complete = (
            getattr(self, f"headline_{language}") and getattr(self, f"body_{language}")
            for language in LANGUAGES
        )
        if self.status == self.Status.PUBLISHED and not any(complete):
            raise ValidationError(_("A published article needs a headline and a text."))
