"""Letters within the press office: to whom, in which language, through a real SMTP server."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from news import changes, due, publishing
from news.models import StaffLanguage
from tests.factories import ArticleFactory, UserFactory, local

pytestmark = pytest.mark.django_db
REASON = {"kk": "Деректер нақтыланып жатыр.", "ru": "Данные уточняются."}
PRESS, EDITOR, OTHER = "press@example.kz", "editor@example.kz", "other@example.kz"


@pytest.fixture
def office(press, editor, moderator):
    """An officer who reads Russian; two editors, of whom one reads English and one said nothing."""
    people = {press: PRESS, editor: EDITOR, UserFactory(username="other", role="Editors"): OTHER}
    for person, address in people.items():
        person.email = address
        person.save()
    moderator.email = "moderator@example.kz"
    moderator.save()
    StaffLanguage.objects.create(user=press, language="ru")
    StaffLanguage.objects.create(user=editor, language="en")


@pytest.fixture
def letters(office, postman):
    """What the mail server has taken since the last look: (to, language), and the letters."""

    def arrived():
        call_command("send_mail")
        taken, postman.accepted[:] = list(postman.accepted), []
        letters.texts = [f"{one['Subject'].strip()}\n{one.get_content()}" for one in taken]
        return sorted((one["To"], one["Content-Language"]) for one in taken)

    letters = arrived
    return arrived


def test_a_request_for_review_goes_to_editors_and_the_answer_to_who_asked(letters, press, editor):
    article = ArticleFactory(draft=True, created_by=press)
    publishing.send_for_review(article, by=press, note="Қараңызшы")
    assert letters() == [(EDITOR, "en"), (OTHER, "kk")]
    assert all("Қараңызшы" in text for text in letters.texts)
    assert any(text.startswith("Sent for review") for text in letters.texts)
    publishing.return_to_draft(article, by=editor, note="Добавьте фамилию")
    assert letters() == [(PRESS, "ru")]
    assert "Добавьте фамилию" in letters.texts[0]
    assert f"/{article.pk}/change/" in letters.texts[0]


def test_who_asked_hears_of_schedule_publication_and_withdrawal(letters, press, editor):
    article = ArticleFactory(draft=True, created_by=press)
    publishing.send_for_review(article, by=press)
    letters()
    publishing.publish(article, by=editor, at=timezone.now() + timedelta(days=1))
    assert letters() == [(PRESS, "ru")]
    scheduled = letters.texts[0]
    publishing.publish(article, by=editor)
    assert letters() == [(PRESS, "ru")]
    published = letters.texts[0]
    publishing.withdraw(article, by=editor, reason=REASON)
    assert letters() == [(PRESS, "ru")]
    subjects = {text.partition(":")[0] for text in (scheduled, published, *letters.texts)}
    assert len(subjects) == 3  # each says what has happened


def test_nobody_hears_of_their_own_doing(letters, editor):
    article = ArticleFactory(draft=True, created_by=editor)
    publishing.send_for_review(article, by=editor)
    assert letters() == [(OTHER, "kk")]
    publishing.publish(article, by=editor)
    assert letters() == []


def test_a_prepared_change_is_told_of_like_an_article(letters, press, editor):
    article = ArticleFactory()
    change = changes.begin(article, by=press)
    changes.save(change, change.content | {"headline_ru": "Новый заголовок"}, by=press)
    assert letters() == []
    changes.send_for_review(change, by=press)
    assert letters() == [(EDITOR, "en"), (OTHER, "kk")]
    moment = timezone.now() + timedelta(hours=2)
    changes.publish(change, by=editor, at=moment)
    assert letters() == [(PRESS, "ru")]
    with time_machine.travel(moment, tick=False):
        due.settle()
        assert letters() == [(PRESS, "ru")]


# --- the other steps; Russian subjects, because the officer reads Russian ---


@pytest.fixture
def other(office):
    return User.objects.get(username="other")


@pytest.fixture
def russian(letters):
    """What happened, as it was told to exactly these people; the officer's letter is returned."""

    def arrived(*others):
        assert letters() == sorted([(PRESS, "ru"), *others])
        [text] = [text for text in letters.texts if "/admin/" in text and is_russian(text)]
        return text

    return arrived


def is_russian(text):
    return re.search(r"^Кто: ", text, re.MULTILINE) is not None


def test_removal_trash_and_restore_are_told_to_author_and_publisher(
    russian, letters, press, editor, other
):
    article = ArticleFactory(draft=True, created_by=press)
    publishing.publish(article, by=other)
    letters()
    publishing.remove(article, by=editor, note="Опубликовано по ошибке")
    removed = russian((OTHER, "kk"))
    assert removed.startswith(f"Удалено: «{article.headline_ru}»")
    assert "Опубликовано по ошибке" in removed
    publishing.trash(article, by=editor)
    assert russian().startswith("Перемещено в корзину: ")
    publishing.restore(article, by=editor)
    assert russian().startswith("Восстановлено как черновик: ")
    own = ArticleFactory(draft=True, created_by=press)
    publishing.trash(own, by=press)
    publishing.restore(own, by=press)
    assert letters() == []


def test_a_planned_withdrawal_is_told_when_it_is_planned_given_up_and_carried_out(
    russian, letters, press, editor, other
):
    article = ArticleFactory(draft=True, created_by=press)
    publishing.publish(article, by=other)
    letters()
    moment = local(2027, 1, 15, 18, 30)
    publishing.withdraw(article, by=editor, reason=REASON, at=moment)
    planned = russian((OTHER, "kk"))
    assert planned.startswith("Будет отозвано: ")
    assert "15 января 2027 г., 18:30" in planned
    publishing.keep_public(article, by=other)
    assert letters() == [(EDITOR, "en"), (PRESS, "ru")]
    assert any(text.startswith("Запланированный отзыв отменён: ") for text in letters.texts)
    assert any(text.startswith("The planned withdrawal was given up: ") for text in letters.texts)
    publishing.withdraw(article, by=editor, reason=REASON, at=moment)
    letters()
    with time_machine.travel(moment, tick=False):
        due.settle()
        assert russian().startswith("Отозвано: ")


def test_a_prepared_change_that_is_returned_or_dropped_is_told_to_who_asked(
    russian, letters, press, editor
):
    article = ArticleFactory()
    change = changes.begin(article, by=press)
    changes.send_for_review(change, by=press)
    letters()
    changes.return_to_draft(change, by=editor, note="Уточните дату")
    returned = russian()
    assert returned.startswith("Возвращено: ")
    assert "Уточните дату" in returned
    assert f"/{article.pk}/prepared/" in returned
    changes.drop(change, by=editor, note="Больше не нужно")
    dropped = russian()
    assert dropped.startswith("Подготовленное изменение отброшено: ")
    assert "Больше не нужно" in dropped


def test_who_takes_back_their_own_request_writes_to_nobody(letters, press):
    change = changes.begin(ArticleFactory(), by=press)
    changes.send_for_review(change, by=press)
    letters()
    changes.return_to_draft(change, by=press)
    changes.drop(change, by=press)
    assert letters() == []


def test_a_change_that_could_not_go_out_is_told_to_author_and_editor_in_both_languages(
    russian, press, letters, editor
):
    article = ArticleFactory()
    change = changes.begin(article, by=press)
    changes.save(change, change.content | {"headline_ru": "Новый заголовок"}, by=press)
    moment = timezone.now() + timedelta(hours=2)
    changes.publish(change, by=editor, at=moment)
    letters()
    article.headline_ru = "Исправленный заголовок"
    article.save()
    with time_machine.travel(moment, tick=False):
        due.settle()  # whatever page came upon it, in whatever language
        assert letters() == [(EDITOR, "en"), (PRESS, "ru")]
    for text in letters.texts:
        assert "Жарияланған мақаланың дәл сол жерлері өзгерді" in text
        assert "Опубликованную новость изменили в тех же местах" in text
