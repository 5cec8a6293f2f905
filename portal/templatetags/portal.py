"""Language switch, comfort controls, pagination."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from news import lists
from portal import comfort

register = template.Library()

SHORT_NAMES = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}


@register.inclusion_tag("includes/_language_links.html", takes_context=True)
def language_links(context):
    """This page in the other languages: ``page_urls`` of the view, or the same path."""
    request = context.get("request")
    current = context.get("LANGUAGE_CODE", settings.LANGUAGE_CODE)
    urls = context.get("page_urls") or {}
    return {
        "links": [
            {
                "code": code,
                "name": name,
                "short": SHORT_NAMES[code],
                "url": urls.get(code) or _same_path(request, current, code),
                "is_current": code == current,
            }
            for code, name in settings.LANGUAGES
        ]
    }


def _same_path(request, current: str, language: str) -> str:
    prefix = f"/{current}/"
    if request is not None and request.path.startswith(prefix) and request.resolver_match:
        query = request.META.get("QUERY_STRING", "")
        path = f"/{language}/{request.path.removeprefix(prefix)}"
        return f"{path}?{query}" if query else path
    with override(language):
        return reverse("home")


@register.inclusion_tag("includes/_comfort_controls.html", takes_context=True)
def comfort_controls(context):
    request = context.get("request")
    chosen = context.get("comfort") or comfort.Comfort()
    return {
        "action": reverse("preferences"),
        "next": lists.keeping(context.get("came_from", ""), request.get_full_path())
        if request is not None
        else "",
        "zooms": [(value, value == chosen.zoom) for value in ("100", "200")],
        "is_usual": not chosen.changes.keys() - {"zoom"},
        "is_low_vision": chosen.scheme != "standard",
        "comfort": chosen,
    }


@register.simple_tag(takes_context=True)
def pictures_wanted(context) -> str:
    """ "on", "grey" or "off"; also inside templates that are given nothing but a picture."""
    request = getattr(context, "request", None) or context.get("request")
    return comfort.of(request).pictures if request is not None else "on"


@register.inclusion_tag("includes/_pagination.html", takes_context=True)
def pagination(context, page_obj):
    paginator = page_obj.paginator
    return {
        "request": context.get("request"),
        "page_obj": page_obj,
        "numbers": paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1),
        "ellipsis": paginator.ELLIPSIS,
    }
