"""The public lists of news: all of it, by section, by date."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage
from django.http import (
    Http404,
    HttpRequest,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from news import (
    list_counts,
    month_calendar,
)
from news.kept import keep
from news.languages import name_of
from news.listed import Listing
from news.models import Article, Section
from news.pagination import Stretch, StretchPaginator
from news.periods import Period

Crumbs = list[tuple[str, str]]


class PublishedArticles(TemplateView):
    """Public news in the language of the page, newest first."""

    template_name = "news/article_list.html"
    paginate_by = settings.NEWS_PER_PAGE
    kind = "list"

    def get_paginator(self) -> StretchPaginator:
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        paginator = self.get_paginator()
        try:
            page = paginator.page(self.request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404(str(error)) from None
        articles = list(page)
        context = super().get_context_data(
            **kwargs,
            kind=self.kind,
            paginator=paginator,
            page_obj=page,
            is_paginated=page.has_other_pages(),
            articles=articles,
            page_title=self.get_title(),
            crumbs=self.get_crumbs(),
            calendar_month=self.get_calendar_month(articles),
            canonical=canonical(self.request, keep=("page",)),
            robots="noindex" if "calendar" in self.request.GET else "",
        )
        if not articles:
            context["elsewhere"] = elsewhere(self.get_counts(), self.request)
        return context

    def get_counts(self) -> dict[str, int]:
        """How much news this list has in each language."""
        raise NotImplementedError

    def get_title(self) -> str:
        return _("All news")

    def get_crumbs(self) -> Crumbs:
        return []

    def get_calendar_month(self, articles: list[Article]) -> date | None:
        return timezone.localdate(articles[0].published_at) if articles else None


class ArticleList(PublishedArticles):
    """All news: as long as the portal is old, so nothing here looks at the whole of it."""

    section: Any = None

    def get_paginator(self) -> StretchPaginator:
        language = str(get_language())
        return StretchPaginator(
            Listing(language, section=self.section),
            self.paginate_by,
            list_counts.stretches(language, self.section),
        )

    def get_counts(self) -> dict[str, int]:
        return list_counts.per_language(self.section)


class SectionList(ArticleList):
    kind = "section"

    def get(self, request, *args, **kwargs):
        self.section = get_object_or_404(Section, slug=kwargs["slug"])
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        return self.section.title

    def get_context_data(self, **kwargs):
        return super().get_context_data(section=self.section, **kwargs)


class PeriodArchive(PublishedArticles):
    """The news of a stretch of time; 404 where there is none in any language."""

    period: Period

    def get(self, request, *args, **kwargs):
        try:
            self.period = self.get_period(**kwargs)
        except ValueError:
            raise Http404 from None
        return super().get(request, *args, **kwargs)

    def get_period(self, **kwargs: int) -> Period:
        raise NotImplementedError

    def get_days(self) -> dict[date, int]:
        """The days of the period's month that have news, and how many items each has."""
        first, language = self.period.starts_on.replace(day=1), str(get_language())
        month = Article.objects.published_within(Period.of_month(first.year, first.month))
        return keep(("days", language, first), lambda: month.in_language(language).per_day())

    def get_paginator(self) -> StretchPaginator:
        return StretchPaginator(
            Listing(str(get_language()), period=self.period),
            self.paginate_by,
            [Stretch(self.period.starts_at, self.get_length())],
        )

    def get_length(self) -> int:
        raise NotImplementedError

    def get_counts(self) -> dict[str, int]:
        return Article.objects.published_within(self.period).per_language()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not context["articles"]:
            if not context["elsewhere"]:
                raise Http404
            context["robots"] = "noindex"
        return context

    def get_calendar_month(self, articles: list[Article]) -> date:
        return self.period.starts_on


class ArticleMonthArchive(PeriodArchive):
    """A month of news, with the number of articles of each day."""

    kind = "month"

    def get_period(self, **kwargs: int) -> Period:
        return Period.of_month(kwargs["year"], kwargs["month"])

    def get_length(self) -> int:
        return sum(self.get_days().values())

    def get_title(self) -> str:
        month = date_format(self.period.starts_on, "YEAR_MONTH_FORMAT")
        # Within a phrase only English writes its months with a capital.
        return _("News: %(period)s") % {
            "period": month if get_language() == "en" else month.lower()
        }

    def get_crumbs(self) -> Crumbs:
        return [_year_crumb(self.period.starts_on)]

    def get_context_data(self, **kwargs):
        days = [
            (day, reverse("news:day", args=[day.year, day.month, day.day]), count)
            for day, count in self.get_days().items()
        ]
        return super().get_context_data(days=days, **kwargs)


class ArticleDayArchive(PeriodArchive):
    kind = "day"

    def get_period(self, **kwargs: int) -> Period:
        return Period.of_day(kwargs["year"], kwargs["month"], kwargs["day"])

    def get_length(self) -> int:
        return self.get_days().get(self.period.starts_on, 0)

    def get_title(self) -> str:
        return _("News: %(period)s") % {"period": date_format(self.period.starts_on)}

    def get_crumbs(self) -> Crumbs:
        day = self.period.starts_on
        return [
            _year_crumb(day),
            (date_format(day, "F"), reverse("news:month", args=[day.year, day.month])),
        ]

    def get_context_data(self, **kwargs):
        before, after = Article.objects.neighbours(self.period, get_language())
        return super().get_context_data(
            current_day=self.period.starts_on, previous=_day(before), next=_day(after), **kwargs
        )


class ArticleYearArchive(TemplateView):
    """The months of a year with their numbers of articles."""

    template_name = "news/article_year.html"

    def get_context_data(self, **kwargs):
        try:
            period = Period.of_year(kwargs["year"])
        except ValueError:
            raise Http404 from None
        published, language = Article.objects.published_within(period), get_language()
        news = keep(
            ("year", language, period.starts_on),
            lambda: month_calendar.tally(published.per_day_and_languages(), language),
        )
        if not news:
            raise Http404
        calendars = month_calendar.build_year(
            period.starts_on.year, news, today=timezone.localdate()
        )
        months = [calendar for calendar in calendars if calendar.count]
        others = [] if months else elsewhere(published.per_language(), self.request)
        before, after = Article.objects.neighbours(period, language)
        return super().get_context_data(
            **kwargs,
            page_title=_("News: %(period)s") % {"period": date_format(period.starts_on, "Y")},
            calendars=calendars if months else [],
            months=[(calendar.month, calendar.month_url, calendar.count) for calendar in months],
            previous=_year(before),
            next=_year(after),
            elsewhere=others,
            crumbs=[],
            canonical=canonical(self.request),
            robots="noindex" if others or "calendar" in self.request.GET else "",
        )


def _day(moment: datetime | None) -> tuple[str, str] | None:
    """The day's name and archive."""
    if moment is None:
        return None
    day = timezone.localdate(moment)
    return date_format(day), reverse("news:day", args=[day.year, day.month, day.day])


def _year(moment: datetime | None) -> tuple[str, str] | None:
    return _year_crumb(timezone.localdate(moment)) if moment else None


def _year_crumb(day: date) -> tuple[str, str]:
    return str(day.year), reverse("news:year", args=[day.year])


def canonical(request: HttpRequest, keep: tuple[str, ...] = ()) -> str:
    """The page's one address for search engines: without the parameters that only arrange it."""
    query = request.GET.copy()
    for name in set(query) - set(keep):
        del query[name]
    if query.get("page") == "1":
        del query["page"]
    return f"{settings.SITE_URL}{request.path}{'?' if query else ''}{query.urlencode()}"


def elsewhere(counts: dict[str, int], request: HttpRequest) -> list[tuple[str, str, str, int]]:
    """Where this list would not be empty: (language, its name, the list's address there, count)."""
    rest = request.path.removeprefix(f"/{get_language()}/")
    return [
        (language, name_of(language), f"/{language}/{rest}", count)
        for language, count in counts.items()
        if count and language != get_language()
    ]
