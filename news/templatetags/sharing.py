"""What the head of an article's page tells machines."""

from django import template
from django.conf import settings

from news import publisher, share_picture, structured_data

register = template.Library()

LOCALES = {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_US"}


@register.inclusion_tag("news/_head.html", takes_context=True)
def article_head(context):
    """Nothing for what is not public: a withdrawn article, a preview."""
    article, text = context["article"], context["text"]
    if context.get("preview") or not article.is_published:
        return {}
    picture = share_picture.of_article(article, text)
    address = context["canonical"]
    data = structured_data.news_article(article, text, address, picture)
    return {
        "share": {
            **_common(text.language, article.languages),
            "title": text.headline,
            "description": structured_data.description(text),
            "url": address,
            "picture": picture,
        },
        "section": data["articleSection"],
        "published_at": data["datePublished"],
        "modified_at": data["dateModified"],
        # The page in another language than its text has a canonical one, which carries the data.
        "json_ld": "" if context["is_other_language"] else structured_data.as_script(data),
    }


@register.inclusion_tag("news/_share.html", takes_context=True)
def page_head(context):
    """For pages that are no article; only those that search engines may list."""
    if not context.get("canonical") or context.get("robots"):
        return {}
    name = publisher.name()
    return {
        "share": {
            **_common(context["LANGUAGE_CODE"], [code for code, _name in settings.LANGUAGES]),
            "type": "website",
            "title": context.get("page_title") or name,
            "description": name,
            "url": context["canonical"],
            "picture": share_picture.of_portal(),
        }
    }


def _common(language, languages):
    return {
        "type": "article",
        "site_name": publisher.name(),
        "locale": LOCALES[language],
        "alternates": [LOCALES[other] for other in languages if other != language],
    }


@register.simple_tag(takes_context=True)
def drawn_picture(context):
    """The article's headline drawn, for where a picture stands and it has none."""
    article, text = context["article"], context["text"]
    if context.get("preview") or not article.is_published or article.main_picture_id:
        return None
    return share_picture.of_article(article, text)
