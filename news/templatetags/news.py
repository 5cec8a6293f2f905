"""The month calendar, on every page that shows news."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from news import lists, month_calendar
from news.models import Article
from news.periods import Period

register = template.Library()


@dataclass(frozen=True)
class Waiting:
    count: int
    url: str


@register.simple_tag(takes_context=True)
def articles_in_review(context) -> Waiting | None:
    """How many articles wait for an editor and where, for editors; None for others."""
    if not context["request"].user.has_perm("news.publish_article"):
        return None
    return Waiting(
        Article.objects.in_review().count(),
        f"{reverse('admin:news_article_changelist')}?status={Article.Status.IN_REVIEW}",
    )


@register.filter
def keeping(address, came_from):
    """The address of another article, with the reader's list kept."""
    return lists.keeping(came_from or "", address)


@register.inclusion_tag("news/_month_calendar.html", takes_context=True, name="month_calendar")
def show_month_calendar(context):
    """The month being read (``calendar_month``), or the one asked for with ?calendar=2018-10."""
    request = context["request"]
    today = timezone.localdate()
    month = (
        month_calendar.month_from(request.GET.get("calendar", ""))
        or context.get("calendar_month")
        or today
    )
    period = Period.of_month(month.year, month.month)
    language = get_language()
    rows = Article.objects.around(period, language).per_day_and_languages()

    def url_of(other):
        query = request.GET.copy()
        query["calendar"] = f"{other:%Y-%m}"
        if came_from := context.get("came_from"):
            query[lists.PARAMETER] = came_from
        return f"?{query.urlencode()}#calendar"

    return {
        "calendar": month_calendar.build(
            period.starts_on,
            month_calendar.tally(rows, language),
            today=today,
            current=context.get("current_day"),
            url_of=url_of,
        )
    }
