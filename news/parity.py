"""How much of the news is in Kazakh and in the other languages, and how soon, for everybody."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.kept import keep
from news.languages import LANGUAGES, name_of
from news.models import Article, Translation
from news.periods import Period
from news.views import canonical

SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Share:
    """One language's part of the news of a period."""

    name: str
    language: str
    count: int
    total: int
    timed: int  # of which it is known when the text was there
    soon: int  # … within an hour of publication

    @property
    def percent(self) -> int:
        """Rounded down: 100 % means all of it."""
        return self.count * 100 // self.total if self.total else 0

    @property
    def percent_soon(self) -> int:
        return self.soon * 100 // self.timed if self.timed else 0


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    periods = [
        (title, keep(("parity", days), partial(_shares, days)))
        for title, days in ((_("The last 30 days"), 30), (_("The last 365 days"), 365))
    ]
    context = {"periods": periods, "today": today, "canonical": canonical(request)}
    return render(request, "news/languages.html", context)


def _shares(days: int) -> list[Share]:
    """Two queries, each answered by an index from as many articles as the period has."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    published = Article.objects.published_within(Period(tomorrow - timedelta(days=days), tomorrow))
    counts = published.order_by().aggregate(
        total=Count("pk"),
        **{code: Count("pk", filter=Q(**{f"has_{code}": True})) for code in LANGUAGES},
    )
    timed = {
        row["language"]: row
        for row in Translation.objects.filter(
            article__in=published.order_by(), complete_at__isnull=False
        )
        .order_by()
        .values("language")
        .annotate(
            timed=Count("pk"),
            soon=Count("pk", filter=Q(complete_at__lte=F("article__published_at") + SOON)),
        )
    }
    return [
        Share(
            name=name_of(code),
            language=code,
            count=counts[code],
            total=counts["total"],
            timed=timed[code]["timed"] if code in timed else 0,
            soon=timed[code]["soon"] if code in timed else 0,
        )
        for code in sorted(LANGUAGES, key=lambda code: code not in settings.NEWS_REQUIRED_LANGUAGES)
    ]
