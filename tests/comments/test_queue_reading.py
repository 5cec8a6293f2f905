"""What the queue shows beside a comment, how it is paged, folded, searched and shared."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation, moderators, queue, receipt_codes
from comments.models import Burst, Comment, Hold, ModerationRule, Moderator
from comments.queue import Tab
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, UserFactory

QUEUE = "/admin/comments/comment/"
SENDER = "5e" * 32


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def many(count, **fields):
    article = fields.pop("article", None) or ArticleFactory()
    now = timezone.now()
    return Comment.objects.bulk_create(
        Comment(
            article=article,
            author_name="Житель",
            text=f"Слово {n}",
            language="ru",
            created_at=now - timedelta(minutes=count - n),
            **fields,
        )
        for n in range(count)
    )


def test_pages_follow_one_another_without_gap_or_repeat(db):
    comments = many(120)
    twins = comments[40:70]  # sent in the very same moment
    Comment.objects.filter(pk__in=[c.pk for c in twins]).update(created_at=twins[0].created_at)
    seen, after = [], ""
    for _page in range(3):
        page = queue.page(Tab.WAITING, [], after=after)
        seen += [comment.text for comment in page.comments]
        after = page.following
    assert seen == [comment.text for comment in comments]
    assert not after


@pytest.mark.parametrize("after", ["x", "1-", "-1", "9" * 60, "9" * 30 + "-1", "1-2-3", "'"])
def test_a_made_up_place_is_the_beginning(desk, after):
    many(1)
    assert desk.get(QUEUE, {"after": after}).status_code == 200


def test_a_second_page_costs_no_more_and_none_counts_the_queue(desk, django_assert_max_num_queries):
    comments = many(1100)
    with django_assert_max_num_queries(16):
        page = desk.get(QUEUE)
    counts = {tab["name"]: tab["count"] for tab in page.context["tabs"]}
    assert counts["waiting"] == "1000+"
    following = page.context["next_url"]
    with django_assert_max_num_queries(16):
        second = desk.get(f"{QUEUE}{following}")
    assert [c.pk for c in second.context["page"].comments] == [c.pk for c in comments[50:100]]


def test_rows_for_the_script_are_rows_alone(desk):
    many(60)
    following = desk.get(QUEUE).context["next_url"]
    rows = desk.get(f"{QUEUE}{following}&rows=1").content.decode()
    assert rows.strip().startswith("<tbody")
    assert rows.count('class="queue__row"') == 10
    assert "<html" not in rows


def test_the_script_gets_the_decision_as_data(desk, moderator):
    comment = CommentFactory()
    data = {"decide": f"approve:{comment.pk}", f"seen-{comment.pk}": comment.as_seen}
    answer = desk.post(QUEUE, data, headers={"accept": "application/json"}).json()
    assert answer["done"] is True
    assert answer["counts"]["approved"] == "1"
    assert f'value="undo:{comment.pk}"' in answer["row"]
    again = desk.post(QUEUE, data, headers={"accept": "application/json"}).json()
    assert again["done"] is False
    assert moderator.username in again["message"]
    reject = {"decide": f"reject:{comment.pk}"}
    assert desk.post(QUEUE, reject, headers={"accept": "application/json"}).json()["done"] is False


def test_what_held_a_comment_is_named_and_marked(desk):
    rule = ModerationRule.objects.create(kind="words", title="Реклама")
    comment = CommentFactory(text="Лучшее <b>казино</b> тут", is_held=True)
    Hold.objects.create(
        comment=comment, version=rule.versions.create(number=1), spans=[[10, 16], [12, 99], [3, 1]]
    )
    page = desk.get(QUEUE, {"tab": "held"}).content.decode()
    assert "Реклама" in page
    assert "Лучшее &lt;b&gt;<mark>казино</mark>&lt;/b&gt; тут" in page


def test_a_burst_is_one_line_that_opens_and_is_decided_at_once(desk, moderator):
    burst = Burst.objects.create(kind="article", subject="1", hour=timezone.now())
    folded = many(30, is_held=True, burst=burst)
    CommentFactory(text="Отдельно", is_held=True)
    page = desk.get(QUEUE, {"tab": "held"})
    assert [comment.text for comment in page.context["page"].comments] == ["Отдельно"]
    [line] = page.context["page"].lines
    assert line.count == "30"
    opened = desk.get(QUEUE, {"tab": "held", "burst": burst.pk})
    assert len(opened.context["page"].comments) == 30
    data = {"decide_burst": f"reject:{burst.pk}"}
    assert 'aria-invalid="true"' in desk.post(f"{QUEUE}?tab=held", data).content.decode()
    desk.post(f"{QUEUE}?tab=held", data | {f"reason-burst-{burst.pk}": "off_topic"})
    assert Comment.objects.in_status("rejected").count() == 30
    decision = folded[7].decisions.get()
    assert (decision.decided_by, decision.reason) == (moderator, "off_topic")
    moderation.undo(Comment.objects.get(pk=folded[7].pk), by=moderator)
    assert Comment.objects.pending().count() == 2


def test_the_writer_is_known_by_what_was_decided_and_by_nothing_else(desk, moderator):
    earlier = CommentFactory(sender_hash=SENDER, text="Раньше")
    moderation.reject(earlier, by=moderator, reason="insult")
    now = CommentFactory(sender_hash=SENDER, text="Сейчас")
    pages = [desk.get(QUEUE), desk.get(f"{QUEUE}{now.pk}/change/")]
    data = {"decide": f"spam:{now.pk}", f"seen-{now.pk}": now.as_seen}
    pages.append(desk.post(QUEUE, data, headers={"accept": "application/json"}))
    for page in pages:
        text = page.content.decode()
        secrets = (SENDER, now.receipt_token, now.receipt_code, str(now.submission_key))
        assert not any(secret in text for secret in secrets)
    assert "Раньше" in pages[1].content.decode()
    assert pages[0].context["page"].writers[SENDER].counts["rejected"] == 1


def test_the_thread_stands_around_a_reply(desk):
    article = ArticleFactory()
    first = CommentFactory(article=article, text="Когда дадут воду?", status="approved")
    reply = CommentFactory(article=article, text="Да, когда?", parent=first)
    assert "Когда дадут воду?" in desk.get(QUEUE).content.decode()
    page = desk.get(f"{QUEUE}{reply.pk}/change/")
    assert page.context["around"] == [first]


def test_many_bursts_cost_no_more_than_one(desk, django_assert_num_queries):
    now = timezone.now()
    first = Burst.objects.create(kind="sender", subject="0", hour=now - timedelta(hours=30))
    many(3, is_held=True, burst=first)
    desk.get(QUEUE, {"tab": "held"})
    with CaptureQueriesContext(connection) as one:
        desk.get(QUEUE, {"tab": "held"})
    for n in range(1, 9):
        burst = Burst.objects.create(kind="sender", subject=str(n), hour=now - timedelta(hours=n))
        many(2, is_held=True, burst=burst)
    with django_assert_num_queries(len(one)):
        page = desk.get(QUEUE, {"tab": "held"})
    assert [line.count for line in page.context["page"].lines] == ["3", *["2"] * 8]


def test_what_a_disguised_word_stands_for_is_told(desk):
    rule = ModerationRule.objects.create(kind="words", title="Реклама")
    comment = CommentFactory(text="Лучшее к@зин0 тут", is_held=True)
    version = rule.versions.create(number=1, words="казино")
    Hold.objects.create(comment=comment, version=version, spans=[[7, 13, "казино"]])
    page = desk.get(QUEUE, {"tab": "held"}).content.decode()
    assert "<mark>к@зин0</mark>" in page
    assert "<strong>Реклама</strong> (к@зин0 → казино)" in page


def test_a_comment_is_found_by_its_number_and_by_the_code_read_over_the_phone(desk):
    comment, other = CommentFactory(text="Первое"), CommentFactory(text="Второе")
    code = receipt_codes.grouped(comment.receipt_code)
    for words in (str(comment.pk), f"№ {comment.pk}", code, comment.receipt_code):
        assert desk.get(QUEUE, {"q": words}).context["page"].comments == [comment]
    assert desk.get(QUEUE, {"q": str(other.pk + 900)}).context["page"].comments == []


def test_a_number_that_is_a_word_of_comments_is_found_too(desk):
    comment = CommentFactory(text="Дом 999999 без воды")
    assert desk.get(QUEUE, {"q": "999999"}).context["page"].comments == [comment]


def test_who_decided_is_told_that_another_takes_the_second_look(desk, moderator):
    comment = CommentFactory()
    moderation.reject(comment, by=moderator, reason="insult")
    Comment.objects.update(second_look_asked_at=timezone.now())
    page = desk.get(QUEUE, {"tab": "second_look"}).content.decode()
    assert "queue__own" in page
    assert f'value="approve:{comment.pk}"' not in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ВОДУ", True),
        ("вода", True),
        ("айгүл воду", True),
        ("%", False),
        ("дадyт", True),
        ("мектептеріміз", True),
        ("айгүлге", True),
        ("водка", False),
        ("ода", False),
    ],
)
def test_comments_are_found_by_their_words_in_whatever_form(desk, words, found):
    text = "Когда дадут воду? Мектепте су жоқ."
    CommentFactory(author_name="Айгүл", text=text, status="approved")
    page = desk.get(QUEUE, {"q": words})
    assert len(page.context["page"].comments) == found


def test_others_see_which_comment_is_on_a_screen_for_a_while(desk, clock):
    comment = CommentFactory()
    other = UserFactory(username="aigul", role="Moderators")
    moderators.look(other, comment.pk)
    assert "aigul" in desk.get(QUEUE).content.decode()
    answer = desk.post(QUEUE, {"look": str(comment.pk), "shown": str(comment.pk)}).json()
    assert "aigul" in answer["looks"][str(comment.pk)]
    assert moderators.looked_at([comment.pk], besides=other)
    clock.shift(timedelta(seconds=91))
    assert "aigul" not in desk.get(QUEUE).content.decode()
    assert json.loads(desk.post(QUEUE, {"look": "0", "shown": "x"}).content)["looks"] == {}


def test_sections_of_others_are_neither_counted_nor_shown(desk, moderator):
    mine, theirs = SectionFactory(slug="mine"), SectionFactory(slug="theirs")
    shown = CommentFactory(article=ArticleFactory(section=mine))
    hidden = CommentFactory(article=ArticleFactory(section=theirs))
    Moderator.objects.create(user=moderator).sections.add(mine)
    page = desk.get(QUEUE)
    assert page.context["page"].comments == [shown]
    assert page.context["tabs"][0]["count"] == "1"
    assert desk.get(f"{QUEUE}{hidden.pk}/change/").status_code == 404
    assert desk.post(QUEUE, {"decide": f"approve:{hidden.pk}"}).status_code == 403


def test_the_keys_are_switched_off_per_person(desk, moderator):
    assert 'data-shortcuts="on"' in desk.get(QUEUE).content.decode()
    desk.post(QUEUE, {"shortcuts": "off"})
    assert 'data-shortcuts="off"' in desk.get(QUEUE).content.decode()
    assert moderators.of(User.objects.create(username="new")).has_shortcuts
