"""A day at the queue without a mouse, and a question from the queue to its public answer."""

import sys
import time
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Burst, Comment, Hold, ModerationRule
from comments.rules import shipped
from tests.factories import ArticleFactory, CommentFactory, DepartmentFactory, QuestionFactory

QUEUE = "/admin/comments/comment/"
WAITING = 3000


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.fixture
def long_queue(article):
    now = timezone.now()
    return Comment.objects.bulk_create(
        Comment(
            article=article,
            author_name="Читатель",
            text=f"Слово читателя номер {n}",
            language="ru",
            created_at=now - timedelta(minutes=WAITING - n),
        )
        for n in range(WAITING)
    )


def current(page):
    return page.locator(".queue__row.is-current .queue__text")


def test_sixty_comments_by_keyboard_alone(sign_in, long_queue, capsys):
    page = sign_in("Moderators", "moderator")
    page.goto(QUEUE)
    expect(current(page)).to_have_text("Слово читателя номер 0")
    page.keyboard.press("j")
    page.keyboard.press("k")
    started = time.monotonic()
    for number in range(60):
        expect(current(page)).to_have_text(f"Слово читателя номер {number}")
        if number % 3 == 2:
            page.keyboard.press("r")
            expect(page.locator("#queue-reject")).to_be_visible()
            page.keyboard.press("3")
        else:
            page.keyboard.press("as"[number % 2])
    expect(current(page)).to_have_text("Слово читателя номер 60")
    took = time.monotonic() - started
    expect(page.locator("[data-tab=rejected]")).to_have_text("20")
    assert Comment.objects.in_status("rejected").filter(decisions__reason="off_topic").count() == 20
    assert Comment.objects.decided().count() == 60
    with capsys.disabled():
        sys.stdout.write(f"\n60 comments by keyboard of a queue of {WAITING}: {took:.1f} s\n")


def test_undo_help_and_the_switch(sign_in, long_queue):
    page = sign_in("Moderators", "moderator")
    page.goto(QUEUE)
    page.keyboard.press("a")
    expect(page.locator("[data-tab=approved]")).to_have_text("1")
    page.keyboard.press("u")
    expect(page.locator("[data-tab=approved]")).to_have_text("0")
    expect(current(page)).to_have_text("Слово читателя номер 0")
    page.keyboard.press("?")
    expect(page.locator("#queue-help")).to_be_visible()
    page.keyboard.press("Escape")
    page.fill("#queue-words", "")
    page.locator("#queue-words").press("a")  # typed, not decided
    assert not Comment.objects.decided().exists()
    page.click("[name=shortcuts][value=off]")
    expect(page.locator("[name=shortcuts][value=on]")).to_be_visible()
    page.keyboard.press("a")
    page.reload()
    expect(page.locator("[data-tab=approved]")).to_have_text("0")


def test_what_was_done_is_taken_back_where_it_is_told(sign_in, long_queue):
    page = sign_in("Moderators", "moderator")
    page.goto(QUEUE)
    page.keyboard.press("s")
    page.click(".queue-told__undo")
    expect(page.locator("[data-tab=spam]")).to_have_text("0")
    expect(current(page)).to_have_text("Слово читателя номер 0")
    expect(page.locator(".queue-told__undo")).to_be_hidden()


def test_a_question_leaves_by_a_key_and_an_appeal_by_a_button(sign_in, long_queue):
    DepartmentFactory()
    page = sign_in("Moderators", "moderator")
    page.goto(QUEUE)
    number = long_queue[0].pk
    page.click(f"[name=decide][value='appeal:{number}']")
    page.click(f"[name=decide][value='no_appeal:{number}']")
    expect(page.locator(f"[name=decide][value='appeal:{number}']")).to_be_visible()
    expect(page.locator("[data-tab=waiting]")).to_have_text("1000+")
    page.locator(f"#comment-{number}").focus()
    page.keyboard.press("q")
    page.select_option("[name=department]", index=1)
    page.click("#content button[type=submit]")
    page.wait_for_url(f"**{QUEUE}*")
    expect(page.locator(f"#comment-{number} .queue__elsewhere a")).to_have_text("ждёт ответа")


def test_without_scripts_everything_is_a_form(sign_in, article):
    comments = [CommentFactory(article=article, text=f"Слово {n}") for n in range(3)]
    page = sign_in("Moderators", "moderator", javascript=False)
    page.goto(QUEUE)
    page.click(f"[name=decide][value='approve:{comments[0].pk}']")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.select_option(f"[name=reason-{comments[1].pk}]", "insult")
    page.click(f"[name=decide][value='reject:{comments[1].pk}']")
    expect(page.locator(".queue__row")).to_have_count(1)


def test_from_a_question_to_its_public_answer(sign_in, open_page, article):
    DepartmentFactory()
    comment = CommentFactory(article=article, text="Когда дадут воду?", language="ru")
    page = sign_in("Moderators", "moderator")
    page.goto(f"{QUEUE}{comment.pk}/change/")
    page.click(f"[name=decide][value='approve:{comment.pk}']")
    page.click(".queue__assign")
    page.select_option("[name=department]", index=1)
    page.click("#content button[type=submit]")
    expect(page.locator(".messagelist .success")).to_be_visible()

    page = sign_in("Answer desk", "first")
    page.click(".desk a[href$='/comments/question/']")
    page.click("#result_list tbody th a")
    page.fill("#draft", "Первого декабря.")
    expect(page.locator("#language")).to_have_value("ru")
    page.click("[name=step][value=write]")
    expect(page.locator("[name=step][value=pass]")).to_have_count(0)

    page = sign_in("Answer desk", "second")
    page.click(".desk a[href*='status=drafted']")
    page.click("#result_list tbody th a")
    page.click("[name=step][value=pass]")
    expect(page.locator(".question__state")).to_contain_text("отвечено")

    reader = open_page(javascript=False)
    reader.goto(article.get_absolute_url("ru"))
    expect(reader.locator(".comments")).to_contain_text("Первого декабря.")
    expect(reader.locator(".comments")).to_contain_text("Отдел жилищного хозяйства")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_axe_finds_nothing_at_the_desks(sign_in, article, scheme, width):
    shipped.create_missing()
    rule = ModerationRule.objects.filter(kind="appeal").get()
    held = CommentFactory(article=article, text="Прошу принять меры", is_held=True)
    Hold.objects.create(comment=held, version=rule.live_version, spans=[[0, 6]])
    burst = Burst.objects.create(kind="article", subject="1", hour=timezone.now())
    CommentFactory.create_batch(2, article=article, is_held=True, burst=burst)
    question = QuestionFactory(comment__article=article, draft="Ертең", status="drafted")
    page = sign_in(None, "chief", width=width, color_scheme=scheme)
    User.objects.filter(username="chief").update(is_superuser=True)
    found = {}
    for path in (
        f"{QUEUE}?tab=held",
        f"{QUEUE}{held.pk}/change/",
        f"{QUEUE}decisions/",
        f"{QUEUE}figures/",
        "/admin/comments/moderationrule/",
        f"/admin/comments/moderationrule/{rule.pk}/change/",
        "/admin/comments/question/",
        "/admin/comments/digest/",
        f"/admin/comments/question/{question.pk}/change/",
        f"/admin/comments/question/assign/{held.pk}/",
    ):
        page.goto(path)
        page.evaluate(Axe().axe_script)
        results = page.evaluate("() => axe.run('#content-main', {preload: false})")
        for violation in results["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"]]
            found.setdefault(violation["id"], []).append((path, nodes))
        overflow = "document.documentElement.scrollWidth - innerWidth"
        assert page.evaluate(overflow) <= 0, path
    assert not found
