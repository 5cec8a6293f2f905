"""Two officers in one article: they see each other, and the second save overwrites nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from news import presence, revisions
from tests.factories import ArticleFactory, PictureFactory, UserFactory
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


@pytest.fixture
def draft(press):
    article = ArticleFactory(draft=True)
    revisions.record(article, by=press)
    return article


@pytest.fixture
def colleague():
    return UserFactory(username="dana", first_name="Дана", last_name="Ахметова", role="Editors")


def saved_by(colleague, article, **changes):
    for name, value in changes.items():
        setattr(article, name, value)
    article.save()
    revisions.record(article, by=colleague)


def save(client, article, form, **changes):
    response = client.post(page("change", article), form | changes)
    article.refresh_from_db()
    return response


def again(response, **choices):
    """What the browser sends when the page that showed the differences is sent as it stands."""
    form = response.context["adminform"].form
    return dict(form.data.lists()) | choices


def gallery_of(article):
    """The gallery's part of the form, as it was opened."""
    found = list(article.gallery.order_by("position"))
    rows = {"gallery-TOTAL_FORMS": str(len(found)), "gallery-INITIAL_FORMS": str(len(found))}
    for place, row in enumerate(found):
        rows |= {
            f"gallery-{place}-id": row.pk, f"gallery-{place}-article": article.pk,
            f"gallery-{place}-picture": row.picture_id, f"gallery-{place}-position": row.position,
        }  # fmt: skip
    return rows


def test_the_second_save_shows_what_differs_and_overwrites_nothing(as_press, draft, colleague):
    opened = typed(draft)
    saved_by(colleague, draft, headline_ru="Школу откроют в пятницу")
    response = save(as_press, draft, opened, headline_ru="Школу откроют в субботу")
    assert response.status_code == 200
    assert draft.headline_ru == "Школу откроют в пятницу"
    (difference,) = response.context["merge"].differences
    assert (difference.name, difference.theirs) == ("headline_ru", "Школу откроют в пятницу")
    assert 'value="Школу откроют в субботу"' in response.text
    assert "Дана Ахметова" in response.text
    assert "В районе открылась новая школа" in response.text


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", "Школу откроют в субботу"), ("theirs", "Школу откроют в пятницу")],
)
def test_the_officer_chooses_field_by_field(as_press, draft, colleague, choice, kept):
    opened = typed(draft)
    saved_by(colleague, draft, headline_ru="Школу откроют в пятницу", lead_ru="Так решил акимат.")
    response = save(
        as_press, draft, opened, headline_ru="Школу откроют в субботу", lead_ru="Так решили мы."
    )
    choices = {"choice-headline_ru": choice, "choice-lead_ru": "mine"}
    assert save(as_press, draft, again(response, **choices)).status_code == 302
    assert (draft.headline_ru, draft.lead_ru) == (kept, "Так решили мы.")


def test_what_only_one_of_them_changed_comes_together_by_itself(as_press, draft, colleague):
    opened = typed(draft)
    picture = PictureFactory()
    saved_by(colleague, draft, body_kk="<p>Мектеп ашылды.</p>", main_picture=picture)
    response = save(as_press, draft, opened, body_ru="<p>Школа открылась.</p>")
    assert response.context["merge"].differences == []
    assert draft.body_ru != "<p>Школа открылась.</p>"
    assert save(as_press, draft, again(response)).status_code == 302
    assert draft.body_kk == "<p>Мектеп ашылды.</p>"
    assert draft.body_ru == "<p>Школа открылась.</p>"
    assert draft.main_picture == picture


def test_a_third_save_in_between_is_not_overwritten_either(as_press, draft, colleague):
    opened = typed(draft)
    saved_by(colleague, draft, lead_ru="Раз.")
    response = save(as_press, draft, opened, lead_ru="Мы.")
    saved_by(colleague, draft, lead_ru="Два.")
    response = save(as_press, draft, again(response, **{"choice-lead_ru": "mine"}))
    assert (response.status_code, draft.lead_ru) == (200, "Два.")
    assert response.context["merge"].differences[0].theirs == "Два."


def test_saving_the_same_twice_is_no_conflict(as_press, draft, colleague):
    opened = typed(draft)
    saved_by(colleague, draft, lead_ru="Одно и то же.")
    response = save(as_press, draft, opened, lead_ru="Одно и то же.")
    assert response.context["merge"].differences == []


def test_a_picture_that_the_other_took_out_of_the_gallery_stays_out(as_press, draft, colleague):
    first, second = (
        draft.gallery.create(picture=PictureFactory(), position=place) for place in (1, 2)
    )
    revisions.record(draft, by=colleague)
    opened = typed(draft)
    rows = gallery_of(draft)
    first.delete()
    draft.gallery.create(picture=PictureFactory(), position=3)
    draft.gallery.filter(pk=second.pk).update(position=9)
    revisions.record(draft, by=colleague)
    response = save(as_press, draft, opened | rows, lead_ru="Наш лид.")
    assert response.status_code == 200
    data = again(response)
    assert save(as_press, draft, data).status_code == 302
    assert [row.position for row in draft.gallery.order_by("position")] == [3, 9]
    assert draft.lead_ru == "Наш лид."


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_one_picture_of_the_gallery_that_both_exchanged(as_press, draft, colleague, choice):
    row = draft.gallery.create(picture=PictureFactory(), position=1)
    revisions.record(draft, by=colleague)
    opened = typed(draft) | gallery_of(draft)
    mine, theirs = PictureFactory(alt_ru="Наша"), PictureFactory(alt_ru="Их")
    draft.gallery.update(picture=theirs)
    revisions.record(draft, by=colleague)
    response = save(as_press, draft, opened, **{"gallery-0-picture": mine.pk})
    (difference,) = response.context["merge"].differences
    assert (difference.mine, difference.theirs) == (str(mine), str(theirs))
    row.refresh_from_db()
    assert row.picture == theirs
    chosen = again(response, **{f"choice-{difference.name}": choice})
    assert save(as_press, draft, chosen).status_code == 302
    row.refresh_from_db()
    assert row.picture == {"mine": mine, "theirs": theirs}[choice]


@pytest.mark.parametrize("name", ["gallery-1-article", "gallery-x-y", "gallery", "headline"])
def test_a_forged_choice_breaks_nothing(as_press, draft, colleague, name):
    opened = typed(draft) | {f"choice-{name}": "theirs"}
    assert save(as_press, draft, opened).status_code == 302


def test_an_article_without_history_is_watched_from_its_first_save_on(as_press, colleague):
    article = ArticleFactory(draft=True)
    opened = typed(article)
    revisions.record_first(article)
    saved_by(colleague, article, lead_ru="Их лид.")
    response = save(as_press, article, opened, lead_ru="Наш лид.")
    assert (response.status_code, article.lead_ru) == (200, "Их лид.")


@pytest.mark.parametrize("nonsense", ["", "-1", "x", "9" * 30, "7"])
def test_a_forged_number_of_a_revision_breaks_nothing(as_press, draft, nonsense):
    response = save(as_press, draft, typed(draft) | {"revision": nonsense}, lead_ru="Лид.")
    assert response.status_code == 302


def test_people_see_who_has_the_article_open(client, draft, press, colleague):
    client.force_login(colleague)
    assert "Дана" not in client.get(page("change", draft)).text.partition('id="others"')[2]
    client.force_login(press)
    seen = client.get(page("change", draft)).text.partition('id="others"')[2][:900]
    assert "Дана Ахметова" in seen
    answer = client.post(page("presence", draft), {"revision": "1"}).json()
    assert re.search("Дана Ахметова", answer["others"][0])
    client.force_login(colleague)
    assert client.post(page("presence", draft), {"leave": "1"}).status_code == 204
    client.force_login(press)
    assert client.post(page("presence", draft), {"revision": "1"}).json()["others"] == []


def test_who_gives_no_sign_of_life_is_gone(draft, press, colleague):
    presence.note(draft, colleague, presence.ALIVE)
    assert len(presence.others(draft, press)) == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        assert presence.others(draft, press) == []


def test_an_open_page_learns_of_a_colleagues_save(as_press, draft, colleague):
    saved_by(colleague, draft, lead_ru="Их лид.")
    (said,) = as_press.post(page("presence", draft), {"revision": "1"}).json()["others"]
    assert "Дана Ахметова" in said
    assert as_press.post(page("presence", draft), {"revision": "2"}).json()["others"] == []


def test_presence_is_for_those_who_may_edit(client, draft, moderator):
    client.force_login(moderator)
    assert client.post(page("presence", draft)).status_code == 403
    client.logout()
    assert client.post(page("presence", draft)).status_code == 302
