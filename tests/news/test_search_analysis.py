import random
import unicodedata
from itertools import combinations

import pytest

from news.search import kazakh
from news.search.analysis import document_terms, normalise, strong_terms, tokens, weak_terms
from news.search.parsing import MAX_LENGTH, MAX_WORDS, on_other_keyboard, parse
from news.search.text import plain_text

FAMILIES = [
    "аудан ауданы ауданының аудандарда ауданымыздың ауданымен ауданындағы ауданына",
    "әкім әкімі әкімінің әкімдер әкіммен әкімге",
    "мектеп мектебі мектебінде мектептеріміздегі мектепке мектептің",
    "халық халқы халқының халыққа халқымыз",
    "орын орны орнына орындар орнында",
    "су суы судың суға сулар суды сумен",
    "қала қаласы қаласында қалалар қалаға қаланың",
    "көмек көмегі көмегін көмекке",
    "өңір өңірі өңірде өңірлер өңіріміз",
    "оқушы оқушылар оқушыларға оқушының",
    "жаңалық жаңалықтар жаңалықтары жаңалығы",
    "округ округі округтің округінің округтер",
    "ел елі еліміз елімізде елге",
    "программа программасы программаның программалар",
]
VERBS = [
    "ашу ашылды ашылған ашылып ашады ашты ашылуы ашылатын ашылмады",
    "салу салынды салынып салынған салынатын салынуда",
    "оқу оқыды оқыған оқиды оқып оқытылды",
    "тағайындау тағайындалды тағайындалған",
    "қою қойды қойылды қойған",
    "беру берілді берді береді беріп берілген бермейді",
]
RUSSIAN = [
    "школа школы школе школой школам школах",
    "аким акима акиму акимом акимы акимов акимами",
    "посёлок посёлка поселку посёлки",
    "режим режима режимом",
    "музей музея музее музеи музеев",
    "Ибраев Ибраева Ибраеву Ибраевым",
    "деревня деревни деревень деревням",
    "новость новости новостей новостями",
]


def meet(one, other, language):
    """Does a query of one form find a document with the other?"""
    (one,), (other,) = ([token.word for token in tokens(word)] for word in (one, other))
    return not document_terms(other, language).isdisjoint(strong_terms(one))


@pytest.mark.parametrize(
    ("family", "language"),
    [*((f, "kk") for f in FAMILIES), *((f, "ru") for f in RUSSIAN)],
)
def test_every_form_of_a_noun_finds_every_other(family, language):
    forms = family.split()
    missed = [
        (a, b)
        for a, b in combinations(forms, 2)
        if not (meet(a, b, language) and meet(b, a, language))
    ]
    assert missed == []


@pytest.mark.parametrize("family", VERBS)
def test_forms_of_a_verb_find_its_infinitive_and_are_found_by_it(family):
    infinitive, *forms = family.split()
    assert [f for f in forms if not (meet(infinitive, f, "kk") and meet(f, infinitive, "kk"))] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("әкім", "аудан"), ("мектеп", "мектен"), ("қала", "қалқа"), ("бала", "балық"), ("жол", "жыл")],
)
def test_different_words_stay_apart(one, other):
    assert not meet(one, other, "kk")
    assert not meet(other, one, "kk")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("онирде", "өңір"),
        ("мектебинде", "мектеп"),
        ("енбек", "еңбек"),
        ("кала", "қаласы"),
        ("коше", "көшелері"),
        ("турмыс", "тұрмысы"),
    ],
)
def test_a_russian_keyboard_finds_kazakh_words(typed, meant):
    assert not document_terms(meant, "kk").isdisjoint(weak_terms(typed))


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("ЁЛКА", "елка"),
        ("Мемлекеттiк", "мемлекеттік"),  # a Latin i, as the database of laws has it
        ("мeктeп", "мектеп"),  # Latin e
        ("СOVID", "covid"),  # a Cyrillic С
        ("шко\u00adла", "школа"),
        ("мек\u200bтеп", "мектеп"),
        ("и\u0306од", "йод"),
        ("café", "cafe"),
        ("ＡＢＣ", "abc"),
        ("қ.а.", "қа"),
        ("١٢", "12"),
    ],
)
def test_one_spelling_for_a_word_however_it_was_typed(written, normal):
    assert [token.word for token in tokens(written)] == [normal]
    assert normalise(normal) == normal


def test_words_glued_to_others_are_words():
    text = "4-сынып,covid-19;«Қ.А.Сейілов»(13,6%)2023ж."
    words = [token.word for token in tokens(text)]
    assert words == ["4", "сынып", "covid", "19", "қа", "сейілов", "13", "6", "2023", "ж"]


def test_tokens_say_where_they_stand():
    text = "Аудан, «ӘКІМІ» — шко\u00adла"
    assert [text[t.start : t.end] for t in tokens(text)] == ["Аудан", "ӘКІМІ", "шко\u00adла"]


def test_terms_are_letters_and_digits_that_both_databases_read_alike():
    chance = random.Random(1)
    for _ in range(3000):
        word = "".join(chr(chance.randrange(0x21, 0x2FFFF)) for _ in range(3)) + "аб"
        for token in tokens(word):
            for language in ("kk", "ru", "en"):
                for term in document_terms(token.word, language):
                    assert term.isalnum()
                    assert term == unicodedata.normalize("NFC", term)


def test_plain_text_keeps_words_whole_and_blocks_apart():
    html = (
        "<h2>Су</h2>\n<p><strong>М</strong>ектеп &amp; <em>бала&nbsp;бақша</em><br>жол</p>"
        "<ul><li>бір</li><li>екі</li></ul>"
    )
    assert plain_text(html) == "Су\nМектеп & бала бақша\nжол\nбір\nекі"


def test_question_words_are_left_out_unless_they_are_all_there_is():
    assert [w.text for w in parse("Аудан әкімі кім?").words] == ["аудан", "әкімі"]
    assert [w.text for w in parse("кто это?").words] == ["кто", "это"]


def test_queries_are_bounded():
    query = parse("сөз " * 400 + "соңы")
    assert len(query.text) <= MAX_LENGTH
    assert query.text.endswith("сөз")
    many = parse(" ".join(f"сөз{'абвгдежз'[i % 8] * (1 + i // 8)}" for i in range(60)))
    assert len(many.words) == MAX_WORDS


@pytest.mark.parametrize("text", ["", "   ", "!!! ??? ...", "\x00", "«»", '""', "%_*"])
def test_punctuation_alone_is_an_empty_query(text):
    assert parse(text).is_empty


def test_quotes_make_phrases_and_unbalanced_ones_do_not():
    assert parse("«Нұрлы жер» пәтер").phrases == ("нұрлы жер",)
    assert parse('"золотой век" “ауыз су”').phrases == ("золотой век", "ауыз су")
    assert parse('"золотой век').phrases == ()
    assert parse('"жер"').phrases == ()


def test_a_keyboard_that_was_not_switched():
    assert on_other_keyboard("vtrntg 2r3v") == "мектеп әкім"
    assert on_other_keyboard("2026") == "2026"


def test_analysis_of_kazakh_is_finite_and_small():
    words = {w for family in FAMILIES + VERBS for w in family.split()}
    sizes = [len(document_terms(word, "kk")) for word in words]
    assert sum(sizes) / len(sizes) < 14
    assert len(kazakh.noun_terms("мектептеріміздегі")) < 10
