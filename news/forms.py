"""What an officer fills in of pictures and attachments."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Field, Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news import attachments, pace, pictures
from news.languages import LANGUAGES, name_of
from news.models import Article, Attachment, Picture

ATTACHMENT_TEXTS = ("title", "signatory")
PICTURE_TEXTS = ("alt", "caption", "credit")


def label_of(text: str, model: type[Model] = Article) -> str:
    """What a translated text is called, without its language."""
    return capfirst(str(cast(Field, model._meta.get_field(text)).verbose_name))


def refuse_unstored() -> None:
    raise ValidationError(
        _(
            "The file could not be stored: our storage does not answer. What you have written is"
            " kept; choose the file again in a few minutes."
        ),
        code="not_stored",
    )


def refuse_haste(officer: int | None) -> None:
    """A script in an officer's browser, or a stolen session, fills no disk within minutes."""
    limit = settings.NEWS_UPLOADS_PER_MINUTE
    if officer is not None and (pace.count(f"uploads:{officer}", 60) or 0) > limit:
        raise ValidationError(
            _("More than %(limit)s files within a minute. Wait a minute and choose it again."),
            code="too_fast",
            params={"limit": limit},
        )


class PictureForm(forms.ModelForm):
    storage_failed = False  # see news/admin/uploads.py
    uploader: int | None = None

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
        if self.errors and self.accepted:
            message = _("Choose the file again: browsers do not keep it.")
            self.add_error("file", ValidationError(message, code="again"))
        return cleaned

    def clean_file(self) -> UploadedFile:
        if self.storage_failed:
            refuse_unstored()
        refuse_haste(self.uploader)
        # Kept aside: news.pictures.store() writes it once everything else is right.
        self.accepted = pictures.accept(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class StoredFile(forms.Widget):
    """A link to an attachment that is there; it takes no other file."""

    def __init__(self, attachment: Attachment, *, in_change: bool = False) -> None:
        """``in_change``: perhaps the prepared change alone has it."""
        super().__init__()
        self.attachment = attachment
        self.in_change = in_change

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        if self.in_change:
            numbers = [self.attachment.article_id, self.attachment.pk]
            address = reverse("admin:news_article_prepared_attachment", args=numbers)
        else:
            address = reverse("admin:news_article_attachment", args=[self.attachment.pk])
        about = f"{self.attachment.get_kind_display()}, {self.attachment.weight}"
        return format_html('<a href="{}">{}</a>', address, about)


class AttachmentForm(forms.ModelForm):
    storage_failed = False
    uploader: int | None = None
    in_change = False

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
            stored = StoredFile(self.instance, in_change=self.in_change)
            self.fields["file"] = forms.FileField(
                label=_("File"), disabled=True, required=False, widget=stored
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
            if self.storage_failed:
                refuse_unstored()
            refuse_haste(self.uploader)
            self.accepted = attachments.accept(upload)
        return upload

    def save(self, commit: bool = True) -> Attachment:
        if self.accepted is None or not commit:
            return super().save(commit)
        attachments.store(self.instance, self.accepted)
        return self.instance
