"""What every answer says to browsers, and what the cookies are like in production."""

import json

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from news import pictures
from news.models import Page, Picture
from tests.factories import ArticleFactory, CommentFactory, local
from tests.news.hostile import encoded, upload
from tests.portal import observatory
from tests.portal.test_settings import COMPLETE, manage

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
PUBLIC = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
REPORT = {
    "csp-report": {
        "document-uri": "https://testserver/ru/news/?q=secret",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/",
        "script-sample": "private",
    }
}


@pytest.fixture
def https(settings, client):
    """As behind a certificate."""
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    return client


def check(response, *, files=False):
    address = response.request["PATH_INFO"]
    for name, value in ALWAYS.items():
        assert response.headers.get(name) == value, f"{address}: {name}"
    assert response.headers["Referrer-Policy"] in ("same-origin", "no-referrer"), address
    assert "camera=()" in response.headers["Permissions-Policy"], address
    expected = "cross-origin" if files else "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == expected, address
    assert response.headers["Content-Security-Policy"], address


def fetch(client, address, **more):
    """An answer read to its end."""
    response = client.get(address, **more)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def policy_of(response):
    return observatory.directives(response.headers["Content-Security-Policy"])


def public_addresses():
    article = ArticleFactory(english=True)
    removed = ArticleFactory(status="removed")
    waiting = CommentFactory(article=article)
    found = []
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            found += [
                (reverse("home"), 200),
                (reverse("news:list"), 200),
                (reverse("news:section", args=["district"]), 200),
                (article.get_absolute_url(), 200),
                (article.get_absolute_url() + "comments/", 200),
                (removed.get_absolute_url(), 410),
                (waiting.get_receipt_url(), 200),
                (reverse("search") + "?q=абв", 200),
                (reverse("page", args=["privacy"]), 200),
                (reverse("preferences"), 200),
                (reverse("home") + "nothing/", 404),
                (reverse("news:feed"), 200),
            ]
    return [
        *found,
        ("/", 302),
        ("/robots.txt", 200),
        ("/sitemap.xml", 200),
        ("/manifest.webmanifest", 200),
        ("/favicon.ico", 200),
        ("/healthz", 200),
        ("/csp-report", 405),
        ("/nothing", 404),
        ("/media/nothing.jpg", 404),
        ("/static/nothing.css", 404),
    ]


def test_every_public_answer_carries_every_header(https):
    for address, status in public_addresses():
        response = fetch(https, address)
        assert response.status_code == status, address
        check(response)
        assert policy_of(response) == PUBLIC, address


def test_files_errors_and_short_answers_carry_them_too(https, monkeypatch):
    picture = Picture(alt_kk="Дала", alt_ru="Степь")
    pictures.store(picture, pictures.accept(upload(encoded())))
    style = fetch(https, "/static/css/base.css")
    unchanged = {"if-modified-since": style.headers["Last-Modified"]}
    again = fetch(https, "/static/css/base.css", headers=unchanged)
    assert again.status_code == 304
    elsewhere = https.get("/kk/", headers={"host": "evil.example"})
    assert elsewhere.status_code == 400
    for response in (
        style,
        again,
        fetch(https, "/static/img/emblem.svg"),
        https.post("/kk/preferences/", {}),  # refused: from nowhere
        https.post("/robots.txt"),
        https.get(reverse("admin:index")),
        https.get(reverse("admin:login")),
    ):
        check(response)
    check(fetch(https, picture.file.url), files=True)
    monkeypatch.setattr("news.front_page.of", None)
    https.raise_request_exception = False
    failed = https.get("/kk/")
    assert failed.status_code == 500
    check(failed)


@pytest.mark.parametrize("role", ["press", "editor", "moderator", "admin"])
def test_only_the_editor_may_write_inline(https, request, role):
    person = request.getfixturevalue(role)
    https.force_login(person)
    draft = ArticleFactory(draft=True)
    live = ArticleFactory()
    comment = CommentFactory(article=live)
    carries = {
        reverse("admin:news_article_add"): {"press", "editor", "admin"},
        reverse("admin:news_article_change", args=[draft.pk]): {"press", "editor", "admin"},
        # A published article is shown, not typed, where only editors may change it.
        reverse("admin:news_article_change", args=[live.pk]): {"editor", "admin"},
        reverse("admin:news_page_change", args=[Page.objects.first().pk]): {"editor", "admin"},
        reverse("admin:index"): set(),
        reverse("admin:news_article_changelist"): set(),
        reverse("admin:news_article_preview", args=[draft.pk, "kk"]): set(),
        reverse("admin:news_picture_add"): set(),
        reverse("admin:comments_comment_changelist"): set(),
        reverse("admin:comments_comment_change", args=[comment.pk]): set(),
        reverse("admin:password_change"): set(),
    }
    for address, roles in carries.items():
        response = https.get(address)
        check(response)
        inline = role in roles
        assert ("ckeditor/ckeditor.js" in response.text) == inline, address
        expected = ["'self'", "'unsafe-inline'"] if inline else ["'self'"]
        assert policy_of(response) == PUBLIC | {"script-src": expected, "style-src": expected}


def test_the_observatory_would_give_the_best_grade(https, press):
    with translation.override("kk"):
        article = ArticleFactory().get_absolute_url()
    for address in ("/kk/", article, reverse("admin:login")):
        response = https.get(address)
        letter, score = observatory.grade(response.headers, response.cookies)
        assert letter == "A+", (address, score)
        assert score >= 125, (address, score)
    data = {"username": "press", "password": "secret"}
    response = https.post(reverse("admin:login"), data)
    assert "sessionid" in response.cookies
    assert observatory.grade(response.headers, response.cookies)[0] == "A+"


def test_the_grade_falls_with_each_thing_undone():
    good = {
        **ALWAYS,
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    assert observatory.grade(good, {}) == ("A+", 130)
    assert observatory.grade({}, {})[0] == "D"
    inline = "default-src 'none'; script-src 'unsafe-inline'"
    assert observatory.grade(good | {"Content-Security-Policy": inline}, {}) == ("B+", 80)
    for name in ("Content-Security-Policy", "Strict-Transport-Security"):
        without = {key: value for key, value in good.items() if key != name}
        assert observatory.grade(without, {})[0] in ("B", "B+")


def test_cookies_have_names_that_only_this_host_can_set():
    script = (
        "from django.conf import settings as s;"
        "print([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME,"
        " s.COMFORT_COOKIE_NAME, s.ALERTS_COOKIE_NAME],"
        " [getattr(s, f'{c}_COOKIE_SECURE') and getattr(s, f'{c}_COOKIE_HTTPONLY')"
        " and getattr(s, f'{c}_COOKIE_PATH') == '/' and not getattr(s, f'{c}_COOKIE_DOMAIN')"
        " and getattr(s, f'{c}_COOKIE_SAMESITE') == 'Lax'"
        " for c in ('SESSION', 'CSRF', 'LANGUAGE')])"
    )
    said = manage("shell", "--no-imports", "-c", script, **COMPLETE)
    names = ["sessionid", "csrftoken", "language", "comfort", "closed_alerts"]
    assert said.stdout == f"{[f'__Host-{name}' for name in names]} {[True] * 3}\n", said.stderr


def test_a_reader_gets_no_cookie_unasked(https):
    for address, _status in public_addresses():
        assert not fetch(https, address).cookies, address


def test_what_a_reader_keeps_is_kept_safely(https):
    answer = https.post(
        "/ru/preferences/", {"zoom": "200"}, headers={"sec-fetch-site": "same-origin"}
    )
    cookie = answer.cookies["comfort"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_the_public_side_never_names_the_admin(client):
    for address, _status in public_addresses():
        response = fetch(client, address)
        if not response.streaming:
            assert "/admin" not in response.text, address


@pytest.mark.parametrize("value", ["kk", "media", "a/b", "при", "a b"])
def test_an_address_of_the_admin_that_hides_others_is_refused(value):
    result = manage("check", **COMPLETE, ADMIN_PATH=value)
    assert result.returncode != 0
    assert result.stderr.startswith("Cannot start: ADMIN_PATH")


# --- reports ---


def send(client, report=REPORT, **more):
    return client.post(
        "/csp-report", json.dumps(report), content_type="application/csp-report", **more
    )


def test_reports_are_off_unless_asked_for(client):
    assert send(client).status_code == 404
    assert "report-uri" not in client.get("/kk/").headers["Content-Security-Policy"]


def test_a_report_leaves_directive_and_kind_of_page(client, settings, caplog):
    settings.CSP_REPORTS = True
    assert send(client).status_code == 204
    assert caplog.messages == ["CSP stopped script-src-elem on a page of news:list"]


@pytest.mark.parametrize(
    "report",
    [
        [],
        {},
        {"csp-report": None},
        {"csp-report": {"document-uri": 5, "effective-directive": "img-src"}},
        {"csp-report": {"document-uri": "http://[", "effective-directive": "img-src"}},
        {"csp-report": {"document-uri": "/kk/", "effective-directive": "\n<script>"}},
        {"csp-report": {"document-uri": "/nothing", "effective-directive": "img-src"}},
    ],
)
def test_nonsense_is_not_logged(client, settings, caplog, report):
    settings.CSP_REPORTS = True
    assert send(client, report).status_code == 204
    assert caplog.messages == []


def test_reports_are_limited_in_size_and_number(client, settings, caplog):
    settings.CSP_REPORTS = True
    assert send(client, {"csp-report": "x" * 20_000}).status_code == 413
    cache.clear()
    with time_machine.travel(local(2026, 11, 20, 12), tick=False):
        for _ in range(65):
            assert send(client).status_code == 204
    assert len([said for said in caplog.messages if said.startswith("CSP")]) == 60


def test_production_tells_browsers_where_to_report():
    script = "from csp.utils import build_policy; print(build_policy())"
    said = manage("shell", "--no-imports", "-c", script, **COMPLETE, CSP_REPORTS="1").stdout
    assert "report-uri /csp-report" in said
    assert "upgrade-insecure-requests" in said
