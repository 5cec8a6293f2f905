"""Reads and searches of the last weeks, so that the demo's charts have something to show."""

from datetime import timedelta

from django.utils import timezone

from news.figures import DAYS
from news.models import Article, ArticleReads, MissedSearch

READ = 40  # of the newest articles
SHARES = {"kk": 5, "ru": 7, "en": 1}
MISSED = [
    ("жол жөндеу кестесі", "kk", 9),
    ("расписание автобусов", "ru", 7),
    ("вакансии", "ru", 4),
    ("балабақша кезегі", "kk", 3),
]


def fill() -> None:
    today = timezone.localdate()
    rows = []
    for place, article in enumerate(Article.objects.published().newest_first()[:READ]):
        published_on = timezone.localdate(article.published_at)
        for back in range(DAYS):
            day = today - timedelta(days=back)
            age = (day - published_on).days
            if age < 0:
                continue
            # News is read on its first days; which day of the week it is matters too.
            interest = (130 - 3 * place + 17 * (article.pk % 7)) / (1 + age) ** 0.8
            rows += [
                ArticleReads(article=article, day=day, language=language, reads=reads)
                for language, share in SHARES.items()
                if (reads := int(interest * share * (0.6 if day.weekday() > 4 else 1) / 13))
            ]
    ArticleReads.objects.bulk_create(rows)
    MissedSearch.objects.bulk_create(
        MissedSearch(words=words, language=language, times=times, last_on=today)
        for words, language, times in MISSED
    )
