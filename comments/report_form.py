from django import forms
from django.utils.translation import gettext_lazy as _

from comments.models import RejectionReason
from comments.own_words import OwnWordsField


class ReportForm(forms.Form):
    """What is wrong with a comment, in the words of the published list."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=RejectionReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with the comment.")},
    )
    words = OwnWordsField(_("In your own words, if you like"))
