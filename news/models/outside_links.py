from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article

# What `check_links` keeps instead of a status of HTTP, where there was none.
PROBLEMS = {
    "timeout": _("no answer in time"),
    "certificate": _("its certificate is not valid"),
    "no_host": _("no such site"),
    "no_connection": _("no connection"),
    "circle": _("redirects in a circle"),
    "private": _("an address of a private network"),
    "not_web": _("not an address of the web"),
}


class OutsideLink(models.Model):
    """An address outside the portal to which articles link, and what `check_links` found there."""

    class Outcome(models.TextChoices):
        UNKNOWN = "unknown", _("not asked yet")
        ALIVE = "alive", _("answers")
        DOUBTFUL = "doubtful", _("did not answer the last time")
        DEAD = "dead", _("dead")

    key = models.CharField(max_length=64, unique=True, editable=False)  # addresses may be long
    address = models.TextField(_("address"))
    outcome = models.CharField(_("state"), max_length=10, choices=Outcome, default=Outcome.UNKNOWN)
    problem = models.CharField(_("what happened"), max_length=60, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    checked_at = models.DateTimeField(_("asked"), null=True)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-failing_since", "pk")
        verbose_name = _("outside link")
        verbose_name_plural = _("outside links")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["outcome", "-failing_since"], name="news_links_by_outcome")]

    def __str__(self) -> str:
        return self.address

    @property
    def problem_said(self) -> str:
        return str(PROBLEMS.get(self.problem, self.problem))


class OutsideLinkUse(models.Model):
    """Where an article links to it."""

    link = models.ForeignKey(OutsideLink, on_delete=models.CASCADE, related_name="uses")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "link"], name="news_link_used_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.language}: {self.link_id}"


class LinkGathering(models.Model):
    """How far the gathering of links has come: one row."""

    last_article = models.BigIntegerField(default=0)
    changed_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.last_article)
