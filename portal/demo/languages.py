"""When each text was ready, and one translation that its original has left behind."""

from datetime import timedelta

from news import revisions, translations
from news.models import Article, Translation

READY_BEFORE = {"ru": timedelta(hours=5), "kk": timedelta(hours=2), "en": timedelta(hours=-3)}
LATE = 9  # each ninth text came a day later than the news


def fill() -> None:
    for article in Article.objects.order_by("pk"):
        translations.follow(article)
        moment = article.published_at or article.updated_at
        for row in Translation.objects.filter(article=article, complete_at__isnull=False):
            is_late = row.language != article.source_language and article.pk % LATE == 0
            before = timedelta(days=-1) if is_late else READY_BEFORE[row.language]
            Translation.objects.filter(pk=row.pk).update(complete_at=moment - before)
    _leave_one_behind()


def _leave_one_behind() -> None:
    article = Article.objects.in_review().filter(has_kk=True, has_ru=True).first()
    if article is None:
        return
    before = translations.texts_of(article)
    Article.objects.filter(pk=article.pk).update(lead_ru=f"{before['ru']['lead']} Вход свободный.")
    article.refresh_from_db()
    translations.follow(article, before)
    revisions.record(article, by=article.created_by)
