"""The admin's first page, and the figures behind it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments.models import Moderator
from news import changes, publishing
from news.models import ArticleReads, MissedSearch, OutgoingMail
from portal import jobs
from tests.factories import ArticleFactory, CommentFactory, QuestionFactory, SectionFactory, local

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")
FIGURES = reverse("admin:figures")


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(local(2026, 11, 20, 12))


def desk_of(client, person):
    client.force_login(person)
    text = client.get(DESK).content.decode()
    return text[text.index('<div class="desk">') : text.index('id="content-main"')]


def tiles(client, person):
    """Number and list of every tile."""
    found = re.findall(r'<a href="([^"]+)"><strong>([^<]+)</strong>', desk_of(client, person))
    return {address.replace("&amp;", "&"): number for address, number in found}


def listed(client, address):
    """How many articles the list behind a tile shows."""
    return str(client.get(address).context["cl"].result_count)


def test_everybody_sees_what_waits_for_them_and_nothing_of_others(
    client, press, editor, moderator, answers
):
    ArticleFactory(draft=True, status="in_review")
    ArticleFactory.create_batch(2, draft=True, created_by=press)
    ArticleFactory(draft=True, created_by=editor)
    CommentFactory.create_batch(3)
    QuestionFactory(due_on=timezone.localdate() - timedelta(days=1))
    articles, comments = (
        reverse("admin:news_article_changelist"),
        reverse("admin:comments_comment_changelist"),
    )
    overdue = reverse("admin:comments_question_changelist") + "?status=overdue"
    assert tiles(client, press) == {f"{articles}?status=draft&mine=1": "2"}
    assert tiles(client, editor) == {
        f"{articles}?status=in_review": "1",
        f"{articles}?status=draft&mine=1": "1",
    }
    desk = reverse("admin:comments_question_changelist")
    assert tiles(client, moderator) == {comments: "3", overdue: "1"}
    assert tiles(client, answers) == {desk: "1", overdue: "1"}


def test_comments_are_counted_in_the_moderators_sections_alone(client, moderator):
    mine = CommentFactory()
    theirs = ArticleFactory(section=SectionFactory(slug="theirs"))
    CommentFactory.create_batch(2, article=theirs)
    reported = CommentFactory(article=mine.article, status="approved")
    reported.reports.create(reason="insult", language="kk")
    Moderator.objects.create(user=moderator).sections.add(mine.article.section)
    queue = reverse("admin:comments_comment_changelist")
    assert tiles(client, moderator) == {queue: "1", f"{queue}?tab=reported": "1"}


def test_the_answer_desk_sees_drafts_of_others_that_wait_for_it(client, answers, press):
    QuestionFactory(status="drafted", drafted_by=answers)
    assert tiles(client, answers) == {}
    QuestionFactory(status="drafted", drafted_by=press)
    desk = reverse("admin:comments_question_changelist")
    assert tiles(client, answers) == {f"{desk}?status=drafted": "1"}


def test_texts_that_are_out_of_date_wait_for_whoever_writes(client, press, moderator):
    outdated = ArticleFactory(draft=True)
    outdated.outdated_kk = True
    outdated.save()
    found = tiles(client, press)
    address = reverse("admin:news_article_changelist") + "?kk=outdated"
    assert found == {address: "1"}
    assert listed(client, address) == "1"
    assert tiles(client, moderator) == {}


def test_what_an_editor_sent_back_waits_for_its_author(client, press, editor):
    article, own = ArticleFactory.create_batch(2, draft=True, created_by=press)
    for one, by in ((article, editor), (own, press)):
        publishing.send_for_review(one, by=press)
        publishing.return_to_draft(one, by=by, note="Добавьте дату.")
    address = reverse("admin:news_article_changelist") + "?mine=returned"
    assert tiles(client, press)[address] == "1"
    assert list(client.get(address).context["cl"].result_list) == [article]
    assert address not in tiles(client, editor)
    publishing.send_for_review(article, by=press)
    assert address not in tiles(client, press)


def test_a_change_sent_for_review_waits_for_an_editor(client, press, editor):
    sent, unfinished = ArticleFactory.create_batch(2)
    ArticleFactory()
    for article in (sent, unfinished):
        changes.begin(article, by=press)
    changes.send_for_review(sent.changes.get(), by=press)
    address = reverse("admin:news_article_changelist") + "?change=in_review"
    assert tiles(client, editor) == {address: "1"}
    assert list(client.get(address).context["cl"].result_list) == [sent]
    assert address not in tiles(client, press)


def test_a_number_leads_to_a_list_of_just_so_many(client, editor):
    ArticleFactory.create_batch(2, draft=True, status="in_review")
    ArticleFactory.create_batch(3, draft=True, created_by=editor)
    ArticleFactory(draft=True)
    found = tiles(client, editor)
    assert len(found) == 2
    for address, number in found.items():
        assert listed(client, address) == number


def test_who_has_nothing_to_do_is_told_so(client, press, moderator):
    for person in (press, moderator):
        assert "Сізді ештеңе күтіп тұрған жоқ." in desk_of(client, person)


@pytest.mark.usefixtures("noon")
def test_what_goes_out_today_stands_there_the_next_first(client, press):
    morning = ArticleFactory(published_at=local(2026, 11, 20, 9))
    evening = ArticleFactory(published_at=local(2026, 11, 20, 23, 59))
    ArticleFactory(published_at=local(2026, 11, 21, 0))
    ArticleFactory(published_at=local(2026, 11, 19, 23, 59))
    text = desk_of(client, press)
    found = re.findall(r"<time>([\d:]+)</time> <a href=\"([^\"]+)\"", text)
    assert found == [
        ("23:59", reverse("admin:news_article_change", args=[evening.pk])),
        ("09:00", reverse("admin:news_article_change", args=[morning.pk])),
    ]


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (local(2026, 11, 20, 0), "бүгін жаңалық шықты"),
        (local(2026, 11, 19, 23, 59), "1 күн жаңалықсыз"),
        (local(2026, 11, 15), "5 күн жаңалықсыз"),
    ],
)
def test_days_without_news_are_counted_in_each_language(client, press, moment, said):
    ArticleFactory(published_at=moment, only_kk=True)
    text = desk_of(client, press)
    assert re.search(rf"Қазақша: <a [^>]+>{said}</a>", text)
    assert re.search(r"Русский: <a [^>]+>әлі жаңалық жоқ</a>", text)


def test_what_went_wrong_is_told_to_whoever_can_mend_it(client, admin, editor, settings):
    settings.JOB_PERIODS = {"backup": timedelta(hours=26), "send_mail": timedelta(minutes=10)}
    OutgoingMail.objects.create(to="a@example.kz", subject="x", body="x", status="failed")
    mail = reverse("admin:news_outgoingmail_changelist") + "?status__exact=failed"
    found = tiles(client, admin)
    assert found == {mail: "1", reverse("admin:health"): "2"}
    assert listed(client, mail) == "1"
    with jobs.run("backup"), jobs.run("send_mail"):
        pass
    assert tiles(client, admin) == {mail: "1"}
    assert tiles(client, editor) == {}


@pytest.mark.parametrize("rows", [1, 12])
def test_the_desk_costs_the_same_however_much_there_is(
    client, admin, rows, django_assert_max_num_queries
):
    ArticleFactory.create_batch(rows, draft=True, status="in_review")
    ArticleFactory.create_batch(rows, published_at=timezone.now() + timedelta(seconds=5))
    ArticleFactory.create_batch(rows)
    CommentFactory.create_batch(rows)
    client.force_login(admin)
    client.get(DESK)
    with django_assert_max_num_queries(33):
        client.get(DESK)


def charts(client):
    return {chart.name: chart for chart in client.get(FIGURES).context["charts"]}


@pytest.mark.usefixtures("noon")
def test_how_long_kazakh_took_after_russian_is_told_by_week(client, press):
    for day, hours in ((16, 2), (17, 5.5), (18, 40), (19, -3), (10, 1)):
        article = ArticleFactory(published_at=local(2026, 11, day))
        for language, moment in (("ru", 0), ("kk", hours)):
            article.translations.create(
                language=language,
                source_language="ru",
                complete_at=local(2026, 11, 1) + timedelta(hours=moment),
            )
    only_russian = ArticleFactory(published_at=local(2026, 11, 19), only_ru=True)
    only_russian.translations.create(
        language="ru", source_language="ru", complete_at=local(2026, 11, 1)
    )
    client.force_login(press)
    assert charts(client)["translation"].rows[-2:] == [("09.11", [1, 1]), ("16.11", [2, 4])]


@pytest.mark.usefixtures("noon")
def test_publications_are_counted_by_week_and_language(client, press):
    ArticleFactory(published_at=local(2026, 11, 16, 0), only_ru=True)  # Monday
    ArticleFactory(published_at=local(2026, 11, 15, 23), only_kk=True)
    ArticleFactory(published_at=local(2026, 11, 19), english=True)
    ArticleFactory(published_at=local(2026, 11, 20, 13))  # to come
    client.force_login(press)
    chart = charts(client)["publications"]
    assert [one.name for one in chart.series] == ["Қазақша", "Русский", "English"]
    assert chart.rows[-2:] == [("09.11", [1, 0, 0]), ("16.11", [1, 2, 1])]


@pytest.mark.usefixtures("noon")
def test_reads_are_shown_by_day_and_by_article(client, press):
    today, much, little = timezone.localdate(), *ArticleFactory.create_batch(2)
    for article, back, language, number in (
        (much, 0, "ru", 30), (much, 1, "kk", 5), (little, 0, "ru", 4), (little, 28, "ru", 99),
    ):  # fmt: skip
        day = today - timedelta(days=back)
        ArticleReads.objects.create(article=article, day=day, language=language, reads=number)
    client.force_login(press)
    context = client.get(FIGURES).context
    assert charts(client)["reads"].rows[-2:] == [("19.11", [5, 0, 0]), ("20.11", [0, 34, 0])]
    assert [(one.article, one.reads) for one in context["most_read"]] == [(much, 35), (little, 4)]
    own = client.get(reverse("admin:article_figures", args=[little.pk]))
    assert own.context["charts"][0].rows[-1] == ("20.11", [0, 4, 0])
    assert sum(sum(values) for _label, values in own.context["charts"][0].rows) == 4


def test_a_chart_is_told_in_words_and_as_a_table(client, press):
    article = ArticleFactory()
    ArticleReads.objects.create(
        article=article, day=timezone.localdate(), language="ru", reads=1234
    )
    client.force_login(press)
    text = client.get(reverse("admin:article_figures", args=[article.pk])).content.decode()
    assert 'role="img" aria-labelledby="reads-title reads-description"' in text
    assert "Русский: барлығы 1234, ең көбі 1234." in text
    assert "<td>1234</td>" in text
    assert "url(#reads-2)" in text, "series differ by pattern, not by colour alone"


def test_what_was_sought_in_vain_is_shown_to_editors_only(client, press, editor):
    MissedSearch.objects.create(
        words="жол жөндеу", language="kk", times=3, last_on=timezone.localdate()
    )
    for person, sees in ((press, False), (editor, True)):
        client.force_login(person)
        assert ("жол жөндеу" in client.get(FIGURES).content.decode()) == sees


@pytest.mark.parametrize("rows", [1, 9])
def test_the_figures_cost_the_same_however_much_there_is(
    client, editor, rows, django_assert_max_num_queries
):
    for article in ArticleFactory.create_batch(rows):
        ArticleReads.objects.create(
            article=article, day=timezone.localdate(), language="ru", reads=article.pk
        )
    client.force_login(editor)
    client.get(FIGURES)
    with django_assert_max_num_queries(14):
        client.get(FIGURES)
