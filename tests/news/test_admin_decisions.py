from datetime import timedelta

import pytest
from django.utils import timezone

from news.decision_forms import zone_name
from news.models import Article
from tests.factories import ArticleFactory, local
from tests.news.officers import decided, page

Status = Article.Status
pytestmark = pytest.mark.django_db
REASON = {"reason_kk": "Деректер нақтылануда.", "reason_ru": "Данные уточняются."}
NOW = {"when": "now", "moment_0": "", "moment_1": ""}


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


def at(day: str, time: str) -> dict:
    return {"when": "moment", "moment_0": day, "moment_1": time}


def errors(response) -> dict:
    return response.context["form"].errors


def test_an_editor_publishes_now(as_editor, editor):
    article = ArticleFactory(draft=True)
    assert as_editor.get(page("publish", article)).status_code == 200
    response = as_editor.post(page("publish", article), decided(article, **NOW))
    assert response.url == page("change", article)
    article.refresh_from_db()
    assert article.is_published
    assert article.decisions.get().decided_by == editor


def test_the_article_page_tells_what_was_decided(as_editor):
    article = ArticleFactory(draft=True)
    as_editor.post(page("publish", article), decided(article, **NOW))
    assert str(article.decisions.get()) in as_editor.get(page("change", article)).text


def test_old_news_is_dated_back_in_the_districts_own_time(as_editor):
    article = ArticleFactory(draft=True)
    as_editor.post(page("publish", article), decided(article, **at("30.10.2018", "09:30:15")))
    article.refresh_from_db()
    assert article.is_published
    # Karaganda kept UTC+6 until March 2024.
    assert article.published_at.isoformat() == "2018-10-30T03:30:15+00:00"


def test_news_is_scheduled_moved_and_taken_back(as_editor, client, press):
    article = ArticleFactory(draft=True)
    tomorrow = timezone.localtime() + timedelta(days=1)
    answers = at(f"{tomorrow:%d.%m.%Y}", "08:00:00")
    response = as_editor.post(page("publish", article), decided(article, **answers), follow=True)
    article.refresh_from_db()
    assert article.is_scheduled
    assert timezone.localtime(article.published_at).hour == 8
    assert page("reschedule", article) in response.text
    assert page("return", article) in response.text
    shown = as_editor.get(page("reschedule", article)).context["form"]
    assert (shown["when"].value(), shown["moment"].value()) == ("moment", article.published_at)
    moved = at(f"{tomorrow:%d.%m.%Y}", "10:15:00")
    as_editor.post(page("reschedule", article), decided(article, **moved))
    article.refresh_from_db()
    assert timezone.localtime(article.published_at).hour == 10
    as_editor.post(page("return", article), decided(article, note="Пока рано"))
    article.refresh_from_db()
    assert (article.status, article.published_at) == (Status.DRAFT, None)
    assert article.decisions.first().note == "Пока рано"


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (at("30.02.2018", "10:00"), "moment"),
        (at("завтра", "10:00"), "moment"),
        (at("30.10.2018", ""), "moment"),
        (at("30.10.2018", "25:00"), "moment"),
        (at("", ""), "moment"),
        (at("30.10.0018", "10:00"), "moment"),
        (at("31.12.9999", "23:59"), "moment"),
        ({"when": "now", "moment_0": "30.10.2018", "moment_1": "10:00"}, "when"),
        ({"when": "whenever", "moment_0": "", "moment_1": ""}, "when"),
        ({}, "when"),
    ],
)
def test_a_bad_moment_is_refused_at_the_field_with_what_was_typed(as_editor, answers, field):
    article = ArticleFactory(draft=True)
    response = as_editor.post(page("publish", article), decided(article, **answers))
    assert response.status_code == 200
    assert field in errors(response)
    assert answers.get("moment_0", "") in response.text
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_the_zone_is_named_with_its_offset_at_that_moment():
    assert "Asia/Almaty, UTC+05:00" in zone_name(local(2025, 6, 1))
    assert "UTC+06:00" in zone_name(local(2018, 6, 1))


def test_the_publish_page_names_missing_languages_and_leads_to_their_fields(as_editor):
    article = ArticleFactory(draft=True, only_ru=True)
    response = as_editor.get(page("publish", article))
    for field in ("headline_kk", "body_kk"):
        assert f"{page('change', article)}#id_{field}" in response.text
    assert "#id_headline_ru" not in response.text
    assert 'type="submit" value' not in response.text
    refused = as_editor.post(page("publish", article), decided(article, **NOW))
    assert refused.status_code == 200
    assert errors(refused)["__all__"]
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_an_editor_withdraws_with_a_reason_in_both_languages(as_editor):
    article = ArticleFactory()
    response = as_editor.post(
        page("withdraw", article), decided(article, **NOW, reason_ru="Данные уточняются.")
    )
    assert errors(response).keys() == {"reason_kk"}
    assert "Данные уточняются." in response.text
    as_editor.post(page("withdraw", article), decided(article, **NOW, **REASON))
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN
    assert article.withdrawal_reason_kk == REASON["reason_kk"]
    as_editor.post(page("republish", article), decided(article))
    article.refresh_from_db()
    assert article.is_published


def test_an_editor_removes_and_restores(as_editor):
    article = ArticleFactory()
    as_editor.post(page("remove", article), decided(article, note="Ошибка"))
    article.refresh_from_db()
    assert article.status == Status.REMOVED
    as_editor.post(page("restore", article), decided(article))
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_press_takes_its_article_back_from_review(as_press):
    article = ArticleFactory(draft=True, status=Status.IN_REVIEW)
    assert page("return", article) in as_press.get(page("change", article)).text
    as_press.post(page("return", article), decided(article, note=""))
    article.refresh_from_db()
    assert article.status == Status.DRAFT


STATES = {
    "draft": {"draft": True},
    "in_review": {"draft": True, "status": Status.IN_REVIEW},
    "published": {},
    "scheduled": {"published_at": timezone.now() + timedelta(days=3)},
    "withdrawn": {"withdrawn": True},
    "leaving": {"withdraws_at": timezone.now() + timedelta(days=3)},
    "removed": {"status": Status.REMOVED},
    "trashed": {"draft": True, "status": Status.TRASHED},
}
OFFERED = {
    "draft": {"review", "publish", "trash"},
    "in_review": {"publish", "return", "trash"},
    "published": {"withdraw", "remove", "prepare"},
    "scheduled": {"reschedule", "return", "withdraw", "prepare"},
    "withdrawn": {"republish", "remove", "prepare", "trash"},
    "leaving": {"withdraw", "keep", "remove", "prepare"},
    "removed": {"restore", "trash"},
    "trashed": {"restore"},
}
ANSWERS = NOW | REASON | {"note": ""}
BUTTONS = {"review", "publish"}  # of the form: what is typed is saved first
EVERYTHING = sorted(set().union(*OFFERED.values()))


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("state", STATES)
def test_press_is_offered_nothing_of_an_editors_and_refused_when_it_forces_it(
    as_press, state, name
):
    article = ArticleFactory(**STATES[state])
    allowed = (state, name) in {
        ("draft", "review"), ("in_review", "return"), ("draft", "trash"), ("in_review", "trash"),
        ("trashed", "restore"),
    } or (name == "prepare" and name in OFFERED[state])  # fmt: skip
    sign = f'name="_{name}"' if name in BUTTONS else page(name, article)
    assert (sign in as_press.get(page("change", article)).text) == allowed
    if allowed:
        return
    before = article.status
    response = as_press.post(page(name, article), decided(article, **ANSWERS))
    # May do so, but not from this state; what is scheduled is an editor's.
    own = (
        name == "prepare"
        or (name in ("review", "return") and state != "scheduled")
        or (name in ("trash", "restore") and article.published_at is None)
    )
    assert response.status_code == (200 if own else 403)
    article.refresh_from_db()
    assert article.status == before
    assert not article.decisions.exists()


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("state", STATES)
def test_an_editor_is_offered_what_fits_and_refused_the_rest(as_editor, state, name):
    article = ArticleFactory(**STATES[state])
    change_page = as_editor.get(page("change", article)).text
    if name in BUTTONS:
        assert (f'name="_{name}"' in change_page) == (name in OFFERED[state])
    else:
        assert (page(name, article) in change_page) == (name in OFFERED[state])
    if name in OFFERED[state]:
        assert as_editor.get(page(name, article)).status_code == 200
        return
    assert as_editor.get(page(name, article)).url == page("change", article)
    before = (article.status, article.published_at)
    same_verb = {"publish", "reschedule"} if state in ("draft", "in_review", "scheduled") else set()
    if name not in same_verb:
        response = as_editor.post(page(name, article), decided(article, **ANSWERS))
        assert response.status_code == 200
        assert errors(response)["__all__"]
        article.refresh_from_db()
        assert (article.status, article.published_at) == before


def test_a_decision_on_what_somebody_changed_meanwhile_is_refused(as_editor):
    article = ArticleFactory()
    seen = decided(article, **NOW, **REASON)
    Article.objects.filter(pk=article.pk).update(status=Status.REMOVED)
    response = as_editor.post(page("withdraw", article), seen)
    assert errors(response)["__all__"]
    assert REASON["reason_kk"] in response.text
    article.refresh_from_db()
    assert article.status == Status.REMOVED


@pytest.mark.parametrize("claimed", ["draft", "published", "withdrawn", "", "x"])
def test_a_forged_state_opens_no_way_around_the_rules(as_press, claimed):
    article = ArticleFactory(published_at=timezone.now() + timedelta(days=1))
    for name in EVERYTHING:
        as_press.post(page(name, article), {**ANSWERS, "status": claimed})
    article.refresh_from_db()
    assert article.is_scheduled


def test_reading_a_page_decides_nothing(as_editor):
    article = ArticleFactory(draft=True)
    as_editor.get(page("publish", article), decided(article, **NOW))
    article.refresh_from_db()
    assert article.status == Status.DRAFT


# --- the preflight ---


def test_an_article_with_findings_is_published_only_when_each_is_mended_or_answered(as_editor):
    article = ArticleFactory(draft=True, lead_ru="Звоните: 8 701 123-45-67.")
    form = as_editor.get(page("publish", article))
    ((finding, place),) = form.context["preflight"]["open"]
    assert place == f"{page('change', article)}#id_lead_ru"
    refused = as_editor.post(page("publish", article), decided(article, **NOW))
    assert refused.status_code == 200
    assert refused.context["unanswered"] == {finding.key}
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    answer = {f"because-{finding.key}": "Служебный номер"}
    as_editor.post(page("publish", article), decided(article, **NOW, **answer))
    article.refresh_from_db()
    assert article.is_published
    assert article.preflight_notes.get().reason == "Служебный номер"


def test_answers_stay_when_the_form_has_another_error(as_editor):
    article = ArticleFactory(draft=True, lead_ru="Звоните: 8 701 123-45-67.")
    ((finding, _place),) = as_editor.get(page("publish", article)).context["preflight"]["open"]
    answers = {"when": "moment", "moment_0": "", "moment_1": ""}
    response = as_editor.post(
        page("publish", article),
        decided(article, **answers, **{f"because-{finding.key}": "Служебный номер"}),
    )
    assert "Служебный номер" in response.text


def test_review_shows_what_was_noticed_and_does_not_insist(as_press):
    article = ArticleFactory(draft=True, headline_ru="В РАЙОНЕ ОТКРЫЛАСЬ ШКОЛА")
    assert as_press.get(page("review", article)).context["preflight"]["open"]
    as_press.post(page("review", article), decided(article, note=""))
    article.refresh_from_db()
    assert article.status == Status.IN_REVIEW
