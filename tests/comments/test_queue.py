"""The queue in the admin: what moderators see and do, what others cannot."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from comments import moderation
from comments.models import Comment, ModerationDecision
from tests.factories import CommentFactory, UserFactory

Status = Comment.Status
QUEUE = "/admin/comments/comment/"


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def waiting(article):
    """Three, given to the database newest first."""
    return [
        CommentFactory(
            article=article,
            author_name=f"Житель {n}",
            text=f"Вопрос номер {n}",
            created_at=timezone.now() - timedelta(hours=n),
        )
        for n in (1, 2, 3)
    ]


def seen(*comments, status="pending"):
    return {f"seen-{comment.pk}": status for comment in comments}


def told(response):
    return [str(message) for message in response.context["messages"]]


def statuses():
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


def test_the_queue_shows_what_waits_oldest_first(desk, waiting, article):
    CommentFactory(text="Уже решено", status=Status.APPROVED)
    page = desk.get(QUEUE).content.decode()
    places = [page.index(f"Вопрос номер {n}") for n in (3, 2, 1)]
    assert places == sorted(places)
    assert "Уже решено" not in page
    assert article.headline_kk in page or article.headline_ru in page
    assert article.get_absolute_url("kk") in page or article.get_absolute_url("ru") in page


def test_nothing_of_our_own_is_shown_as_text(desk, article, moderator):
    comment = CommentFactory(article=article, text="Просто слова")
    moderation.approve(comment, by=moderator)
    for address in (f"{QUEUE}?tab=approved", f"{QUEUE}{comment.pk}/change/", f"{QUEUE}decisions/"):
        page = desk.get(address).content.decode()
        assert page.count("<time datetime=") >= 1, address
        assert "&lt;" not in page, address


def test_tabs_count_every_status(desk, waiting, moderator):
    moderation.reject(waiting[0], by=moderator, reason="off_topic")
    tabs = desk.get(QUEUE).context["tabs"]
    assert {tab["name"]: tab["count"] for tab in tabs if tab["count"] != "0"} == {
        "waiting": "2",
        "rejected": "1",
    }
    assert [tab["name"] for tab in tabs if tab["is_current"]] == ["waiting"]
    page = desk.get(QUEUE, {"tab": "rejected"}).content.decode()
    assert "Вопрос номер 1" in page
    assert moderator.username in page  # who decided


def test_neither_the_hash_nor_the_receipt_is_shown(desk, article):
    comment = CommentFactory(article=article, sender_hash="ab" * 32)
    for where in (QUEUE, f"{QUEUE}{comment.pk}/change/"):
        page = desk.get(where).content.decode()
        assert comment.sender_hash not in page
        assert comment.receipt_token not in page


def test_text_of_citizens_stays_text(desk, article):
    comment = CommentFactory(article=article, author_name="<u>x", text="<script>alert(1)</script>")
    for where in (QUEUE, f"{QUEUE}{comment.pk}/change/"):
        page = desk.get(where).content.decode()
        assert "<script>alert" not in page
        assert "<u>" not in page


@pytest.mark.parametrize(
    ("verb", "status"), [("approve", "approved"), ("spam", "spam"), ("reject", "rejected")]
)
@pytest.mark.parametrize("where", ["", "{}/change/"])
def test_one_button_decides_one_comment(desk, waiting, moderator, verb, status, where):
    one = waiting[1]
    where = QUEUE + where.format(one.pk)
    data = {"decide": f"{verb}:{one.pk}", f"reason-{one.pk}": "insult", **seen(*waiting)}
    response = desk.post(where, data, follow=True)
    assert response.status_code == 200
    assert statuses() == ["pending", status, "pending"]
    decision = one.decisions.get()
    assert decision.decided_by == moderator
    assert decision.reason == ("insult" if verb == "reject" else "")
    data = {"decide": f"undo:{one.pk}", **seen(one, status=status)}
    desk.post(where, data)
    assert statuses() == ["pending"] * 3
    assert one.decisions.count() == 2


def test_words_to_the_writer_are_kept(desk, waiting):
    one = waiting[0]
    desk.post(
        f"{QUEUE}{one.pk}/change/",
        {
            "decide": f"reject:{one.pk}",
            f"reason-{one.pk}": "other",
            f"note-{one.pk}": "Пишите в приёмную",
            **seen(one),
        },
    )
    assert one.decisions.get().note == "Пишите в приёмную"


@pytest.mark.parametrize("where", ["", "{}/change/"])
def test_a_rejection_without_reason_asks_for_it(desk, waiting, where):
    one = waiting[0]
    data = {"decide": f"reject:{one.pk}", f"note-{one.pk}": "Слова", **seen(one)}
    response = desk.post(QUEUE + where.format(one.pk), data)
    assert response.status_code == 200
    assert len(told(response)) == 1
    page = response.content.decode()
    assert page.count('aria-invalid="true"') == 1
    assert ("Слова" in page) is bool(where)
    assert statuses() == ["pending"] * 3


@pytest.mark.parametrize(
    ("verb", "status"), [("approve", "approved"), ("spam", "spam"), ("reject", "rejected")]
)
def test_many_at_once(desk, waiting, verb, status):
    numbers = [waiting[0].pk, waiting[2].pk]
    data = {"action": verb, "_selected_action": numbers, "reason": "advertising", **seen(*waiting)}
    response = desk.post(QUEUE, data, follow=True)
    assert statuses() == [status, "pending", status]
    assert "2" in told(response)[0]
    data = {
        "action": "undo",
        "_selected_action": numbers,
        **seen(waiting[0], waiting[2], status=status),
    }
    desk.post(f"{QUEUE}?tab={status}", data)
    assert statuses() == ["pending"] * 3


def test_many_without_reason_keep_their_ticks(desk, waiting):
    data = {"action": "reject", "_selected_action": [waiting[0].pk, waiting[1].pk], "reason": ""}
    response = desk.post(QUEUE, data | seen(*waiting))
    page = response.content.decode()
    assert told(response)
    assert page.count(" checked") == 2
    assert statuses() == ["pending"] * 3


def test_nothing_ticked_is_told(desk, waiting):
    assert told(desk.post(QUEUE, {"action": "approve", **seen(*waiting)}, follow=True))
    assert statuses() == ["pending"] * 3


def test_what_somebody_else_decided_meanwhile_stays_and_is_told(desk, waiting):
    other = UserFactory(username="other", role="Moderators")
    moderation.reject(waiting[0], by=other, reason="insult")
    data = {"action": "approve", "_selected_action": [c.pk for c in waiting]}
    for comment in waiting:
        data |= seen(comment)  # as the page was when it was opened
    response = desk.post(QUEUE, data, follow=True)
    assert statuses() == ["rejected", "approved", "approved"]
    [message] = told(response)
    assert "2" in message
    assert "other" in message
    one = {"decide": f"approve:{waiting[0].pk}", **seen(waiting[0])}
    [message] = told(desk.post(QUEUE, one, follow=True))
    assert "other" in message
    assert statuses() == ["rejected", "approved", "approved"]


@pytest.mark.parametrize(
    "forged",
    [
        {"decide": "approve:999999"},
        {"decide": "approve:x"},
        {"decide": "approve:" + "9" * 40},
        {"decide": "delete:1"},
        {"decide": "approve"},
        {"action": "delete_selected", "_selected_action": ["1"]},
        {"action": "approve", "_selected_action": ["x", "9" * 40]},
    ],
)
def test_forged_decisions_change_nothing(desk, waiting, forged):
    assert desk.post(QUEUE, forged, follow=True).status_code == 200
    assert statuses() == ["pending"] * 3
    assert not ModerationDecision.objects.exists()


def test_the_next_comment_is_at_hand(desk, waiting):
    oldest, middle, newest = waiting[2], waiting[1], waiting[0]
    rows = seen(oldest, middle, newest)
    response = desk.post(QUEUE, {"decide": f"approve:{middle.pk}", **rows})
    assert response.url == f"{QUEUE}#comment-{newest.pk}"
    response = desk.post(QUEUE, {"decide": f"approve:{oldest.pk}", **rows})
    assert response.url == QUEUE


def test_comments_are_neither_added_nor_edited_nor_deleted(client, admin, waiting):
    client.force_login(admin)
    one = waiting[0]
    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.get(f"{QUEUE}{one.pk}/delete/").status_code == 403
    assert client.post(f"{QUEUE}{one.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{QUEUE}{one.pk}/change/", {"text": "Иначе"}).status_code == 403
    assert client.get(f"{QUEUE}{one.pk}/history/").status_code == 302
    assert (
        "<input"
        not in client.get(f"{QUEUE}{one.pk}/change/").content.decode().split('name="text"')[1:]
    )
    one.refresh_from_db()
    assert one.text == "Вопрос номер 1"


@pytest.mark.parametrize("role", ["press", "editor"])
def test_press_officers_and_editors_see_no_queue(client, request, waiting, role):
    client.force_login(request.getfixturevalue(role))
    one = waiting[0]
    for where in (QUEUE, f"{QUEUE}{one.pk}/change/", f"{QUEUE}{one.pk}/history/"):
        response = client.get(where, follow=True)
        assert response.status_code == 403
        response = client.post(where, {"decide": f"approve:{one.pk}"}, follow=True)
        assert response.status_code == 403
    assert statuses() == ["pending"] * 3


def test_who_may_only_look_cannot_decide(client, waiting):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client.force_login(person)
    one = waiting[0]
    page = client.get(QUEUE).content.decode()
    assert "Вопрос номер 1" in page
    assert 'name="decide"' not in page
    assert client.post(QUEUE, {"decide": f"approve:{one.pk}"}).status_code == 403
    client.post(QUEUE, {"action": "approve", "_selected_action": [one.pk]})
    assert statuses() == ["pending"] * 3


def test_decisions_need_the_token_of_the_page(moderator, waiting):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)
    assert strict.post(QUEUE, {"decide": f"approve:{waiting[0].pk}"}).status_code == 403
    assert statuses() == ["pending"] * 3


@pytest.mark.parametrize("comments", [1, 50])
@pytest.mark.parametrize("status", ["pending", "approved"])
def test_the_queue_costs_the_same_at_any_length(
    desk, moderator, django_assert_max_num_queries, comments, status
):
    for comment in CommentFactory.create_batch(comments):
        if status == "approved":
            moderation.approve(comment, by=moderator)
    tab = "waiting" if status == "pending" else status
    with django_assert_max_num_queries(16):
        page = desk.get(QUEUE, {"tab": tab})
    assert len(page.context["page"].comments) == comments
