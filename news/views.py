"""The public pages of news: lists, archives by date, the article."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, TemplateView

from news import (
    body,
    gallery,
    list_counts,
    lists,
    month_calendar,
    reading_time,
    short_link,
    surroundings,
)
from news.languages import LANGUAGES, best_of, name_of
from news.models import Article, Section
from news.pagination import StretchPaginator
from news.periods import Period

Crumbs = list[tuple[str, str]]


class PublishedArticles(ListView):
    """Public news in the language of the page, newest first."""

    model = Article
    context_object_name = "articles"
    template_name = "news/article_list.html"
    paginate_by = settings.NEWS_PER_PAGE
    kind = "list"

    def get_published(self):
        """Public news of this list in every language."""
        return Article.objects.published()

    def get_queryset(self):
        return self.get_published().in_language(get_language()).for_listing().newest_first()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        articles = list(context["articles"])
        context |= {
            "kind": self.kind,
            "articles": articles,
            "page_title": self.get_title(),
            "crumbs": self.get_crumbs(),
            "calendar_month": self.get_calendar_month(articles),
            "canonical": canonical(self.request, keep=("page",)),
            "robots": "noindex" if "calendar" in self.request.GET else "",
        }
        if not articles:
            context["elsewhere"] = elsewhere(self.get_counts(), self.request)
        return context

    def get_counts(self) -> dict[str, int]:
        """How much news this list has in each language."""
        return self.get_published().per_language()

    def get_title(self) -> str:
        return _("All news")

    def get_crumbs(self) -> Crumbs:
        return []

    def get_calendar_month(self, articles: list[Article]) -> date | None:
        return timezone.localdate(articles[0].published_at) if articles else None


class ArticleList(PublishedArticles):
    """All news: as long as the portal is old, so nothing here looks at the whole of it."""

    section: Any = None

    def get_paginator(self, queryset, per_page, orphans=0, allow_empty_first_page=True, **kwargs):
        return StretchPaginator(
            queryset,
            per_page,
            stretches=list_counts.stretches(get_language(), self.section),
            before=self.get_articles_before,
        )

    def get_articles_before(self, moment: datetime):
        older = Article.objects.published_before(moment).in_language(get_language())
        if self.section:
            older = older.in_section(self.section)
        return older.for_listing().newest_first()

    def get_counts(self) -> dict[str, int]:
        return list_counts.per_language(self.section)


class SectionList(ArticleList):
    kind = "section"

    def get(self, request, *args, **kwargs):
        self.section = get_object_or_404(Section, slug=kwargs["slug"])
        return super().get(request, *args, **kwargs)

    def get_published(self):
        return super().get_published().in_section(self.section)

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

    def get_published(self):
        return Article.objects.published_within(self.period)

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

    def get_title(self) -> str:
        month = date_format(self.period.starts_on, "YEAR_MONTH_FORMAT")
        # Within a phrase only English writes its months with a capital.
        return _("News: %(period)s") % {
            "period": month if get_language() == "en" else month.lower()
        }

    def get_crumbs(self) -> Crumbs:
        return [_year_crumb(self.period.starts_on)]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        days = self.get_published().in_language(get_language()).per_day()
        context["days"] = [
            (day, reverse("news:day", args=[day.year, day.month, day.day]), count)
            for day, count in days.items()
        ]
        return context


class ArticleDayArchive(PeriodArchive):
    kind = "day"

    def get_period(self, **kwargs: int) -> Period:
        return Period.of_day(kwargs["year"], kwargs["month"], kwargs["day"])

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
        news = month_calendar.tally(published.per_day_and_languages(), language)
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


class ArticleDetail(DetailView):
    """An article under its address; the id decides, everything else redirects to the right one."""

    template_name = "news/article_detail.html"

    def get(self, request, *args, **kwargs):
        number = int(kwargs["address"].partition("-")[0])
        article = get_object_or_404(
            Article.objects.once_published().select_related("section", "main_picture"), pk=number
        )
        if article.status == Article.Status.REMOVED:
            context = {"article": article, "back_url": lists.back_address(request)}
            return render(request, "news/article_removed.html", context, status=410)
        if not article.languages:
            raise Http404
        address = article.get_absolute_url()
        if request.path != address:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        self.object = article
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        article = self.object
        came_from = lists.came_from(self.request)
        return super().get_context_data(
            **article_page_context(article, get_language()),
            **_ways_on(article, get_language()),
            back_url=lists.back_address(self.request),
            came_from=came_from,
            page_urls={
                language: article.get_absolute_url(language)
                + lists.query_in(came_from, get_language(), language)
                for language in LANGUAGES
            },
            **kwargs,
        )


def _ways_on(article: Article, language: str) -> dict[str, Any]:
    """What only a public article has: neighbours, and an address for paper."""
    if not article.is_published:
        return {}
    short = short_link.address(article)
    return {
        "surroundings": surroundings.of(article, language),
        "short_link": short,
        "qr_code": short_link.qr_code(short),
    }


def article_page_context(article: Article, language: str) -> dict[str, Any]:
    """What news/article_detail.html shows of an article, public or in the press office's preview.

    The page is in ``language``; the text is in the best of the article's own languages.
    """
    shown = best_of(article.languages, language) or language
    day = timezone.localdate(article.published_at) if article.published_at else None
    text = article.text_in(shown)
    return {
        "article": article,
        "text": text,
        "body": body.parts(text.body),
        "gallery": gallery.pictures_of(article),
        "gallery_address": gallery.address(article, 1).removesuffix("1/") if day else "",
        "attachments": article.attachments.all(),
        "reading_minutes": reading_time.minutes(text),
        "is_other_language": shown != language,
        "text_language_name": name_of(shown),
        "is_withdrawn": article.status == Article.Status.WITHDRAWN,
        "withdrawal_reason": _withdrawal_reason(article, language),
        "canonical": settings.SITE_URL + article.get_absolute_url(shown) if day else "",
        "robots": "noindex" if shown != language or not article.is_published else "",
        "calendar_month": day,
        "current_day": day,
    }


def _withdrawal_reason(article: Article, language: str) -> tuple[str, str]:
    """The words and their language."""
    reasons = {
        code: reason
        for code in LANGUAGES
        if (reason := getattr(article, f"withdrawal_reason_{code}"))
    }
    shown = best_of(reasons, language)
    return (reasons[shown], shown) if shown else ("", language)


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
