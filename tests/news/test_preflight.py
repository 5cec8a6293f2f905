"""What the preflight notices, where it points, and that people have the last word."""

from datetime import date

import pytest

from news import preflight
from news.preflight import dates, numbers, texts
from tests.factories import ArticleFactory, PictureFactory


def codes(article):
    return {(finding.code, finding.language) for finding in preflight.examine(article)}


# --- numbers ---


@pytest.mark.parametrize("digits", ["850101300017", "020229500000"])
def test_a_number_that_only_looks_like_an_iin_is_left_alone(digits):
    assert not numbers.is_iin(digits)


def iin(first_eleven):
    """The twelfth digit that makes it one."""
    return next(first_eleven + str(n) for n in range(10) if numbers.is_iin(first_eleven + str(n)))


def test_an_iin_is_found_in_a_sentence_however_it_is_spaced():
    number = iin("85010130001")
    assert numbers.personal_numbers(f"ИИН {number}, район") == [number]
    spaced = f"{number[:6]} {number[6:]}"
    assert numbers.personal_numbers(f"ИИН {spaced}.") == [spaced]
    assert not numbers.personal_numbers("БИН 123456789012, дом 5")


def test_a_bank_card_is_found_and_a_contract_number_is_not():
    assert numbers.card_numbers("карта 4111 1111 1111 1111") == ["4111 1111 1111 1111"]
    assert not numbers.card_numbers("договор 4111 1111 1111 1112")


def test_a_mobile_is_somebodys_and_a_land_line_is_not():
    assert numbers.mobile_numbers("звоните 8 701 123-45-67") == ["8 701 123-45-67"]
    assert not numbers.mobile_numbers("приёмная: 8 (72154) 2-11-33")


# --- dates ---


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("ru", "в понедельник, 12 марта 2019 года", "Вторник"),
        ("ru", "12 марта 2019 года, в среду", None),
        ("ru", "12 марта 2019 года (среда)", "Вторник"),
        ("kk", "2019 жылғы 12 наурыз, дүйсенбі", "Сейсенбі"),
        ("kk", "12 наурыз (бейсенбі)", "Сейсенбі"),
        ("en", "Monday, 12 March 2019", "Tuesday"),
        ("en", "Wednesday, March 12, 2019", "Tuesday"),
    ],
)
def test_a_weekday_that_does_not_fit_is_told_with_the_right_one(language, text, right):
    found = list(dates.mismatches(text, language, date(2019, 3, 1)))
    assert [weekday.lower() for _written, weekday in found] == ([right.lower()] if right else [])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "во вторник, 12 марта"),
        ("kk", "12 наурыз, сейсенбі"),
        ("en", "Tuesday, 12 March 2019"),
        ("ru", "в понедельник, 31 февраля"),
        ("ru", "12 марта"),
    ],
)
def test_a_weekday_that_fits_and_a_date_that_is_none_say_nothing(language, text):
    assert not list(dates.mismatches(text, language, date(2019, 3, 1)))


# --- texts ---


def test_latin_letters_inside_cyrillic_words_are_named():
    assert texts.mixed_words("iс-шара өтті, COVID-19, web-сайт") == ["iс"]
    assert texts.mixed_words("қaзaқ тілі") == ["қaзaқ"]


def test_a_typed_capital_headline_is_told_from_an_abbreviation():
    assert texts.is_capitals("В РАЙОНЕ ОТКРЫЛАСЬ ШКОЛА")
    assert not texts.is_capitals("ЦОН переехал в новое здание")


def test_links_headings_and_bold_lines_are_seen():
    outline = texts.Outline(
        '<h2>Итоги</h2><p><strong>Сроки работ</strong></p><p>Текст <a href="/x">здесь</a> и '
        '<a href="https://example.kz/plan">план работ</a>.</p><p><strong>Важно:</strong> вода.</p>'
    )
    assert outline.headings == [("h2", "Итоги")]
    assert outline.bold_paragraphs == ["Сроки работ"]
    assert list(texts.poor_links(outline)) == [("/x", "здесь")]


# --- a whole article ---


@pytest.mark.django_db
def test_a_careful_article_has_no_findings():
    assert preflight.examine(ArticleFactory()) == []


@pytest.mark.django_db
def test_a_kazakh_text_that_is_the_russian_one_is_noticed():
    article = ArticleFactory(
        headline_kk="Новая школа", headline_ru="Новая школа", body_kk="<p>В районе.</p>",
        body_ru="<p>В  районе.</p>",
    )  # fmt: skip
    assert {("same_text", "kk"), ("same_headline", "kk")} <= codes(article)


@pytest.mark.django_db
def test_a_kazakh_text_without_a_kazakh_letter_is_noticed():
    article = ArticleFactory(body_kk="<p>В районе открылась новая школа для детей села.</p>")
    assert ("not_kazakh", "kk") in codes(article)


@pytest.mark.django_db
def test_pictures_want_words_in_each_language_and_are_not_too_small():
    picture = PictureFactory(alt_kk="", file__width=300, file__height=200)
    article = ArticleFactory(main_picture=picture)
    found = codes(article)
    assert ("no_alt", "kk") in found
    assert ("no_alt", "ru") not in found
    assert ("small", "") in found
    picture.is_decorative = True
    picture.save()
    assert ("no_alt", "kk") not in codes(ArticleFactory(main_picture=picture))


@pytest.mark.django_db
def test_links_within_the_portal_that_lead_nowhere_are_noticed():
    other = ArticleFactory()
    draft = ArticleFactory(draft=True)
    body = "".join(
        f'<p><a href="{href}">Ссылка на страницу {n}</a></p>'
        for n, href in enumerate(
            [
                other.get_absolute_url("ru"),
                f"http://testserver/n/{other.pk}",
                f"/n/{draft.pk}",
                "/ru/news/no-such-section/",
                "/nowhere/",
                "https://elsewhere.example/",
                "mailto:a@example.kz",
            ]
        )
    )
    findings = preflight.examine(ArticleFactory(body_ru=body))
    dead = [finding.excerpt for finding in findings if finding.code == "dead_link"]
    assert dead == [f"Ссылка на страницу {n}" for n in (2, 3, 4)]


@pytest.mark.django_db
def test_an_answered_finding_stays_answered_until_its_words_change(press):
    article = ArticleFactory(lead_ru="Звоните: 8 701 123-45-67.")
    (finding,) = preflight.of(article).open
    left = preflight.answer(article, {finding.key: "служебный номер, с согласия"}, by=press)
    assert left.open == []
    assert left.noted[0][1].written_by == press
    article.lead_ru = "Звоните: 8 702 123-45-67."
    article.save()
    assert [found.excerpt for found in preflight.of(article).open] == ["8 702 123-45-67"]


@pytest.mark.django_db
def test_the_cost_does_not_grow_with_the_pictures(django_assert_max_num_queries):
    article = ArticleFactory()
    for _n in range(8):
        article.gallery.create(picture=PictureFactory())
    with django_assert_max_num_queries(6):
        preflight.of(article)
