from html import escape
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comments import (
    answers,
    appeals,
    articles,
    openness,
    plain_text,
    stream,
)
from comments.comment_html import Comments
from comments.models import Question

register = template.Library()
register.filter("comment_text", plain_text.as_html)


@register.inclusion_tag("comments/_comment_section.html", takes_context=True)
def comment_section(context, article):
    """The approved comments of an article, and the way to write one."""
    request = context.get("request")
    asked = request.GET if request else {}
    is_public = article.is_published and not context.get("preview")
    came_from = context.get("came_from", "")
    page = stream.page(
        article.pk, asked.get(stream.PARAMETER, ""), asked.get(stream.LANGUAGE_PARAMETER, "")
    )
    state = openness.shown_on(article) if is_public else openness.Openness(False)
    submit_url = articles.submit_address(article) if state.is_open else ""
    submit_url = articles.keeping(came_from, submit_url) if submit_url else ""
    writing = Comments(
        context["LANGUAGE_CODE"], came_from, is_public=is_public, submit_url=submit_url
    )
    return {
        "page": page,
        "threads": writing.threads(page.threads),
        "languages": _language_items(page, came_from),
        "previous_url": _page_address(page.previous, page.language, came_from),
        "next_url": _page_address(page.next, page.language, came_from),
        "openness": state,
        "submit_url": submit_url,
        "is_public": is_public,
        "came_from": came_from,
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
        "request": request,
    }


def _language_items(page, came_from):
    """All, and each language in which there are comments; nothing where there is but one."""
    if len(page.languages) < 2:
        return ""
    items = [_language_item(page, "", pgettext("comments", "All"), page.total, came_from)]
    items += [
        _language_item(page, code, name, page.languages[code], came_from)
        for code, name in settings.LANGUAGES
        if code in page.languages
    ]
    return SafeString("".join(items))  # escaped piece by piece


def _language_item(page, code, name, count, came_from):
    lang = f' lang="{code}"' if code else ""
    said = f"{escape(name)} ({count})"
    if code == page.language:
        return f'<li><strong aria-current="true"{lang}>{said}</strong></li>\n'
    url = escape(_page_address(1, code, came_from))
    return f'<li><a href="{url}" rel="nofollow"{lang}>{said}</a></li>\n'


def _page_address(number, language, came_from):
    if not number:
        return ""
    query = {stream.LANGUAGE_PARAMETER: language} if language else {}
    if number > 1 or not language:
        query = {stream.PARAMETER: number} | query
    return articles.keeping(came_from, f"?{urlencode(query)}#comments")


@register.simple_tag(takes_context=True)
def comment_html(context, comment, level):
    """Without the ways to answer and to report it that there are under its article."""
    writing = Comments(context["LANGUAGE_CODE"], "", is_public=False, submit_url="")
    return writing.html(comment, level)


@register.simple_tag
def comment_address(comment, came_from=""):
    return articles.keeping(came_from, reverse("comments:comment", args=[comment.pk]))


@register.inclusion_tag("comments/_appeal.html")
def appeal_detour(comment):
    """On the receipt of what sounds like an appeal: the way to whoever must answer it."""
    is_noticed = not comment.erased_at and appeals.is_noticed(comment)
    return {"comment": comment, "is_noticed": is_noticed, "appeals_url": settings.APPEALS_URL}


@register.simple_tag
def questions_of_rows(rows) -> list[dict[str, int]]:
    """For each article of a list how many questions have which status; empty if none has any."""
    counts = answers.counts_of([article.pk for article in rows])
    return [counts.get(article.pk, {}) for article in rows] if counts else []


@register.filter
def told_at(questions: list[dict[str, int]], place: int) -> str:
    """«answered 2, waiting 1»"""
    if not questions:
        return ""
    counts = questions[place]
    parts = []
    if answered := counts.get(Question.Status.ANSWERED, 0):
        parts.append(_("answered: %(count)d") % {"count": answered})
    waiting = sum(counts.values()) - answered - counts.get(Question.Status.DROPPED, 0)
    if waiting:
        parts.append(_("waiting: %(count)d") % {"count": waiting})
    return ", ".join(parts)
