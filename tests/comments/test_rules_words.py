"""A word of a list is found as a whole word, in any form, behind any disguise."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.rules import word_list


def found(lines, text):
    return [text[hit.start : hit.end] for hit in word_list.compiled(lines).hits(text)]


@pytest.mark.parametrize(
    ("lines", "text", "words"),
    [
        ("мошенник", "Одни мошенники! Мошенникам не место", ["мошенники", "Мошенникам"]),
        ("мошенник", "Мошенничество", []),
        ("казино", "Лучшее КАЗИНО тут", ["КАЗИНО"]),
        ("алаяқ", "Алаяқтардың ісі, алаяққа сенбеңіз", ["Алаяқтардың", "алаяққа"]),
        ("спам", "Это cпaм", ["cпaм"]),  # Latin c and a
        ("спам", "это с п а м тут", ["с п а м"]),
        ("спам", "С.П.А.М", ["С.П.А.М"]),
        ("спам", "спаааам", ["спаааам"]),
        ("казино", "к@зин0 ждёт", ["к@зин0"]),
        ("казино", "ка3ино", ["ка3ино"]),
        ("сука", "cyka", ["cyka"]),
        ("casino", "Online CASINO bonus", ["CASINO"]),
        (
            "лёгкий заработок",
            "Легкого заработка? Лёгкий заработок!",
            ["Легкого заработка", "Лёгкий заработок"],
        ),
        ("лёгкий заработок", "лёгкий, но заработок", []),
        ("бар", "барабан, барлық, бармақ", []),
        ("спам", "", []),
    ],
)
def test_whole_words_in_any_form_and_disguise(lines, text, words):
    assert found(lines, text) == words


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_text_and_no_list_breaks_it_and_places_lie_inside(text, line):
    hits = word_list.compiled(line).hits(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert hits == sorted(hits)
    assert all(a.end <= b.start for a, b in itertools.pairwise(hits))


def test_each_hit_names_the_line_of_the_list_behind_the_disguise():
    hits = word_list.compiled("казино\nлёгкий заработок").hits("к@зин0: лёгкого заработка")
    assert [hit.entry for hit in hits] == ["казино", "лёгкий заработок"]
