"""The number of a comment: dictated, mistyped, guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments import receipt_codes
from comments.receipt_codes import new_receipt_code, parse
from tests.factories import CommentFactory

ONE = 10**11
codes = (
    st.integers(0, ONE - 1)
    .map(lambda n: f"{n:011d}")
    .map(lambda digits: digits + receipt_codes._check_digit(digits))
)


@given(codes, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(code, place, shift):
    wrong = str((int(code[place]) + shift) % 10)
    assert parse(code) == code
    assert parse(code[:place] + wrong + code[place + 1 :]) is None


@given(codes, st.integers(0, 10))
def test_two_digits_in_the_wrong_order_are_noticed(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert parse(swapped) == (code if swapped == code else None)


@given(codes)
def test_it_may_be_typed_as_it_is_spoken(code):
    for typed in (
        receipt_codes.grouped(code),
        "-".join(code),
        f" №{code}. ",
        code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ):
        assert parse(typed) == code


@given(st.text(max_size=300))
def test_nonsense_is_no_number(typed):
    parse(typed)


def test_numbers_are_not_repeated():
    assert len({new_receipt_code() for _n in range(500)}) == 500


@pytest.fixture
def comment(article):
    return CommentFactory(article=article)


def look_up(client, code, **meta):
    return client.post("/ru/r/", {"code": code}, **meta)


def test_the_number_leads_to_the_receipt(client, comment):
    response = look_up(client, receipt_codes.grouped(comment.receipt_code))
    assert (response.status_code, response.url) == (303, f"/ru/r/{comment.receipt_token}/")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]


def test_the_answer_tells_nothing_about_numbers(client, comment):
    wrong_check = comment.receipt_code[:-1] + str((int(comment.receipt_code[-1]) + 1) % 10)
    pages = [look_up(client, code) for code in (new_receipt_code(), wrong_check, "1", "x" * 40)]
    assert {page.status_code for page in pages} == {400}
    bodies = {page.content.decode().partition('id="main"')[2] for page in pages}
    assert len({body.replace(code, "") for body in bodies for code in (wrong_check,)}) <= 4
    assert all('id="id_code_error"' in body for body in bodies)


def test_no_more_questions_cost_more_than_others(client, comment, django_assert_num_queries):
    with django_assert_num_queries(1) as found:
        look_up(client, comment.receipt_code)
    lookups = [q["sql"] for q in found.captured_queries]
    assert all("receipt_code" in sql for sql in lookups)


def test_guessing_ends_soon_for_right_numbers_too(client, comment, settings, clock):
    settings.COMMENTS_CODE_TRIES_PER_HOUR = 3
    for _n in range(3):
        assert look_up(client, new_receipt_code()).status_code == 400
    assert look_up(client, comment.receipt_code).status_code == 429
    assert look_up(client, new_receipt_code()).status_code == 429
    assert look_up(client, comment.receipt_code, REMOTE_ADDR="203.0.113.9").status_code == 303


def test_a_cache_that_is_down_opens_no_door(client, comment, settings, monkeypatch, caplog):
    settings.COMMENTS_CODE_TRIES_PER_HOUR = 3

    class Down:
        def __getattr__(self, name):
            raise ConnectionError

    monkeypatch.setattr("comments.attempts.cache", Down())
    statuses = [
        look_up(client, new_receipt_code(), REMOTE_ADDR="198.51.100.77").status_code
        for _n in range(4)
    ]
    assert statuses == [400, 400, 400, 429]
