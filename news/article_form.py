"""What an officer fills in of an article, in every language."""

from typing import Any, cast

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from news import merging, revisions
from news.correction_form import CORRECTION_FIELDS, CorrectionFields
from news.forms import label_of
from news.front_page import FEATURED
from news.languages import LANGUAGES, name_of
from news.models import Article
from news.richtext import clean_html, clean_text
from news.surroundings import MOST_RELATED
from news.translations import essence

ARTICLE_TEXTS = ("headline", "lead", "body", "byline")
CONTENT = {"section", "main_picture", "video_url"}.union(
    f"{text}_{language}" for text in ARTICLE_TEXTS for language in LANGUAGES
)
HELP = {
    "headline": _(
        "A sentence without a full stop, not in capitals: the design decides how it looks."
    ),
    "lead": _("One or two sentences: lists, search and shared links show them."),
    "body": _(
        "Paste from Word or from a page as it is: fonts and colours go, headings, lists, tables and"
        " links stay. Pictures come from the library by their button."
    ),
    "byline": _("Who wrote it, as readers should see it. May stay empty."),
}


class EditorWidget(CKEditorWidget):
    """The editor for one language: the browser checks the spelling of what is written in it."""

    def __init__(self, language: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(config_name="news", attrs=attrs)
        self.config["contentsLanguage"] = language

    def _set_config(self) -> None:
        self.config["language"] = get_language()


class ArticleForm(forms.ModelForm, CorrectionFields):
    merge: merging.Merge | None = None  # see news/admin/together.py

    change_saved_at = ""  # of a prepared change, see news/admin/prepared_pages.py

    revision = forms.CharField(required=False, widget=forms.HiddenInput)
    is_minor = forms.BooleanField(
        label=_("What I changed in the original does not matter for its translations"),
        required=False,
    )
    fits = forms.MultipleChoiceField(
        label=_("Translations that fit"),
        required=False,
        choices=[(language, name_of(language)) for language in LANGUAGES],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.change_saved_at:
            self.initial["revision"] = self.change_saved_at
        elif self.instance.pk and not self.is_bound:
            last = revisions.latest(self.instance)
            self.initial["revision"] = last.number if last else 0
        if self.instance.is_out and not self.change_saved_at:
            self.name_notes()
        else:
            for name in CORRECTION_FIELDS:
                del self.fields[name]
        if source := self.fields.get("source_language"):
            source.required = False
        for language in LANGUAGES:
            for name in ARTICLE_TEXTS:
                if field := self.fields.get(f"{name}_{language}"):
                    # The fieldset names the language already.
                    field.label = label_of(name)
                    field.help_text = HELP[name]
                    if name == "body":
                        field.widget = EditorWidget(language)
                    field.widget.attrs["lang"] = language
                    # What is pasted and too long is told, not cut off unseen.
                    field.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        """Judge what would be stored: an editor's empty paragraph is an empty text."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = (clean_html if name.startswith("body_") else clean_text)(value)
        self._overwrite_nobody()
        self._keep_the_front_page_short(cleaned)
        if self.instance.status == Article.Status.PUBLISHED:
            self._keep_what_publication_requires(cleaned)
        if "readers_know" in self.fields:
            self.check_notes(cleaned, must_answer=self.changes_content())
        return cleaned

    def _overwrite_nobody(self) -> None:
        if self.change_saved_at:
            self._overwrite_nobodys_change()
        elif self.merge is not None:
            message = _("Somebody else saved this article meanwhile. Nothing is saved yet.")
            self.add_error(None, ValidationError(message, code="merge"))
        elif self.instance.pk and merging.is_behind(self.instance, self.data):
            message = _(
                "Somebody else saved this article at the same moment. Save again: you will see"
                " what differs."
            )
            self.add_error(None, ValidationError(message, code="behind"))

    def _overwrite_nobodys_change(self) -> None:
        if self.data.get("revision") == self.change_saved_at:
            return
        message = _(
            "Somebody else saved this change meanwhile. Nothing is saved yet, and what you typed is"
            " below: look at their text in another tab. Saving again puts yours in its place."
        )
        self.add_error(None, ValidationError(message, code="behind"))
        data = cast(QueryDict, self.data).copy()
        data["revision"] = self.change_saved_at
        self.data = data

    def changes_content(self) -> bool:
        """Whether readers would find other words, or another picture."""
        return any(
            essence(self.initial.get(name) or "") != essence(self.cleaned_data.get(name) or "")
            if name.startswith("body_")
            else True
            for name in CONTENT.intersection(self.changed_data)
        )

    def clean_source_language(self) -> str:
        return self.cleaned_data["source_language"] or self.instance.source_language

    def clean_related(self) -> Any:
        related = self.cleaned_data["related"]
        if len(related) > MOST_RELATED:
            raise ValidationError(_("Choose four related articles at most."), code="too_many")
        if self.instance in related:
            raise ValidationError(_("An article is not related to itself."), code="itself")
        return related

    def _keep_the_front_page_short(self, cleaned: dict[str, Any]) -> None:
        until = cleaned.get("pinned_until")
        if not until or until <= timezone.now():
            return
        pinned = Article.objects.pinned().exclude(pk=self.instance.pk)
        if pinned.count() >= FEATURED:
            message = _("Three articles are pinned already: %(headlines)s")
            params = {"headlines": "; ".join(f"«{article}»" for article in pinned)}
            self.add_error("pinned_until", ValidationError(message, code="too_many", params=params))

    def _keep_what_publication_requires(self, cleaned: dict[str, Any]) -> None:
        # Old news may have come in with one language only; nothing that is there may go.
        for language in settings.NEWS_REQUIRED_LANGUAGES:
            for name in (f"headline_{language}", f"body_{language}"):
                if self.initial.get(name) and name in cleaned and not cleaned[name]:
                    message = _("Required for publication (%(language)s).")
                    params = {"language": name_of(language)}
                    self.add_error(name, ValidationError(message, code="required", params=params))
