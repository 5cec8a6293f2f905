"""From an article onwards: neighbours, related ones, reading time, and an address for paper."""

import random
import re
from datetime import timedelta

import pytest

from news import reading_time, surroundings
from news.models import Article, ArticleText
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, local
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db
DAY = local(2018, 10, 30)


def write(day, **fields):
    return ArticleFactory(published_at=DAY + timedelta(days=day), **fields)


def around(article, language="kk"):
    found = surroundings.of(article, language)
    return found.previous, found.next


def test_neighbours_are_the_nearest_of_the_section():
    first, middle, last = write(0), write(5), write(9)
    write(4, section=SectionFactory(slug="economy"))
    write(6, only_ru=True)
    write(6, draft=True)
    write(6, withdrawn=True)
    assert around(middle) == (first, last)
    assert around(first) == (None, middle)
    assert around(last) == (middle, None)


def test_articles_of_one_moment_are_neighbours_in_the_lists_order():
    made = [write(0) for _number in range(4)]
    assert around(made[1]) == (made[0], made[2])


@pytest.mark.parametrize("seed", range(5))
def test_neighbours_walk_through_the_whole_section(seed):
    dice = random.Random(seed)
    for _number in range(12):
        write(dice.randrange(6))
    listed = list(Article.objects.published().newest_first())
    walked, article = [], listed[0]
    while article:
        walked.append(article)
        article = around(article)[0]
    assert walked == listed
    while walked[-1] != listed[0]:
        walked.append(around(walked[-1])[1])
    assert walked[len(listed) :] == listed[-2::-1]


def test_where_none_is_chosen_the_newest_of_the_section_are_related():
    made = [write(day) for day in range(10)]
    write(20, section=SectionFactory(slug="economy"))
    assert surroundings.of(made[0], "kk").related == made[:-5:-1]
    assert surroundings.of(made[8], "kk").related == [made[6], made[5], made[4], made[3]]


def test_what_the_press_office_chose_is_related():
    for day in range(5):
        write(day)
    economy = SectionFactory(slug="economy")
    chosen = [write(-day, section=economy) for day in range(3)]
    chosen[2].status = "removed"
    chosen[2].save()
    article = write(7)
    article.related.set([*chosen, write(1, only_ru=True)])
    assert surroundings.of(article, "kk").related == chosen[:2]
    assert len(surroundings.of(article, "ru").related) == 3


def test_the_page_leads_on_and_keeps_the_readers_list(client):
    article, newer = write(0), write(1)
    chosen = write(-3, section=SectionFactory(slug="economy"))
    article.related.add(chosen)
    text = client.get(
        article.get_absolute_url("kk"), headers={"Referer": "http://testserver/kk/news/?page=2"}
    ).content.decode()
    kept = "?from=%2Fkk%2Fnews%2F%3Fpage%3D2"
    for other in (newer, chosen):
        assert f'href="{other.get_absolute_url("kk")}{kept}"' in text
    plain = client.get(article.get_absolute_url("kk")).content.decode()
    assert f'href="{newer.get_absolute_url("kk")}"' in plain


def test_a_withdrawn_article_leads_nowhere_on(client):
    article = write(0, withdrawn=True)
    write(1)
    text = client.get(article.get_absolute_url("kk")).content.decode()
    assert 'id="related"' not in text
    assert "qr-code" not in text


@pytest.mark.parametrize("articles", [1, 50])
@pytest.mark.parametrize("related", [0, 4])
def test_an_article_costs_at_most_eight_queries(
    client, django_assert_max_num_queries, articles, related
):
    made = [write(day % 7) for day in range(articles + related)]
    made[0].related.set(made[1 : related + 1])
    CommentFactory.create_batch(articles, article=made[0], status="approved")
    client.get(made[-1].get_absolute_url("kk"))  # what all articles share is remembered
    with django_assert_max_num_queries(8):
        client.get(made[0].get_absolute_url("kk"))


# --- the press office chooses ---


def test_an_officer_chooses_up_to_four(client, press):
    client.force_login(press)
    article = ArticleFactory(draft=True)
    others = [write(day) for day in range(5)]
    data = typed(article) | {"related": [other.pk for other in others[:4]]}
    assert client.post(page("change", article), data).status_code == 302
    assert set(article.related.all()) == set(others[:4])
    for wrong in ([other.pk for other in others], [article.pk]):
        data = typed(article) | {"related": wrong}
        assert client.post(page("change", article), data).status_code == 200
    assert article.related.count() == 4


# --- reading time ---


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [(1, "ru", 1), (184 * 3, "ru", 3), (166 * 3, "kk", 3), (228 * 10, "en", 10), (0, "kk", 1)],
)
def test_reading_time_goes_by_the_language(words, language, minutes):
    body = "<p>" + "</p><p>".join(["сөз"] * words) + "</p>"
    assert reading_time.minutes(ArticleText(language, "", "", body, "")) == minutes


def test_the_page_tells_its_reading_time(client):
    article = write(0, body_ru="<p>" + "слово " * 740 + "</p>")
    assert "Время чтения: 4 мин" in client.get(article.get_absolute_url("ru")).content.decode()


# --- short link ---


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_short_link_leads_to_the_visitors_language(client, language):
    article = write(0)
    response = client.get(f"/n/{article.pk}", headers={"Accept-Language": language})
    assert response.status_code == 301
    assert response.url == article.get_absolute_url(language)
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))
    client.cookies["language"] = "ru"
    assert client.get(f"/n/{article.pk}/").url == article.get_absolute_url("ru")


def test_the_short_link_respects_what_is_not_there(client):
    draft, removed = ArticleFactory(draft=True), write(0, status="removed")
    scheduled = ArticleFactory(published_at=local(2099, 1, 1))
    for number in (draft.pk, scheduled.pk, 10**17, 0):
        assert client.get(f"/n/{number}").status_code == 404
    gone = client.get(f"/n/{removed.pk}", headers={"Accept-Language": "ru"})
    assert gone.status_code == 410
    assert 'lang="ru"' in gone.content.decode()
    assert client.get(f"/n/{write(0, withdrawn=True).pk}").status_code == 301
    assert client.get(f"/n/{'9' * 30}").status_code == 404


def test_paper_carries_the_address_and_a_code(client, settings):
    article = write(0)
    text = client.get(article.get_absolute_url("ru")).content.decode()
    paper = re.search(r'<div class="print-address">.*?</svg>', text, re.DOTALL)[0]
    assert f"{settings.SITE_URL}/n/{article.pk}" in paper
    assert "style=" not in paper
    assert len(paper) < 3000
