"""The month calendar, on every page that shows news."""

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from news import card, lists, moments, month_calendar, month_grid
from news.kept import keep
from news.models import Article
from news.periods import Period

register = template.Library()


@register.filter
def keeping(address, came_from):
    """The address of another article, with the reader's list kept."""
    return lists.keeping(came_from or "", address)


@register.simple_tag
def headline_items(articles, came_from):
    return card.headline_items_html(articles, came_from)


@register.filter
def written(things):
    """Of what has its own ``html``, escaped there: a loop in a template costs more than they do."""
    return SafeString("\n".join(thing.html for thing in things))


@register.filter
def day(moment):
    return moments.day(moment) if moment else ""


@register.filter
def day_and_time(moment):
    return moments.day_and_time(moment) if moment else ""


@register.simple_tag(name="month_grid")
def show_month_grid(calendar):
    return month_grid.html(calendar)


@register.inclusion_tag("news/_month_calendar.html", takes_context=True, name="month_calendar")
def show_month_calendar(context):
    """The month being read (``calendar_month``), or the one asked for with ?calendar=2018-10."""
    request = context["request"]
    month = (
        month_calendar.month_from(request.GET.get("calendar", ""))
        or context.get("calendar_month")
        or timezone.localdate()
    ).replace(day=1)
    current = context.get("current_day")
    if current and current.replace(day=1) != month:
        current = None
    calendar = keep(("calendar", get_language(), month, current), lambda: _calendar(month, current))

    def turned_to(other):
        if not (request.GET or context.get("came_from")):
            return f"?calendar={other:%Y-%m}#calendar"
        query = request.GET.copy()
        query["calendar"] = f"{other:%Y-%m}"
        if came_from := context.get("came_from"):
            query[lists.PARAMETER] = came_from
        return f"?{query.urlencode()}#calendar"

    return {
        "calendar": calendar,
        "month": month,
        "current": current,
        "previous_url": turned_to(calendar.previous) if calendar.previous else "",
        "next_url": turned_to(calendar.next) if calendar.next else "",
    }


def _calendar(month, current):
    period, language = Period.of_month(month.year, month.month), get_language()
    news = keep(
        ("calendar", language, month),
        lambda: month_calendar.tally(
            Article.objects.around(period, language).per_day_and_languages(), language
        ),
    )
    return month_calendar.build(month, news, today=timezone.localdate(), current=current)
