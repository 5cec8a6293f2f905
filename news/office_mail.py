"""Mail within the press office: at each step, to the people it concerns, in their language."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from news import outbox
from news.models import Article, EditorialDecision, PreparedChange, StaffLanguage

Status, ChangeStatus = Article.Status, PreparedChange.Status
PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105  (not a password)

SUBJECTS: dict[str, Promise] = {
    "review": gettext_lazy("Sent for review: %(article)s"),
    "returned": gettext_lazy("Returned: %(article)s"),
    "unscheduled": gettext_lazy("Taken from the schedule: %(article)s"),
    "scheduled": gettext_lazy("Scheduled: %(article)s"),
    "published": gettext_lazy("Published: %(article)s"),
    "to_withdraw": gettext_lazy("To be withdrawn: %(article)s"),
    "kept_public": gettext_lazy("The planned withdrawal was given up: %(article)s"),
    "withdrawn": gettext_lazy("Withdrawn: %(article)s"),
    "removed": gettext_lazy("Removed: %(article)s"),
    "trashed": gettext_lazy("Moved to the trash: %(article)s"),
    "restored": gettext_lazy("Restored as a draft: %(article)s"),
    "dropped": gettext_lazy("The prepared change was dropped: %(article)s"),
}

# What a draft was before -> what happened.
_BACK: dict[str, str] = {
    Status.IN_REVIEW: "returned",
    Status.PUBLISHED: "unscheduled",
    Status.REMOVED: "restored",
    Status.TRASHED: "restored",
    ChangeStatus.SCHEDULED: "unscheduled",
}


def tell(decision: EditorialDecision, step: str = "") -> None:
    """Write the letters about a decision, in its transaction; nobody hears of their own doing.

    ``step`` says what the two states do not: that a withdrawal was planned, or given up.
    """
    if not outbox.is_on():
        return
    step = step or _step(decision)
    if not step:
        return
    people = {
        person.pk: person
        for person in _concerned(decision, step)
        if person.pk != decision.decided_by_id
    }
    languages = dict(StaffLanguage.objects.filter(user__in=people).values_list("user", "language"))
    for person in people.values():
        with override(languages.get(person.pk, settings.LANGUAGE_CODE)):
            _write(decision, step, person)


def asker(article: Article, change: PreparedChange | None = None) -> User | None:
    """Who last asked for the review of an article, or of a change of it."""
    asked = EditorialDecision.objects.filter(
        article_id=article.pk, change=change, status_after=Status.IN_REVIEW
    )
    last = asked.select_related("decided_by").first()
    return last.decided_by if last else None


def _scheduler(decision: EditorialDecision) -> User | None:
    """Who let readers have it, or promised it to them: it is their decision that is undone."""
    made = EditorialDecision.objects.filter(
        article_id=decision.article_id, change=decision.change, status_after=decision.status_before
    )
    last = made.exclude(pk=decision.pk).select_related("decided_by").first()
    return last.decided_by if last else None


def remember_language(user: Any, **_signal: Any) -> None:
    """On signing in, and on deciding something."""
    language = get_language()
    if language in dict(settings.LANGUAGES) and user.is_staff:
        StaffLanguage.objects.update_or_create(user_id=user.pk, defaults={"language": language})


def language_of(user: User) -> str | None:
    """What a colleague last used the admin in; None before the first time."""
    return StaffLanguage.objects.filter(user=user).values_list("language", flat=True).first()


def _step(decision: EditorialDecision) -> str:
    before, after = decision.status_before, decision.status_after
    if after == Status.DRAFT:
        return _BACK.get(before, "")
    if after == Status.PUBLISHED and decision.change is None:
        if before == Status.PUBLISHED and not _has_new_moment(decision):
            return ""
        return "scheduled" if decision.article.is_scheduled else "published"
    return "review" if after == Status.IN_REVIEW else after


def _has_new_moment(decision: EditorialDecision) -> bool:
    """Published ahead of time, or scheduled anew."""
    earlier = EditorialDecision.objects.filter(article_id=decision.article_id, change=None)
    last = earlier.exclude(pk=decision.pk).first()
    return last is not None and last.published_at != decision.published_at


def _concerned(decision: EditorialDecision, step: str) -> list[User]:
    if step == "review":
        may_publish = User.objects.with_perm("news.publish_article", backend=PASSWORD_BACKEND)
        return list(may_publish.exclude(email=""))
    thing = decision.change or decision.article
    people = [asker(decision.article, decision.change), thing.created_by]
    if decision.status_before in (Status.PUBLISHED, ChangeStatus.SCHEDULED):
        people.append(_scheduler(decision))
    return [person for person in people if person and person.is_active and person.email]


def _write(decision: EditorialDecision, step: str, person: User) -> None:
    article = decision.article
    headline = f"«{truncatechars(str(article), 120)}»"
    lines = [str(SUBJECTS[step]) % {"article": headline}, ""]
    if decision.change:
        lines += [_("A change of a published article, prepared aside."), ""]
    if decision.decided_by:
        name = decision.decided_by.get_full_name() or decision.decided_by.get_username()
        lines.append(_("By: %(person)s") % {"person": name})
    if moment := _moment(decision, step):
        said = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
        lines.append(_("Moment: %(moment)s") % {"moment": said})
    if decision.note:
        lines += [_("Comment: %(note)s") % {"note": decision.note}]
    page = "news_article_prepared" if decision.change else "news_article_change"
    lines += ["", settings.SITE_URL + reverse(f"admin:{page}", args=[article.pk])]
    if step == "review" and decision.change:
        compare = reverse("admin:news_article_prepared_compare", args=[article.pk])
        lines.append(_("Compared with what readers have: %(link)s")
                     % {"link": settings.SITE_URL + compare})  # fmt: skip
    # An account with an address that is none holds nothing up.
    with suppress(ValidationError):
        outbox.post(
            to=person.email,
            subject=lines[0],
            body="\n".join([*lines, ""]),
            language=str(get_language()),
            key=f"decision-{decision.pk}-{person.pk}",
        )


def _moment(decision: EditorialDecision, step: str) -> Any:
    if step == "to_withdraw":
        return decision.article.withdraws_at
    return decision.published_at if step in ("scheduled", "published") else None
