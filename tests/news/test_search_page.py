"""The search page: hits with their fragments, filters with counts, and honest dead ends."""

import pytest

from tests.factories import ArticleFactory, SectionFactory, local

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return ArticleFactory(
        headline_kk="Ауылда жаңа мектеп ашылды",
        headline_ru="В селе открылась новая школа",
        body_ru="<p>Триста учеников пришли в новые классы.</p><p>Директор школы рад.</p>",
        published_at=local(2025, 9, 1),
    )


def page(client, lang="ru", **query):
    return client.get(f"/{lang}/search/", query)


def test_any_form_of_a_word_is_found_and_marked(client, school):
    text = page(client, q="школами").content.decode()
    assert "<mark>школа</mark>" in text
    assert f'href="{school.get_absolute_url("ru")}"' in text
    assert school.section.title_ru in text


def test_a_hit_in_another_language_leads_to_the_readers_own(client, school):
    text = page(client, "ru", q="мектептерге").content.decode()
    assert f'href="{school.get_absolute_url("ru")}" lang="kk"' in text


def test_drafts_and_withdrawn_articles_are_not_found(client):
    ArticleFactory(draft=True, headline_ru="Тайный черновик")
    ArticleFactory(withdrawn=True, headline_ru="Тайный отзыв")
    assert "Ничего не найдено" in page(client, q="тайный").content.decode()


def test_filters_narrow_and_count(client, school):
    other = SectionFactory(slug="economy", title_kk="Экономика", title_ru="Экономика")
    ArticleFactory(headline_ru="Школа фермера", section=other, published_at=local(2024, 5, 1))
    everything = page(client, q="школа")
    assert [(c.value, c.count) for c in everything.context["choices"]["section"]] == [
        ("district", 1),
        ("economy", 1),
    ]
    assert everything.context["results"].total == 2
    assert page(client, q="школа", section="economy").context["results"].total == 1
    assert page(client, q="школа", year="2025").context["results"].total == 1
    assert page(client, q="школа", language="en").context["results"].total == 0


def test_newest_first_by_choice(client, school):
    newer = ArticleFactory(headline_ru="Двор школы", published_at=local(2026, 1, 1))
    found = page(client, q="школа", order="newest").context["found"]
    assert [hit.url for hit in found] == [newer.get_absolute_url(), school.get_absolute_url()]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "?!",
        "\x00",
        '"',
        "школа AND (",
        "школа* NEAR/2 ^",
        "'; DROP TABLE news_article; --",
        "<script>alert(1)</script>",
        "школа " * 200,
        "%_\\",
        "ә" * 500,
        "\u202eшкола",
    ],
)
def test_whatever_is_typed_is_answered(client, school, query):
    for language in ("kk", "ru", "en"):
        response = page(client, language, q=query)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "wish", [{"section": "x"}, {"year": "0000"}, {"year": "x"}, {"language": "de"}, {"order": "x"}]
)
def test_a_choice_that_does_not_exist_is_none(client, school, wish):
    assert page(client, q="школа", **wish).context["results"].total == 1


@pytest.mark.parametrize("number", ["0", "2", "x", "-1", "99999999999999999999"])
def test_a_page_that_does_not_exist_is_not_found(client, school, number):
    assert page(client, q="школа", page=number).status_code == 404


@pytest.mark.parametrize("articles", [1, 50])
def test_searching_costs_the_same_however_much_is_found(
    client, django_assert_max_num_queries, articles
):
    ArticleFactory.create_batch(articles)
    with django_assert_max_num_queries(9):
        assert page(client, q="школа").status_code == 200
