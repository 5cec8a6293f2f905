"""Which translations are out of date, as officers see it on the change page and in their list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import translations
from tests.factories import ArticleFactory, SectionFactory
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db
State = translations.State


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


@pytest.fixture
def draft():
    return ArticleFactory(draft=True, english=True)


def change(client, article, **changes):
    """Save the change form as it stands, with changes."""
    article.refresh_from_db()
    response = client.post(page("change", article), typed(article, **changes))
    assert response.status_code == 302, response.context["adminform"].form.errors
    article.refresh_from_db()


def states(article):
    return {code: str(s.state) for code, s in translations.standings(article).items()}


def test_a_changed_original_leaves_its_translations_out_of_date(as_press, draft):
    change(as_press, draft, body_ru="<p>Открытие перенесли на пятницу.</p>")
    assert states(draft) == {"kk": "outdated", "ru": "complete", "en": "outdated"}
    text = as_press.get(page("change", draft)).text
    assert "<ins>" in text
    assert "<del>" in text
    assert 'data-state="outdated"' in text


def test_what_has_changed_is_shown_since_the_translation_was_made_not_since_the_last_save(
    as_press, draft
):
    first = draft.body_ru
    change(as_press, draft, body_ru="<p>Открытие перенесли на пятницу.</p>")
    change(as_press, draft, body_ru="<p>Открытие перенесли на субботу.</p>")
    (changed,) = translations.standings(draft)["kk"].changed
    assert changed == ("body", first, "<p>Открытие перенесли на субботу.</p>")


def test_a_translation_that_is_changed_is_current_again(as_press, draft):
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    change(as_press, draft, headline_kk="Мектеп жұмада ашылады")
    assert states(draft) == {"kk": "complete", "ru": "complete", "en": "outdated"}


def test_changing_another_text_of_the_translation_does_not_mend_the_outdated_one(as_press, draft):
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    change(as_press, draft, lead_kk="Басқа сөйлем.")
    assert states(draft)["kk"] == "outdated"


def test_both_changed_in_one_save_are_current(as_press, draft):
    change(as_press, draft, headline_ru="В пятницу", headline_kk="Жұмада", headline_en="On Friday")
    assert set(states(draft).values()) == {"complete"}


def test_a_slip_of_the_pen_is_marked_as_one_and_changes_nothing_for_the_translations(
    as_press, draft
):
    change(as_press, draft, headline_ru="В районе открылась новая школа!", is_minor="on")
    assert states(draft)["kk"] == "complete"
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    assert states(draft)["kk"] == "outdated"


def test_a_minor_change_does_not_excuse_what_was_outdated_before(as_press, draft):
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    change(as_press, draft, headline_ru="Школу откроют в пятницу!", is_minor="on")
    assert states(draft)["kk"] == "outdated"


def test_somebody_may_say_that_the_translation_still_fits(as_press, draft):
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    change(as_press, draft, fits=["kk"])
    assert states(draft) == {"kk": "complete", "ru": "complete", "en": "outdated"}


def test_an_original_that_says_again_what_it_said_leaves_nothing_out_of_date(as_press, draft):
    before = draft.headline_ru
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    change(as_press, draft, headline_ru=before)
    assert set(states(draft).values()) == {"complete"}


def test_line_breaks_of_the_editor_are_no_change(as_press, draft):
    change(as_press, draft, body_ru="<p>Раз</p><ul><li>два</li></ul>", is_minor="on")
    change(as_press, draft, body_ru="<p>Раз</p>\r\n\r\n<ul>\r\n\t<li>два</li>\r\n</ul>\r\n")
    assert set(states(draft).values()) == {"complete"}


def test_changing_a_translation_says_nothing_about_the_original(as_press, draft):
    change(as_press, draft, headline_kk="Мектеп жұмада ашылады")
    assert set(states(draft).values()) == {"complete"}


def test_what_was_written_first_is_the_original(as_press):
    section = SectionFactory().pk
    texts = {"headline_kk": "Жаңа мектеп", "body_kk": "<p>Ашылды.</p>"}
    response = as_press.post(page("add"), typed(section=section, **texts))
    article = translations.Article.objects.get()
    assert response.status_code == 302
    assert article.source_language == "kk"
    change(as_press, article, headline_ru="Новая школа", body_ru="<p>Открылась.</p>")
    change(as_press, article, headline_kk="Жаңа мектеп ашылды")
    assert article.source_language == "kk"
    assert states(article) == {"kk": "complete", "ru": "outdated", "en": "missing"}


def test_the_officer_decides_which_language_is_the_original(as_press, draft):
    change(as_press, draft, source_language="kk")
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    assert set(states(draft).values()) == {"complete"}
    change(as_press, draft, headline_kk="Мектеп жұмада ашылады")
    assert states(draft) == {"kk": "complete", "ru": "outdated", "en": "outdated"}


def test_a_translation_taken_away_is_missing_not_out_of_date(as_press, draft):
    change(as_press, draft, headline_ru="Школу откроют в пятницу")
    change(as_press, draft, headline_en="", lead_en="", body_en="", byline_en="")
    assert states(draft)["en"] == "missing"
    assert not draft.outdated_en


def test_the_moment_at_which_a_language_was_first_complete_is_kept(as_press):
    article = ArticleFactory(draft=True, only_ru=True, body_ru="")
    change(as_press, article, body_ru="<p>Открылась.</p>")
    change(as_press, article, headline_kk="Жаңа мектеп", body_kk="<p>Ашылды.</p>")
    first = article.translations.get(language="kk").complete_at
    assert first >= article.translations.get(language="ru").complete_at
    change(as_press, article, headline_kk="Жаңа мектеп ашылды")
    assert article.translations.get(language="kk").complete_at == first


def test_the_board_shows_how_every_language_of_every_article_stands(as_press):
    old = ArticleFactory(outdated_kk=True)
    ArticleFactory(english=True)
    text = as_press.get(page("languages")).text
    assert f'href="{page("change", old)}#panel-kk"' in text
    assert text.count("is-outdated") == 1
    assert text.count("is-missing") == 1
    narrowed = as_press.get(page("languages"), {"kk": "outdated"})
    assert [article.pk for article, _cells in narrowed.context["rows"]] == [old.pk]
    assert as_press.get(page("languages"), {"kk": "nonsense", "p": "x"}).status_code == 200


def test_the_board_costs_the_same_however_many_articles(as_press):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert as_press.get(page("languages")).status_code == 200
        assert not any('"body_kk"' in query["sql"].split(" FROM ")[0] for query in queries)
        return len(queries)

    ArticleFactory()
    one = cost()
    ArticleFactory.create_batch(20)
    assert cost() == one
    assert one <= 16


def test_only_the_press_office_sees_the_board(client, moderator):
    client.force_login(moderator)
    assert client.get(page("languages")).status_code == 403
