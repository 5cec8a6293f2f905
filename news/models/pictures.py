from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news import pictures
from news.languages import said
from news.richtext import PlainCharField
from news.storage import private


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
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It tells nothing: people who do not see it are told nothing of it."),
    )
    caption = PlainCharField(_("caption"), max_length=300, blank=True)
    credit = PlainCharField(_("author of the picture"), max_length=150, blank=True)
    focus_x = models.PositiveSmallIntegerField(
        _("main point, from the left, %"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("main point, from above, %"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("What stays in sight where the picture is cropped: click on it."),
    )
    original = models.FileField(storage=private, blank=True, editable=False)
    weight = models.PositiveIntegerField(default=0, editable=False)  # of src, in bytes; 0: unknown
    recipe = models.PositiveSmallIntegerField(default=0, editable=False)  # see pictures.RECIPE
    # How often its file was replaced: browsers keep what an address gave them for a year.
    edition = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
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
        return self.alt or self.caption or str(_("Picture No. %(number)s") % {"number": self.pk})

    @property
    def src(self) -> str:
        """The address of a JPEG of usual size, for whoever knows neither srcset nor WebP."""
        return self._url(pictures.usual_name(str(self.file.name), self.width))

    @property
    def srcset(self) -> str:
        return self._srcset("jpg")

    @property
    def srcset_webp(self) -> str:
        return self._srcset("webp")

    @property
    def srcset_avif(self) -> str:
        """Empty until `rebuild_pictures` has been at a picture from before there was AVIF."""
        return self._srcset("avif") if self.recipe else ""

    @property
    def thumbnail(self) -> str:
        return self.address(pictures.widths(self.width)[0])

    @property
    def focus_class(self) -> str:
        """Classes of components.css that keep the main point in sight; the middle needs none."""
        points = (("x", self.focus_x), ("y", self.focus_y))
        return " ".join(
            f"focus-{axis}-{nearest}"
            for axis, point in points
            if (nearest := (point + 5) // 10 * 10) != 50
        )

    @property
    def alt_said(self) -> tuple[str, str]:
        """The alternative text, and its language where that is not the page's."""
        return ("", "") if self.is_decorative else said(self, "alt")

    @property
    def caption_said(self) -> tuple[str, str]:
        return said(self, "caption")

    @property
    def has_caption(self) -> bool:
        return bool(self.caption_said[0] or self.credit)

    def _srcset(self, extension: str) -> str:
        return ", ".join(
            f"{self.address(width, extension)} {width}w" for width in pictures.widths(self.width)
        )

    def address(self, width: int, extension: str = "jpg") -> str:
        """Where a width of ``pictures.widths()`` is read."""
        return self._url(pictures.rendition_name(str(self.file.name), width, self.width, extension))

    def _url(self, name: str) -> str:
        address = self.file.storage.url(name)
        if not self.edition:
            return address
        return f"{address}{'&' if '?' in address else '?'}v={self.edition}"
