"""A citizen's comment into the queue."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from comments import sender, throttle
from comments.articles import Article
from comments.models import Comment


def submit(
    article: Article, *, author_name: str, text: str, key: UUID, language: str, address: str
) -> Comment:
    """Store a comment as pending; the same form sent again gives the comment it gave before."""
    if earlier := already_sent(article, author_name=author_name, text=text, key=key):
        return earlier
    sender_hash = sender.keyed_hash(address)
    throttle.check(sender_hash)
    try:
        with transaction.atomic():
            return Comment.objects.create(
                article=article,
                author_name=author_name,
                text=text,
                language=language,
                sender_hash=sender_hash,
                submission_key=key,
            )
    except IntegrityError:
        # A double click: the other request was faster by less than a transaction.
        if earlier := already_sent(article, author_name=author_name, text=text, key=key):
            return earlier
        raise


def already_sent(article: Article, *, author_name: str, text: str, key: UUID) -> Comment | None:
    """The comment that this very form gave. Other words in a form already sent are refused."""
    earlier = Comment.objects.filter(submission_key=key).first()
    if earlier is None:
        return None
    if (earlier.article_id, earlier.author_name, earlier.text) != (article.pk, author_name, text):
        raise ValidationError(
            _(
                "This form has already been sent with another text. "
                "To send this text as one more comment, press the button again."
            ),
            code="key_used",
        )
    return earlier
