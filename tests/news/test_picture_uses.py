"""Where a picture is shown, and what that means for replacing and deleting it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from news import pictures
from news.models import Page, Picture
from news.picture_uses import uses
from portal.models import AuditEntry
from tests.factories import ArticleFactory, PictureFactory
from tests.news.hostile import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def png(size, colour) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


def stored() -> Picture:
    """With every file on disk."""
    picture = Picture(alt_kk="Дала", alt_ru="Степь")
    file = SimpleUploadedFile("a.png", png((1200, 800), "#5eafc4"))
    pictures.store(picture, pictures.accept(file))
    return picture


def in_text(picture):
    return f'<p>Мәтін.</p><img data-picture="{picture.pk}">'


def admin_page(name, picture):
    return reverse(f"admin:news_picture_{name}", args=[picture.pk])


def test_every_place_is_found(client, press):
    picture = PictureFactory()
    main = ArticleFactory(main_picture=picture)
    text = ArticleFactory(body_kk=in_text(picture), body_ru=in_text(picture), draft=True)
    gallery = ArticleFactory()
    gallery.gallery.create(picture=picture, position=1)
    Page.objects.filter(slug="privacy").update(body_ru=in_text(picture))
    ArticleFactory(main_picture=PictureFactory(), body_kk=in_text(PictureFactory()))
    found = {use.shown_by: use.places for use in uses(picture)}
    assert found == {
        main: ["басты сурет"],
        text: ["мәтін (Қазақша)", "мәтін (Русский)"],
        gallery: ["галерея"],
        Page.objects.get(slug="privacy"): ["мәтін (Русский)"],
    }
    client.force_login(press)
    html = client.get(admin_page("change", picture)).text
    for article in (main, text, gallery):
        assert reverse("admin:news_article_change", args=[article.pk]) in html


def test_texts_are_followed_as_they_change():
    first, second = PictureFactory.create_batch(2)
    article = ArticleFactory(body_kk=in_text(first))
    article.body_kk = in_text(second)
    article.save()
    assert uses(first) == []
    assert [use.shown_by for use in uses(second)] == [article]
    article.body_kk = "<p>Суретсіз.</p>"
    article.save()
    assert uses(second) == []


def test_a_picture_that_does_not_exist_hinders_no_saving():
    article = ArticleFactory(body_kk='<p>Мәтін.</p><img data-picture="999999">')
    article.save()


def test_what_is_shown_cannot_be_deleted_and_the_page_says_where(client, editor):
    picture = PictureFactory()
    article = ArticleFactory(body_kk=in_text(picture))
    client.force_login(editor)
    html = client.get(admin_page("delete", picture)).text
    assert reverse("admin:news_article_change", args=[article.pk]) in html
    client.post(admin_page("delete", picture), {"post": "yes"})
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_deleting_takes_every_file_along(client, editor, media, django_capture_on_commit_callbacks):
    picture = stored()
    assert list(media.rglob("*.avif"))
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(admin_page("delete", picture), {"post": "yes"})
    assert not Picture.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not picture.original.storage.exists(picture.original.name)


def test_press_officers_delete_no_pictures(client, press):
    client.force_login(press)
    assert client.get(admin_page("delete", PictureFactory())).status_code == 403


def colour(path):
    with Image.open(path) as image:
        return image.convert("RGB").getpixel((5, 5))


@pytest.mark.parametrize("size", [(1200, 800), (2000, 1000), (300, 200)])
def test_a_new_file_answers_under_every_old_address(
    client, press, media, size, django_capture_on_commit_callbacks
):
    picture = stored()
    article = ArticleFactory(main_picture=picture)
    old_files = {path for path in media.rglob("*") if path.is_file()}
    old_original, old_src = picture.original.name, picture.src
    client.force_login(press)
    new = upload(png(size, "#ff0000"), "new.png")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(admin_page("replace", picture), {"file": new})
    assert response.status_code == 302
    assert old_files <= {path for path in media.rglob("*") if path.is_file()}
    for path in old_files:
        red, green, _blue = colour(path)
        assert red > 200
        assert green < 60
    picture.refresh_from_db()
    assert (picture.width, picture.height) == size
    assert not picture.original.storage.exists(old_original)
    html = client.get(article.get_absolute_url("kk")).text
    assert f"{picture.src}" in html
    assert picture.src != old_src, "browsers keep what an address gave them for a year"
    assert picture.src.endswith("?v=1")
    assert [use.shown_by for use in uses(picture)] == [article]
    assert AuditEntry.objects.get(event="changed", target_model="news.picture").by == press


def test_what_is_no_picture_replaces_nothing(client, press, media):
    picture = stored()
    before = {path: path.read_bytes() for path in media.rglob("*") if path.is_file()}
    client.force_login(press)
    response = client.post(
        admin_page("replace", picture), {"file": upload(b"<svg onload=alert(1)>", "x.png")}
    )
    assert response.context["form"].errors.as_data()["file"][0].code == "not_a_picture"
    assert {path: path.read_bytes() for path in media.rglob("*") if path.is_file()} == before


def test_a_full_disk_leaves_the_old_picture(client, press, media, monkeypatch):
    picture = stored()
    client.force_login(press)
    once = pictures._replace
    calls = []

    def full(storage, name, content):
        calls.append(name)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        once(storage, name, content)

    monkeypatch.setattr(pictures, "_replace", full)
    new = upload(png((1200, 800), "#ff0000"), "new.png")
    response = client.post(admin_page("replace", picture), {"file": new})
    assert response.context["form"].errors.as_data()["file"][0].code == "not_stored"
    for path in media.rglob("*.jpg"):
        assert colour(path)[0] < 130
    stored_now = Picture.objects.get()
    assert (stored_now.edition, stored_now.original.name) == (0, picture.original.name)


def test_moderators_replace_nothing(client, moderator):
    client.force_login(moderator)
    assert client.get(admin_page("replace", PictureFactory())).status_code == 403
