"""Correcting in the open: what readers are told, and what they may compare."""

import pytest

from news import corrections, publishing, revisions
from news.corrections import Announcement
from news.models import Article
from tests.factories import ArticleFactory, local

pytestmark = pytest.mark.django_db
NOTE = {"kk": "Күні түзетілді.", "ru": "Исправлена дата."}


@pytest.fixture
def correct(editor):
    """Change texts of an article that is out, telling readers or not."""

    def carry_out(article, announcement=None, **texts):
        revisions.record_first(article)
        for name, text in texts.items():
            setattr(article, name, text)
        article.save()
        revisions.record(article, by=editor)
        if announcement:
            return corrections.announce(article, announcement, by=editor)
        return None

    return carry_out


@pytest.fixture
def article():
    return ArticleFactory(
        body_kk="<p>Жиын 12 наурызда өтеді.</p>",
        body_ru="<p>Собрание пройдёт 12 марта.</p>",
        published_at=local(2026, 3, 1),
    )


def page(article, client, language="ru", more=""):
    return client.get(article.get_absolute_url(language) + more)


def test_readers_are_told_under_the_article_and_the_first_line_is_its_publication(
    article, correct, client
):
    correct(article, Announcement(NOTE), body_ru="<p>Собрание пройдёт 13 марта.</p>")
    for language, title in (("kk", "Өзгерістер тарихы"), ("ru", "История изменений")):
        text = page(article, client, language).text
        assert title in text
        assert NOTE[language] in text
        history = text.partition('class="article-history__list"')[2].partition("</ol>")[0]
        assert history.count("<li>") == 2
    assert "Опубликовано" in history


def test_a_mended_slip_leaves_no_line_and_no_date(article, correct, client):
    correct(article, body_ru="<p>Собрание пройдёт 13 марта.</p>")
    assert "article-history" not in page(article, client).text
    assert Article.objects.get().updated_at == article.published_at


def test_a_correction_moves_the_date(article, correct):
    correct(article, Announcement(NOTE), body_ru="<p>Собрание пройдёт 13 марта.</p>")
    assert Article.objects.get().updated_at > article.published_at


def test_what_was_changed_has_a_page_of_its_own_in_each_language(article, correct, client):
    correct(
        article,
        Announcement(NOTE),
        body_kk="<p>Жиын 13 наурызда өтеді.</p>",
        body_ru="<p>Собрание пройдёт 13 марта.</p>",
    )
    russian = page(article, client, "ru", "changes/1/").text
    assert "12</del>" in russian
    assert "13</ins>" in russian
    assert "Добавлено 1 слово" in russian
    assert "Убрано 1 слово" in russian
    assert 'content="noindex"' in russian
    assert f'rel="canonical" href="http://testserver{article.get_absolute_url("ru")}"' in russian
    assert "наурызда" not in russian
    assert "наурызда" in page(article, client, "kk", "changes/1/").text


def test_a_language_in_which_nothing_was_changed_leads_to_those_in_which_it_was(
    article, correct, client
):
    correct(article, Announcement(NOTE), body_ru="<p>Собрание пройдёт 13 марта.</p>")
    text = page(article, client, "kk", "changes/1/").text
    assert "<ins>" not in text
    assert f"{article.get_absolute_url('ru')}changes/1/" in text


def test_slips_mended_in_between_are_not_hidden(article, correct, client):
    correct(article, headline_ru="Сход граждан")
    correct(article, Announcement(NOTE), body_ru="<p>Собрание пройдёт 13 марта.</p>")
    assert "Сход" in page(article, client, "ru", "changes/1/").text.partition("<h2")[2]


def test_each_correction_is_compared_with_the_one_before(article, correct, client):
    correct(article, Announcement(NOTE), body_ru="<p>Собрание пройдёт 13 марта.</p>")
    correct(article, Announcement(NOTE), body_ru="<p>Собрание пройдёт 14 марта.</p>")
    second = page(article, client, "ru", "changes/2/").text
    assert "13</del>" in second
    assert "14</ins>" in second
    assert page(article, client, "ru", "changes/3/").status_code == 404


def test_what_must_not_be_read_again_is_compared_by_nobody(article, correct, client):
    """Personal data published in error stands in every version before the one that hides it."""
    correct(article, Announcement(NOTE), lead_ru="Звоните Иванову")
    correct(article, Announcement(NOTE, hides_text=True), lead_ru="Звоните в акимат")
    text = page(article, client).text
    assert text.count(NOTE["ru"]) == 2
    assert "changes/" not in text
    for number in (1, 2):
        assert page(article, client, "ru", f"changes/{number}/").status_code == 404


def test_a_removed_article_shows_no_history(article, correct, client, editor):
    correct(article, Announcement(NOTE), lead_ru="Другое")
    address = article.get_absolute_url("ru")
    publishing.remove(article, by=editor)
    assert client.get(f"{address}changes/1/").status_code == 404


def test_any_other_date_or_slug_leads_to_the_page(article, correct, client):
    correct(article, Announcement(NOTE), lead_ru="Другое")
    response = client.get(f"/ru/news/2020/01/01/{article.pk}-x/changes/1/")
    assert response.status_code == 301
    assert response.url == f"{article.get_absolute_url('ru')}changes/1/"


@pytest.mark.parametrize("lines", [1, 5])
def test_a_history_costs_the_same_however_long(
    article, correct, client, django_assert_num_queries, lines
):
    for number in range(lines):
        correct(article, Announcement(NOTE), lead_ru=f"Начало {number}")
    page(article, client)
    address = article.get_absolute_url("ru")
    with django_assert_num_queries(6):
        client.get(f"{address}changes/1/")
