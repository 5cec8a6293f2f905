import pytest

from news.slugs import slug


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Бұқар жырау ауданының әкімі", "kk", "bukar-zhyrau-audanynyn-akimi"),
        ("ӘКІМДІГІНІҢ", "kk", "akimdiginin"),
        ("Щёлково, объявление", "ru", "shchelkovo-obyavlenie"),
        ("Новости района", "ru", "novosti-rayona"),
        ("Хлеб и мёд", "ru", "khleb-i-myod"),
        ("Хабар: йод", "kk", "habar-iod"),
        ("COVID-19: 100 %", "en", "covid-19-100"),
        ("«…»", "ru", ""),
    ],
)
def test_headlines_become_ascii_words(text, language, expected):
    assert slug(text, language) == expected


def test_a_long_headline_is_cut_at_a_word():
    result = slug("Аудандағы мектептердің жөндеу жұмыстары туралы " * 5, "kk")
    assert len(result) <= 80
    assert not result.endswith("-")
    assert result.split("-")[-1] in {"audandagy", "mektepterdin", "zhondeu", "zhumystary", "turaly"}


def test_one_endless_word_is_cut_too():
    assert slug("а" * 300, "kk") == "a" * 80
