"""What moderators look back at: every decision, and the figures of their work."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from comments import history, moderators, statistics
from comments.history import Wanted
from comments.models import Comment
from comments.waits import in_words

PERIODS = (7, 30, 90)


def decisions(request: HttpRequest) -> HttpResponse:
    """Who decided what, when and why, the newest first."""
    user = _moderator(request)
    wanted = Wanted.from_query(request.GET)
    page = history.page(wanted, moderators.sections_of(user), me=user)
    context = {
        **_around(request, _("Decisions")),
        "page": page,
        "wanted": wanted,
        "people": history.people(),
        "statuses": [(s.value, s.label) for s in Comment.Status if s != Comment.Status.WITHDRAWN],
        "next_url": f"?{wanted.query(after=page.following)}" if page.following else "",
    }
    return TemplateResponse(request, "admin/comments/comment/decisions.html", context)


def figures(request: HttpRequest) -> HttpResponse:
    """Everybody sees their own work, and that of all together; others' only who leads them."""
    user = _moderator(request)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
    sees_all = user.has_perm("comments.view_moderator")
    sections = moderators.sections_of(user)
    found = statistics.of_last(days, sections=sections, only=None if sees_all else user)
    minutes = None if found.median is None else round(found.median.total_seconds() / 60)
    context = {
        **_around(request, _("Figures of moderation")),
        "figures": found,
        "chart": statistics.chart(found.days),
        "wait": in_words(minutes),
        "days": days,
        "periods": PERIODS,
        "decided": [
            (Comment.Status(status).label, count) for status, count in found.decided.most_common()
        ],
    }
    return TemplateResponse(request, "admin/comments/comment/figures.html", context)


def _moderator(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not user.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    return user


def _around(request: HttpRequest, title: object) -> dict:
    return {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": title,
        "opts": Comment._meta,
    }
