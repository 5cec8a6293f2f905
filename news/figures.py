"""The work of the press office in figures: how much, how soon, how much read, what was missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median_low

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.charts import Chart, Series
from news.languages import LANGUAGES, name_of
from news.models import Article, ArticleReads
from news.periods import Period

WEEKS = 12
DAYS = 28
MOST = 20


@dataclass(frozen=True)
class Read:
    article: Article
    reads: int


def publications() -> Chart:
    """How much came out in each of the last weeks, by language."""
    weeks = list(_weeks(WEEKS))
    counts = {language: dict.fromkeys(weeks, 0) for language in LANGUAGES}
    out = Article.objects.published_within(Period(weeks[0], weeks[-1] + timedelta(days=7)))
    for day, languages, number in out.per_day_and_languages():
        for language in languages:
            counts[language][_monday(day)] += number
    return Chart(
        name="publications",
        title=_("Publications per week, by language"),
        heading=_("Week from"),
        labels=[_day(week) for week in weeks],
        series=[Series(name_of(code), [*counts[code].values()]) for code in LANGUAGES],
    )


def translation_times() -> Chart:
    """How long Russian news of each of the last weeks waited for its Kazakh text: the middle one
    of the waits, in hours; the Kazakh text may also have been first, which is no wait."""
    weeks = list(_weeks(WEEKS))
    waits: dict[date, list[float]] = {week: [] for week in weeks}
    out = Article.objects.published_within(Period(weeks[0], weeks[-1] + timedelta(days=7)))
    moments = out.filter(translations__complete_at__isnull=False).values_list(
        "pk", "published_at", "translations__language", "translations__complete_at"
    )
    found: dict[int, dict[str, datetime]] = {}
    published: dict[int, datetime] = {}
    for number, moment, language, complete_at in moments.order_by():
        found.setdefault(number, {})[language] = complete_at
        published[number] = moment
    for number, complete in found.items():
        if "ru" in complete and "kk" in complete:
            wait = max(complete["kk"] - complete["ru"], timedelta())
            week = _monday(timezone.localdate(published[number]))
            waits[week].append(wait.total_seconds() / 3600)
    return Chart(
        name="translation",
        title=_("From the Russian text to the Kazakh one, hours: half took no longer"),
        heading=_("Week from"),
        labels=[_day(week) for week in weeks],
        series=[
            Series(_("Hours"), [ceil(median_low(waits[week] or [0])) for week in weeks]),
        ],
        more=[Series(_("News in both languages"), [len(waits[week]) for week in weeks])],
    )


def reads(article: Article | None = None) -> Chart:
    """How often articles, or one of them, were opened on each of the last days, by language."""
    days = _days(DAYS)
    rows = ArticleReads.objects.filter(day__gte=days[0])
    if article is not None:
        rows = rows.filter(article=article)
    counts = {language: dict.fromkeys(days, 0) for language in LANGUAGES}
    for row in rows.order_by().values("day", "language").annotate(number=Sum("reads")):
        if row["language"] in counts and row["day"] in counts[row["language"]]:
            counts[row["language"]][row["day"]] = row["number"]
    return Chart(
        name="reads",
        title=_("Reads per day, by language of the page"),
        heading=_("Day"),
        labels=[_day(day) for day in days],
        series=[Series(name_of(code), [*counts[code].values()]) for code in LANGUAGES],
    )


def most_read() -> list[Read]:
    """The articles that were opened most in the same days, most first."""
    rows = (
        ArticleReads.objects.filter(day__gte=_days(DAYS)[0])
        .order_by()
        .values("article")
        .annotate(number=Sum("reads"))
        .order_by("-number", "-article")[:MOST]
    )
    numbers = {row["article"]: row["number"] for row in rows}
    articles = Article.objects.for_listing().in_bulk(numbers)
    return [Read(articles[pk], number) for pk, number in numbers.items() if pk in articles]


def _days(number: int) -> list[date]:
    today = timezone.localdate()
    return [today - timedelta(days=back) for back in reversed(range(number))]


def _weeks(number: int) -> Iterator[date]:
    last = _monday(timezone.localdate())
    return (last - timedelta(weeks=back) for back in reversed(range(number)))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day(day: date) -> str:
    return date_format(day, "d.m")
