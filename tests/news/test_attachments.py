"""Documents of an article: what comes in, and how it goes out."""

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from news import attachments, publishing
from news.models import Article, Attachment
from tests.factories import ArticleFactory, local
from tests.news.documents import PDF, REFUSED, SOUND, sent
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db
TITLES = {"title_kk": "Бюджет туралы шешім", "title_ru": "Решение о бюджете"}


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


def attached(article: Article, content: bytes = PDF, **fields) -> Attachment:
    attachment = Attachment(article=article, **(TITLES | fields))
    attachments.store(attachment, attachments.accept(sent(content)))
    return Attachment.objects.get(pk=attachment.pk)


def files(settings) -> set[Path]:
    return set((Path(settings.PRIVATE_ROOT) / "attachments").glob("*"))


# --- what comes in ---


@pytest.mark.parametrize("kind", SOUND)
@pytest.mark.parametrize("name", ["page.html", "x.docm", "x"])
def test_a_document_is_told_by_its_content_and_never_by_its_name(kind, name):
    accepted = attachments.accept(sent(SOUND[kind], name, "text/html"))
    assert (accepted.kind, accepted.size) == (kind, len(SOUND[kind]))


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("name", ["document.docx", "document.pdf"])
def test_what_is_no_sound_document_is_refused_with_its_reason(what, name):
    content, code = REFUSED[what]
    with pytest.raises(ValidationError) as refusal:
        attachments.accept(sent(content, name))
    assert refusal.value.code == code
    assert refusal.value.messages[0]


def test_the_limit_is_a_setting(settings):
    settings.NEWS_ATTACHMENT_MAX_BYTES = len(PDF) - 1
    with pytest.raises(ValidationError) as refusal:
        attachments.accept(sent(PDF))
    assert refusal.value.code == "too_heavy"


def test_a_file_lies_under_our_own_name_where_no_address_leads(client, settings):
    attachment = attached(ArticleFactory())
    path = Path(attachment.file.path)
    assert Path(settings.PRIVATE_ROOT) in path.parents
    assert path.read_bytes() == PDF
    assert client.get(f"/media/{attachment.file.name}").status_code == 404


# --- how it goes out ---


def test_it_is_shown_with_type_size_date_and_signatory(client):
    article = ArticleFactory()
    attached(
        article,
        PDF + b"\n" * 1_258_000 + b"%%EOF",
        issued_on=date(2026, 3, 4),
        signatory_ru="А. Серіков, аким района",
    )
    text = client.get(article.get_absolute_url("ru")).text
    assert ">Решение о бюджете</a>" in text
    assert "(PDF, 1,2\xa0МБ)" in text
    assert '<time datetime="2026-03-04">4 марта 2026' in text
    assert "А. Серіков, аким района" in text
    assert ">Бюджет туралы шешім</a>" in client.get(article.get_absolute_url("kk")).text


def test_a_title_in_another_language_than_the_page_says_which(client):
    article = ArticleFactory(english=True)
    attached(article)
    assert (
        '" lang="ru" download>Решение о бюджете</a>'
        in client.get(article.get_absolute_url("en")).text
    )


@pytest.mark.parametrize("kind", SOUND)
def test_a_browser_saves_it_and_runs_nothing_of_it(client, kind):
    attachment = attached(ArticleFactory(), SOUND[kind])
    response = client.get(f"/ru/news/files/{attachment.pk}/")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == SOUND[kind]
    assert response["Content-Type"] == attachments.MEDIA_TYPES[kind]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert int(response["Content-Length"]) == attachment.size
    plain, utf8 = response["Content-Disposition"].split("; ")[1:]
    assert response["Content-Disposition"].startswith("attachment; ")
    assert plain == f'filename="reshenie-o-byudzhete.{kind}"'
    assert unquote(utf8) == f"filename*=UTF-8''Решение о бюджете.{kind}"


@pytest.mark.parametrize(
    "title",
    ['a"; filename=x.html\r\nSet-Cookie: a=b', "../../etc/passwd", "…", " . ", "CON<script>"],
)
def test_no_title_reaches_the_header_as_anything_but_a_name(client, title):
    attachment = attached(ArticleFactory(), title_ru=title)
    response = client.get(f"/ru/news/files/{attachment.pk}/")
    response.close()
    value = response["Content-Disposition"]
    assert value.isascii()
    assert not {"\r", "\n", "<", ">"} & set(value)
    assert value.count('"') == 2
    assert value.count(";") == 2
    name = unquote(value.partition("UTF-8''")[2])
    assert name.endswith(".pdf")
    assert not set('/\\:"') & set(name)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 200),
        ({"status": "withdrawn", "withdrawn_at": timezone.now()}, 200),
        ({"status": "draft"}, 404),
        ({"status": "in_review"}, 404),
        ({"status": "removed"}, 404),
        ({"published_at": timezone.now() + timedelta(days=1)}, 404),
    ],
)
def test_it_is_there_while_the_public_may_read_the_article(client, change, status):
    attachment = attached(ArticleFactory(published_at=local(2018, 10, 30)))
    if change:
        Article.objects.update(**change)
    response = client.get(attachment.get_absolute_url())
    assert response.status_code == status
    response.close()


@pytest.fixture
def database_down(monkeypatch):
    """The real server is stopped in tests/journeys/test_servers_down.py."""

    def fail(*_arguments, **_options):
        raise OperationalError("the server closed the connection unexpectedly")

    return lambda: monkeypatch.setattr(CursorWrapper, "execute", fail)


def test_without_the_database_what_was_fetched_today_is_still_handed_out(client, database_down):
    fetched, never_fetched = attached(ArticleFactory()), attached(ArticleFactory())
    as_usual = client.get(fetched.get_absolute_url())
    assert as_usual.getvalue() == PDF
    client.raise_request_exception = False
    database_down()
    answer = client.get(fetched.get_absolute_url())
    assert answer.getvalue() == PDF
    assert int(answer.headers["X-Portal-Stale"]) >= 0
    for name in ("Content-Type", "Content-Disposition", "Content-Security-Policy"):
        assert answer.headers[name] == as_usual.headers[name]
    assert client.get(never_fetched.get_absolute_url()).status_code == 503


def test_without_the_database_what_was_taken_off_is_not_handed_out(
    client, editor, database_down, django_capture_on_commit_callbacks
):
    taken_off, of_a_removed_article = attached(ArticleFactory()), attached(ArticleFactory())
    addresses = [taken_off.get_absolute_url(), of_a_removed_article.get_absolute_url()]
    for address in addresses:
        assert client.get(address).getvalue() == PDF
    with django_capture_on_commit_callbacks(execute=True):
        taken_off.delete()
        publishing.remove(of_a_removed_article.article, by=editor)
    client.raise_request_exception = False
    database_down()
    for address in addresses:
        assert client.get(address).status_code == 503


@pytest.mark.parametrize("number", ["0", "999", "9" * 40])
def test_what_is_not_there_is_not_found(client, number):
    assert client.get(f"/kk/news/files/{number}/").status_code == 404


def test_a_lost_file_is_not_found_and_reported(client, caplog):
    attachment = attached(ArticleFactory())
    Path(attachment.file.path).unlink()
    assert client.get(attachment.get_absolute_url()).status_code == 404
    assert f"attachment {attachment.pk}" in caplog.text


def test_nothing_but_reading_is_answered(client):
    assert client.post(attached(ArticleFactory()).get_absolute_url()).status_code == 405


# --- the press office ---


def form(**more) -> dict:
    return {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title_kk": TITLES["title_kk"],
        "attachments-0-title_ru": TITLES["title_ru"],
        "attachments-0-position": "0",
        **more,
    }


def test_press_attaches_a_document_to_a_draft_and_reads_it_there(client, as_press):
    article = ArticleFactory(draft=True)
    data = form(**{"attachments-0-file": sent(PDF, "evil.html", "text/html")})
    assert as_press.post(page("change", article), typed(article, **data)).status_code == 302
    attachment = article.attachments.get()
    assert (attachment.kind, attachment.size) == ("pdf", len(PDF))
    assert "evil" not in attachment.file.name
    address = f"/admin/news/article/attachments/{attachment.pk}/"
    assert address in as_press.get(page("change", article)).text
    response = as_press.get(address)
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == PDF
    assert client.get(attachment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("missing", ["title_kk", "title_ru", "file"])
def test_title_and_file_are_required(as_press, settings, missing):
    article, before = ArticleFactory(draft=True), files(settings)
    data = form(**{"attachments-0-file": sent(PDF)}) | {f"attachments-0-{missing}": ""}
    response = as_press.post(page("change", article), typed(article, **data))
    errors = response.context["inline_admin_formsets"][1].formset.errors
    assert errors[0].keys() == {missing}
    assert files(settings) == before


def test_a_refused_document_is_told_at_its_field_and_leaves_nothing(as_press, settings):
    article, before = ArticleFactory(draft=True), files(settings)
    data = form(**{"attachments-0-file": sent(REFUSED["a document with macros"][0])})
    response = as_press.post(page("change", article), typed(article, **data))
    errors = response.context["inline_admin_formsets"][1].formset.errors
    assert errors[0].as_data()["file"][0].code == "active"
    assert files(settings) == before


def stored_form(attachment: Attachment, **more) -> dict:
    return form(
        **{
            "attachments-INITIAL_FORMS": "1",
            "attachments-0-id": attachment.pk,
            "attachments-0-article": attachment.article_id,
            **more,
        }
    )


def test_a_document_is_renamed_but_never_exchanged(as_press):
    article = ArticleFactory(draft=True)
    attachment = attached(article)
    other = {"attachments-0-title_ru": "Бюджет", "attachments-0-file": sent(SOUND["odt"])}
    as_press.post(page("change", article), typed(article, **stored_form(attachment, **other)))
    changed = article.attachments.get()
    assert (changed.title_ru, changed.kind, changed.file.name) == (
        "Бюджет", "pdf", attachment.file.name,
    )  # fmt: skip
    assert Path(changed.file.path).read_bytes() == PDF


def test_a_document_taken_off_stays_for_the_history_alone(
    as_press, django_capture_on_commit_callbacks
):
    article = ArticleFactory(draft=True)
    attachment = attached(article)
    data = stored_form(attachment, **{"attachments-0-DELETE": "on"})
    with django_capture_on_commit_callbacks(execute=True):
        as_press.post(page("change", article), typed(article, **data))
    assert not article.attachments.exists()
    assert Path(attachment.file.path).exists()  # an earlier revision may come back with it


def test_press_cannot_add_to_what_is_published(as_press):
    article = ArticleFactory()
    data = form(**{"attachments-0-file": sent(PDF)})
    assert as_press.post(page("change", article), typed(article, **data)).status_code == 403
    assert not article.attachments.exists()


def test_a_new_document_moves_the_date_of_a_drafts_last_change(client, editor):
    article = ArticleFactory(draft=True)
    client.force_login(editor)
    data = form(**{"attachments-0-file": sent(PDF)})
    client.post(page("change", article), typed(article, **data))
    before, after = article.updated_at, Article.objects.get().updated_at
    assert article.attachments.exists()
    assert after > before


def test_moderators_read_no_attachment_of_a_draft(client, moderator):
    attachment = attached(ArticleFactory(draft=True))
    client.force_login(moderator)
    assert client.get(f"/admin/news/article/attachments/{attachment.pk}/").status_code == 403
