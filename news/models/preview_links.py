from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from news.models.articles import Article
from news.richtext import PlainCharField

_SIGNER = Signer(salt="news.preview_link")


class PreviewLink(models.Model):
    """An outsider's way to one draft, for a while. Its secret is a signature: nothing here opens
    anything, should somebody read the table."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    purpose = PlainCharField(_("for whom"), max_length=100, blank=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    if TYPE_CHECKING:
        article_id: int

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()

    def __str__(self) -> str:
        return self.purpose or str(self.pk)

    def get_absolute_url(self, language: str) -> str:
        with override(language):
            return reverse("draft", args=[_SIGNER.sign(str(self.pk))])

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @classmethod
    def of_token(cls, token: str) -> "PreviewLink | None":
        try:
            number = _SIGNER.unsign(token)
        except BadSignature:
            return None
        return cls.objects.select_related("article").filter(pk=int(number)).first()
