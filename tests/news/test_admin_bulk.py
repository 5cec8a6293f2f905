"""Many articles at once: the rules of one, and an answer for each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from tests.factories import ArticleFactory, SectionFactory
from tests.news.officers import page

pytestmark = pytest.mark.django_db
LIST = "/admin/news/article/"
NOW = {"when": "now", "moment_0": "", "moment_1": ""}
Status = Article.Status


def chosen(action, articles, **answers):
    return {
        "action": action,
        "_selected_action": [article.pk for article in articles],
        **{f"seen-{article.pk}": article.status for article in articles},
        **answers,
    }


def states(*articles):
    return [Article.objects.get(pk=article.pk).status for article in articles]


def outcomes(response):
    return [outcome.is_done for outcome in response.context["outcomes"]]


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


def test_nothing_happens_before_it_is_confirmed(as_editor):
    draft = ArticleFactory(draft=True)
    response = as_editor.post(LIST, chosen("bulk_publish", [draft]))
    assert str(draft) in response.text
    assert states(draft) == [Status.DRAFT]


def test_each_article_is_judged_by_itself_and_answered_for(as_editor, editor):
    good, half = ArticleFactory(draft=True), ArticleFactory(draft=True, only_ru=True)
    noticed = ArticleFactory(draft=True, lead_ru="Звоните: 8 701 123-45-67.")
    data = chosen("bulk_publish", [good, half, noticed], **NOW, decide="1")
    response = as_editor.post(LIST, data)
    done = {o.article.pk: o.is_done for o in response.context["outcomes"]}
    assert done == {good.pk: True, half.pk: False, noticed.pk: False}
    assert states(good, half, noticed) == [Status.PUBLISHED, Status.DRAFT, Status.DRAFT]
    assert good.decisions.get().decided_by == editor


def test_they_are_scheduled_withdrawn_and_moved_together(as_editor):
    pair = ArticleFactory.create_batch(2, draft=True)
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = {"when": "moment", "moment_0": f"{tomorrow:%d.%m.%Y}", "moment_1": "08:00:00"}
    as_editor.post(LIST, chosen("bulk_publish", pair, **when, decide="1"))
    assert all(article.is_scheduled for article in Article.objects.all())
    out = ArticleFactory.create_batch(2)
    refused = as_editor.post(LIST, chosen("bulk_withdraw", out, **NOW, decide="1"))
    assert "reason_kk" in refused.context["form"].errors
    reason = {"reason_kk": "Қате.", "reason_ru": "Ошибка."}
    as_editor.post(LIST, chosen("bulk_withdraw", out, **NOW, **reason, decide="1"))
    assert states(*out) == [Status.WITHDRAWN] * 2
    culture = SectionFactory(slug="culture")
    pair = Article.objects.scheduled()
    as_editor.post(LIST, chosen("bulk_section", pair, section=culture.pk, decide="1"))
    assert Article.objects.in_section(culture).count() == 2


def test_what_somebody_decided_meanwhile_is_left_alone(as_editor):
    draft = ArticleFactory(draft=True)
    data = chosen("bulk_publish", [draft], **NOW, decide="1")
    Article.objects.filter(pk=draft.pk).update(status=Status.IN_REVIEW)
    assert outcomes(as_editor.post(LIST, data)) == [False]
    assert states(draft) == [Status.IN_REVIEW]


def test_press_is_offered_its_own_and_refused_the_rest(as_press):
    draft, out = ArticleFactory(draft=True), ArticleFactory()
    listed = as_press.get(LIST).text
    assert 'value="bulk_review"' in listed
    assert 'value="bulk_publish"' not in listed
    as_press.post(LIST, chosen("bulk_publish", [draft], **NOW, decide="1"))
    assert states(draft) == [Status.DRAFT]
    culture = SectionFactory(slug="culture")
    data = chosen("bulk_section", [draft, out], section=culture.pk, decide="1")
    as_press.post(LIST, data)
    assert list(Article.objects.in_section(culture)) == [draft]
    as_press.post(LIST, chosen("bulk_trash", [draft, out], note="", decide="1"))
    assert states(draft, out) == [Status.TRASHED, Status.PUBLISHED]


# --- the trash ---


def test_what_is_in_the_trash_is_out_of_the_list_and_comes_back_whole(as_editor):
    article = ArticleFactory(withdrawn=True)
    comment = article.comments.create(author_name="А", text="Б", language="kk", sender_hash="0")
    address = article.get_absolute_url()
    as_editor.post(page("trash", article), {"status": article.status, "note": ""})
    assert str(article) not in as_editor.get(LIST).text
    assert str(article) in as_editor.get(f"{LIST}?status=trashed").text
    assert as_editor.get(address).status_code == 410
    as_editor.post(page("restore", article), {"status": Status.TRASHED})
    offered = as_editor.get(page("publish", article)).context["form"]
    assert offered["moment"].value() == article.published_at.replace(microsecond=0)
    found = offered.article
    when = timezone.localtime(found.published_at)
    data = {"status": Status.DRAFT, "when": "moment", "moment_0": f"{when:%d.%m.%Y}",
            "moment_1": f"{when:%H:%M:%S}"}  # fmt: skip
    as_editor.post(page("publish", article), data)
    assert as_editor.get(address).status_code == 200
    assert list(Article.objects.get().comments.all()) == [comment]


def test_a_removed_article_may_lead_to_another(as_editor, client):
    old, new = ArticleFactory(), ArticleFactory()
    data = {"status": old.status, "note": "", "redirect_to": new.pk}
    as_editor.post(page("remove", old), data)
    response = client.get(old.get_absolute_url("ru"))
    # Not for good: a browser that remembers it would never find the article restored.
    assert (response.status_code, response.url) == (302, new.get_absolute_url("ru"))
    Article.objects.filter(pk=new.pk).update(status=Status.REMOVED)
    assert client.get(old.get_absolute_url("ru")).status_code == 410


@pytest.mark.parametrize("target", ["itself", "draft", 999])
def test_it_leads_only_to_what_readers_find(as_editor, target):
    old, draft = ArticleFactory(), ArticleFactory(draft=True)
    number = {"itself": old.pk, "draft": draft.pk}.get(target, target)
    data = {"status": old.status, "note": "", "redirect_to": number}
    response = as_editor.post(page("remove", old), data)
    assert "redirect_to" in response.context["form"].errors
    assert states(old) == [Status.PUBLISHED]


# --- the calendar ---


def test_the_month_shows_what_was_written_goes_out_changes_and_leaves(as_editor, editor):
    from news import changes, publishing

    soon = timezone.now() + timedelta(minutes=1)
    draft, planned = ArticleFactory(draft=True), ArticleFactory(published_at=soon)
    out = ArticleFactory()
    changes.publish(changes.begin(out, by=editor), by=editor, at=soon)
    publishing.withdraw(
        out, by=editor, reason={"kk": "Қате", "ru": "Ошибка"}, at=soon + timedelta(minutes=1)
    )
    months = {f"{timezone.localtime(moment):%Y-%m}" for moment in (timezone.now(), soon)}
    text = "".join(as_editor.get(f"{LIST}calendar/?month={month}").text for month in months)
    for kind in ("draft", "scheduled", "published", "change", "leaving"):
        assert f'class="item-{kind}"' in text
    assert page("change", draft) in text
    assert page("change", planned) in text
    assert page("prepared", out) in text


@pytest.mark.parametrize("month", ["", "x", "2026-13", "0001-01", "9999-12", "2026-02"])
def test_any_month_asked_for_is_answered(as_editor, month):
    assert as_editor.get(f"{LIST}calendar/", {"month": month}).status_code == 200


@pytest.mark.parametrize("articles", [1, 12])
def test_the_calendar_costs_the_same_however_much_there_is(
    as_editor, articles, django_assert_max_num_queries
):
    ArticleFactory.create_batch(articles, draft=True)
    ArticleFactory.create_batch(articles)
    with django_assert_max_num_queries(12):
        as_editor.get(f"{LIST}calendar/")


def test_moderators_see_no_calendar(client, moderator):
    client.force_login(moderator)
    assert client.get(f"{LIST}calendar/").status_code == 403
