"""Every save is kept, whole; what was kept comes back whole."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from news import revisions
from news.models import Article, ArticlePicture, ArticleRevision, Attachment
from tests.factories import ArticleFactory, PictureFactory, SectionFactory
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db


def attach(article, title="Бюджет"):
    name = storages["private"].save("attachments/1.pdf", ContentFile(b"%PDF-1.4"))
    return Attachment.objects.create(
        article=article, file=name, kind="pdf", size=8, title_kk=title, title_ru=title,
        issued_on=date(2026, 3, 1),
    )  # fmt: skip


def test_each_save_in_the_admin_is_kept_with_its_author(client, press):
    article = ArticleFactory(draft=True, lead_ru="Старое")
    client.force_login(press)
    client.post(page("change", article), typed(article, lead_ru="Новое"))
    newest, first = article.revisions.all()
    assert (newest.number, newest.created_by, newest.content["lead_ru"]) == (2, press, "Новое")
    # The article was older than its history: what stood there before is not lost either.
    assert (first.number, first.content["lead_ru"]) == (1, "Старое")


def test_a_save_that_changes_nothing_adds_nothing(client, press):
    article = ArticleFactory(draft=True)
    client.force_login(press)
    for _ in range(2):
        client.post(page("change", article), typed(article))
    assert article.revisions.count() == 1


def test_a_new_article_begins_its_history(client, press):
    client.force_login(press)
    client.post(page("add"), typed(section=SectionFactory().pk, headline_kk="Жаңа"))
    (revision,) = ArticleRevision.objects.all()
    assert (revision.number, revision.content["headline_kk"]) == (1, "Жаңа")


def test_what_was_kept_is_what_readers_were_shown(press):
    article = ArticleFactory(draft=True, body_ru="<p>Да<script>alert(1)</script></p>")
    article.body_ru = "<p>Нет<script>alert(1)</script></p>"
    article.save()
    revisions.record(article, by=press)
    assert article.revisions.get().content["body_ru"] == "<p>Нет</p>"


def test_an_earlier_state_comes_back_with_everything(press, settings):
    article = ArticleFactory(draft=True, main_picture=PictureFactory(), comments_state="read_only")
    article.related.set(ArticleFactory.create_batch(2))
    shown = ArticlePicture.objects.create(article=article, picture=PictureFactory(), position=3)
    attachment = attach(article)
    number = attachment.pk
    first = revisions.record(article, by=press)
    article.headline_kk, article.main_picture = "Басқа", None
    article.comments_state, article.section = "open", SectionFactory(slug="culture")
    article.save()
    article.related.clear()
    shown.delete()
    attachment.delete()
    revisions.record(article, by=press)
    revisions.apply(article, first.content)
    assert revisions.snapshot(Article.objects.get(pk=article.pk)) == first.content
    (again,) = article.attachments.all()
    assert (again.pk, again.issued_on) == (number, date(2026, 3, 1))
    with again.file.open() as file:
        assert file.read() == b"%PDF-1.4"


def test_a_picture_that_is_gone_for_good_stops_nothing(press):
    picture = PictureFactory()
    article = ArticleFactory(draft=True, main_picture=picture, headline_kk="Ескі")
    ArticlePicture.objects.create(article=article, picture=picture)
    first = revisions.record(article, by=press)
    article.gallery.all().delete()
    article.headline_kk, article.main_picture = "Жаңа", None
    article.save()
    picture.delete()
    revisions.apply(article, first.content)
    assert (article.headline_kk, article.main_picture) == ("Ескі", None)


def test_what_was_kept_is_never_changed(press):
    revision = revisions.record(ArticleFactory(), by=press)
    revision.note = "later"
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        revision.delete()


def test_an_attachment_without_a_history_leaves_no_file(django_capture_on_commit_callbacks):
    attachment = attach(ArticleFactory())
    with django_capture_on_commit_callbacks(execute=True):
        attachment.delete()
    assert not storages["private"].exists(attachment.file.name)
