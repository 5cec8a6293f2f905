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

    def approved(self):
        """What the public may read under a published article."""
        return self.in_status(self.model.Status.APPROVED)

    def on(self, article_id: int):
        return self.filter(article_id=article_id)

    def sent_by(self, sender_hash: str, *, since: datetime):
        return self.filter(sender_hash=sender_hash, created_at__gt=since)

    def before(self, comment):
        """Those that stand above a comment where the oldest comes first."""
        earlier = models.Q(created_at__lt=comment.created_at)
        same_moment = models.Q(created_at=comment.created_at, pk__lt=comment.pk)
        return self.filter(earlier | same_moment)

    def oldest_first(self):
        return self.order_by("created_at", "pk")

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def with_article(self):
        return self.prefetch_related(Prefetch("article", queryset=articles.with_headlines()))

    def with_decisions(self):
        """With the whole history of each, the last decision first."""
        return self.prefetch_related("decisions__decided_by")

    def per_status(self) -> dict[str, int]:
        """Map each status to its number of comments, in one query."""
        rows = self.order_by().values("status").annotate(comments=Count("pk"))
        return {row["status"]: row["comments"] for row in rows}
