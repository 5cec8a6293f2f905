"""A prepared change in the admin, from beginning to publication."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from news import changes, revisions
from news.models import Article, PreparedChange
from tests.factories import ArticleFactory, PictureFactory, UserFactory
from tests.news.documents import PDF
from tests.news.officers import decided, page, typed

pytestmark = pytest.mark.django_db
Status = PreparedChange.Status
QUIET = {"readers_know": "no", "when": "now", "moment_0": "", "moment_1": ""}
TOLD = QUIET | {
    "readers_know": "yes",
    "public_note_kk": "Күні түзетілді.",
    "public_note_ru": "Исправлена дата.",
}


@pytest.fixture
def article():
    return ArticleFactory(headline_ru="Старый заголовок", lead_ru="Начало", lead_en="Lead")


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


@pytest.fixture
def begun(as_press, article):
    as_press.post(page("prepare", article), decided(article))
    return article.changes.get()


def copied(article, **changes):
    """The form of the prepared change as it stands, with changes."""
    return typed(article, revision=article.changes.get().updated_at.isoformat()) | changes


def live(article):
    return Article.objects.get(pk=article.pk)


def answered(response, **answers):
    """With a reason beside everything that the preflight found."""
    found = response.context["preflight"]["open"]
    return answers | {f"because-{finding.key}": "Білемін" for finding, _place in found}


def test_press_changes_a_copy_of_what_it_may_not_change_itself(as_press, article, begun, press):
    assert as_press.post(page("change", article), typed(article)).status_code == 403
    shown = as_press.get(page("prepared", article))
    assert 'name="headline_ru"' in shown.text
    data = copied(article, headline_ru="Новый заголовок")
    response = as_press.post(page("prepared", article), data)
    assert response.url == page("prepared", article)
    begun.refresh_from_db()
    assert begun.content["headline_ru"] == "Новый заголовок"
    assert live(article).headline_ru == "Старый заголовок"
    assert article.revisions.count() == 1
    assert "Новый заголовок" in as_press.get(page("prepared", article)).text


def test_pictures_and_documents_wait_with_the_text(as_press, article, begun):
    picture = PictureFactory()
    data = copied(article) | {
        "gallery-TOTAL_FORMS": "1",
        "gallery-0-picture": picture.pk,
        "gallery-0-position": "1",
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-file": SimpleUploadedFile("a.pdf", PDF, "application/pdf"),
        "attachments-0-title_kk": "Шешім",
        "attachments-0-title_ru": "Решение",
        "attachments-0-position": "0",
    }
    response = as_press.post(page("prepared", article), data)
    assert response.status_code == 302, response.context["errors"]
    assert not article.gallery.exists()
    assert not article.attachments.exists()
    begun.refresh_from_db()
    (row,), (document,) = begun.content["gallery"], begun.content["attachments"]
    stored = page("prepared_attachment", article, document["id"])
    assert f'href="{stored}"' in as_press.get(page("prepared", article)).text
    assert as_press.get(stored).getvalue() == PDF
    stranger = Client()
    stranger.force_login(UserFactory(role="Moderators"))
    assert stranger.get(stored).status_code == 403
    # The form that is shown next knows the same rows.
    again = copied(article) | {
        "gallery-TOTAL_FORMS": "1", "gallery-INITIAL_FORMS": "1", "gallery-0-id": row["id"],
        "gallery-0-picture": picture.pk, "gallery-0-position": "2",
        "attachments-TOTAL_FORMS": "1", "attachments-INITIAL_FORMS": "1",
        "attachments-0-id": document["id"], "attachments-0-title_kk": "Шешім",
        "attachments-0-title_ru": "Решение № 5", "attachments-0-position": "0",
    }  # fmt: skip
    assert as_press.post(page("prepared", article), again).status_code == 302
    begun.refresh_from_db()
    changes.publish(begun, by=_editor())
    assert article.gallery.get().position == 2
    published = article.attachments.get()
    assert published.title_ru == "Решение № 5"
    with published.file.open() as file:
        assert file.read() == PDF


def _editor():
    return UserFactory(role="Editors")


def test_a_mistake_in_the_form_keeps_what_was_typed(as_press, article, begun):
    data = copied(article, headline_ru="", lead_ru="Набранное")
    response = as_press.post(page("prepared", article), data)
    assert response.status_code == 200
    assert "headline_ru" in response.context["adminform"].form.errors
    assert "Набранное" in response.text
    begun.refresh_from_db()
    assert begun.content["lead_ru"] == "Начало"


def test_two_officers_at_one_copy_overwrite_nothing_unawares(as_press, article, begun, editor):
    stale = copied(article, lead_ru="Моё начало")
    changes.save(begun, begun.content | {"lead_ru": "Чужое начало"}, by=editor)
    refused = as_press.post(page("prepared", article), stale)
    assert refused.context["adminform"].form.non_field_errors()
    assert "Моё начало" in refused.text
    begun.refresh_from_db()
    assert begun.content["lead_ru"] == "Чужое начало"
    as_press.post(page("prepared", article), copied(article, lead_ru="Моё начало"))
    begun.refresh_from_db()
    assert begun.content["lead_ru"] == "Моё начало"


def test_it_is_previewed_as_it_will_be(as_press, article, begun, press):
    changes.save(begun, begun.content | {"headline_ru": "Новый заголовок"}, by=press)
    text = as_press.get(page("prepared_preview", article, "ru")).text
    assert "Новый заголовок" in text
    assert live(article).headline_ru == "Старый заголовок"


def test_it_is_compared_reviewed_returned_and_published(
    as_press, article, begun, press, editor, client
):
    changes.save(begun, begun.content | {"headline_ru": "Новый заголовок"}, by=press)
    compared = as_press.get(page("prepared_compare", article)).text
    assert "Старый</del>" in compared
    assert "Новый</ins>" in compared
    as_press.post(page("prepared_review", article), decided(begun, note="Проверьте"))
    begun.refresh_from_db()
    assert begun.status == Status.IN_REVIEW
    client.force_login(editor)
    refused = client.post(page("prepared_return", article), decided(begun, note=""))
    assert "note" in refused.context["form"].errors
    client.post(page("prepared_return", article), decided(begun, note="Добавьте фамилию"))
    begun.refresh_from_db()
    assert (begun.status, begun.note) == (Status.DRAFT, "Добавьте фамилию")
    assert "Добавьте фамилию" in client.get(page("prepared", article)).text
    asked = client.get(page("prepared_publish", article))
    client.post(page("prepared_publish", article), answered(asked, **decided(begun, **TOLD)))
    assert live(article).headline_ru == "Новый заголовок"
    assert article.corrections.get().note_ru == "Исправлена дата."


def test_it_is_scheduled_as_a_whole(as_press, article, begun, editor, client):
    client.force_login(editor)
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = {"when": "moment", "moment_0": f"{tomorrow:%d.%m.%Y}", "moment_1": "08:00:00"}
    asked = client.get(page("prepared_publish", article))
    answers = answered(asked, **decided(begun, **(QUIET | when)))
    client.post(page("prepared_publish", article), answers)
    begun.refresh_from_db()
    assert begun.status == Status.SCHEDULED
    assert timezone.localtime(begun.publish_at).hour == 8
    assert "08:00" in client.get(page("change", article)).text


def test_whether_readers_must_know_is_asked_of_a_change_too(
    as_press, article, begun, editor, client
):
    client.force_login(editor)
    asked = client.get(page("prepared_publish", article))
    answers = decided(begun, **(QUIET | {"readers_know": ""}))
    refused = client.post(page("prepared_publish", article), answered(asked, **answers))
    assert "readers_know" in refused.context["form"].errors
    half = TOLD | {"public_note_kk": ""}
    refused = client.post(
        page("prepared_publish", article), answered(asked, **decided(begun, **half))
    )
    assert "public_note_kk" in refused.context["form"].errors
    assert "Исправлена дата." in refused.text


def test_a_conflict_is_told_compared_and_settled(as_press, article, begun, press, editor, client):
    changes.save(begun, begun.content | {"headline_ru": "Новый заголовок"}, by=press)
    client.force_login(editor)
    data = typed(article, headline_ru="Исправленный заголовок", readers_know="no")
    response = client.post(page("change", article), data, follow=True)
    assert page("prepared_compare", article) in response.text
    compared = client.get(page("prepared_compare", article)).text
    assert "Исправленный</ins>" in compared
    asked = client.get(page("prepared_publish", article))
    refused = client.post(
        page("prepared_publish", article), answered(asked, **decided(begun, **QUIET))
    )
    assert refused.context["form"].non_field_errors()
    client.post(page("prepared_compare", article))
    client.post(page("prepared_publish", article), answered(asked, **decided(begun, **QUIET)))
    assert live(article).headline_ru == "Новый заголовок"


def test_press_neither_publishes_nor_touches_what_is_scheduled(as_press, article, begun, editor):
    assert as_press.get(page("prepared_publish", article)).status_code == 403
    changes.publish(begun, by=editor, at=timezone.now() + timedelta(hours=1))
    assert as_press.post(page("prepared", article), typed(article)).status_code == 403
    assert as_press.post(page("prepared_drop", article), decided(begun)).status_code == 403
    assert as_press.get(page("prepared", article)).status_code == 200


def test_where_nothing_is_prepared_the_pages_lead_back(as_press, article):
    for name in ("prepared", "prepared_compare", "prepared_review"):
        assert as_press.get(page(name, article)).url == page("change", article)


# --- correcting directly ---


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def test_on_saving_what_is_published_the_officer_says_whether_readers_must_know(as_editor, article):
    assert 'name="readers_know"' in as_editor.get(page("change", article)).text
    refused = as_editor.post(page("change", article), typed(article, lead_ru="Другое"))
    assert "readers_know" in refused.context["adminform"].form.errors
    assert "Другое" in refused.text
    as_editor.post(page("change", article), typed(article, lead_ru="Другое", readers_know="no"))
    assert live(article).lead_ru == "Другое"
    assert live(article).updated_at == article.updated_at
    assert not article.corrections.exists()


def test_what_readers_must_know_stands_under_the_article_with_a_new_date(
    as_editor, article, client
):
    told = {name: TOLD[name] for name in ("readers_know", "public_note_kk", "public_note_ru")}
    as_editor.post(page("change", article), typed(article, lead_ru="Другое", **told))
    assert live(article).updated_at > article.updated_at
    text = client.get(article.get_absolute_url("ru")).text
    assert "Исправлена дата." in text
    assert "Другое</ins>" in client.get(f"{article.get_absolute_url('ru')}changes/1/").text


def test_what_changes_no_text_asks_nothing(as_editor, article):
    response = as_editor.post(page("change", article), typed(article))
    assert response.status_code == 302


def test_drafts_and_what_is_scheduled_are_not_asked(as_editor):
    for article in (
        ArticleFactory(draft=True),
        ArticleFactory(published_at=timezone.now() + timedelta(days=1)),
    ):
        assert 'name="readers_know"' not in as_editor.get(page("change", article)).text


# --- the history ---


def test_any_two_states_are_compared_in_all_languages(as_editor, article, editor):
    first = revisions.record(article, by=editor)
    article.lead_ru, article.lead_en = "Конец", "End"
    article.save()
    revisions.record(article, by=editor)
    listed = as_editor.get(page("revisions", article))
    assert listed.text.count('name="older"') == 2
    shown = as_editor.get(page("compare", article), {"older": "1", "newer": "2"}).text
    for piece in ("Начало</del>", "Конец</ins>", "Lead</del>", "End</ins>"):
        assert piece in shown
    backwards = as_editor.get(page("compare", article), {"older": "live", "newer": "1"}).text
    assert "Конец</del>" in backwards
    assert first.created_by.username in backwards
    for wrong in ("9", "x", "-1"):
        assert as_editor.get(page("compare", article), {"older": wrong}).status_code == 404


def test_a_draft_gets_its_earlier_text_back(as_press, press):
    article = ArticleFactory(draft=True, headline_kk="Ескі")
    revisions.record(article, by=press)
    article.headline_kk = "Жаңа"
    article.save()
    revisions.record(article, by=press)
    assert "Ескі" in as_press.get(page("restore_revision", article, 1)).text
    assert live(article).headline_kk == "Жаңа"
    as_press.post(page("restore_revision", article, 1))
    assert live(article).headline_kk == "Ескі"
    assert article.revisions.first().number == 3


def test_the_earlier_text_of_what_is_published_becomes_a_prepared_change(as_press, article, press):
    revisions.record(article, by=press)
    article.headline_ru = "Сегодняшний"
    article.save()
    response = as_press.post(page("restore_revision", article, 1))
    assert response.url == page("prepared", article)
    assert live(article).headline_ru == "Сегодняшний"
    assert article.changes.get().content["headline_ru"] == "Старый заголовок"


def test_moderators_read_no_history(client, moderator, article, editor):
    revisions.record(article, by=editor)
    client.force_login(moderator)
    for address in (page("revisions", article), page("compare", article),
                    page("restore_revision", article, 1), page("prepared", article)):  # fmt: skip
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("saves", [2, 30])
def test_the_history_costs_the_same_however_long(
    as_editor, article, editor, saves, django_assert_max_num_queries
):
    for number in range(saves):
        article.lead_ru = f"Начало {number}"
        article.save()
        revisions.record(article, by=editor)
    with django_assert_max_num_queries(10):
        as_editor.get(page("revisions", article))
