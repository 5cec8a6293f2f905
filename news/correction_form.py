"""The question on saving what is published: do readers have to know?"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.corrections import Announcement
from news.languages import LANGUAGES, name_of

NOTES = [f"public_note_{language}" for language in LANGUAGES]
CORRECTION_FIELDS = ["readers_know", *NOTES, "hides_text"]


QUESTION = _("Do readers have to know of the change?")


class QuestionRadios(AdminRadioSelect):
    """The admin's label belongs to no single choice: the group says what is asked."""

    def render(self, name, value, attrs=None, renderer=None):
        choices = super().render(name, value, attrs, renderer)
        return format_html('<div role="radiogroup" aria-label="{}">{}</div>', QUESTION, choices)


class CorrectionFields(forms.Form):
    readers_know = forms.ChoiceField(
        label=QUESTION,
        required=False,
        choices=[
            ("no", _("No: a slip of the pen was mended. The date stays.")),
            ("yes", _("Yes: facts have changed. The note and a new date stand under the article.")),
        ],
        widget=QuestionRadios,
    )
    hides_text = forms.BooleanField(
        label=_("Do not show what stood there before"),
        required=False,
        help_text=_(
            "For personal data that was published in error. Otherwise readers may compare the"
            " versions."
        ),
    )
    public_note_kk = forms.CharField(required=False, max_length=300)
    public_note_ru = forms.CharField(required=False, max_length=300)
    public_note_en = forms.CharField(required=False, max_length=300)

    def name_notes(self) -> None:
        for language, name in zip(LANGUAGES, NOTES, strict=True):
            field = self.fields[name]
            field.label = _("What was changed, %(language)s") % {"language": name_of(language)}
            field.widget = AdminTextInputWidget(attrs={"lang": language})
            if language == LANGUAGES[0]:
                field.help_text = _(
                    "A sentence for readers: what stood there, and what is right."
                    " “The meeting is on 13 March, not on the 12th.”"
                )

    def check_notes(self, cleaned: dict[str, Any], *, must_answer: bool) -> None:
        answer = cleaned.get("readers_know")
        if must_answer and not answer:
            message = _("The text that readers have was changed: say whether they have to know.")
            self.add_error("readers_know", ValidationError(message, code="required"))
        if answer != "yes":
            return
        for language in settings.NEWS_REQUIRED_LANGUAGES:
            if not cleaned.get(f"public_note_{language}"):
                message = _("Say what was changed: readers see it.")
                self.add_error(f"public_note_{language}", ValidationError(message, code="required"))

    def announcement(self) -> Announcement | None:
        """What readers are told; None where nothing."""
        if self.cleaned_data.get("readers_know") != "yes":
            return None
        notes = {
            language: self.cleaned_data.get(name, "")
            for language, name in zip(LANGUAGES, NOTES, strict=True)
        }
        return Announcement(notes, bool(self.cleaned_data.get("hides_text")))
