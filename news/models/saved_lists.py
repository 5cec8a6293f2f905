from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.richtext import PlainCharField


class SavedList(models.Model):
    """The filters of a list of articles, under a name of one officer's own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_lists"
    )
    name = PlainCharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="news_saved_list_name")
        ]

    def __str__(self) -> str:
        return self.name
