"""What moderators look back at: decisions, and the figures of their work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import appeals, moderation, statistics
from comments.models import Hold, ModerationDecision, ModerationRule, Moderator
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, UserFactory

pytestmark = pytest.mark.django_db
DECISIONS = "/admin/comments/comment/decisions/"
FIGURES = "/admin/comments/comment/figures/"


@pytest.fixture
def other():
    return UserFactory(username="aigul", role="Moderators")


@pytest.fixture
def decided(moderator, other, article):
    """Approved by one, rejected by the other, and one approval taken back."""
    kind, rude, taken_back = CommentFactory.create_batch(3, article=article)
    moderation.approve(kind, by=moderator)
    moderation.reject(rude, by=other, reason="insult", note="Сыпайы жазыңыз")
    moderation.approve(taken_back, by=moderator)
    moderation.undo(taken_back, by=other)
    return kind, rude, taken_back


def shown(page):
    return [(d.moderator, d.status_after) for d in page.context["page"].decisions]


def test_every_decision_is_listed_the_newest_first(client, moderator, other, decided):
    client.force_login(moderator)
    page = client.get(DECISIONS)
    assert shown(page) == [
        (other.username, "pending"),
        (moderator.username, "approved"),
        (other.username, "rejected"),
        (moderator.username, "approved"),
    ]
    text = page.content.decode()
    assert "Сыпайы жазыңыз" in text
    assert f"/admin/comments/comment/{decided[1].pk}/change/" in text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"who": "me"}, 2),
        ({"what": "rejected"}, 1),
        ({"who": "me", "what": "rejected"}, 0),
        ({"what": "x", "who": "x", "before": "x"}, 4),
        ({"who": "9" * 30}, 4),
    ],
)
def test_decisions_are_asked_for_by_person_and_end(client, moderator, decided, query, count):
    client.force_login(moderator)
    assert len(shown(client.get(DECISIONS, query))) == count


def test_decisions_come_in_pages_that_cost_the_same(
    client, moderator, article, django_assert_max_num_queries
):
    client.force_login(moderator)
    comment = CommentFactory(article=article)
    ModerationDecision.objects.bulk_create(
        ModerationDecision(
            comment=comment,
            status_before="pending",
            status_after="approved",
            decided_by=moderator,
        )
        for _ in range(120)
    )
    seen, address = [], DECISIONS
    while address:
        with django_assert_max_num_queries(9):
            page = client.get(address)
        seen += [decision.pk for decision in page.context["page"].decisions]
        query = page.context["next_url"]
        address = f"{DECISIONS}{query}" if query else ""
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 120


def test_decisions_of_other_sections_are_not_shown(client, moderator, decided):
    theirs = CommentFactory(article=ArticleFactory(section=SectionFactory(slug="theirs")))
    Moderator.objects.create(user=moderator).sections.add(theirs.article.section)
    client.force_login(moderator)
    assert shown(client.get(DECISIONS)) == []


def test_the_figures_are_those_of_the_decisions(moderator, other, decided):
    rule = ModerationRule.objects.create(kind="links")
    version = rule.versions.create(number=1)
    for comment in decided[:2]:
        Hold.objects.create(comment=comment, version=version)
    appeals.mark(decided[0], by=moderator, is_appeal=True)
    old = CommentFactory(created_at=timezone.now() - timedelta(days=40))
    found = statistics.of_last(30)
    assert (found.received, found.decided_total, found.reversals) == (3, 3, 1)
    assert found.decided == {"approved": 2, "rejected": 1}
    assert dict(found.reasons)[str(decided[1].decisions.get().get_reason_display())] == 1
    assert found.waiting_since == old.created_at
    assert found.appeals == 1
    assert [(person.name, person.decisions) for person in found.people] == [
        (moderator.username, 2),
        (other.username, 2),
    ]
    [of_rule] = found.rules
    assert (of_rule.held, of_rule.approved, of_rule.refused) == (2, 1, 1)
    assert of_rule.approved_share == 50
    assert len(found.days) == 30


def test_a_moderator_sees_no_figures_of_colleagues_but_whoever_leads_them_does(
    client, moderator, other, decided, admin
):
    client.force_login(moderator)
    page = client.get(FIGURES, {"days": "7"})
    assert [person.name for person in page.context["figures"].people] == [moderator.username]
    assert page.context["figures"].decided_total == 3
    client.force_login(admin)
    assert len(client.get(FIGURES).context["figures"].people) == 2


@pytest.mark.parametrize("days", ["", "x", "7", "90", "9999999999999999999"])
def test_the_figures_cost_the_same_over_any_time(
    client, moderator, decided, days, django_assert_max_num_queries
):
    client.force_login(moderator)
    with django_assert_max_num_queries(22):
        assert client.get(FIGURES, {"days": days}).status_code == 200


@pytest.mark.parametrize("address", [DECISIONS, FIGURES])
@pytest.mark.parametrize("role", ["Press officers", "Editors", "Answer desk"])
def test_only_moderators_look_back(client, address, role):
    client.force_login(UserFactory(role=role))
    assert client.get(address).status_code == 403
