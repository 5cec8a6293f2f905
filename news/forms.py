"""What an officer fills in: articles, pictures, and the decisions taken on an article."""

from datetime import datetime, timedelta
from typing import Any, cast

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminRadioSelect, AdminSplitDateTime, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Field, Model
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from news import attachments, pictures
from news.front_page import FEATURED
from news.languages import LANGUAGES, name_of
from news.models import Article, Attachment, Picture
from news.richtext import clean_html, clean_text
from news.surroundings import MOST_RELATED

ARTICLE_TEXTS = ("headline", "lead", "body", "byline")
ATTACHMENT_TEXTS = ("title", "signatory")
PICTURE_TEXTS = ("alt", "caption", "credit")

EARLIEST = datetime(1990, 1, 1)
DISTRICT_CITY = gettext_noop("Almaty")


def label_of(text: str, model: type[Model] = Article) -> str:
    """What a translated text is called, without its language."""
    return capfirst(str(cast(Field, model._meta.get_field(text)).verbose_name))


class EditorWidget(CKEditorWidget):
    """The editor for one language: the browser checks the spelling of what is written in it."""

    def __init__(self, language: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(config_name="news", attrs=attrs)
        self.config["contentsLanguage"] = language

    def _set_config(self) -> None:
        # The editor speaks no Kazakh.
        self.config["language"] = "en" if get_language() == "en" else "ru"


class ArticleForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for name in ARTICLE_TEXTS:
                if field := self.fields.get(f"{name}_{language}"):
                    # The fieldset names the language already.
                    field.label = label_of(name)
                    if name == "body":
                        field.widget = EditorWidget(language)
                    field.widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        """Judge what would be stored: an editor's empty paragraph is an empty text."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = (clean_html if name.startswith("body_") else clean_text)(value)
        self._keep_the_front_page_short(cleaned)
        if self.instance.status == Article.Status.PUBLISHED:
            self._keep_what_publication_requires(cleaned)
        return cleaned

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


class PictureForm(forms.ModelForm):
    # Not Django's image field: it trusts names, and decodes before any limit is looked at.
    file = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP or GIF. Location and camera data are removed; large pictures are made"
            " smaller."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    class Meta:
        model = Picture
        fields = ("is_decorative", "focus_x", "focus_y")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepted: pictures.AcceptedPicture | None = None
        if self.instance.pk:
            del self.fields["file"]
        for language in LANGUAGES:
            for name in PICTURE_TEXTS:
                if field := self.fields.get(f"{name}_{language}"):
                    field.label = f"{label_of(name, Picture)}, {name_of(language)}"
                    field.widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for language in settings.NEWS_REQUIRED_LANGUAGES:
            name = f"alt_{language}"
            if not cleaned.get("is_decorative") and name in cleaned and not cleaned[name]:
                message = _("Say what the picture shows, or mark it as decorative.")
                self.add_error(name, ValidationError(message, code="required"))
        return cleaned

    def clean_file(self) -> UploadedFile:
        # Kept aside: news.pictures.store() writes it once everything else is right.
        self.accepted = pictures.accept(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class StoredFile(forms.Widget):
    """A link to an attachment that is there; it takes no other file."""

    def __init__(self, attachment: Attachment) -> None:
        super().__init__()
        self.attachment = attachment

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        address = reverse("admin:news_article_attachment", args=[self.attachment.pk])
        about = f"{self.attachment.get_kind_display()}, {self.attachment.weight}"
        return format_html('<a href="{}">{}</a>', address, about)


class AttachmentForm(forms.ModelForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, DOCX, XLSX or ODT, without macros."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.odt"}),
    )

    class Meta:
        model = Attachment
        fields = ("issued_on", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepted: attachments.AcceptedFile | None = None
        if self.instance.pk:
            # Readers may have it already: another document is another attachment.
            self.fields["file"] = forms.FileField(
                label=_("File"), disabled=True, required=False, widget=StoredFile(self.instance)
            )
        for language in LANGUAGES:
            for name in ATTACHMENT_TEXTS:
                if field := self.fields.get(f"{name}_{language}"):
                    field.label = f"{label_of(name, Attachment)}, {name_of(language)}"
                    field.widget.attrs["lang"] = language

    def clean_file(self) -> UploadedFile:
        # Kept aside: news.attachments.store() writes it once everything else is right.
        upload = self.cleaned_data["file"]
        if not self.instance.pk:
            self.accepted = attachments.accept(upload)
        return upload

    def save(self, commit: bool = True) -> Attachment:
        if self.accepted is None or not commit:
            return super().save(commit)
        attachments.store(self.instance, self.accepted)
        return self.instance


class DecisionForm(forms.Form):
    """A decision on an article, as its officer saw the article."""

    status = forms.ChoiceField(choices=Article.Status, widget=forms.HiddenInput)
    required_css_class = "required"

    def __init__(self, data: QueryDict | None = None, *, article: Article) -> None:
        super().__init__(data, initial={"status": article.status, **self.initial_for(article)})
        self.article = article

    def initial_for(self, _article: Article) -> dict[str, Any]:
        return {}

    def details(self) -> dict[str, Any]:
        """What the verb in news/publishing.py takes beside the article and the person."""
        return {}

    def refuse(self, refusal: ValidationError) -> None:
        """Show a verb's refusal; texts that are missing are listed on the page with their links."""
        self.add_error(
            None,
            _("The texts named above are missing.") if hasattr(refusal, "error_dict") else refusal,
        )


class NoteForm(DecisionForm):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues; readers do not see it."),
    )

    def details(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}


class PublishForm(DecisionForm):
    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("now")), ("moment", _("at a moment"))],
        initial="now",
        widget=AdminRadioSelect,
    )
    moment = forms.SplitDateTimeField(label=_("Moment"), required=False, widget=AdminSplitDateTime)

    def __init__(self, data: QueryDict | None = None, *, article: Article) -> None:
        super().__init__(data, article=article)
        moment = self.article.published_at or timezone.now()
        self.fields["moment"].help_text = zone_name(moment)
        day, time = self.fields["moment"].widget.widgets
        day.attrs["aria-label"], time.attrs["aria-label"] = _("Date of publication"), _("Time")

    def initial_for(self, article: Article) -> dict[str, Any]:
        return {"when": "moment", "moment": article.published_at} if article.is_scheduled else {}

    def clean_moment(self) -> datetime | None:
        moment = self.cleaned_data["moment"]
        if moment:
            latest = timezone.localtime() + timedelta(days=3650)
            if not timezone.make_aware(EARLIEST) <= moment <= latest:
                raise ValidationError(
                    _("Enter a year from %(first)s to %(last)s."),
                    code="year",
                    params={"first": EARLIEST.year, "last": latest.year},
                )
            # The offset of that day: the district's clock has been changed before.
            self.fields["moment"].help_text = zone_name(moment)
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "moment" and not self.has_error("moment"):
            if not cleaned.get("moment"):
                self.add_error("moment", ValidationError(_("Enter the moment."), code="required"))
        elif cleaned.get("when") == "now" and "moment" in self.changed_data:
            # Publishing at once what was meant for tomorrow cannot be taken back.
            self.add_error(
                "when",
                ValidationError(
                    _("A moment is entered below: choose “at a moment”, or clear it."),
                    code="ambiguous",
                ),
            )
        return cleaned

    def details(self) -> dict[str, Any]:
        wanted = self.cleaned_data["when"] == "moment"
        return {"at": self.cleaned_data["moment"] if wanted else None}


class WithdrawForm(DecisionForm):
    def __init__(self, data: QueryDict | None = None, *, article: Article) -> None:
        super().__init__(data, article=article)
        for language in LANGUAGES:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=_("Reason, %(language)s") % {"language": name_of(language)},
                help_text=_("Readers see it above the article."),
                required=language in settings.NEWS_REQUIRED_LANGUAGES,
                max_length=300,
                widget=AdminTextInputWidget(attrs={"lang": language}),
            )

    def details(self) -> dict[str, Any]:
        return {
            "reason": {language: self.cleaned_data[f"reason_{language}"] for language in LANGUAGES}
        }


def zone_name(moment: datetime) -> str:
    """«district time (Almaty): Asia/Almaty, UTC+05:00», as it holds at that moment."""
    zone = settings.TIME_ZONE
    digits = f"{timezone.localtime(moment, timezone.get_default_timezone()):%z}"
    return gettext("district time (%(city)s): %(zone)s, UTC%(offset)s") % {
        "city": gettext(zone.rpartition("/")[2].replace("_", " ")),
        "zone": zone,
        "offset": f"{digits[:3]}:{digits[3:5]}",
    }
