from dataclasses import dataclass

from django import template
from django.urls import reverse

from comments import articles, moderation, stream

register = template.Library()


@register.inclusion_tag("comments/_comment_section.html", takes_context=True)
def comment_section(context, article):
    """The approved comments of an article, and the way to write one."""
    request = context.get("request")
    wanted = request.GET.get(stream.PARAMETER, "") if request else ""
    is_public = article.is_published and not context.get("preview")
    came_from = context.get("came_from", "")
    page = stream.page(article.pk, wanted)
    return {
        "page": page,
        "previous_url": _page_address(page.previous, came_from),
        "next_url": _page_address(page.next, came_from),
        "is_closed": is_public and not articles.is_open(article),
        "submit_url": articles.keeping(came_from, articles.submit_address(article))
        if is_public and articles.is_open(article)
        else "",
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
        "request": request,
    }


def _page_address(number, came_from):
    return articles.keeping(came_from, f"?{stream.PARAMETER}={number}#comments") if number else ""


@dataclass(frozen=True)
class Waiting:
    count: int
    url: str


@register.simple_tag(takes_context=True)
def comments_waiting(context) -> Waiting | None:
    """How many comments wait and where, for people who may decide; None for others."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.has_perm("comments.moderate_comment"):
        return None
    return Waiting(moderation.waiting_count(), reverse("admin:comments_comment_changelist"))
