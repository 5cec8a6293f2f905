"""What a writer fills in to come back to a comment."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comments import receipt_codes
from comments.forms import WordsForm
from comments.models import Comment
from comments.own_words import OwnWordsField


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Number of the comment"),
        help_text=_("Twelve digits; spaces do not matter."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 40}
        ),
        error_messages={"required": _("Write the number of the comment.")},
    )

    def clean_code(self) -> str:
        """A number that cannot be one is looked up all the same: what it finds is nothing."""
        return receipt_codes.parse(self.cleaned_data["code"]) or ""


class CorrectionForm(WordsForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: QueryDict | None = None, *, comment: Comment) -> None:
        initial = {
            "name": comment.author_name,
            "text": comment.text,
            "version": comment.version,
        }
        super().__init__(data, initial=initial)

    def show_again(self, comment: Comment, error: ValidationError) -> None:
        """After a refusal: with the writer's words, against the comment as it is now."""
        self.add_error(None, error)
        self._set("version", str(comment.version))


class SecondLookForm(forms.Form):
    words = OwnWordsField(_("Why the decision is wrong, if you want to say it"))


class LettersForm(forms.Form):
    address = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write an e-mail address, for example name@example.kz.")},
    )
