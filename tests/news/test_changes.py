"""A change to what readers have: prepared aside, and theirs as a whole at its moment."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from news import changes, due, publishing, revisions
from news.corrections import Announcement
from news.models import Article, PreparedChange
from tests.factories import ArticleFactory
from tests.portal.reader import Process

pytestmark = pytest.mark.django_db
Status = PreparedChange.Status


@pytest.fixture
def article():
    return ArticleFactory(headline_ru="Старый заголовок", lead_ru="Старое начало")


@pytest.fixture
def change(article, press):
    change = changes.begin(article, by=press)
    changes.save(change, change.content | {"headline_ru": "Новый заголовок"}, by=press)
    return change


def live(article):
    return Article.objects.get(pk=article.pk)


def test_readers_keep_what_they_have_until_the_change_is_published(article, change, editor, client):
    assert "Новый" not in client.get(article.get_absolute_url("ru"), follow=True).text
    changes.publish(change, by=editor)
    assert "Новый" in client.get(live(article).get_absolute_url("ru")).text


def test_a_scheduled_change_is_there_from_its_moment_on_without_a_job(article, change, editor):
    moment = timezone.now() + timedelta(hours=2)
    changes.publish(change, by=editor, at=moment)
    assert due.settle() == 0
    with time_machine.travel(moment, tick=False):
        assert due.settle() == 1
        assert live(article).headline_ru == "Новый заголовок"
        assert due.settle() == 0
    decision = article.decisions.first()
    assert (decision.status_after, decision.decided_by) == ("published", editor)


def test_what_the_change_leaves_alone_follows_the_live_article(article, change, editor):
    article.lead_ru = "Исправленное начало"
    article.save()
    changes.publish(change, by=editor)
    assert live(article).lead_ru == "Исправленное начало"
    assert live(article).headline_ru == "Новый заголовок"


def test_the_same_place_changed_on_both_sides_is_nobodys_to_overwrite(article, change, editor):
    article.headline_ru = "Исправленный заголовок"
    article.save()
    with pytest.raises(ValidationError) as refusal:
        changes.publish(change, by=editor)
    assert refusal.value.code == "conflict"
    assert live(article).headline_ru == "Исправленный заголовок"
    changes.keep_mine(change, by=editor)
    changes.publish(change, by=editor)
    assert live(article).headline_ru == "Новый заголовок"


def test_a_scheduled_change_that_no_longer_fits_goes_back_with_the_reason(article, change, editor):
    moment = timezone.now() + timedelta(hours=2)
    changes.publish(change, by=editor, at=moment)
    article.headline_ru = "Исправленный заголовок"
    article.save()
    with time_machine.travel(moment, tick=False):
        assert due.settle() == 0
    change.refresh_from_db()
    assert (change.status, bool(change.note)) == (Status.DRAFT, True)
    assert live(article).headline_ru == "Исправленный заголовок"


def test_saving_the_live_article_takes_an_overtaken_change_from_the_schedule(
    article, change, editor
):
    changes.publish(change, by=editor, at=timezone.now() + timedelta(hours=2))
    article.headline_ru = "Исправленный заголовок"
    article.save()
    assert changes.take_back_if_overtaken(article, by=editor) == change
    change.refresh_from_db()
    assert change.status == Status.DRAFT


def test_a_change_cannot_take_away_what_publication_requires(article, change, editor):
    changes.save(change, change.content | {"body_kk": ""}, by=editor)
    with pytest.raises(ValidationError) as refusal:
        changes.publish(change, by=editor)
    assert "body_kk" in refusal.value.message_dict


def test_only_editors_publish_and_only_what_is_live_is_changed_so(article, change, press):
    with pytest.raises(PermissionDenied):
        changes.publish(change, by=press)
    with pytest.raises(ValidationError) as refusal:
        changes.begin(ArticleFactory(draft=True), by=press)
    assert refusal.value.code == "not_live"


def test_there_is_one_change_at_a_time(article, change, press):
    with pytest.raises(ValidationError) as refusal:
        changes.begin(article, by=press)
    assert refusal.value.code == "open_already"
    changes.drop(change, by=press)
    assert changes.begin(article, by=press).is_open


def test_what_is_scheduled_press_no_longer_edits(change, press, editor):
    changes.publish(change, by=editor, at=timezone.now() + timedelta(hours=2))
    for forbidden in (
        lambda: changes.save(change, change.content, by=press),
        lambda: changes.drop(change, by=press),
        lambda: changes.return_to_draft(change, by=press, note="Нет"),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_a_change_of_a_withdrawn_article_waits_for_no_readers_list(press, editor):
    article = ArticleFactory(withdrawn=True)
    change = changes.begin(article, by=press)
    changes.save(change, change.content | {"lead_ru": "Уточнено"}, by=press)
    changes.publish(change, by=editor)
    assert live(article).lead_ru == "Уточнено"
    assert live(article).status == Article.Status.WITHDRAWN


def test_a_published_change_is_a_revision_and_can_be_announced(article, change, editor):
    before = article.updated_at
    changes.publish(
        change, by=editor, announcement=Announcement({"kk": "Түзетілді", "ru": "Исправлено"})
    )
    assert live(article).updated_at > before
    assert revisions.latest(article).content["headline_ru"] == "Новый заголовок"
    (correction,) = article.corrections.all()
    assert correction.note_ru == "Исправлено"
    assert correction.before.content["headline_ru"] == "Старый заголовок"


def test_a_quiet_change_moves_no_date(article, change, editor):
    changes.publish(change, by=editor)
    assert live(article).updated_at == article.updated_at
    assert not article.corrections.exists()


# --- at its moment, as readers meet it ---

NOTE = {"kk": "Күні түзетілді.", "ru": "Исправлена дата."}
OLD, NEW = (
    {"headline_kk": "Жиын дүйсенбіде", "headline_ru": "Сход в понедельник"},
    {"headline_kk": "Жиын сейсенбіде", "headline_ru": "Сход во вторник"},
)
LISTS = ("/{}/", "/{}/news/", "/{}/news/district/", "/{}/news/feed/")


@pytest.fixture
def moment():
    return (timezone.now() + timedelta(hours=2)).replace(microsecond=0)


@pytest.fixture
def planned(moment, press, editor, commits, shown):
    """Two languages changed, with a note for readers, from the moment on; readers have been here
    before it was planned."""
    article = ArticleFactory(**OLD)
    assert shown("/kk/").status == 200
    change = changes.begin(article, by=press)
    changes.save(change, change.content | NEW, by=press)
    told = Announcement(NOTE)
    commits(lambda: changes.publish(change, by=editor, at=moment, announcement=told))
    return article


@pytest.fixture
def shown(process, commits):
    """What a reader gets, wherever the address leads; by default of the process at hand."""

    def follow(address, by=process):
        answer = commits(lambda: by.get(address))
        return follow(answer.headers["Location"], by) if answer.status == 301 else answer

    return follow


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_at_its_moment_everybody_reads_the_change_and_its_note(planned, moment, shown, language):
    old, new, note = OLD[f"headline_{language}"], NEW[f"headline_{language}"], NOTE[language]
    address = planned.get_absolute_url(language)
    everywhere = (address, *(place.format(language) for place in LISTS))
    for place in everywhere:
        assert old in shown(place).text
    with time_machine.travel(moment - timedelta(milliseconds=1), tick=False):
        for place in everywhere:
            text = shown(place).text
            assert (old in text, new in text, note in text) == (True, False, False)
        assert shown(f"{address}changes/1/").status == 404
    with time_machine.travel(moment, tick=False):
        for place in everywhere:
            text = shown(place).text
            assert (old in text, new in text) == (False, True)
        assert note in shown(address).text
        compared = shown(f"{address}changes/1/").text
        for text in (old, new):
            assert text.rpartition(" ")[2] in compared.partition("<h2")[2]


def test_the_new_date_is_the_moment_whenever_the_first_reader_comes(planned, moment, shown):
    with time_machine.travel(moment + timedelta(hours=7), tick=False):
        text = shown(planned.get_absolute_url("ru")).text
    exact = timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S%z")
    updated, corrected = text.partition('class="dates"')[2].partition('class="article-history"')[
        ::2
    ]
    assert exact in updated.partition("</p>")[0]
    assert exact in corrected.partition("</ol>")[0]


def test_without_kept_pages_the_first_reader_has_it_too(planned, moment, shown, settings):
    settings.PAGE_CACHE = False
    with time_machine.travel(moment, tick=False):
        text = shown(planned.get_absolute_url("ru"), by=Process()).text
    assert (NEW["headline_ru"] in text, NOTE["ru"] in text) == (True, True)


def test_officers_find_done_what_the_clock_has_decided(planned, moment, process, commits):
    with time_machine.travel(moment, tick=False):
        commits(lambda: process.get("/admin/"))
    assert live(planned).headline_ru == NEW["headline_ru"]


def test_of_an_article_withdrawn_meanwhile_only_its_own_page_shows_the_change(
    planned, moment, shown, commits, editor
):
    reason = {"kk": "Нақтыланып жатыр.", "ru": "Уточняется."}
    commits(lambda: publishing.withdraw(planned, by=editor, reason=reason))
    with time_machine.travel(moment, tick=False):
        for language in ("kk", "ru"):
            for place in LISTS:
                text = shown(place.format(language)).text
                assert NEW[f"headline_{language}"] not in text
                assert OLD[f"headline_{language}"] not in text
        text = shown(planned.get_absolute_url("ru")).text
        assert reason["ru"] in text
        assert NEW["headline_ru"] in text


@pytest.mark.parametrize("verb", ["remove", "trash"])
def test_of_an_article_taken_away_meanwhile_nobody_reads_the_change(
    planned, moment, shown, commits, editor, verb
):
    address = planned.get_absolute_url("ru")
    commits(lambda: publishing.remove(planned, by=editor))
    if verb == "trash":
        commits(lambda: publishing.trash(planned, by=editor))
    with time_machine.travel(moment, tick=False):
        for place in (address, f"{address}changes/1/", *(place.format("ru") for place in LISTS)):
            text = shown(place).text
            for said in (NEW["headline_ru"], NOTE["ru"], "vo-vtornik"):
                assert said not in text
        assert shown(address).status == 410
    change = planned.changes.get()
    assert (change.status, bool(change.note)) == (Status.DRAFT, True)
