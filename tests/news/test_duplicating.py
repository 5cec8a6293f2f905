import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news import attachments, translations
from news.duplicating import duplicate
from news.languages import LANGUAGES
from news.models import Article, ArticleRevision, Attachment
from news.storage import StorageError
from portal.models import AuditEntry
from tests.factories import ArticleFactory, PictureFactory
from tests.news.documents import PDF
from tests.news.officers import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    """A public article with everything an article can have."""
    article = ArticleFactory(
        english=True,
        main_picture=PictureFactory(),
        video_url="https://youtu.be/x",
        pinned_until=timezone.now(),
        comments_state="read_only",
        comments_message_ru="Только чтение",
    )
    article.related.add(ArticleFactory())
    for position in (2, 1):
        article.gallery.create(picture=PictureFactory(), position=position)
    attachments.store(
        Attachment(article=article, title_kk="Қаулы", title_ru="Постановление"),
        attachments.accept(SimpleUploadedFile("a.pdf", PDF)),
    )
    return article


def test_a_copy_is_a_draft_with_the_same_words_pictures_and_documents(full, press):
    copy = duplicate(full, by=press)
    copy.refresh_from_db()
    assert copy.pk != full.pk
    assert (copy.status, copy.published_at, copy.pinned_until) == ("draft", None, None)
    assert copy.created_by == press
    for language in LANGUAGES:
        assert copy.text_in(language) == full.text_in(language)
    same = ("section", "main_picture", "video_url", "comments_state", "comments_message_ru")
    for name in same:
        assert getattr(copy, name) == getattr(full, name)
    assert list(copy.related.all()) == list(full.related.all())
    shown = [[row.picture_id for row in article.gallery.all()] for article in (copy, full)]
    assert shown[0] == shown[1]
    assert ArticleRevision.objects.filter(article=copy).count() == 1


def test_a_copied_document_stays_when_the_first_is_taken_off(full, press):
    copy = duplicate(full, by=press)
    mine, theirs = copy.attachments.get(), full.attachments.get()
    assert mine.file.name != theirs.file.name
    assert mine.title_ru == "Постановление"
    theirs.file.storage.delete(theirs.file.name)
    with mine.file.open() as file:
        assert file.read() == PDF


def test_what_was_out_of_date_is_out_of_date_in_the_copy(full, press):
    before = translations.texts_of(full)
    translations.follow(full)
    setattr(full, f"body_{full.source_language}", "<p>Жаңа мәтін.</p>")
    full.save()
    translations.follow(full, before)
    copy = duplicate(full, by=press)
    states = {code: one.state for code, one in translations.standings(copy).items()}
    assert states == {code: one.state for code, one in translations.standings(full).items()}
    assert "outdated" in states.values()


def test_the_button_leads_to_the_copy_and_the_log_knows(client, full, press):
    client.force_login(press)
    assert page("duplicate", full) in client.get(page("change", full)).text
    response = client.post(page("duplicate", full))
    copy = Article.objects.order_by("pk").last()
    assert response.url == page("change", copy)
    assert str(full.pk) in client.get(response.url).text
    assert LogEntry.objects.get(object_id=str(copy.pk)).user == press
    assert AuditEntry.objects.get(event="added", target_id=str(copy.pk)).by == press


def test_looking_at_the_address_copies_nothing(client, full, press):
    client.force_login(press)
    before = Article.objects.count()
    assert client.get(page("duplicate", full)).status_code == 405
    assert Article.objects.count() == before


def test_only_who_may_write_articles_copies_them(client, full, moderator):
    client.force_login(moderator)
    assert client.post(page("duplicate", full)).status_code == 403
    with pytest.raises(PermissionDenied):
        duplicate(full, by=moderator)


def test_a_document_that_cannot_be_copied_leaves_nothing_behind(client, full, press, monkeypatch):
    attachment = full.attachments.get()
    attachment.file.storage.delete(attachment.file.name)
    before = Article.objects.count()
    with pytest.raises(StorageError):
        duplicate(full, by=press)
    assert Article.objects.count() == before
    client.force_login(press)
    response = client.post(page("duplicate", full), follow=True)
    assert "Ештеңе көшірілмеді" in response.text
