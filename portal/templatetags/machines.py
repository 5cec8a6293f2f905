"""What the head of every page tells machines: languages, feeds, icons."""

from django import template
from django.conf import settings
from django.urls import reverse

from news import publisher
from news.languages import LANGUAGES
from news.sitemaps import in_languages
from portal import well_known

register = template.Library()


@register.inclusion_tag("includes/_machines.html", takes_context=True)
def machine_links(context):
    listed = context.get("canonical") and not context.get("robots")
    comfort = context.get("comfort")
    return {
        "alternates": _alternates(context) if listed else [],
        "feeds": _feeds(context) if listed and "article" not in context else [],
        # A low-vision scheme has colours of its own.
        "theme": comfort is None or comfort.scheme == "standard",
        "theme_light": well_known.THEME,
        "theme_dark": well_known.THEME_DARK,
    }


def _alternates(context):
    """An article exists in its own languages, any other page in all of them.

    Deeper pages of a list name none: another language may not have as many.
    """
    request, article = context["request"], context.get("article")
    if article is not None:
        if context.get("preview"):
            return []
        places = [
            (language, publisher.absolute(article.get_absolute_url(language)))
            for language in article.languages
        ]
    elif "?" in context["canonical"]:
        return []
    else:
        rest = request.path.removeprefix(f"/{context['LANGUAGE_CODE']}/")
        places = [(language, f"{settings.SITE_URL}/{language}/{rest}") for language in LANGUAGES]
    return next(in_languages(places)).alternates


def _feeds(context):
    feeds = [(publisher.name(), reverse("news:feed"))]
    if section := context.get("section"):
        feeds.insert(0, (section.title, reverse("news:section_feed", args=[section.slug])))
    return [(title, publisher.absolute(address)) for title, address in feeds]
