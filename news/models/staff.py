from django.conf import settings
from django.db import models


class StaffLanguage(models.Model):
    """The language in which a colleague last used the admin: mail to them is written in it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.language}"
