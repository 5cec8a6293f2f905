"""What the head of every page tells machines: languages, feeds, icons."""

from html import escape

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from news import publisher
from news.languages import LANGUAGES
from news.sitemaps import in_languages
from portal import well_known

register = template.Library()


@register.simple_tag(takes_context=True)
def machine_links(context):
    """Where the page's other languages and its feeds are; nothing for what is not listed."""
    if not context.get("canonical") or context.get("robots"):
        return ""
    links = [
        f'<link rel="alternate" hreflang="{language}" href="{escape(address)}">\n'
        for language, address in _alternates(context)
    ]
    if "article" not in context:
        links += [
            f'<link rel="alternate" type="application/atom+xml" title="{escape(title)}"'
            f' href="{escape(address)}">\n'
            for title, address in _feeds(context)
        ]
    return mark_safe("".join(links))  # noqa: S308  (escaped piece by piece)


@register.simple_tag
def theme_colours():
    """Of the browser's own frame around the page."""
    return format_html(
        '<meta name="theme-color" content="{}" media="(prefers-color-scheme: light)">\n'
        '<meta name="theme-color" content="{}" media="(prefers-color-scheme: dark)">\n',
        well_known.THEME,
        well_known.THEME_DARK,
    )


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
