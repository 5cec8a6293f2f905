"""How a moderator works: remembered per person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment


class Moderator(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="moderator",
    )
    sections = models.ManyToManyField(
        "news.Section",
        verbose_name=_("sections"),
        blank=True,
        related_name="+",
        help_text=_("Comments of other sections are not shown to this moderator. Empty: all."),
    )
    has_shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    # Which comment is on this person's screen: for the others, so that two do not read the same.
    looks_at = models.ForeignKey(
        Comment, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("moderator")
        verbose_name_plural = _("moderators")

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()
