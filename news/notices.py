"""Recurring notices: a template's words with the places filled in, as a new draft."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from html import escape
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from news import revisions, translations
from news.languages import LANGUAGES, name_of
from news.models import Article, NoticeBlank, NoticeTemplate
from news.models.notices import PLACE

TEXTS = ("headline", "lead", "body")
Kind = NoticeBlank.Kind
Filling = Mapping[str, Mapping[str, str]]  # language → name in braces → words


def languages_of(template: NoticeTemplate) -> list[str]:
    return [
        language
        for language in LANGUAGES
        if any(getattr(template, f"{text}_{language}") for text in TEXTS)
    ]


def places_of(texts: Iterator[str]) -> set[str]:
    return {code for text in texts for code in PLACE.findall(text)}


class NoticeForm(forms.Form):
    """A field for each place of a template; for words, one in each of its languages."""

    required_css_class = "required"

    def __init__(self, data: Any = None, *, template: NoticeTemplate) -> None:
        super().__init__(data)
        self.template = template
        self.languages = languages_of(template)
        self.blanks = list(template.blanks.all())
        for blank in self.blanks:
            for name, field in self._fields_of(blank):
                self.fields[name] = field

    def _fields_of(self, blank: NoticeBlank) -> Iterator[tuple[str, forms.Field]]:
        label = str(blank.label)
        if blank.kind == Kind.DATE:
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            yield (
                blank.code,
                forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"]),
            )
        elif blank.kind == Kind.TIME:
            clock = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            yield blank.code, forms.TimeField(label=label, widget=clock)
        elif blank.kind == Kind.SAME:
            yield blank.code, forms.CharField(label=label, max_length=200)
        else:
            for language in self.languages:
                yield (
                    f"{blank.code}_{language}",
                    forms.CharField(
                        label=f"{label}, {name_of(language)}",
                        max_length=200,
                        widget=forms.TextInput(attrs={"lang": language, "class": "vTextField"}),
                    ),
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        longest = Article._meta.get_field("headline").max_length or 0
        if not self.errors:
            for language, texts in self.texts().items():
                if len(texts["headline"]) > longest:
                    raise ValidationError(
                        _("The headline becomes too long (%(language)s): %(length)d characters."),
                        code="too_long",
                        params={"language": name_of(language), "length": len(texts["headline"])},
                    )
        return cleaned

    def texts(self) -> dict[str, dict[str, str]]:
        """Headline, lead and body in each language of the template, filled in."""
        filling = {language: self._filling(language) for language in self.languages}
        return {
            language: {
                text: filled(
                    getattr(self.template, f"{text}_{language}") or "",
                    filling[language],
                    is_html=text == "body",
                )
                for text in TEXTS
            }
            for language in self.languages
        }

    def _filling(self, language: str) -> dict[str, str]:
        return {
            blank.code: _worded(
                self.cleaned_data[
                    f"{blank.code}_{language}" if blank.kind == Kind.WORDS else blank.code
                ],
                language,
            )
            for blank in self.blanks
        }


def filled(text: str, filling: Mapping[str, str], *, is_html: bool = False) -> str:
    """Places that nobody knows stay as they are."""

    def word(place: Any) -> str:
        if place[1] not in filling:
            return place[0]
        return escape(filling[place[1]]) if is_html else filling[place[1]]

    return PLACE.sub(word, text)


def _worded(value: Any, language: str) -> str:
    if isinstance(value, date):
        with override(language):
            return date_format(value, "DATE_FORMAT")
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


@transaction.atomic
def write(form: NoticeForm, *, by: User) -> Article:
    """A draft from a valid form."""
    if not by.has_perm("news.add_article"):
        raise PermissionDenied
    article = Article(section=form.template.section, created_by=by)
    for language, texts in form.texts().items():
        for text, words in texts.items():
            setattr(article, f"{text}_{language}", words)
    article.save()
    translations.follow(article)
    revisions.record(article, by=by)
    return article
