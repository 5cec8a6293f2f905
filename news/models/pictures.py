from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news import pictures
from news.richtext import PlainCharField


class Picture(models.Model):
    """A picture of the library: re-encoded by us (news/pictures.py), described per language."""

    file = models.ImageField(
        _("picture"), upload_to="pictures/", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = PlainCharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, for people who do not see it: one sentence."),
    )
    credit = PlainCharField(_("author of the picture"), max_length=150, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt or str(_("Picture No. %(number)s") % {"number": self.pk})

    @property
    def src(self) -> str:
        """The address of a JPEG of usual size, for whoever knows neither srcset nor WebP."""
        return self._address(min(pictures.USUAL_WIDTH, self.width), "jpg")

    @property
    def srcset(self) -> str:
        return self._srcset("jpg")

    @property
    def srcset_webp(self) -> str:
        return self._srcset("webp")

    @property
    def thumbnail(self) -> str:
        return self._address(pictures.widths(self.width)[0], "jpg")

    def _srcset(self, extension: str) -> str:
        return ", ".join(
            f"{self._address(width, extension)} {width}w" for width in pictures.widths(self.width)
        )

    def _address(self, width: int, extension: str) -> str:
        return self.file.storage.url(
            pictures.rendition_name(str(self.file.name), width, self.width, extension)
        )
