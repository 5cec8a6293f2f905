import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Picture
from tests.factories import ArticleFactory, PictureFactory
from tests.news.hostile import REFUSED, encoded, upload

ADD = "/admin/news/picture/add/"
WORDS = {"alt_kk": "Дала", "alt_ru": "Степь", "alt_en": "", "credit_kk": "А. Серік"}
WORDS |= {"focus_x": "50", "focus_y": "50"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


def files(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()]


def test_press_uploads_a_picture_with_its_description(as_press, press):
    response = as_press.post(
        ADD, WORDS | {"file": upload(encoded("GIF"), "evil.html", "text/html")}
    )
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.uploaded_by, picture.alt_kk, picture.credit_kk) == (press, "Дала", "А. Серік")
    assert picture.file.name.endswith(".jpg")
    assert "evil" not in picture.file.name
    assert as_press.get(f"/admin/news/picture/{picture.pk}/thumbnail/").url == picture.thumbnail


@pytest.mark.parametrize(("name", "content", "code"), REFUSED)
def test_hostile_files_are_refused_at_the_field_and_leave_nothing(
    as_press, media, name, content, code
):
    response = as_press.post(ADD, WORDS | {"file": upload(content, name)})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors.as_data()["file"][0].code == code
    assert WORDS["credit_kk"] in response.text
    assert not files(media)


def test_no_file_is_written_where_a_description_is_missing_and_it_is_asked_for_again(
    as_press, media
):
    response = as_press.post(ADD, WORDS | {"alt_kk": "", "file": upload(encoded())})
    found = response.context["adminform"].form.errors.as_data()
    assert {name: errors[0].code for name, errors in found.items()} == {
        "alt_kk": "required",
        "file": "again",
    }
    assert not files(media)


def test_a_picture_is_described_anew_but_never_replaced(as_press):
    as_press.post(ADD, WORDS | {"file": upload(encoded())})
    picture = Picture.objects.get()
    address = f"/admin/news/picture/{picture.pk}/change/"
    assert 'type="file"' not in as_press.get(address).text
    as_press.post(address, WORDS | {"alt_kk": "Таң", "file": upload(encoded(size=(9, 9)))})
    changed = Picture.objects.get()
    assert (changed.alt_kk, changed.file.name, changed.width) == ("Таң", picture.file.name, 600)


def test_a_picture_uploaded_in_the_popup_comes_back_to_the_article(as_press):
    response = as_press.post(f"{ADD}?_popup=1", WORDS | {"_popup": "1", "file": upload(encoded())})
    picture = Picture.objects.get()
    assert response.status_code == 200
    assert str(picture.pk) in response.context_data["popup_response_data"]


@pytest.mark.parametrize("term", ["ДАЛА", "степ", "\0", "("])
def test_the_picture_field_finds_by_description_in_any_case(as_press, term):
    PictureFactory(alt_kk="Кең дала", alt_ru="Широкая Степь")
    PictureFactory(alt_kk="Мектеп", alt_ru="Школа")
    response = as_press.get(
        "/admin/autocomplete/",
        {"app_label": "news", "model_name": "article", "field_name": "main_picture", "term": term},
    )
    assert response.status_code == 200
    assert len(response.json()["results"]) == (1 if term.isalpha() else 0 if term == "(" else 2)


def test_the_library_costs_the_same_at_one_and_at_thirty_pictures(as_press, press):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert as_press.get("/admin/news/picture/").status_code == 200
        return len(queries)

    PictureFactory(uploaded_by=press)
    one = cost()
    PictureFactory.create_batch(29, uploaded_by=press)
    assert cost() == one


def test_a_picture_in_use_is_never_deleted(client, admin):
    article = ArticleFactory(main_picture=PictureFactory())
    client.force_login(admin)
    client.post(f"/admin/news/picture/{article.main_picture_id}/delete/", {"post": "yes"})
    assert Picture.objects.count() == 1
