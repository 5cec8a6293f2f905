"""No sequence of decisions, by whomever, brings before the public what must not be there."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from news import changes, due, publishing, revisions
from news.corrections import Announcement
from news.models import Article
from tests.factories import ArticleFactory, SectionFactory

Status = Article.Status
ROLES = ["Press officers", "Editors", "Moderators", "Answer desk", "nobody"]
PEOPLE = st.sampled_from(ROLES)
WRITERS, EDITORS = {"Press officers", "Editors"}, {"Editors"}
FOR_EDITORS = {
    publishing.publish, publishing.withdraw, publishing.keep_public, publishing.republish,
    publishing.remove, changes.publish,
}  # fmt: skip
REASON = {"kk": "Қате", "ru": "Ошибка"}


def in_hours(hours):
    return timezone.now() + timedelta(hours=hours)


# What editors have decided on a complete article before anybody else comes.
BEGINNINGS = {
    "a draft": [],
    "in review": [(publishing.send_for_review, {})],
    "scheduled": [(publishing.publish, {"at": 5})],
    "public": [(publishing.publish, {})],
    "to be withdrawn": [(publishing.publish, {}), (publishing.withdraw, {"at": 5})],
    "withdrawn": [(publishing.publish, {}), (publishing.withdraw, {})],
    "removed": [(publishing.publish, {}), (publishing.remove, {})],
    "thrown away": [(publishing.trash, {})],
    "once public, thrown away": [
        (publishing.publish, {}), (publishing.remove, {}), (publishing.trash, {})
    ],
}  # fmt: skip


def carry_out(verb, article, by, *, at=None, **details):
    if verb is publishing.withdraw:
        details["reason"] = REASON
    if at is not None:
        details["at"] = in_hours(at)
    verb(article, by=by, **details)


def entitled(verb, thing):
    """Who may do it: what readers have, had, or were promised is the editors' to decide."""
    if verb in FOR_EDITORS:
        return EDITORS
    if verb in (publishing.trash, publishing.restore):
        return EDITORS if thing.published_at else WRITERS
    if verb is publishing.move_to_section:
        return EDITORS if thing.is_live else WRITERS
    if verb in (publishing.return_to_draft, changes.return_to_draft, changes.save, changes.drop):
        return EDITORS if thing.is_scheduled else WRITERS
    return WRITERS


def everybody():
    people = {role: User.objects.create(username=role, is_staff=True) for role in ROLES}
    for role in ROLES[:-1]:
        people[role].groups.add(Group.objects.get(name=role))
    return people


HOURS = st.sampled_from([None, -48, -1, 1, 5, 30])
COLUMNS = [f"{text}_{language}" for text in ("headline", "body") for language in ("kk", "ru")]
REFUSALS = (ValidationError, PermissionDenied)


class PressOffice(RuleBasedStateMachine):
    """Anybody asks for anything, in any order, while time passes and texts come and go."""

    @initialize(kk=st.booleans(), ru=st.booleans(), so_far=st.sampled_from(list(BEGINNINGS)))
    def begin(self, kk, ru, so_far):
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.coordinates = self.clock.start()
        self.people = everybody()
        decided = BEGINNINGS[so_far]
        lacks = {} if decided else {"only_kk": kk and not ru, "only_ru": ru and not kk}
        self.article = ArticleFactory(draft=True, **lacks)
        if not (kk or ru or decided):
            Article.objects.update(**dict.fromkeys(COLUMNS, ""))
        for verb, details in decided:
            carry_out(verb, self.stored(), self.people["Editors"], **details)
        self.reader = Client()

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.rolled_back.__exit__(None, None, None)

    def stored(self):
        return Article.objects.get(pk=self.article.pk)

    def attempt(self, verb, thing, role, **details):
        for other in set(ROLES) - entitled(verb, thing):
            with pytest.raises(REFUSALS):
                verb(thing, by=self.people[other], **details)
        with suppress(*REFUSALS):
            verb(thing, by=self.people[role], **details)

    def moment(self, hours):
        return None if hours is None else in_hours(hours)

    @rule(role=PEOPLE, note=st.sampled_from(["", "Проверьте"]))
    def send_for_review(self, role, note):
        self.attempt(publishing.send_for_review, self.stored(), role, note=note)

    @rule(role=PEOPLE, note=st.sampled_from(["", "Нет"]))
    def return_to_draft(self, role, note):
        self.attempt(publishing.return_to_draft, self.stored(), role, note=note)

    @rule(role=PEOPLE, hours=HOURS)
    def publish(self, role, hours):
        self.attempt(publishing.publish, self.stored(), role, at=self.moment(hours))

    @rule(role=PEOPLE, hours=HOURS)
    def withdraw(self, role, hours):
        self.attempt(publishing.withdraw, self.stored(), role, reason=REASON, at=self.moment(hours))

    @rule(role=PEOPLE)
    def keep_public(self, role):
        self.attempt(publishing.keep_public, self.stored(), role)

    @rule(role=PEOPLE)
    def republish(self, role):
        self.attempt(publishing.republish, self.stored(), role)

    @rule(role=PEOPLE)
    def remove(self, role):
        self.attempt(publishing.remove, self.stored(), role)

    @rule(role=PEOPLE, verb=st.sampled_from([publishing.trash, publishing.restore]))
    def throw_away_or_fetch_back(self, role, verb):
        self.attempt(verb, self.stored(), role)

    @rule(role=PEOPLE, slug=st.sampled_from(["district", "sport"]))
    def move_to_section(self, role, slug):
        section = SectionFactory(slug=slug)
        self.attempt(publishing.move_to_section, self.stored(), role, section=section)

    @rule(column=st.sampled_from(COLUMNS), text=st.sampled_from(["", "Мәтін"]))
    def write_a_draft(self, column, text):
        article = self.stored()
        if article.status in (Status.DRAFT, Status.IN_REVIEW):
            setattr(article, column, f"<p>{text}</p>" if text and "body" in column else text)
            article.save()
            revisions.record(article, by=self.people["Press officers"])

    @rule(role=PEOPLE, column=st.sampled_from(COLUMNS), text=st.sampled_from(["", "<p>Жаңа</p>"]))
    def prepare_a_change(self, role, column, text):
        article = self.stored()
        self.attempt(changes.begin, article, role)
        if change := changes.open_change(article):
            self.attempt(changes.save, change, role, content=change.content | {column: text})

    @rule(role=PEOPLE, hours=HOURS)
    def publish_the_change(self, role, hours):
        if change := changes.open_change(self.stored()):
            told = Announcement({"kk": "Түзетілді", "ru": "Исправлено"})
            details = {"at": self.moment(hours), "announcement": told}
            self.attempt(changes.publish, change, role, **details)

    @rule(role=PEOPLE, verb=st.sampled_from(["send_for_review", "return_to_draft", "drop"]))
    def decide_on_the_change(self, role, verb):
        if change := changes.open_change(self.stored()):
            self.attempt(getattr(changes, verb), change, role, note="Нет")

    @rule(role=PEOPLE, number=st.integers(1, 6))
    def restore_a_revision(self, role, number):
        revision = self.article.revisions.filter(number=number).first()
        if revision:
            self.attempt(changes.restore, self.stored(), role, revision=revision)

    @rule(hours=st.sampled_from([1, 6, 40]))
    def time_passes(self, hours):
        self.coordinates.shift(timedelta(hours=hours))

    @rule()
    def somebody_reads(self):
        due.settle()

    @invariant()
    def what_the_public_reads_is_whole_and_was_decided(self):
        if not hasattr(self, "article"):
            return
        article = self.stored()
        is_listed = Article.objects.published().filter(pk=article.pk).exists()
        assert is_listed == article.is_published
        if article.published_at is None or not article.is_out:
            if article.published_at:
                assert self.reader.get(article.get_absolute_url("ru")).status_code in (404, 410)
            return
        assert not article.missing_texts()
        assert self.reader.get(article.get_absolute_url("ru")).status_code == 200
        decided = article.decisions.filter(status_after=Status.PUBLISHED, change=None)
        assert all(d.decided_by == self.people["Editors"] for d in decided)
        assert decided.exists()


def test_no_sequence_of_decisions_reaches_readers_without_both_languages_and_an_editor(db):
    limits = settings(max_examples=25, stateful_step_count=15, deadline=None)
    run_state_machine_as_test(PressOffice, settings=limits)


VERBS = {
    publishing.send_for_review, publishing.return_to_draft, publishing.publish,
    publishing.withdraw, publishing.keep_public, publishing.republish, publishing.remove,
    publishing.trash, publishing.restore, publishing.move_to_section,
}  # fmt: skip


def test_each_verb_is_refused_to_everybody_who_may_not_and_done_for_everybody_who_may(db):
    people, done = everybody(), set()
    for decided in BEGINNINGS.values():
        article = ArticleFactory(draft=True)
        for verb, details in decided:
            carry_out(verb, Article.objects.get(pk=article.pk), people["Editors"], **details)
        for verb in VERBS:
            details = {"section": article.section} if verb is publishing.move_to_section else {}
            if verb is publishing.return_to_draft:
                details["note"] = "Нет"
            for role in ROLES:
                stored = Article.objects.get(pk=article.pk)
                may = role in entitled(verb, stored)
                try:
                    with transaction.atomic():
                        carry_out(verb, stored, people[role], **details)
                        transaction.set_rollback(True)
                except PermissionDenied:
                    assert not may, f"{role}: {verb.__name__}"
                except ValidationError:
                    continue
                else:
                    assert may, f"{role}: {verb.__name__}"
                    done.add((verb, role))
    assert {verb for verb, _role in done} == VERBS
