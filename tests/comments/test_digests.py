"""Letters to moderators and to the answer desk: about what is theirs, once, by real mail."""

from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import answers, digest
from comments.models import Digest, Moderator
from news.models import OutgoingMail
from tests.factories import ArticleFactory, CommentFactory, QuestionFactory, SectionFactory
from tests.factories import UserFactory as Person
from tests.postman import Postman

pytestmark = pytest.mark.django_db
PAGE = "/admin/comments/digest/"


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1"


def reader(role, name="reader", frequency="at_once", language="ru"):
    person = Person(username=name, role=role, email=f"{name}@example.kz")
    told_until = timezone.now() - timedelta(minutes=5)
    Digest.objects.create(
        user=person, frequency=frequency, language=language, told_until=told_until
    )
    return person


def a_minute_ago():
    return timezone.now() - timedelta(minutes=1)


def subjects():
    return {letter.to: letter.subject for letter in OutgoingMail.objects.order_by("pk")}


def test_a_moderator_of_one_section_hears_of_no_other():
    mine, theirs = SectionFactory(slug="mine"), SectionFactory(slug="theirs")
    moderator = reader("Moderators")
    Moderator.objects.create(user=moderator).sections.add(mine)
    CommentFactory(article=ArticleFactory(section=theirs), created_at=a_minute_ago())
    assert digest.post_due() == 0
    CommentFactory(article=ArticleFactory(section=mine), created_at=a_minute_ago())
    assert digest.post_due() == 1
    assert subjects() == {"reader@example.kz": "1 новый комментарий ждёт проверки"}


def test_the_answer_desk_hears_of_questions_and_not_of_comments():
    writer, passer = reader("Answer desk", "writer"), reader("Answer desk", "passer")
    CommentFactory(created_at=a_minute_ago())
    assert digest.post_due() == 0
    question = QuestionFactory(asked_at=a_minute_ago())
    assert digest.post_due() == 2
    assert set(subjects().values()) == {"1 новый вопрос ждёт ответа"}
    OutgoingMail.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        answers.write(question, text="Ертең", language="kk", by=writer)
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert digest.post_due() == 1
        assert digest.post_due() == 0
    assert subjects() == {passer.email: "1 ответ ждёт вашей проверки"}
    assert "/admin/comments/question/" in OutgoingMail.objects.get().body


def test_overdue_answers_are_told_once_a_day(clock):
    reader("Answer desk")
    QuestionFactory(
        asked_at=timezone.now() - timedelta(days=9),
        due_on=timezone.localdate() - timedelta(days=1),
    )
    assert digest.post_due() == 0  # of the same day as the last letter
    clock.shift(timedelta(days=1))
    assert digest.post_due() == 1
    clock.shift(timedelta(hours=1))
    assert digest.post_due() == 0
    assert subjects() == {"reader@example.kz": "1 ответ просрочен"}


def test_what_is_decided_meanwhile_is_no_news(moderator):
    reader("Moderators", frequency="daily")
    comment = CommentFactory(created_at=a_minute_ago())
    comment.status = "approved"
    comment.save()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert digest.post_due() == 0


def test_everybody_of_the_desks_has_a_page_for_it_and_nobody_else(client):
    client.force_login(reader("Answer desk"))
    page = client.get(PAGE, follow=True)
    assert "reader@example.kz" in page.content.decode()
    client.force_login(Person(role="Press officers"))
    assert client.get(PAGE).status_code == 403


def test_a_mail_server_that_was_down_gets_each_digest_once(mail_port, clock):
    reader("Moderators")
    CommentFactory(created_at=a_minute_ago(), text="Құпия сөз", author_name="Болат")
    with pytest.raises(CommandError):
        call_command("send_mail")
    clock.shift(timedelta(minutes=5))
    CommentFactory(created_at=a_minute_ago())
    with pytest.raises(CommandError):
        call_command("send_mail")
    clock.shift(timedelta(minutes=5))
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=mail_port)
    controller.start()
    try:
        call_command("send_mail")
        call_command("send_mail")
    finally:
        controller.stop()
    assert [letter["Subject"].strip() for letter in postman.accepted] == [
        "1 новый комментарий ждёт проверки"
    ] * 2
    for letter in postman.accepted:
        text = letter.get_content()
        assert "/admin/comments/comment/" in text
        assert "Құпия" not in text
        assert "Болат" not in text
