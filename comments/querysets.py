"""How comments are read."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Prefetch

from comments import articles

if TYPE_CHECKING:
    from comments.models import Comment  # noqa: F401  (ruff overlooks it in the line below)


class CommentQuerySet(models.QuerySet["Comment"]):
    def in_status(self, status: str):
        return self.filter(status=status)

    def pending(self):
        return self.in_status(self.model.Status.PENDING)

    def decided(self):
        return self.exclude(status=self.model.Status.PENDING)

    def waiting_for_second_look(self):
        return self.decided().filter(
            second_look_asked_at__isnull=False, second_look_decided_at=None
        )

    def reported(self):
        """Public ones on which a reader's report is open."""
        from comments.models import CommentReport

        reports = CommentReport.objects.filter(settled_at=None)
        return self.approved().filter(pk__in=reports.values("comment"))

    def approved(self):
        """What the public may read under a published article."""
        return self.in_status(self.model.Status.APPROVED)

    def on(self, article_id: int):
        return self.filter(article_id=article_id)

    def to_answer(self, article_id: int, number: str):
        """The comment of an article that a reply to this number goes under; None if there is none.

        A reply has no replies of its own: whatever answers it stands beside it.
        """
        if not number.isdecimal() or len(number) > 18:
            return None
        found = self.on(article_id).approved().select_related("parent").filter(pk=number).first()
        if found and found.parent_id:
            found = found.parent if found.parent.is_approved else None
        return found

    def in_language(self, language: str):
        return self.filter(language=language)

    def sent_by(self, sender_hash: str, *, since: datetime):
        return self.filter(sender_hash=sender_hash, created_at__gt=since)

    def before(self, comment):
        """Those that stand above a comment where the oldest comes first."""
        # One range of the index, from which a count can stop early; "or" would read it all.
        return self.filter(created_at__lte=comment.created_at).exclude(
            created_at=comment.created_at, pk__gte=comment.pk
        )

    def count_up_to(self, most: int) -> int:
        return self.order_by()[:most].count()

    def official_answers_to(self, comment):
        answers = self.filter(parent=comment, kind=self.model.Kind.OFFICIAL)
        return answers.approved().in_threads().for_readers()

    def above(self, comment):
        """Those that stand above a comment where they are in threads."""
        return self.filter(
            models.Q(thread__lt=comment.thread)
            | models.Q(thread=comment.thread, place__lt=comment.place)
            | models.Q(thread=comment.thread, place=comment.place, pk__lt=comment.pk)
        )

    def in_threads(self):
        """As under an article: each comment with what answers it, official answers first."""
        return self.order_by("thread", "place", "pk")

    def for_readers(self):
        """With what is shown under an article, beside each its department and what it answers."""
        return self.select_related("department", "parent").only(
            *("article", "kind", "department", "author_name", "text", "language", "status"),
            *("created_at", "corrected_at", "thread", "parent"),
            *(f"parent__{field}" for field in ("status", "author_name")),
            *(f"department__name_{language}" for language in articles.LANGUAGES),
        )

    def oldest_first(self):
        return self.order_by("created_at", "pk")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def with_article(self):
        return self.prefetch_related(Prefetch("article", queryset=articles.with_headlines()))

    def for_queue(self):
        """With what a row of the queue shows; the rest comes from comments/beside.py."""
        return self.select_related("parent", "question", "appeal_mark").defer(
            "folded_text", "text_hash", "parent__folded_text", "parent__text_hash"
        )

    def with_decisions(self):
        """With the whole history of each, the last decision first."""
        return self.prefetch_related("decisions__decided_by")

    def per_language(self) -> dict[str, int]:
        """Map each language that occurs to its number of comments, in one query."""
        rows = self.order_by().values("language").annotate(comments=Count("pk"))
        return {row["language"]: row["comments"] for row in rows}

    def per_status(self) -> dict[str, int]:
        """Map each status to its number of comments, in one query."""
        rows = self.order_by().values("status").annotate(comments=Count("pk"))
        return {row["status"]: row["comments"] for row in rows}
