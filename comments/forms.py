"""What a citizen fills in, and what tells people from robots without asking them riddles."""

import unicodedata
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comments import submission
from comments.articles import Article, clean_text
from comments.models import Comment

TOO_FAST = 2  # seconds
TOO_OLD = 24 * 60 * 60
# Letters and signs by their category, which nevertheless print nothing.
BLANK = set("\u115f\u1160\u2800\u3164\uffa0")


def is_readable(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LNPS" and char not in BLANK for char in text)


class WordsForm(forms.Form):
    """The words of a comment: new ones, or others in their place."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Readers see it. It may be a pseudonym."),
        min_length=2,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Write your name or a pseudonym."),
            "min_length": _("The name is too short: two letters at least."),
            "max_length": _("The name is too long: %(limit_value)d characters at most."),
        },
    )
    text = forms.CharField(
        label=_("Your comment"),
        min_length=3,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write your comment."),
            "min_length": _("The comment is too short."),
            "max_length": _(
                "The comment is too long: %(show_value)d characters; the limit is %(limit_value)d."
            ),
        },
    )

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any]) -> None:
        if data is not None:
            data = data.copy()  # may be changed by _set()
            for name in ("name", "text"):
                # As browsers count: a line break is one character.
                value = data.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
                data[name] = clean_text(value)
        super().__init__(data, initial=initial)
        limit = settings.COMMENTS_MAX_LENGTH
        text = self.fields["text"]
        # Told, and checked here: a browser that is given the limit silently cuts what is pasted.
        text.help_text = _("Up to %(count)s characters.") % {"count": limit}
        text.validators.append(MaxLengthValidator(limit))

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not is_readable(name):
            raise self._required("name")
        return name

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if not is_readable(text):
            raise self._required("text")
        return text

    def _set(self, name: str, value: str) -> None:
        """Change what the form shows when it comes back."""
        self.data[name] = value

    def _required(self, name: str) -> ValidationError:
        return ValidationError(self.fields[name].error_messages["required"], code="required")


class CommentForm(WordsForm):
    # Hidden by the style sheet; whoever sees it (no styles, a reader's own) is told to leave it.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    # A number of the form, signed with its moment: one form gives one comment.
    submission_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        article: Article,
        parent: Comment | None = None,
    ) -> None:
        self.article = article
        # Known once a form that was sent is valid.
        self.answered = parent
        self.key = uuid.UUID(int=0)
        self.was_sent = False
        initial = {"submission_key": self._new_key(), "parent": parent.pk if parent else ""}
        super().__init__(data, initial=initial)

    def clean_parent(self) -> Comment | None:
        """A parent that is not shown any more is no reason to lose a text: it can go alone."""
        number = self.cleaned_data["parent"]
        self.answered = Comment.objects.to_answer(self.article.pk, number)
        if number and not self.answered:
            self._set("parent", "")
            self.add_error(
                None,
                ValidationError(
                    _(
                        "The comment that you are answering is not shown any more. Your text is "
                        "kept: sent again, it will be a comment of its own."
                    ),
                    code="parent_gone",
                ),
            )
        return self.answered

    def clean(self) -> None:
        if self.cleaned_data.get("website"):
            # Said plainly: it may be a password manager that filled it.
            self._set("website", "")
            self.add_error(
                None,
                ValidationError(
                    _(
                        "A field that must stay empty had been filled in, perhaps by your "
                        "browser. It is empty now: please send the comment again."
                    ),
                    code="trap",
                ),
            )
        if error := self._check_key():
            self.add_error(None, error)

    def _check_key(self) -> ValidationError | None:
        signed = self.cleaned_data.get("submission_key", "")
        try:
            self.key = uuid.UUID(self._signer.unsign(signed))
            if not self.errors:
                self.was_sent = bool(submission.already_sent(self.words, key=self.key))
            if self.was_sent:
                return None  # whoever sends an old form again is shown what became of it
            self._signer.unsign(signed, max_age=TOO_OLD)
        except signing.BadSignature:
            self._set("submission_key", self._new_key())
            return ValidationError(
                _("The form had been open for too long. Please send the comment once more."),
                code="expired",
            )
        except ValidationError as error:
            self._set("submission_key", self._new_key())
            return error
        if self.is_preview or self.errors:
            return None
        try:
            self._signer.unsign(signed, max_age=TOO_FAST)
        except signing.SignatureExpired:
            return None
        return ValidationError(
            _("That was sent too quickly. Please send the comment again."), code="too_fast"
        )

    @property
    def words(self) -> submission.Words:
        return submission.Words(
            self.article.pk,
            self.answered.pk if self.answered else None,
            self.cleaned_data["name"],
            self.cleaned_data["text"],
        )

    @property
    def is_preview(self) -> bool:
        """The writer wants to see it first; nothing is stored."""
        return "preview" in self.data

    @property
    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"comments.form.{self.article.pk}")

    def _new_key(self) -> str:
        return self._signer.sign(str(uuid.uuid4()))
