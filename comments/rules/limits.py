"""Plain limits refuse, with a clear message; the form says the same at its fields beforehand."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comments import articles, throttle
from comments.models import Comment


def in_words() -> list[str]:
    """The limits as they are set, in the order in which they are asked."""
    return [
        _("Longer than %(count)d characters") % {"count": settings.COMMENTS_MAX_LENGTH},
        str(_("Comments on the article, or on the whole portal, are closed")),
        _("More than %(count)d comments an hour from one connection")
        % {"count": settings.COMMENTS_PER_HOUR},
    ]


def check(comment: Comment) -> None:
    """Length, then closed, then rate: the first that does not let it pass is told."""
    if len(comment.text) > settings.COMMENTS_MAX_LENGTH:
        raise ValidationError(
            _("The comment is too long: %(show_value)d characters; the limit is %(limit_value)d."),
            code="max_length",
            params={"show_value": len(comment.text), "limit_value": settings.COMMENTS_MAX_LENGTH},
        )
    if not articles.is_open(comment.article_id):
        raise ValidationError(_("Comments on this article are closed."), code="closed")
    throttle.check(comment.sender_hash)
