"""Whether readers may comment, and what they are told where they may not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comments import articles
from comments.articles import Article
from comments.models import CommentsSwitch


@dataclass(frozen=True)
class Openness:
    is_open: bool
    why_not: str = ""
    language: str = ""  # of the words; empty where it is the page's own
    closes_at: datetime | None = None


def of(article: Article) -> Openness:
    """As it is now, for whoever writes."""
    return _of(article, _switch())


def shown_on(article: Article) -> Openness:
    """For the pages, which show the same as long as nothing changes."""
    return _of(article, articles.keep("comments switch", _switch))


def _switch() -> CommentsSwitch | None:
    return CommentsSwitch.objects.first()


def _of(article: Article, switch: CommentsSwitch | None) -> Openness:
    if not article.is_published:
        return Openness(False)
    return _whole_portal(switch) or _as_switched(article) or _by_age(article)


def _whole_portal(switch: CommentsSwitch | None) -> Openness | None:
    if settings.COMMENTS_ENABLED and (switch is None or switch.is_open):
        return None
    words, language = articles.said(switch, "message") if switch else ("", "")
    return Openness(False, words or _("Comments are closed on the whole portal."), language)


def _as_switched(article: Article) -> Openness | None:
    match article.comments_state:
        case Article.Comments.READ_ONLY:
            words, language = articles.said(article, "comments_message")
            words = words or _("Comments on this article can be read, but not written.")
            return Openness(False, words, language)
        case Article.Comments.CLOSED:
            return Openness(False, _("Comments on this article are closed."))
    return None


def _by_age(article: Article) -> Openness:
    days = settings.COMMENTS_CLOSE_AFTER_DAYS
    if not days or article.published_at is None:
        return Openness(True)
    closes_at = article.published_at + timedelta(days=days)
    if closes_at > timezone.now():
        return Openness(True, closes_at=closes_at)
    until = date_format(timezone.localdate(closes_at))
    return Openness(
        False, _("Comments on this article were taken until %(date)s.") % {"date": until}
    )
