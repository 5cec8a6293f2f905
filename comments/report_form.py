from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comments.articles import clean_text
from comments.models import RejectionReason


class ReportForm(forms.Form):
    """What is wrong with a comment, in the words of the published list."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=RejectionReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with the comment.")},
    )
    words = forms.CharField(
        label=_("In your own words, if you like"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("The text is too long: %(limit_value)d characters at most.")
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        if data is not None:
            data = data.copy()
            data["words"] = clean_text(data.get("words", "").replace("\r\n", "\n"))
        super().__init__(data)
