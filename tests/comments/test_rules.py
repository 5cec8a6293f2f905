"""Rules hold and say why; what a changed rule would hold is seen before it is switched on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comments import moderation
from comments.models import Burst, Comment, Hold, ModerationRule, RuleKind
from comments.rules import holds, rehearsal, shipped
from tests.factories import ArticleFactory, CommentFactory, UserFactory

RULES = "/admin/comments/moderationrule/"


@pytest.fixture
def rule(db, moderator):
    """Switches on one rule and no other."""
    ModerationRule.objects.all().delete()

    def rule(kind, **content):
        rule = ModerationRule.objects.create(kind=kind)
        rehearsal.rehearse(rehearsal.change(rule, by=moderator, **content))
        rehearsal.switch_on(rule, by=moderator)
        return rule

    return rule


def kinds(comment):
    return [hold.version.rule.kind for hold in comment.holds.all()]


def marked(comment):
    return [comment.text[a:b] for hold in comment.holds.all() for a, b, *_entry in hold.spans]


def test_a_comment_with_a_listed_word_is_held_and_says_where(rule, write, article):
    rule(RuleKind.WORDS, words="мошенник\n")
    assert write(article, text="Там одни мошенники").status_code == 303
    held = Comment.objects.get()
    assert (held.status, held.is_held) == ("pending", True)
    assert marked(held) == ["мошенники"]
    write(article, text="Спасибо")
    assert Comment.objects.filter(is_held=False).get().text == "Спасибо"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("см. https://example.com/a?b=1", ["https://example.com/a?b=1"]),
        ("www.example.kz — наш сайт", ["www.example.kz"]),
        ("пишите на kaz-oil.com", ["kaz-oil.com"]),
        ("т.е. это не ссылка. Вот так", []),
        ("в 18.30 у школы№1", []),
    ],
)
def test_links_are_seen_as_links(rule, write, article, text, links):
    rule(RuleKind.LINKS, threshold=1)
    write(article, text=text)
    assert marked(Comment.objects.get()) == links


def test_the_same_text_again_is_held_however_it_is_spaced(rule, write, article):
    rule(RuleKind.REPEAT, threshold=1, minutes=60)
    write(article, text="Дайте тепло!")
    write(article, text="ДАЙТЕ   ТЕПЛО", sender="203.0.113.9")
    write(article, text="Дайте тепла больше", sender="203.0.113.9")
    first, second, third = Comment.objects.order_by("pk")
    assert (first.burst, second.burst) == (second.burst, Burst.objects.get())  # folded together
    assert not third.is_held


def test_a_burst_on_one_article_is_folded_from_its_beginning(rule, article, clock):
    rule(RuleKind.BURST, threshold=3, minutes=5)
    other = ArticleFactory()
    for number in range(5):
        send(article, f"Слово {number}")
    send(other, "Другое")
    assert Comment.objects.filter(burst__kind="article", article=article).count() == 5
    assert Hold.objects.filter(comment__article=article).count() == 5
    assert not Comment.objects.get(article=other).is_held
    clock.shift(timedelta(minutes=10))
    assert not send(article, "Спокойно").is_held


def test_new_writers_are_held_until_enough_was_approved(rule, article, moderator, clock):
    rule(RuleKind.NEW_WRITER, threshold=2)
    first = send(article, "Первый", sender_hash="a" * 64)
    second = send(article, "Второй", sender_hash="a" * 64)
    assert first.is_held
    assert second.is_held
    for comment in (first, second):
        moderation.approve(comment, by=moderator)
    clock.shift(60)
    assert not send(article, "Третий", sender_hash="a" * 64).is_held
    assert send(article, "Чужой", sender_hash="b" * 64).is_held


def test_appeals_are_noticed_by_the_rules_as_shipped(article):
    ModerationRule.objects.all().delete()
    shipped.create_missing()
    comment = send(article, "Прошу принять меры, шара қолданыңыздар")
    assert kinds(comment) == ["appeal"]
    assert marked(comment) == ["Прошу принять меры", "шара қолданыңыздар"]


def test_a_rule_is_rehearsed_over_what_people_decided(rule, moderator, article):
    for text, verb in (
        ("Казино — зло", moderation.approve),
        ("Казино зовёт", moderation.mark_as_spam),
        ("Спасибо", moderation.approve),
    ):
        verb(CommentFactory(article=article, text=text), by=moderator)
    CommentFactory(article=article, text="Казино ещё не решено")
    version = rule(RuleKind.WORDS, words="казино").newest_version
    assert version.rehearsal["read"] == 3
    assert version.rehearsal["held"] == {"approved": 1, "spam": 1}


def test_a_changed_rule_holds_as_before_until_it_is_rehearsed_and_switched_on(
    rule, moderator, article
):
    changed = rule(RuleKind.WORDS, words="казино")
    rehearsal.change(changed, by=moderator, words="казино\nкредит")
    assert not send(article, "Кредит даром").is_held
    with pytest.raises(ValidationError) as refusal:
        rehearsal.switch_on(changed, by=moderator)
    assert refusal.value.code == "not_rehearsed"
    rehearsal.rehearse(changed.newest_version)
    rehearsal.switch_on(changed, by=moderator)
    held = send(article, "Кредиты даром")
    assert held.holds.get().version.number == 2
    rehearsal.switch_off(changed, by=moderator)
    assert not send(article, "Кредит опять").is_held


def test_a_list_must_say_something_and_end_somewhere(rule, moderator):
    some = rule(RuleKind.WORDS, words="казино")
    for words, code in ((" \n ", "no_words"), ("слово\n" * 1001, "too_many_words")):
        with pytest.raises(ValidationError) as refusal:
            rehearsal.change(some, by=moderator, words=words)
        assert refusal.value.code == code


def test_only_who_may_change_rules_changes_them(rule, editor):
    some = rule(RuleKind.WORDS, words="казино")
    for act in (rehearsal.switch_on, rehearsal.switch_off, rehearsal.change):
        with pytest.raises(PermissionDenied):
            act(some, by=editor)


def test_on_its_page_a_rule_is_changed_rehearsed_and_switched(client, rule, moderator, article):
    moderation.approve(CommentFactory(article=article, text="Кредит одобрен"), by=moderator)
    some = rule(RuleKind.WORDS, words="казино")
    client.force_login(moderator)
    page = f"{RULES}{some.pk}/change/"
    text = client.post(page, {"words": "казино\r\nкредит"}, follow=True).content.decode()
    assert "<mark>Кредит</mark> одобрен" in text
    assert f"{RULES}{some.pk}/switch_on/" in text
    client.post(f"{RULES}{some.pk}/switch_on/")
    some.refresh_from_db()
    assert some.live_version.number == 2
    assert client.get(f"{RULES}{some.pk}/switch_on/").status_code == 405
    assert client.get(f"{RULES}x/change/").status_code == 404
    assert 'class="errorlist"' in client.post(page, {"words": ""}).content.decode()
    client.force_login(UserFactory(username="editor2", role="Editors"))
    assert client.post(f"{RULES}{some.pk}/switch_off/").status_code == 403


def test_the_page_of_the_rules_shows_the_whole_pipeline_in_its_order(client, moderator, settings):
    settings.COMMENTS_PER_HOUR = 7
    ModerationRule.objects.all().delete()
    for kind in reversed(RuleKind):
        ModerationRule.objects.create(kind=kind)
    client.force_login(moderator)
    page = client.get(RULES)
    assert [row[0].kind for row in page.context["rules"]] == RuleKind.values
    assert "7" in page.context["limits"][2]


def test_a_rehearsal_says_when_people_approved_most_of_what_it_would_hold(
    client, rule, moderator, article
):
    for text in ("Кредит одобрен", "Кредит закрыт", "Кредит взят"):
        moderation.approve(CommentFactory(article=article, text=text), by=moderator)
    some = rule(RuleKind.WORDS, words="кредит")
    client.force_login(moderator)
    assert client.get(f"{RULES}{some.pk}/change/").context["is_too_wide"]


def send(article, text, **fields):
    comment = Comment(article=article, author_name="Житель", text=text, language="ru")
    comment.created_at = timezone.now()
    comment.sender_hash = fields.get("sender_hash", "")
    findings = holds.look_at(comment)
    comment.save()
    holds.keep(comment, findings)
    comment.refresh_from_db()
    return comment
