"""The month as the press office sees it: what was written, what goes out, changes, and leaves."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES
from news.models import Article, PreparedChange
from news.periods import Period

Status = Article.Status
MOST_PER_DAY = 12
MOST = 1500  # of one kind within a month


@dataclass(frozen=True)
class Item:
    kind: str
    said: Promise
    at: datetime
    title: str
    page: str


@dataclass(frozen=True)
class Day:
    date: date
    is_of_month: bool
    is_today: bool
    items: list[Item]
    more: int  # beyond those that are shown


class StaffCalendar(admin.ModelAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view(self.calendar_view)
        return [path("calendar/", view, name="news_article_calendar"), *super().get_urls()]

    def calendar_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        month = _month(request.GET.get("month", "")) or today.replace(day=1)
        days = _items(Period.of_month(month.year, month.month))
        weeks = [
            [_day(day, month, today, days.get(day, [])) for day in week]
            for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
        ]
        before, after = month - timedelta(days=1), month + timedelta(days=31)
        return TemplateResponse(
            request,
            "admin/news/article/calendar.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Calendar of the press office"),
                "opts": self.opts,
                "month": month,
                "weeks": weeks,
                "weekdays": [
                    (date_format(day.date, "D"), date_format(day.date, "l")) for day in weeks[0]
                ],
                "previous": before if before.year > 1989 else None,
                "next": after if after.year < 2100 else None,
            },
        )


def _month(asked: str) -> date | None:
    """``2026-11``; None for anything else."""
    try:
        month = datetime.strptime(asked, "%Y-%m").date()
    except ValueError:
        return None
    return month if 1990 <= month.year < 2100 else None


def _day(day: date, month: date, today: date, items: list[Item]) -> Day:
    items = sorted(items, key=lambda item: item.at)
    shown = items[:MOST_PER_DAY]
    return Day(day, day.month == month.month, day == today, shown, len(items) - len(shown))


def _items(period: Period) -> dict[date, list[Item]]:
    """Four queries, whatever there is; a draft stands on the day of its last edit."""
    within = {"gte": period.starts_at, "lt": period.ends_at}
    listed = Article.objects.only(
        "status", "published_at", "updated_at", "withdraws_at",
        *(f"headline_{language}" for language in LANGUAGES),
    ).order_by()  # fmt: skip
    now = timezone.now()

    def of(rows: Any, field: str) -> Any:
        return rows.filter(**{f"{field}__{bound}": at for bound, at in within.items()})[:MOST]

    items = defaultdict(list)

    def add(kind: str, said: Promise, at: datetime, article: Article, page: str) -> None:
        address = reverse(f"admin:{page}", args=[article.pk])
        items[timezone.localdate(at)].append(Item(kind, said, at, str(article), address))

    out = listed.filter(status__in=(Status.PUBLISHED, Status.WITHDRAWN))
    for article in of(out, "published_at"):
        is_ahead = article.published_at > now
        kind, said = ("scheduled", _("scheduled")) if is_ahead else ("published", _("published"))
        add(kind, said, article.published_at, article, "news_article_change")
    drafts = listed.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
    for article in of(drafts, "updated_at"):
        kind, said = article.status, Status(article.status).label
        add(kind, said, article.updated_at, article, "news_article_change")
    for article in of(listed.to_be_withdrawn(), "withdraws_at"):
        add("leaving", _("withdrawn"), article.withdraws_at, article, "news_article_change")
    planned = PreparedChange.objects.scheduled().select_related("article").defer("content")
    for change in of(planned, "publish_at"):
        said = _("change scheduled")
        add("change", said, change.publish_at, change.article, "news_article_prepared")
    return items
