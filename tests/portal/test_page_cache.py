"""Kept pages: current for everybody within a moment, and nobody's own."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import override

from comments import moderation
from news import changes, page_cache, publishing
from news.models import Alert
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, UserFactory
from tests.portal.reader import Process

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(django_assert_num_queries, read):
    """Read a page that must cost the database nothing."""

    def read_kept(address, **request):
        with django_assert_num_queries(0):
            return read(address, **request)

    return read_kept


def an_alert(**details):
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    return Alert.objects.create(text_kk="Боран", text_ru="Буран", **(times | details))


def test_the_second_reader_costs_the_database_nothing(read, kept):
    article = ArticleFactory()
    first = read("/kk/")
    second = kept("/kk/")
    assert article.headline_kk in second.text
    assert first.content == second.content


def test_another_process_takes_what_the_first_has_made(read, django_assert_num_queries):
    read("/kk/")
    other = Process()
    with django_assert_num_queries(0):
        assert other.get("/kk/").status == 200


def test_publishing_is_seen_by_the_next_reader_on_every_page(read, commits, editor):
    SectionFactory()
    draft = ArticleFactory(draft=True)
    addresses = ("/kk/", "/kk/news/", "/kk/news/district/", "/kk/news/feed/")
    for address in addresses:
        assert draft.headline_kk not in read(address).text
    commits(lambda: publishing.publish(draft, by=editor))
    for address in addresses:
        assert draft.headline_kk in read(address).text


def test_a_scheduled_article_appears_at_its_moment(read, kept):
    article = ArticleFactory(published_at=timezone.now() + timedelta(minutes=3))
    assert article.headline_kk not in read("/kk/").text
    with time_machine.travel(article.published_at - timedelta(seconds=1)):
        assert article.headline_kk not in kept("/kk/").text
    with time_machine.travel(article.published_at + timedelta(milliseconds=1)):
        assert article.headline_kk in read("/kk/").text
        assert "1" in read("/kk/news/").text


def test_a_scheduled_change_is_read_from_its_moment_on(read, kept, commits, editor):
    article = ArticleFactory(headline_kk="Ескі тақырып")
    moment = timezone.now() + timedelta(minutes=3)
    change = changes.begin(article, by=editor)
    changes.save(change, change.content | {"headline_kk": "Жаңа тақырып"}, by=editor)
    commits(lambda: changes.publish(change, by=editor, at=moment))
    address = article.get_absolute_url()
    assert "Ескі тақырып" in read("/kk/").text
    assert "Ескі тақырып" in read(address).text
    with time_machine.travel(moment - timedelta(seconds=1)):
        assert "Ескі тақырып" in kept("/kk/").text
    with time_machine.travel(moment + timedelta(milliseconds=1)):
        for page in ("/kk/", "/kk/news/"):
            assert "Жаңа тақырып" in commits(lambda page=page: read(page)).text
        answer = commits(lambda: read(address))  # its words in the address follow the headline
        assert (answer.status, "zhana-takyryp" in answer.headers["Location"]) == (301, True)
        assert "Жаңа тақырып" in read(answer.headers["Location"]).text


def test_a_planned_withdrawal_is_read_from_its_moment_on(read, kept, commits, editor):
    article = ArticleFactory()
    moment = timezone.now() + timedelta(minutes=3)
    reason = {"kk": "Іс-шара өтті.", "ru": "Мероприятие прошло."}
    commits(lambda: publishing.withdraw(article, by=editor, reason=reason, at=moment))
    address = article.get_absolute_url()
    assert article.headline_kk in read("/kk/").text
    assert reason["kk"] not in read(address).text
    with time_machine.travel(moment - timedelta(seconds=1)):
        assert article.headline_kk in kept("/kk/").text
    with time_machine.travel(moment + timedelta(milliseconds=1)):
        assert article.headline_kk not in commits(lambda: read("/kk/")).text
        assert reason["kk"] in read(address).text


def test_an_alert_and_a_pin_end_by_themselves(read):
    ArticleFactory()
    ArticleFactory(
        published_at=timezone.now() - timedelta(days=9),
        pinned_until=timezone.now() + timedelta(minutes=1),
        pinned_place=1,
    )
    an_alert(ends_at=timezone.now() + timedelta(minutes=2))
    before = read("/kk/").text
    assert "Боран" in before
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        unpinned = read("/kk/").text
        assert unpinned != before
        assert "Боран" in unpinned
    with time_machine.travel(timezone.now() + timedelta(seconds=121)):
        assert "Боран" not in read("/kk/").text


def test_an_approved_comment_is_seen_and_other_pages_stay(read, kept, commits, moderator):
    comment = CommentFactory(status="pending")
    address = comment.article.get_absolute_url()
    read("/kk/")
    assert comment.text not in read(address).text
    commits(lambda: moderation.approve(comment, by=moderator))
    assert comment.text in read(address).text
    kept("/kk/")
    commits(lambda: moderation.undo(comment, by=moderator))
    assert comment.text not in read(address).text


def test_pages_differ_by_what_the_reader_has_chosen(read, kept):
    ArticleFactory()
    usual = read("/kk/").text
    contrast = {"comfort": "200.contrast"}
    assert "scheme-contrast" in read("/kk/", cookies=contrast).text
    assert kept("/kk/").text == usual
    assert "scheme-contrast" in kept("/kk/", cookies=contrast).text
    # What is no choice of ours is no page of its own.
    assert kept("/kk/", cookies={"comfort": "banana", "_ga": "GA1.2.3"}).text == usual


def test_a_closed_alert_stays_closed_for_who_closed_it(read, kept):
    alert = an_alert()
    assert "Боран" in read("/kk/").text
    assert "Боран" not in read("/kk/", cookies={"closed_alerts": str(alert.pk)}).text
    assert "Боран" in kept("/kk/", cookies={"closed_alerts": str(alert.pk + 1)}).text


def test_an_article_leads_back_to_the_readers_own_list(read, kept):
    address = ArticleFactory().get_absolute_url()
    plain = read(address).text
    from_list = read(address, referer="http://testserver/kk/news/?page=2").text
    assert 'href="/kk/news/?page=2"' in from_list
    assert kept(address).text == plain
    assert kept(address, referer="https://elsewhere.example/").text == plain


def test_campaign_links_get_into_nobodys_page(read, kept):
    ArticleFactory.create_batch(21)
    assert "utm" not in read("/kk/news/?utm_source=letter&page=1").text
    assert "utm" not in kept("/kk/news/?page=1").text


def test_what_a_browser_has_is_not_sent_again(read, kept):
    read("/kk/")
    for encoding in ("br", "gzip, deflate", "identity", "br;q=0"):
        whole = kept("/kk/", accept_encoding=encoding)
        assert whole.text.startswith("\n<!doctype html>") or "<!doctype html>" in whole.text
        assert "Accept-Encoding" in whole.headers["Vary"]
        again = kept("/kk/", accept_encoding=encoding, if_none_match=whole.headers["ETag"])
        assert (again.status, again.content) == (304, b"")
        assert again.headers["ETag"] == whole.headers["ETag"]
        head = kept("/kk/", method="HEAD", accept_encoding=encoding)
        assert (head.status, head.content) == (200, b"")
        assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    tags = {kept("/kk/", accept_encoding=e).headers["ETag"] for e in ("br", "gzip", "")}
    assert len(tags) == 3
    assert kept("/kk/", if_none_match='"other"').status == 200


def test_kept_pages_carry_the_security_headers(read, kept):
    made, again = read("/kk/"), kept("/kk/")
    assert "script-src 'self'" in again.headers["Content-Security-Policy"]
    assert made.headers == again.headers


def test_nothing_of_a_signed_in_reader_is_kept(read, kept, client):
    officer = UserFactory(username="ainur", is_superuser=True)
    client.force_login(officer)
    session = {"sessionid": client.cookies["sessionid"].value, "csrftoken": "c" * 32}
    address = ArticleFactory().get_absolute_url()
    for page in ("/kk/", address, "/kk/search/?q=мектеп", "/kk/pages/privacy/"):
        for name in ("officer", "stranger"):
            answer = read(page, cookies=session if name == "officer" else {})
            assert answer.status == 200
            assert "Set-Cookie" not in answer.headers
        stranger = kept(page).text
        for trace in ("ainur", session["sessionid"], "csrfmiddleware", "c" * 32):
            assert trace not in stranger


@pytest.mark.parametrize("page", ["/kk/preferences/", "/kk/news/nowhere/", "/kk/r/unknown/"])
def test_what_is_no_public_page_is_not_kept(read, page):
    first = read(page)
    assert "ETag" not in first.headers
    assert "ETag" not in read(page).headers


def test_the_comment_form_and_the_receipt_are_not_kept(read):
    comment = CommentFactory()
    pages = {
        # The writer's own browser may show it again with what was typed; nobody else may keep it.
        f"{comment.article.get_absolute_url()}comments/": {"private", "no-cache"},
        comment.get_receipt_url(): {"private", "no-store"},
    }
    for page, asked in pages.items():
        answer = read(page)
        assert answer.status == 200
        assert asked <= set(answer.headers["Cache-Control"].split(", "))
        assert "ETag" not in answer.headers


def test_a_foreign_host_gets_nothing(read):
    read("/kk/")
    assert read("/kk/", host="evil.example").status == 400


def test_searches_without_end_do_not_push_the_front_page_out(
    read, kept, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("portal.page_cache.shared.MOST_ODD_A_DAY", 1)
    monkeypatch.setattr("portal.page_cache.shared.MOST_ODD", 1)
    read("/kk/")
    for number in range(5):
        read(f"/kk/search/?q=xyz{number}")
    kept("/kk/")
    kept("/kk/search/?q=xyz4")
    other = Process()
    with django_assert_num_queries(0):
        other.get("/kk/")
        other.get("/kk/search/?q=xyz1")
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(0):
        other.get("/kk/search/?q=xyz4")  # beyond what is kept for the others


# --- when the database is down ---


@pytest.fixture
def database_down(monkeypatch):
    """Every page fails; the real server is stopped in tests/journeys/test_servers_down.py."""
    from django.db.backends.utils import CursorWrapper

    def fail(*_arguments, **_options):
        raise OperationalError("the server closed the connection unexpectedly")

    def stop():
        monkeypatch.setattr(CursorWrapper, "execute", fail)

    return stop


def test_an_old_page_is_better_than_none_and_says_so(read, database_down, commits):
    ArticleFactory(headline_ru="Открылась школа")
    read("/ru/")
    commits(page_cache.refresh_site)
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        database_down()
        answer = read("/ru/", accept_encoding="br")
        assert answer.status == 200
        assert "Открылась школа" in answer.text
        assert 29 <= int(answer.headers["X-Portal-Stale"]) <= 31
        assert 'class="stale"' not in answer.text
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        late = read("/ru/")
        assert 'class="stale"' in late.text
        assert "сохранённая копия" in late.text
        contrast = read("/ru/", cookies={"comfort": "100.contrast"})
        assert "scheme-contrast" in contrast.text


def test_an_article_is_found_under_an_address_of_before_its_headline_changed(
    read, database_down, commits, editor
):
    article = ArticleFactory(headline_ru="Открылась школа")
    with override("ru"):
        old = article.get_absolute_url()
        article.headline_ru = "Открылся музей"
        commits(article.save)
        assert read(article.get_absolute_url()).status == 200
    assert read(old).status == 301
    other = ArticleFactory()
    database_down()
    assert "Открылся музей" in Process().get(old).text
    short = read(f"/n/{article.pk}", accept_language="ru")
    assert short.status == 302
    assert "Открылся музей" in read(short.headers["Location"]).text
    assert read(old.replace(f"/{article.pk}-", f"/{other.pk}-")).status == 503


def test_the_account_of_moderation_is_kept_for_bad_times_alone(read, database_down):
    assert read("/ru/moderation/").status == 200
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        database_down()
        assert "X-Portal-Stale" in read("/ru/moderation/").headers


def test_a_search_of_this_morning_is_found_again(read, database_down):
    found = ArticleFactory(headline_kk="Мектеп ашылды").get_absolute_url()
    address = "/kk/search/?q=мектеп"
    assert found in read(address).text
    database_down()
    with time_machine.travel(timezone.now() + timedelta(hours=12)):
        assert found in Process().get(address).text


def test_what_was_never_read_is_refused_honestly(read, database_down):
    database_down()
    answer = read("/ru/news/")
    assert answer.status == 503
    assert answer.headers["Retry-After"]


def test_what_was_taken_back_is_not_shown_even_then(read, database_down, commits, editor):
    withdrawn, removed = ArticleFactory(), ArticleFactory()
    addresses = (withdrawn.get_absolute_url(), removed.get_absolute_url())
    for address in (*addresses, "/kk/"):
        assert read(address).status == 200
    reason = {"kk": "Қате", "ru": "Ошибка"}
    commits(lambda: publishing.withdraw(withdrawn, by=editor, reason=reason))
    commits(lambda: publishing.remove(removed, by=editor))
    database_down()
    under_old_slugs = [address.replace("-", "-eski-", 1) for address in addresses]
    for address in (*addresses, *under_old_slugs, "/kk/"):
        assert read(address).status == 503
