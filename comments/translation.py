"""Which fields exist in kk, ru and en."""

from modeltranslation.translator import TranslationOptions, register

from comments.models import CommentsSwitch, Department


@register(Department)
class DepartmentTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("kk", "ru")


@register(CommentsSwitch)
class CommentsSwitchTranslation(TranslationOptions):
    fields = ("message",)
    fallback_languages = {"default": (), "kk": (), "ru": (), "en": ()}  # chosen by articles.said()
