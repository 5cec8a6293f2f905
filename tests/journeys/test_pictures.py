"""Pictures as an officer handles them: the main point by a click, a picture within the text."""

import pytest

from news.models import Picture
from tests.factories import ArticleFactory


@pytest.fixture
def article(picture):
    return ArticleFactory(draft=True)


def test_the_main_point_is_set_by_clicking_on_it(sign_in, picture):
    page = sign_in("Press officers", "press")
    page.goto(f"/admin/news/picture/{picture.pk}/change/")
    box = page.locator(".focus-picker img").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()
    stored = Picture.objects.get(pk=picture.pk)
    assert abs(stored.focus_x - 25) <= 1
    assert abs(stored.focus_y - 75) <= 1


def test_a_picture_of_the_library_is_put_into_the_text(sign_in, article, picture):
    page = sign_in("Press officers", "press")
    page.goto(f"/admin/news/article/{article.pk}/change/")
    button = page.locator(".language-panel:not(.is-closed) .cke_button__librarypicture")
    with page.expect_popup() as opened:
        button.click()
    opened.value.locator("a[data-popup-opener]").first.click()
    page.wait_for_function(
        "Object.values(CKEDITOR.instances).some(e => e.getData().includes('data-picture'))"
    )
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()
    article.refresh_from_db()
    assert f'<img data-picture="{picture.pk}">' in article.body_kk
