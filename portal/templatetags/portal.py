"""Language switch, comfort controls, pagination."""

from dataclasses import dataclass
from html import escape

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from news import addresses, card, lists
from portal import comfort

register = template.Library()

SHORT_NAMES = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}


@dataclass(frozen=True)
class MenuPlace:
    """Where in the main menu a page is: at the address of an entry, or within a section."""

    address: str = ""
    section: int | None = None


@register.simple_tag(takes_context=True)
def menu_place(context):
    request, article = context.get("request"), context.get("article")
    if request is not None and _is_in_menu(request.path, context["portal"]["sections"]):
        return MenuPlace(address=request.path)
    return MenuPlace(section=article.section_id if article else None)


def _is_in_menu(path, sections):
    news = addresses.root()
    if not path.startswith(news):
        return path == reverse("home")
    rest = path.removeprefix(news)
    return not rest or any(rest == f"{section.slug}/" for section in sections)


@register.simple_tag(takes_context=True)
def language_links(context):
    """This page in the other languages: ``page_urls`` of the view, or the same path."""
    request = context.get("request")
    current = context.get("LANGUAGE_CODE", settings.LANGUAGE_CODE)
    urls = context.get("page_urls") or {}
    links = []
    for code, name in settings.LANGUAGES:
        url = urls.get(code) or _same_path(request, current, code)
        is_current = ' aria-current="true"' if code == current else ""
        links.append(
            f'<li><a class="topbar-button" href="{escape(url)}" lang="{code}" hreflang="{code}"'
            f'{is_current}><span aria-hidden="true">{SHORT_NAMES[code]}</span>'
            f'<span class="visually-hidden">{name}</span></a></li>\n'
        )
    label = escape(gettext("Site language"))
    return SafeString(  # escaped piece by piece
        f'<nav class="languages" aria-label="{label}">\n<ul>\n{"".join(links)}</ul>\n</nav>'
    )


def _same_path(request, current: str, language: str) -> str:
    prefix = f"/{current}/"
    if request is not None and request.path.startswith(prefix) and request.resolver_match:
        query = request.META.get("QUERY_STRING", "")
        path = f"/{language}/{request.path.removeprefix(prefix)}"
        return f"{path}?{query}" if query else path
    with override(language):
        return reverse("home")


@register.simple_tag(takes_context=True)
def this_address(context):
    """Where to come back to from a form that is on every page, with the reader's list kept."""
    request = context.get("request")
    if request is None:
        return ""
    return lists.keeping(context.get("came_from", ""), request.get_full_path())


@register.inclusion_tag("includes/_comfort_controls.html", takes_context=True)
def comfort_controls(context):
    chosen = context.get("comfort") or comfort.Comfort()
    return {
        "action": reverse("preferences"),
        "next": context["next"],
        "zooms": [(value, value == chosen.zoom) for value in ("100", "200")],
        "is_usual": not chosen.changes.keys() - {"zoom"},
        "is_low_vision": chosen.scheme != "standard",
    }


@register.simple_tag(takes_context=True)
def pictures_wanted(context) -> str:
    """ "on", "grey" or "off"; also inside templates that are given nothing but a picture."""
    request = getattr(context, "request", None) or context.get("request")
    return comfort.of(request).pictures if request is not None else "on"


@register.simple_tag(takes_context=True)
def article_card(context, article, level, section=None):
    """An article in a list; on a section's own list it does not name its section again."""
    wanted = pictures_wanted(context)
    return card.article_html(article, level=level, hide_section=bool(section), wanted=wanted)


@register.simple_tag(takes_context=True)
def picture(context, picture, sizes="", eager=False):
    """``eager`` where it belongs to the first screen; ``sizes`` where it is not the text's."""
    sizes = sizes or "(min-width: 64rem) 46rem, 100vw"
    return card.picture_html(picture, sizes=sizes, eager=eager, wanted=pictures_wanted(context))


@register.inclusion_tag("includes/_pagination.html", takes_context=True)
def pagination(context, page_obj):
    query = context["request"].GET.copy()
    query.pop("page", None)
    address = f"?{query.urlencode()}&page=" if query else "?page="
    return {
        "page_obj": page_obj,
        "address": address,
        "numbers": _page_items(page_obj, escape(address)),
    }


def _page_items(page_obj, address):
    if not page_obj.has_other_pages():
        return ""
    paginator, said = page_obj.paginator, escape(gettext("Page"))
    items = []
    for number in paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1):
        if number == paginator.ELLIPSIS:
            items.append(f'<li class="pagination-gap">{number}</li>\n')
        else:
            current = ' aria-current="page"' if number == page_obj.number else ""
            items.append(
                f'<li><a href="{address}{number}"{current}>'
                f'<span class="visually-hidden">{said} </span>{number}</a></li>\n'
            )
    return SafeString("".join(items))  # escaped piece by piece
