"""Which fields exist in kk, ru and en."""

from modeltranslation.translator import TranslationOptions, register

from news.models import (
    Alert,
    Article,
    Attachment,
    Correction,
    NoticeBlank,
    NoticeTemplate,
    Page,
    Picture,
    PreparedChange,
    Section,
)

# A fallback value would be shown by a page and not be found by a filter: articles have none.
# All keys are needed: a dictionary without them keeps the project's fallbacks.
NO_FALLBACK = {"default": (), "kk": (), "ru": (), "en": ()}


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("kk", "ru")


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption", "credit")


@register(Attachment)
class AttachmentTranslation(TranslationOptions):
    fields = ("title", "signatory")
    required_languages = {"kk": ("title",), "ru": ("title",)}


@register(Alert)
class AlertTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("kk", "ru")


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("headline", "lead", "body", "byline", "withdrawal_reason", "comments_message")
    fallback_languages = NO_FALLBACK


@register(NoticeTemplate)
class NoticeTemplateTranslation(TranslationOptions):
    fields = ("name", "headline", "lead", "body")
    required_languages = {"kk": ("name",), "ru": ("name",)}


@register(NoticeBlank)
class NoticeBlankTranslation(TranslationOptions):
    fields = ("label",)
    required_languages = ("kk", "ru")


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "body")
    fallback_languages = NO_FALLBACK


@register(PreparedChange)
class PreparedChangeTranslation(TranslationOptions):
    fields = ("public_note",)
    fallback_languages = NO_FALLBACK


@register(Correction)
class CorrectionTranslation(TranslationOptions):
    fields = ("note",)
