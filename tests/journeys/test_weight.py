"""What an article page weighs without its pictures: everything a browser fetches to show it."""

import gzip

from news.models import Article
from tests.factories import ArticleFactory, CommentFactory
from tests.journeys.variants import TABLE

MOST_BYTES = 40_000
MOST_REQUESTS = 7
PARAGRAPH = (
    "<p>Бұқар жырау ауданында биыл он екі елді мекенде жол жөнделіп, үш мектепке күрделі жөндеу"
    " жүргізілді; жұмыстың барысын тұрғындар кеңесі бақылап отыр.</p>"
)


def test_an_article_page_is_light(open_page, picture, capsys):
    article = ArticleFactory(main_picture=picture, body_kk=PARAGRAPH * 20 + TABLE)
    ArticleFactory.create_batch(5, section=article.section)
    CommentFactory.create_batch(10, article=article, status="approved", text="Рақмет! " * 20)
    page = open_page(locale="kk-KZ")
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  (kept by name)
    page.goto(Article.objects.get(pk=article.pk).get_absolute_url("kk"))
    page.wait_for_load_state("networkidle")
    icon = page.locator("link[rel=icon][type='image/svg+xml']").get_attribute("href")
    weights = {
        answer.url.rpartition("127.0.0.1")[2]: len(gzip.compress(answer.body()))
        for answer in answers
        if "/media/" not in answer.url
    }
    if not any("favicon" in address for address in weights):  # without a window it is not fetched
        weights[icon] = len(gzip.compress(page.request.get(icon).body()))
    with capsys.disabled():
        print(f"\narticle page: {sum(weights.values()):,} bytes, {len(weights)} requests")  # noqa: T201
        for address, weight in weights.items():
            print(f"  {weight:>7,}  {address[-70:]}")  # noqa: T201
    assert sum(weights.values()) <= MOST_BYTES
    assert len(weights) <= MOST_REQUESTS
    # Readable before any script runs: the only one waits, and opens the form for a comment.
    assert page.locator("script:not([type='application/ld+json'], [defer])").count() == 0
    assert page.locator("script[defer]").count() == 1
