"""The decisions an officer may take on an article, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news import changes, publishing
from news.decision_forms import (
    DecisionForm,
    NoteForm,
    PublishChangeForm,
    PublishForm,
    RemoveForm,
    ReturnForm,
    WithdrawForm,
)
from news.models import Article, PreparedChange

Status, ChangeStatus = Article.Status, PreparedChange.Status


def is_unpublished(article: Article) -> bool:
    return article.status in (Status.DRAFT, Status.IN_REVIEW)


def can_return(thing: Article | PreparedChange) -> bool:
    return thing.status == Status.IN_REVIEW or thing.is_scheduled


def is_withdrawal_planned(article: Article) -> bool:
    return article.is_live and article.withdraws_at is not None and not article.is_withdrawn


def can_begin_change(article: Article) -> bool:
    return article.is_live and changes.open_change(article) is None


@dataclass(frozen=True)
class Decision:
    name: str
    label: Promise
    title: Promise
    explanation: Promise
    verb: Callable[..., Any]
    form: type[DecisionForm]
    permission: str
    fits: Callable[[Any], bool]
    done: Promise
    is_grave: bool = False
    needs_texts: bool = False
    needs_answers: bool = False  # to everything the preflight found
    once_public: str = ""  # the permission for what readers have, or had
    leads_to: str = "news_article_change"

    def is_open_to(self, user: User, thing: Article | PreparedChange) -> bool:
        return self.fits(thing) and self.may(user, thing)

    def may(self, user: User, thing: Article | PreparedChange) -> bool:
        wanted = self.permission
        if thing.is_scheduled and wanted == "news.change_article" and not self.once_public:
            # What the schedule holds, only they may take back who may put it there.
            wanted = "news.publish_article"
        elif self.once_public and thing.published_at:
            wanted = self.once_public
        return user.has_perm(wanted)

    def take(self, thing: Article | PreparedChange, *, by: User, details: dict[str, Any]) -> str:
        """Carry the decision out and say what has happened."""
        self.verb(thing, by=by, **details)
        if isinstance(thing, Article) and is_withdrawal_planned(thing) and "reason" in details:
            moment = shown(cast(datetime, thing.withdraws_at))
            return gettext("It will be withdrawn on %(moment)s.") % {"moment": moment}
        if thing.is_scheduled and thing.published_at:
            return gettext("Scheduled for %(moment)s.") % {"moment": shown(thing.published_at)}
        return str(self.done)


def shown(moment: datetime, style: str = "DATETIME_FORMAT") -> str:
    return date_format(timezone.localtime(moment), style)


DECISIONS = [
    Decision(
        name="review",
        label=_("Send for review…"),
        title=_("Send for review"),
        explanation=_("An editor reads the article and publishes it or returns it to you."),
        verb=publishing.send_for_review,
        form=NoteForm,
        permission="news.change_article",
        fits=lambda article: article.status == Status.DRAFT,
        done=_("The article is sent for review."),
    ),
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
        needs_answers=True,
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
        needs_answers=True,
    ),
    Decision(
        name="return",
        label=_("Return to draft…"),
        title=_("Return to draft"),
        explanation=_("The article becomes a draft again; nobody outside sees it."),
        verb=publishing.return_to_draft,
        form=ReturnForm,
        permission="news.change_article",
        fits=can_return,
        done=_("The article is a draft again."),
    ),
    Decision(
        name="withdraw",
        label=_("Withdraw…"),
        title=_("Withdraw"),
        explanation=_(
            "The article leaves all lists, now or from a moment on. Its address still shows it,"
            " under a notice with the reason and the date."
        ),
        verb=publishing.withdraw,
        form=WithdrawForm,
        permission="news.withdraw_article",
        fits=lambda article: article.is_published or article.is_scheduled,
        done=_("The article is withdrawn."),
        is_grave=True,
    ),
    Decision(
        name="keep",
        label=_("Do not withdraw…"),
        title=_("Give up the planned withdrawal"),
        explanation=_("The article stays in the lists."),
        verb=publishing.keep_public,
        form=DecisionForm,
        permission="news.withdraw_article",
        fits=is_withdrawal_planned,
        done=_("The article stays in the lists."),
    ),
    Decision(
        name="prepare",
        label=_("Prepare a change…"),
        title=_("Prepare a change"),
        explanation=_(
            "You change a copy, and readers keep what they have. When the copy is published, now or"
            " at a moment, it takes the place of the text as a whole."
        ),
        verb=changes.begin,
        form=DecisionForm,
        permission="news.change_article",
        once_public="news.change_article",
        fits=can_begin_change,
        done=_("Change what you like: readers see nothing of it so far."),
        leads_to="news_article_prepared",
    ),
    Decision(
        name="republish",
        label=_("Publish again…"),
        title=_("Publish again"),
        explanation=_("The article comes back to the lists, under its old date and address."),
        verb=publishing.republish,
        form=DecisionForm,
        permission="news.publish_article",
        fits=lambda article: article.is_withdrawn,
        done=_("The article is published."),
        needs_texts=True,
        needs_answers=True,
    ),
    Decision(
        name="remove",
        label=_("Remove…"),
        title=_("Remove"),
        explanation=_(
            "For what was published in error: the address says that the article was removed and"
            " shows nothing of it, or leads to another article. The text stays here."
        ),
        verb=publishing.remove,
        form=RemoveForm,
        permission="news.withdraw_article",
        fits=lambda article: article.is_out,
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
        permission="news.change_article",
        once_public="news.publish_article",
        fits=lambda article: article.is_gone,
        done=_("The article is a draft again."),
    ),
    Decision(
        name="trash",
        label=_("Move to the trash…"),
        title=_("Move to the trash"),
        explanation=_(
            "The article leaves the list and lies in the trash, with its pictures, attachments,"
            " comments and history. From there it can be restored whole."
        ),
        verb=publishing.trash,
        form=NoteForm,
        permission="news.change_article",
        once_public="news.withdraw_article",
        fits=lambda article: (
            article.status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, Status.REMOVED)
        ),
        done=_("The article is in the trash."),
        is_grave=True,
        leads_to="news_article_changelist",
    ),
]

CHANGE_DECISIONS = [
    Decision(
        name="review",
        label=_("Send for review…"),
        title=_("Send the change for review"),
        explanation=_("An editor compares it with what readers have, and publishes or returns it."),
        verb=changes.send_for_review,
        form=NoteForm,
        permission="news.change_article",
        fits=lambda change: change.status == ChangeStatus.DRAFT,
        done=_("The change is sent for review."),
        leads_to="news_article_prepared",
    ),
    Decision(
        name="publish",
        label=_("Publish…"),
        title=_("Publish the change"),
        explanation=_(
            "It takes the place of the published text as a whole: now, or at a moment, to the"
            " second."
        ),
        verb=changes.publish,
        form=PublishChangeForm,
        permission="news.publish_article",
        fits=lambda change: change.is_open,
        done=_("The change is published."),
        needs_answers=True,
    ),
    Decision(
        name="return",
        label=_("Return to draft…"),
        title=_("Return the change to its author"),
        explanation=_("The change becomes a draft again; readers keep what they have."),
        verb=changes.return_to_draft,
        form=ReturnForm,
        permission="news.change_article",
        fits=can_return,
        done=_("The change is a draft again."),
        leads_to="news_article_prepared",
    ),
    Decision(
        name="drop",
        label=_("Drop…"),
        title=_("Drop the change"),
        explanation=_("Readers keep what they have. The words of the change stay in the log."),
        verb=changes.drop,
        form=NoteForm,
        permission="news.change_article",
        fits=lambda change: change.is_open,
        done=_("The change is dropped."),
        is_grave=True,
    ),
]
