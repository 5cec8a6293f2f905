"""What leads, what is pinned, what is new: nothing twice, at a bounded cost."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from news.models import Article
from tests.factories import ArticleFactory, SectionFactory, local
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db
NOW = local(2026, 3, 15, 12)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def write(days_ago, **fields):
    return ArticleFactory(published_at=NOW - timedelta(days=days_ago), **fields)


def pinned(place=None, *, days_ago=30, until=1, **fields):
    until = NOW + timedelta(days=until)
    return write(days_ago, pinned_until=until, pinned_place=place, **fields)


def shown(client, language="kk"):
    context = client.get(f"/{language}/").context
    return [context["lead_article"], *context["featured"]], context["latest"], context["by_section"]


def test_without_pins_the_newest_lead(client):
    made = [write(days) for days in range(20)]
    featured, latest, by_section = shown(client)
    assert featured == made[:3]
    assert latest == made[3:13]
    assert by_section == [(made[0].section, made[13:17])]


def test_pinned_articles_stand_in_their_order_and_the_newest_fill_up(client):
    made = [write(days) for days in range(20)]
    second, first = pinned(2), pinned(1)
    featured, latest, _by_section = shown(client)
    assert featured == [first, second, made[0]]
    assert latest == made[1:11]


def test_nothing_stands_twice(client):
    economy = SectionFactory(slug="economy", title_kk="Экономика")
    for days in range(30):
        write(days, section=economy if days % 3 else SectionFactory())
    for place in (1, 2, 3):
        pinned(place, days_ago=place)
    featured, latest, by_section = shown(client)
    keys = [a.pk for a in featured + latest] + [a.pk for _, block in by_section for a in block]
    assert len(keys) == len(set(keys)) == 3 + 10 + 4 + 4


def test_at_most_three_lead_however_many_are_pinned(client):
    for place in (1, 2, 3, None):
        pinned(place)
    featured, latest, _by_section = shown(client)
    assert [article.pinned_place for article in featured] == [1, 2, 3]
    assert len(latest) == 1


def test_a_pin_ends_at_its_moment(client, clock):
    newest, kept = write(1), pinned(1, until=1)
    assert shown(client)[0][0] == kept
    clock.shift(timedelta(days=1))
    assert shown(client)[0] == [newest, kept]


def test_pins_show_what_the_public_may_read_in_its_language(client):
    write(1)
    pinned(1, draft=True, days_ago=0)
    pinned(1, only_ru=True, headline_ru="Только по-русски")
    pinned(1, days_ago=-1, headline_kk="Ертең")
    assert len(shown(client)[0]) == 1
    assert shown(client, "ru")[0][0].headline_ru == "Только по-русски"


@pytest.mark.parametrize("articles", [1, 50])
def test_the_front_page_costs_the_same_however_much_there_is(
    client, django_assert_max_num_queries, articles
):
    sections = [SectionFactory(slug=f"s{number}") for number in range(6)]
    for number in range(articles):
        pinned(1, section=sections[number % 6]) if number % 5 == 0 else write(
            number, section=sections[number % 6]
        )
    with django_assert_max_num_queries(12):
        client.get("/kk/")


# --- who pins ---


def pin(article, until=1, place=1):
    moment = timezone.localtime(NOW + timedelta(days=until))
    return typed(
        article,
        pinned_until_0=f"{moment:%d.%m.%Y}",
        pinned_until_1=f"{moment:%H:%M}",
        pinned_place=str(place),
    )


def test_an_editor_pins(client, editor):
    client.force_login(editor)
    article = write(1)
    assert 'name="pinned_until_0"' in client.get(page("change", article)).content.decode()
    assert client.post(page("change", article), pin(article)).status_code == 302
    article.refresh_from_db()
    assert (article.pinned_until, article.pinned_place) == (NOW + timedelta(days=1), 1)
    assert article.updated_at == article.published_at  # its words are what they were


def test_a_press_officer_does_not_pin(client, press):
    client.force_login(press)
    article = ArticleFactory(draft=True)
    assert 'name="pinned_until_0"' not in client.get(page("change", article)).content.decode()
    assert client.post(page("change", article), pin(article)).status_code == 302
    article.refresh_from_db()
    assert article.pinned_until is None


def test_a_fourth_pin_is_refused_and_names_the_three(client, editor):
    client.force_login(editor)
    for place in (1, 2, 3):
        pinned(place, headline_kk=f"Бекітілген {place}")
    article = write(1)
    refused = client.post(page("change", article), pin(article))
    assert refused.status_code == 200
    assert "«Бекітілген 1»" in refused.content.decode()
    again = Article.objects.get(pinned_place=2)
    assert client.post(page("change", again), pin(again, until=5, place=2)).status_code == 302
