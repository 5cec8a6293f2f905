"""A few words of one's own beside a choice: on a report, in a request for a second look."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.articles import clean_text


class OwnWordsField(forms.CharField):
    """Never required, and what no keyboard writes does not count."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={
                "max_length": _("The text is too long: %(limit_value)d characters at most.")
            },
        )

    def to_python(self, value: str | None) -> str | None:
        return super().to_python(clean_text((value or "").replace("\r\n", "\n")))
