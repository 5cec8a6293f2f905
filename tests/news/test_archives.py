"""Lists, archives by date, and the month calendar beside them."""

import re
from datetime import date

import pytest
import time_machine

from news import month_calendar
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, local

pytestmark = pytest.mark.django_db


def text_of(response):
    return response.content.decode()


def test_lists_show_what_exists_in_their_language(client):
    ArticleFactory(only_ru=True, headline_ru="Только по-русски")
    ArticleFactory(headline_kk="Екі тілде", headline_ru="На двух языках")
    assert "Екі тілде" in text_of(client.get("/kk/news/"))
    assert "Только по-русски" not in text_of(client.get("/kk/news/"))
    assert "Только по-русски" in text_of(client.get("/ru/news/"))


def test_a_section_lists_its_own(client):
    ArticleFactory(headline_ru="Про район")
    ArticleFactory(
        headline_ru="Про хлеб", section=SectionFactory(slug="economy", title_ru="Экономика")
    )
    text = text_of(client.get("/ru/news/economy/"))
    assert "Про хлеб" in text
    assert "Про район" not in text


@pytest.mark.parametrize("page", ["0", "x", "99999", "-1", "\x00", "1e3"])
def test_a_page_that_does_not_exist_is_not_found(client, page):
    ArticleFactory()
    assert client.get("/kk/news/", {"page": page}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "2018/13/",
        "2018/13/40/",
        "2018/02/30/",
        "0000/",
        "9999/12/31/",
        "2018/00/",
        "1990/",
        "2018/11/",
    ],
)
def test_dates_that_do_not_exist_or_have_no_news_are_not_found(client, path):
    ArticleFactory(published_at=local(2018, 10, 30))
    assert client.get(f"/kk/news/{path}").status_code == 404


def test_a_day_with_news_in_another_language_says_where(client):
    ArticleFactory(only_ru=True, published_at=local(2018, 10, 30))
    for path in ("2018/", "2018/10/", "2018/10/30/"):
        response = client.get(f"/kk/news/{path}")
        assert response.status_code == 200
        assert f'href="/ru/news/{path}"' in text_of(response)
        assert "noindex" in text_of(response)


def test_archives_count(client):
    ArticleFactory.create_batch(3, published_at=local(2018, 10, 30))
    ArticleFactory(published_at=local(2018, 3, 8))
    year = client.get("/ru/news/2018/")
    assert [(month, count) for month, _url, count in year.context["months"]] == [
        (date(2018, 3, 1), 1),
        (date(2018, 10, 1), 3),
    ]
    month = client.get("/ru/news/2018/10/")
    assert [(day, count) for day, _url, count in month.context["days"]] == [(date(2018, 10, 30), 3)]


def calendar_of(client, address):
    text = text_of(client.get(address))
    return re.search(r'id="calendar".*?</table>.*?</(?:nav|section|div|aside)>', text, re.DOTALL)[0]


def test_the_calendar_links_days_with_news_in_the_pages_language(client):
    ArticleFactory(published_at=local(2018, 10, 30))
    ArticleFactory(only_ru=True, published_at=local(2018, 10, 29))
    ArticleFactory(only_kk=True, published_at=local(2018, 10, 28))
    calendar = calendar_of(client, "/kk/news/2018/10/30/")
    assert re.findall(r'href="(/kk/news/2018/10/\d\d/)"', calendar) == [
        "/kk/news/2018/10/28/",
        "/kk/news/2018/10/30/",
    ]
    assert "<caption" in calendar
    heads = re.findall(r"<th[^>]*>(.*?)</th>", calendar, re.DOTALL)
    assert len(heads) == 7
    assert "Дс" in heads[0]
    assert "Жс" in heads[6]


def test_the_calendar_turns_to_months_with_news_and_stays_a_calendar(client):
    first = ArticleFactory(published_at=local(2018, 3, 8), section=SectionFactory(slug="economy"))
    last = ArticleFactory(published_at=local(2020, 1, 5))
    text = calendar_of(client, last.get_absolute_url("ru"))
    assert 'href="?calendar=2018-03#calendar"' in text
    turned = client.get(last.get_absolute_url("ru"), {"calendar": "2018-03"})
    assert last.headline_ru in text_of(turned)
    assert 'href="/ru/news/2018/03/08/"' in text_of(turned)
    assert "calendar=2020-01" in text_of(turned)
    assert first.headline_ru not in text_of(turned)


@pytest.mark.parametrize("wish", ["2018-13", "x", "", "9999-12", "0000-00", "٢٠١٨-٠١"])
def test_a_month_that_does_not_exist_is_ignored(client, wish):
    article = ArticleFactory(published_at=local(2018, 10, 30))
    response = client.get(article.get_absolute_url("kk"), {"calendar": wish})
    assert response.status_code == 200
    assert 'href="/kk/news/2018/10/30/"' in text_of(response)


def test_today_is_marked(client):
    with time_machine.travel(local(2026, 3, 15, 12), tick=False):
        ArticleFactory(published_at=local(2026, 3, 14))
        assert calendar_of(client, "/kk/news/").count('aria-current="date"') == 1


def test_the_grid_begins_on_monday_and_fills_whole_weeks():
    grid = month_calendar.build(date(2018, 10, 1), {}, today=date(2018, 10, 30), current=None)
    assert [day and day.number for day in grid.weeks[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert [day and day.number for day in grid.weeks[-1]] == [29, 30, 31, None, None, None, None]
    assert grid.previous is None
    assert grid.next is None


def test_the_calendar_tells_of_news_in_other_languages_only(client):
    ArticleFactory(published_at=local(2018, 10, 30))
    ArticleFactory.create_batch(2, only_ru=True, published_at=local(2018, 10, 30))
    ArticleFactory(only_ru=True, published_at=local(2018, 10, 29))
    ArticleFactory(only_ru=True, published_at=local(2018, 6, 1))
    calendar = calendar_of(client, "/kk/news/2018/10/30/")
    assert "тек орыс тілінде: 2" in calendar
    assert "тек орыс тілінде: 1" in calendar
    assert 'href="/kk/news/2018/10/29/"' not in calendar
    assert "calendar=2018-06" not in calendar  # no month to turn to in this language
    assert "calendar=2018-06" in calendar_of(client, "/ru/news/2018/10/30/")
    assert "calendar-key" not in calendar_of(client, "/ru/news/2018/10/30/")


def test_what_lacks_the_pages_language_is_counted_by_the_languages_it_has():
    day = date(2018, 10, 30)
    rows = [(day, ("kk", "ru"), 4), (day, ("ru",), 2), (day, ("kk", "ru", "en"), 1), (day, (), 9)]
    assert month_calendar.tally(rows, "kk")[day] == month_calendar.DayNews(5, {("ru",): 2})
    assert month_calendar.tally(rows, "en")[day] == month_calendar.DayNews(
        1, {("kk", "ru"): 4, ("ru",): 2}
    )


def test_a_year_shows_twelve_small_months(client):
    ArticleFactory.create_batch(3, published_at=local(2018, 10, 30))
    ArticleFactory(published_at=local(2018, 3, 8))
    ArticleFactory(only_kk=True, published_at=local(2018, 3, 9))
    text = text_of(client.get("/ru/news/2018/"))
    year = re.search(r'<ol class="year">.*?</ol>', text, re.DOTALL)[0]
    assert year.count("<table>") == 12
    assert re.findall(r'href="/ru/news/(2018/[0-9/]+)"', year) == [
        "2018/03/",
        "2018/03/08/",
        "2018/10/",
        "2018/10/30/",
    ]
    assert "только на казахском: 1" in year


def test_years_and_days_lead_to_their_neighbours_with_news(client):
    for moment in (local(2015, 5, 1), local(2018, 3, 8), local(2018, 10, 30), local(2021, 1, 5)):
        ArticleFactory(published_at=moment)
    ArticleFactory(only_ru=True, published_at=local(2017, 1, 1))
    year, day = client.get("/kk/news/2018/"), client.get("/kk/news/2018/10/30/")
    assert (year.context["previous"], year.context["next"]) == (
        ("2015", "/kk/news/2015/"),
        ("2021", "/kk/news/2021/"),
    )
    assert day.context["previous"][1] == "/kk/news/2018/03/08/"
    assert day.context["next"][1] == "/kk/news/2021/01/05/"
    assert 'rel="prev"' in text_of(day)
    first = client.get("/kk/news/2015/05/01/")
    assert first.context["previous"] is None
    assert 'rel="prev"' not in text_of(first)


PAGES = {
    "/kk/": 12,
    "/kk/news/": 7,
    "/kk/news/district/": 7,
    "/kk/news/2018/": 7,
    "/kk/news/2018/10/": 7,
    "/kk/news/2018/10/30/": 7,
    "article": 8,
    "comments": 5,  # one of them asks for the portal's own switch, once a minute
}


@pytest.mark.parametrize("articles", [1, 50])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_however_much_news(
    client, django_assert_max_num_queries, articles, page
):
    made = ArticleFactory.create_batch(articles, published_at=local(2018, 10, 30))
    CommentFactory.create_batch(articles, article=made[0], status="approved")
    address = {
        "article": made[0].get_absolute_url("kk"),
        "comments": made[0].get_absolute_url("kk") + "comments/",
    }.get(page, page)
    with django_assert_max_num_queries(PAGES[page]):
        assert client.get(address).status_code == 200
