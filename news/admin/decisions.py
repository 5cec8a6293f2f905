"""The decisions an officer may take on an article, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news import publishing
from news.forms import DecisionForm, NoteForm, PublishForm, WithdrawForm
from news.models import Article

Status = Article.Status


def is_unpublished(article: Article) -> bool:
    return article.status in (Status.DRAFT, Status.IN_REVIEW)


def can_return(article: Article) -> bool:
    return article.status == Status.IN_REVIEW or article.is_scheduled


def may_be_removed(article: Article) -> bool:
    return article.is_published or article.status == Status.WITHDRAWN


@dataclass(frozen=True)
class Decision:
    name: str
    label: Promise
    title: Promise
    explanation: Promise
    verb: Callable[..., None]
    form: type[DecisionForm]
    permission: str
    fits: Callable[[Article], bool]
    done: Promise
    is_grave: bool = False
    needs_texts: bool = False

    def is_open_to(self, user: User, article: Article) -> bool:
        return self.fits(article) and self.may(user, article)

    def may(self, user: User, article: Article) -> bool:
        # What the schedule holds, only they may take back who may put it there.
        wanted = "news.publish_article" if article.is_scheduled else self.permission
        return user.has_perm(wanted)

    def take(self, article: Article, *, by: User, details: dict[str, Any]) -> str:
        """Carry the decision out and say what has happened."""
        self.verb(article, by=by, **details)
        if article.is_scheduled and article.published_at:
            return gettext("Scheduled for %(moment)s.") % {"moment": shown(article.published_at)}
        return str(self.done)


def shown(moment: datetime, style: str = "DATETIME_FORMAT") -> str:
    return date_format(timezone.localtime(moment), style)


DECISIONS = [
    Decision(
        name="publish",
        label=_("Publish…"),
        title=_("Publish"),
        explanation=_(
            "Choose “now”, or a moment. Until a moment to come nobody outside sees the article;"
            " then it appears by itself, to the second. With a moment in the past the article"
            " appears at once, under that date."
        ),
        verb=publishing.publish,
        form=PublishForm,
        permission="news.publish_article",
        fits=is_unpublished,
        done=_("The article is published."),
        needs_texts=True,
    ),
    Decision(
        name="reschedule",
        label=_("Change the moment…"),
        title=_("Change the moment"),
        explanation=_(
            "Choose another moment of publication, or “now”. With a moment in the past the article"
            " appears at once, under that date."
        ),
        verb=publishing.publish,
        form=PublishForm,
        permission="news.publish_article",
        fits=lambda article: article.is_scheduled,
        done=_("The article is published."),
        needs_texts=True,
    ),
    Decision(
        name="return",
        label=_("Return to draft…"),
        title=_("Return to draft"),
        explanation=_("The article becomes a draft again; nobody outside sees it."),
        verb=publishing.return_to_draft,
        form=NoteForm,
        permission="news.change_article",
        fits=can_return,
        done=_("The article is a draft again."),
    ),
    Decision(
        name="withdraw",
        label=_("Withdraw…"),
        title=_("Withdraw"),
        explanation=_(
            "The article leaves all lists. Its address still shows it, under a notice with the"
            " reason and the date."
        ),
        verb=publishing.withdraw,
        form=WithdrawForm,
        permission="news.withdraw_article",
        fits=lambda article: article.is_published,
        done=_("The article is withdrawn."),
        is_grave=True,
    ),
    Decision(
        name="republish",
        label=_("Publish again…"),
        title=_("Publish again"),
        explanation=_("The article comes back to the lists, under its old date and address."),
        verb=publishing.republish,
        form=DecisionForm,
        permission="news.publish_article",
        fits=lambda article: article.status == Status.WITHDRAWN,
        done=_("The article is published."),
        needs_texts=True,
    ),
    Decision(
        name="remove",
        label=_("Remove…"),
        title=_("Remove"),
        explanation=_(
            "For what was published in error: the address says that the article was removed and"
            " shows nothing of it. The text stays here."
        ),
        verb=publishing.remove,
        form=NoteForm,
        permission="news.withdraw_article",
        fits=may_be_removed,
        done=_("The article is removed."),
        is_grave=True,
    ),
    Decision(
        name="restore",
        label=_("Restore as a draft…"),
        title=_("Restore as a draft"),
        explanation=_("The article becomes a draft; its number and its comments stay with it."),
        verb=publishing.restore,
        form=DecisionForm,
        permission="news.publish_article",
        fits=lambda article: article.status == Status.REMOVED,
        done=_("The article is a draft again."),
    ),
]
