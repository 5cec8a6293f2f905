"""The answer desk as it is read: what waits for whom, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from comments.models import Question

PER_PAGE = 50
Status = Question.Status


class Tab(models.TextChoices):
    TO_WRITE = "waiting", pgettext_lazy("answer desk", "To answer")
    TO_PASS = "drafted", pgettext_lazy("answer desk", "To pass")
    OVERDUE = "overdue", pgettext_lazy("answer desk", "Overdue")
    ANSWERED = "answered", pgettext_lazy("answer desk", "Answered")
    DROPPED = "dropped", pgettext_lazy("answer desk", "No answer needed")


@dataclass(frozen=True)
class Wanted:
    tab: Tab
    department: int | None = None

    @classmethod
    def from_query(cls, query) -> "Wanted":
        tab, department = query.get("status", ""), query.get("department", "")
        is_number = department.isdecimal() and len(department) < 19
        return cls(
            Tab(tab) if tab in Tab.values else Tab.TO_WRITE,
            int(department) if is_number else None,
        )


def page(wanted: Wanted, sections: Sequence[int], number: str) -> Page:
    questions = _seen(wanted, sections).filter(_in_tab(wanted.tab))
    questions = questions.select_related("department", "comment", "drafted_by")
    is_done = wanted.tab in (Tab.ANSWERED, Tab.DROPPED)
    order = ("-due_on", "-pk") if is_done else ("due_on", "pk")
    return Paginator(questions.order_by(*order), PER_PAGE).get_page(number)


def counts(wanted: Wanted, sections: Sequence[int]) -> dict[Tab, int]:
    """Of every tab, under the chosen department; one query."""
    each = {tab.name: Count("pk", filter=_in_tab(tab)) for tab in Tab}
    found = _seen(wanted, sections).aggregate(**each)
    return {tab: found[tab.name] for tab in Tab}


def is_for(user: User, question: Question) -> bool:
    """Whether this person can do the next step: nobody passes what they wrote themselves."""
    if question.status == Status.WAITING:
        return user.has_perm("comments.answer_question")
    is_own = question.drafted_by_id == user.pk
    return (
        question.status == Status.DRAFTED and user.has_perm("comments.pass_answer") and not is_own
    )


def _seen(wanted: Wanted, sections: Sequence[int]) -> QuerySet[Question]:
    questions = Question.objects.all()
    if sections:
        questions = questions.filter(comment__article__section__in=sections)
    if wanted.department:
        questions = questions.filter(department=wanted.department)
    return questions


def _in_tab(tab: Tab) -> Q:
    if tab == Tab.OVERDUE:
        still_open = Q(status__in=[Status.WAITING, Status.DRAFTED])
        return still_open & Q(due_on__lt=timezone.localdate())
    return Q(status=tab.value)
