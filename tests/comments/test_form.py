"""Writing a comment: what is stored, what comes back with an error and with its text."""

import html
from datetime import timedelta

import pytest
from django.core import signing
from django.db import OperationalError

from comments.models import Comment
from tests.comments.conftest import OURS, address, key_in
from tests.factories import ArticleFactory

LONG = "Ө" * 3001


def test_a_comment_waits_in_the_language_of_its_page(article, write):
    response = write(article, language="kk", name=" Айгүл  Серік ", text="Рақмет!\r\nЖақсы.")
    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response.url == f"/kk/r/{comment.receipt_token}/"
    assert (comment.status, comment.language, comment.article) == ("pending", "kk", article)
    assert (comment.author_name, comment.text) == ("Айгүл Серік", "Рақмет!\nЖақсы.")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_form_names_its_article_and_the_way_back(client, article, language):
    response = client.get(address(article, language))
    page = response.content.decode()
    assert response.status_code == 200
    assert article.headline_ru in page or article.headline_kk in page
    assert f'href="{article.get_absolute_url(language)}"' in page
    # By the browser alone, which then brings the text back with the way back.
    control = response.headers["Cache-Control"]
    assert "private" in control
    assert "no-cache" in control
    assert "no-store" not in control
    assert "noindex" in page
    assert not response.cookies


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Я"),
        ("name", "Я" * 81),
        ("name", "\u202e\u200b\x00"),
        ("name", "\u200d\u2060\u00ad\u3164"),
        ("text", ""),
        ("text", "  \r\n "),
        ("text", "\x00\u202a\ufeff"),
        ("text", "Да"),
        ("text", LONG),
    ],
)
def test_an_error_stands_at_its_field_and_the_text_is_kept(article, write, field, value):
    kept = "Дорога <b>разбита</b> & «мост» закрыт"
    fields = {"name": "Айгүл", "text": kept} | {field: value}
    response = write(article, **fields)
    page = response.content.decode()
    assert response.status_code == 400
    assert not Comment.objects.exists()
    assert f'<a href="#id_{field}">' in page  # the summary leads there
    assert f'id="id_{field}_error"' in page
    assert f'aria-describedby="id_{field}_helptext id_{field}_error"' in page
    assert page.count('aria-invalid="true"') == 1
    assert "autofocus" not in page
    if field == "name":
        assert html.escape(kept) in page
    else:
        assert 'value="Айгүл"' in page


def test_length_is_counted_as_a_browser_counts(article, write, settings):
    settings.COMMENTS_MAX_LENGTH = 100
    assert write(article, text="а\r\n" * 49 + "аб").status_code == 303  # 100, as typed
    assert write(article, text="а" * 101).status_code == 400


def test_markup_and_hidden_characters_are_only_text(article, write, client):
    response = write(
        article, name="<b>\u202eИра\x00</b>", text="<script>alert(1)</script>\x00\u2066!"
    )
    comment = Comment.objects.get()
    assert (comment.author_name, comment.text) == ("<b>Ира</b>", "<script>alert(1)</script>!")
    page = client.get(response.url).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;!" in page
    assert "<script>alert" not in page
    assert "<b>Ира" not in page


def test_three_megabytes_are_an_error_at_the_field(article, write):
    response = write(article, text="а" * (3 * 1024 * 1024 // 2))
    assert response.status_code == 400
    assert 'id="id_text_error"' in response.content.decode()


def test_more_than_can_be_read_is_told_so(article, write, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = write(article, text="а" * 2000)
    assert response.status_code == 413
    assert address(article) in response.content.decode()


# --- robots ---


def test_a_filled_trap_is_named_emptied_and_the_text_kept(article, write):
    response = write(article, website="http://spam.example")
    page = response.content.decode()
    assert response.status_code == 400
    assert "Спасибо за школу!" in page
    assert "spam.example" not in page
    assert not Comment.objects.exists()
    assert write(article, key=key_in(response)).status_code == 303


def test_too_fast_is_refused_once(article, write):
    response = write(article, seconds=1)
    assert response.status_code == 400
    assert "Спасибо за школу!" in response.content.decode()
    assert write(article, key=key_in(response), seconds=5).status_code == 303


def test_whoever_has_something_to_mend_is_not_called_too_fast(article, write):
    page = write(article, seconds=0, text="").content.decode()
    assert "слишком быстро" not in page
    assert "Напишите комментарий" in page


def test_an_old_form_comes_back_fresh(article, write):
    response = write(article, seconds=24 * 60 * 60 + 1)
    assert response.status_code == 400
    assert "Спасибо за школу!" in response.content.decode()
    assert write(article, key=key_in(response)).status_code == 303


def test_a_form_of_yesterday_evening_still_works(article, write):
    assert write(article, seconds=23 * 60 * 60).status_code == 303


@pytest.mark.parametrize("forged", ["1", "a:b:c", "\x00", "8c4f3a52-0d6e-4f0a-8e43-7b8a0d1b6f11"])
def test_a_forged_form_is_refused(article, write, forged):
    response = write(article, key=forged)
    assert response.status_code == 400
    assert key_in(response) != forged
    assert not Comment.objects.exists()


def test_a_form_of_another_article_is_refused(article, write, client):
    other = ArticleFactory()
    assert write(article, key=key_in(client.get(address(other)))).status_code == 400


def test_a_signature_for_another_purpose_is_refused(article, write):
    key = signing.TimestampSigner(salt="else").sign("8c4f3a52-0d6e-4f0a-8e43-7b8a0d1b6f11")
    assert write(article, key=key).status_code == 400


@pytest.mark.parametrize("later", [0, 30, 25 * 60 * 60])
def test_a_form_sent_twice_is_one_comment_with_one_receipt(article, write, client, later):
    key = key_in(client.get(address(article)))
    first = write(article, key=key)
    second = write(article, key=key, seconds=later)
    assert (second.status_code, second.url) == (303, first.url)
    assert Comment.objects.count() == 1


def test_other_words_in_a_form_already_sent_are_not_lost(article, write, client):
    key = key_in(client.get(address(article)))
    write(article, key=key)
    response = write(article, key=key, text="И ещё о дороге")
    assert response.status_code == 400
    assert "И ещё о дороге" in response.content.decode()
    assert write(article, key=key_in(response), text="И ещё о дороге").status_code == 303
    assert Comment.objects.count() == 2


def test_one_sender_writes_so_many_an_hour(article, write, clock, settings):
    settings.COMMENTS_PER_HOUR = 2
    sent = [write(article, text=f"Мысль {n}").status_code for n in range(3)]
    assert sent == [303, 303, 429]
    response = write(article, text="Третий за час")
    assert "Третий за час" in response.content.decode()
    assert write(article, sender="203.0.113.8").status_code == 303
    clock.shift(timedelta(minutes=59))
    assert write(article).status_code == 303


# --- where from ---


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (OURS, 303),
        ({"origin": "http://testserver"}, 303),
        ({"referer": "http://testserver/ru/"}, 303),
        ({}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"origin": "http://evil.example", "referer": "http://testserver/"}, 403),
        ({"referer": "http://testserver.evil.example/"}, 403),
    ],
)
def test_only_our_own_pages_may_send_a_comment(article, write, headers, status):
    response = write(article, headers=headers)
    assert response.status_code == status
    assert Comment.objects.count() == (status == 303)
    if status == 403:
        assert address(article) in response.content.decode()  # where it can be written
        assert "Спасибо за школу!" in response.content.decode()


# --- articles that take none ---


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_wrong_dates_and_names_lead_to_the_right_form(client, article, language):
    right = address(article, language)
    for wrong in ("2018/13/40", "2026/1/1"):
        response = client.get(f"/{language}/news/{wrong}/{article.pk}-x/comments/")
        assert (response.status_code, response.url) == (301, right)


def test_a_wrong_name_loses_no_comment(client, article, clock):
    key = key_in(client.get(address(article)))
    clock.shift(10)
    data = {"name": "Айгүл", "text": "Спасибо!", "submission_key": key}
    response = client.post(f"/ru/news/2018/1/1/{article.pk}/comments/", data, headers=OURS)
    assert response.status_code == 303


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "withdrawn", "removed"])
def test_what_is_not_public_takes_no_comments(article, write, client, state):
    key = key_in(client.get(where := address(article)))
    if state == "scheduled":
        article.published_at += timedelta(days=30)
    else:
        article.status = state
        article.withdrawn_at = article.published_at
    article.save()
    expected = 410 if state == "removed" else 404
    data = {"name": "Айгүл", "text": "Спасибо!", "submission_key": key}
    assert client.get(where).status_code == expected
    assert client.post(where, data, headers=OURS).status_code == expected
    assert not Comment.objects.exists()


def test_an_article_that_does_not_exist(client, article):
    for number in (article.pk + 1, "9" * 18, "9" * 30):
        assert client.get(f"/ru/news/2018/10/30/{number}-x/comments/").status_code == 404


@pytest.mark.parametrize("everywhere", [True, False])
def test_closed_comments_say_so_and_give_the_text_back(
    article, write, client, settings, everywhere
):
    key = key_in(client.get(address(article)))
    if everywhere:
        settings.COMMENTS_ENABLED = False
    else:
        article.comments_state = "closed"
        article.save()
    page = client.get(address(article))
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    response = write(article, key=key, text="Писал полчаса <3")
    assert response.status_code == 403
    assert "Писал полчаса &lt;3" in response.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, article, method):
    assert getattr(client, method)(address(article)).status_code == 405


# --- the same comment again ---


def test_two_tabs_are_one_comment(article, write):
    first = write(article)
    again = write(article)  # another form with the same words
    assert (again.status_code, again.url) == (303, first.url)
    assert Comment.objects.count() == 1


def test_a_form_that_expired_and_is_sent_again_is_one_comment(article, write):
    first = write(article)
    expired = write(article, seconds=25 * 60 * 60)
    assert expired.status_code == 400
    assert write(article, key=key_in(expired)).url == first.url
    assert Comment.objects.count() == 1


def test_the_same_words_by_somebody_else_are_another_comment(article, write):
    urls = {write(article).url, write(article, sender="203.0.113.8").url}
    urls.add(write(ArticleFactory()).url)
    assert len(urls) == 3


def test_whoever_copies_a_published_comment_is_not_given_its_receipt(article, write):
    first = write(article)
    Comment.objects.update(status=Comment.Status.APPROVED)
    assert write(article).url != first.url


# --- before it is sent ---


def test_a_preview_shows_the_comment_and_stores_nothing(article, write, client):
    key = key_in(client.get(address(article)))
    response = write(article, key=key, preview="1", seconds=0, text="<b>https://gov.kz/</b>")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'href="https://gov.kz/"' in page
    assert "<b>" not in page.partition("comment-preview")[2].partition("</section>")[0]
    assert key_in(response) == key
    assert not Comment.objects.exists()
    assert write(article, key=key, text="<b>https://gov.kz/</b>").status_code == 303


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_one_should_know_stands_before_the_form(client, article, language, settings):
    page = client.get(address(article, language)).content.decode()
    before = page.partition('name="name"')[0]
    for link in (settings.APPEALS_URL, "/pages/comment-rules/", "/pages/privacy/"):
        assert f'{link}"' in before
    assert "90" in before


# --- when the database does not take it ---


@pytest.mark.parametrize("where", ["find", "store"])
def test_what_was_not_stored_comes_back_with_its_text(
    article, write, client, monkeypatch, where, settings
):
    key = key_in(client.get(address(article)))

    def away(*args, **kwargs):
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as broken:
        if where == "find":
            broken.setattr("comments.articles.find", away)
        else:
            broken.setattr("comments.throttle.check", away)
        response = write(article, key=key, text="Писал полчаса <3")
    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "Писал полчаса &lt;3" in page
    assert f'value="{html.escape(key)}"' in page
    assert "server closed" not in page
    # As the page sends it again, twice.
    again = [write(article, key=key, text="Писал полчаса <3") for _n in range(2)]
    assert [answer.status_code for answer in again] == [303, 303]
    assert Comment.objects.count() == 1
