"""Which pages are measured; runs with the portal's settings on the database of the bench."""

import sys
import time
import urllib.request
from collections import Counter
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bench.articles import COMMENTED_EVERY
from bench.loading import FIRST
from news.models import Article
from news.search.documents import SearchDocument

ADDRESSES = 60  # of a kind, asked for in turn, so that no two in a row are the same


def addresses() -> dict[str, list[str]]:
    """Kind of page → addresses of it."""
    with translation.override("kk"):
        public = Article.objects.published().in_language("kk")
        top = public.filter(pk__gte=FIRST).order_by("-pk").values_list("pk", flat=True)[0]
        last = top - (top - FIRST + 1) % COMMENTED_EVERY
        step = max((last - FIRST) // ADDRESSES // COMMENTED_EVERY, 1) * COMMENTED_EVERY
        numbers = [last - step * place for place in range(ADDRESSES)]
        articles = public.filter(pk__in=[n for n in numbers if n >= FIRST])
        articles = list(articles.for_listing().order_by("-pk"))
        days = [timezone.localtime(article.published_at) for article in articles]
        pages = min(5000, public.count() // settings.NEWS_PER_PAGE - 1)
        common, rare = _words()
        queue = reverse("admin:comments_comment_changelist")
        listed = reverse("admin:news_article_changelist")
        found = {
            "front": [reverse("home")],
            "article": [article.get_absolute_url("kk") for article in articles],
            "list": [reverse("news:list")],
            "deep list": [f"{reverse('news:list')}?page={pages - n}" for n in range(ADDRESSES)],
            "section": sorted({article.section.get_absolute_url() for article in articles}),
            "month": [reverse("news:month", args=[day.year, day.month]) for day in days],
            "day": [reverse("news:day", args=[day.year, day.month, day.day]) for day in days],
            "year": [reverse("news:year", args=[day.year]) for day in days],
            "search, common word": [_search(common)],
            "search, rare word": [_search(word) for word in rare],
            "search, two words": [_search(f"{common} {word}") for word in rare],
            "feed": [reverse("news:feed")],
            "sitemap index": [reverse("sitemap")],
            "admin: articles": [listed],
            "admin: articles, search": [f"{listed}?q={quote(word)}" for word in rare],
            "admin: queue": [queue],
            "admin: queue, search": [f"{queue}?q={quote(common)}"],
        }
    return {kind: list(dict.fromkeys(places)) for kind, places in found.items()}


def _search(words: str) -> str:
    return f"{reverse('search')}?q={quote(words)}"


def _words() -> tuple[str, list[str]]:
    """A word of every fifth text or so, and words that stand in few."""
    newest = SearchDocument.objects.filter(language="kk").order_by("-key")
    texts = [text.split() for text in newest.values_list("words", flat=True)[:600]]
    counted = Counter(word for text in texts for word in set(text) if len(word) > 4)
    common = counted.most_common(1)[0][0]
    names = sorted(w for w, n in counted.items() if n == 1 and w.endswith(("баев", "ов", "ұлы")))
    return common, names[:ADDRESSES]


def cookie() -> str:
    """A session of the demo's administrator."""
    user = get_user_model().objects.get(username="admin")
    client = Client()
    client.force_login(user)
    assert SESSION_KEY in SessionStore(client.session.session_key)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def queries(places: dict[str, list[str]], signed_in: str) -> dict[str, int]:
    """How many queries each kind of page makes when nothing is kept, the second time."""
    client = Client(HTTP_HOST="127.0.0.1", HTTP_COOKIE=signed_in)
    anonymous = Client(HTTP_HOST="127.0.0.1")
    counts = {}
    for kind, found in places.items():
        asking = client if kind.startswith("admin") else anonymous
        made = 0

        def count(execute, *arguments):
            nonlocal made
            made += 1
            return execute(*arguments)

        for address in (found[-1], found[0]):
            made = 0
            with connection.execute_wrapper(count):
                answer = asking.get(address)
                if answer.status_code != 200:
                    sys.exit(f"{kind}: {address} answered {answer.status_code}")
        counts[kind] = made
    return counts


def publication(port: int, times: int = 5) -> list[float]:
    """Seconds from the commit of a publication until the front page shows it."""
    from news import publishing

    editor = get_user_model().objects.get(username="editor")
    like = Article.objects.published().in_language("kk").in_language("ru").newest_first()[0]
    waits = []
    for number in range(times):
        mark = f"Bench {time.time_ns()}"
        article = Article.objects.create(
            section=like.section,
            headline_kk=mark,
            headline_ru=mark,
            body_kk=like.body_kk,
            body_ru=like.body_ru,
            status=Article.Status.IN_REVIEW,
            created_at=timezone.now() - timedelta(minutes=number),
        )
        urllib.request.urlopen(f"http://127.0.0.1:{port}/kk/").read()
        publishing.publish(article, by=editor)
        started = time.monotonic()
        while mark.encode() not in urllib.request.urlopen(f"http://127.0.0.1:{port}/kk/").read():
            if time.monotonic() - started > 30:
                sys.exit("A published article did not appear within 30 s.")
            time.sleep(0.005)
        waits.append(time.monotonic() - started)
        article.delete()
    return waits
