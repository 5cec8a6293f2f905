"""The two questions between a comment and the queue: where to send a code, and which it was."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.identity.backends import Backend


class ContactForm(forms.Form):
    contact = forms.CharField(
        max_length=254, error_messages={"required": _("Without this no code can be sent.")}
    )
    agreement = forms.BooleanField(
        label=_("I consent to the collection and processing of my personal data"),
        error_messages={"required": _("Comments are taken only under the agreement.")},
    )

    def __init__(self, *args: Any, backend: Backend, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.backend = backend
        field = self.fields["contact"]
        field.label, field.help_text = backend.label, backend.help_text
        field.widget = forms.TextInput(
            attrs={
                "type": backend.input_type,
                "autocomplete": backend.autocomplete,
                "maxlength": 254,
            }
        )

    def clean_contact(self) -> str:
        return self.backend.parse(self.cleaned_data["contact"])


class CodeForm(forms.Form):
    challenge = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": "8"}
        ),
        error_messages={"required": _("Write the six digits.")},
    )

    @property
    def number(self) -> uuid.UUID:
        return self.cleaned_data["challenge"]
