"""What pages share is rendered once: each must still be what it would be alone."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from news import edition, page_cache
from news.models import Alert
from tests.factories import ArticleFactory, SectionFactory, local
from tests.servers import wait_until

LOW_VISION = "200.contrast.wide.wide.sans.off.off"


@pytest.fixture
def asked():
    """Pages of different readers, each with what the reader's browser sends."""
    economy = SectionFactory(slug="economy", title_kk="Экономика", title_ru="Экономика района")
    articles = [
        ArticleFactory(published_at=local(2018, 10, 30)),
        ArticleFactory(published_at=local(2018, 10, 31), section=economy),
    ]
    now = timezone.now()
    Alert.objects.create(
        level="minor",
        text_kk="Су тоқтатылады",
        text_ru="Отключат воду",
        dismissible=True,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
    )
    pages = [
        (path, headers)
        for language in ("kk", "ru")
        for path in (
            f"/{language}/",
            f"/{language}/news/",
            f"/{language}/news/economy/",
            f"/{language}/news/2018/10/",
            f"/{language}/news/2018/",
            f"/{language}/news/2018/10/31/",
            *(article.get_absolute_url(language) for article in articles),
            f"/{language}/news/?calendar=2018-10",
        )
        for headers in (
            {},
            {"Cookie": f"comfort={LOW_VISION}"},
            {"Cookie": "comfort=200"},
            {"Referer": f"http://testserver/{language}/news/economy/"},
        )
    ]
    wait_until(lambda: edition.current().token == page_cache.site_token())
    return pages


@pytest.mark.django_db(transaction=True)
def test_every_page_is_what_it_would_be_alone(client, asked):
    def page(path, headers):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, path
        return answer.content.decode()

    with transaction.atomic():  # nothing is kept of what nobody else sees
        alone = {number: page(*ask) for number, ask in enumerate(asked)}
    for numbers in (list(alone), list(reversed(alone))):
        for number in numbers:
            assert page(*asked[number]) == alone[number], asked[number]


@pytest.mark.django_db(transaction=True)
def test_a_new_section_is_in_the_kept_menu(client, asked):
    client.get(reverse("home"))
    SectionFactory(slug="culture", title_kk="Мәдениет")
    wait_until(lambda: edition.current().token == page_cache.site_token())
    assert 'href="/kk/news/culture/"' in client.get(reverse("home")).content.decode()
