"""A citizen's comment into the queue."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from comments import sender, throttle
from comments.models import Comment, Identity
from comments.rules import holds, limits


@dataclass(frozen=True)
class Words:
    """What makes two forms the same comment."""

    article_id: int
    parent_id: int | None
    author_name: str
    text: str

    @classmethod
    def of(cls, comment: Comment) -> "Words":
        return cls(comment.article_id, comment.parent_id, comment.author_name, comment.text)


def submit(
    words: Words, *, key: UUID, language: str, address: str, identity: Identity | None = None
) -> Comment:
    """Store a comment as pending; the same form sent again gives the comment it gave before."""
    if earlier := already_sent(words, key=key):
        return earlier
    sender_hash = sender.keyed_hash(address)
    try:
        with transaction.atomic():
            throttle.one_at_a_time(sender_hash)
            if waiting := _still_waiting(words, sender_hash, identity):
                return waiting
            comment = Comment(
                **asdict(words),
                language=language,
                sender_hash=sender_hash,
                identity=identity,
                submission_key=key,
            )
            limits.check(comment)
            findings = holds.look_at(comment)
            comment.save(force_insert=True)
            holds.keep(comment, findings)
            return comment
    except IntegrityError:
        # A double click: the other request was faster by less than a transaction.
        if earlier := already_sent(words, key=key):
            return earlier
        raise


def already_sent(words: Words, *, key: UUID) -> Comment | None:
    """The comment that this very form gave. Other words in a form already sent are refused."""
    earlier = Comment.objects.filter(submission_key=key).first()
    if earlier is None:
        return None
    if Words.of(earlier) != words:
        raise ValidationError(
            _(
                "This form has already been sent with another text. "
                "To send this text as one more comment, press the button again."
            ),
            code="key_used",
        )
    return earlier


def _still_waiting(words: Words, sender_hash: str, identity: Identity | None) -> Comment | None:
    """The same words in another form of this writer: a second tab, or a form that was too old.

    Known by who they proved to be, wherever they are by now; else by their connection. Only while
    nobody but the writer can know the words: a receipt is never given to whoever copies a comment
    that was published.
    """
    mine = {"identity": identity} if identity else {"identity": None, "sender_hash": sender_hash}
    return Comment.objects.pending().filter(**mine, **asdict(words)).newest_first().first()
