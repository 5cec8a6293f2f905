"""What the change page of an article shows of its languages."""

import re
from itertools import groupby

from django import template
from django.utils.html import format_html_join

from news import differences
from news.forms import label_of
from news.languages import name_of

register = template.Library()


@register.filter
def language_of(fieldset) -> str:
    """The language of a fieldset that holds one language's texts, else ""."""
    found = re.search(r"\blanguage-(\w+)", fieldset.classes)
    return found[1] if found else ""


@register.filter
def by_language(adminform) -> list:
    """The fieldsets in their order, those of the languages together."""
    groups = groupby(adminform, key=lambda fieldset: bool(language_of(fieldset)))
    return [(is_language, list(fieldsets)) for is_language, fieldsets in groups]


@register.filter
def standing_of(standings, language):
    return (standings or {}).get(language)


@register.filter
def state_of(standing) -> str:
    return standing.state if standing else ""


@register.filter
def language_name(code) -> str:
    return name_of(code)


@register.filter
def text_label(name) -> str:
    return label_of(name)


@register.simple_tag
def difference(before, after):
    return differences.alone(before, after)


@register.simple_tag
def plain_blocks(text):
    return format_html_join("", "<p>{}</p>", ((block,) for block in differences.paragraphs(text)))
