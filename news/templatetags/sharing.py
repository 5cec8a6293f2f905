"""What the head of an article's page tells machines."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from news import publisher, share_picture, structured_data
from news.languages import LANGUAGES

register = template.Library()

LOCALES = {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_US"}


@register.simple_tag(takes_context=True)
def article_head(context):
    """Nothing for what is not public: a withdrawn article, a preview."""
    article, text = context["article"], context["text"]
    if context.get("preview") or not article.is_published:
        return ""
    picture = share_picture.of_article(article, text)
    address = context["canonical"]
    data = structured_data.news_article(article, text, address, picture)
    html = _meta(
        ("og:type", "article"),
        ("og:title", text.headline),
        ("og:description", data["description"]),
        ("og:url", address),
        *_languages(text.language, article.languages),
        *_picture(picture),
        ("article:published_time", data["datePublished"]),
        ("article:modified_time", data["dateModified"]),
        ("article:section", data["articleSection"]),
    )
    # The page in another language than its text has a canonical one, which carries the data.
    return html if context["is_other_language"] else html + structured_data.as_script(data)


@register.simple_tag(takes_context=True)
def page_head(context):
    """For pages that are no article; only those that search engines may list."""
    if not context.get("canonical") or context.get("robots"):
        return ""
    name = publisher.name()
    return _meta(
        ("og:type", "website"),
        ("og:title", context.get("page_title") or name),
        ("og:description", name),
        ("og:url", context["canonical"]),
        *_languages(context["LANGUAGE_CODE"], LANGUAGES),
        *_picture(share_picture.of_portal()),
    )


def _languages(language, languages):
    yield "og:site_name", publisher.name()
    yield "og:locale", LOCALES[language]
    for other in languages:
        if other != language:
            yield "og:locale:alternate", LOCALES[other]


def _picture(picture):
    yield "og:image", picture.url
    yield "og:image:type", picture.content_type
    yield "og:image:width", picture.width
    yield "og:image:height", picture.height
    yield "og:image:alt", picture.alt


def _meta(*facts):
    lines = [f'<meta property="{name}" content="{escape(str(fact))}">\n' for name, fact in facts]
    lines.append('<meta name="twitter:card" content="summary_large_image">\n')
    return mark_safe("".join(lines))  # noqa: S308  (escaped piece by piece)


@register.simple_tag(takes_context=True)
def drawn_picture(context):
    """The article's headline drawn, for where a picture stands and it has none."""
    article, text = context["article"], context["text"]
    if context.get("preview") or not article.is_published or article.main_picture_id:
        return None
    return share_picture.of_article(article, text)
