"""Mail to writers: what was decided about their comment, and what was answered.

An address is confirmed before anything else goes to it, and no message carries a word that a
writer wrote: nobody can use the portal to send their own text to somebody else.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comments import attempts
from comments.articles import outbox
from comments.identity import contacts, vault
from comments.models import Comment, WriterNotice

PER_ADDRESS = 5  # unconfirmed ones, at a time
PER_HOUR = 5  # asked for from one connection; and to one address, whoever asks


def are_on() -> bool:
    """Whether writers can be told by mail here: there is a mail server, and a key to keep
    addresses under."""
    return outbox.is_on() and bool(settings.COMMENTS_IDENTITY_KEYS)


@transaction.atomic
def ask(comment: Comment, address: str, language: str, *, sender_hash: str = "") -> WriterNotice:
    """Note an address and send it a link to confirm; it says nothing about the comment.

    ValidationError where the address is none, or where this sender has asked too often. That
    others have asked for letters to it is said to nobody: then nothing more is sent.
    """
    address = contacts.parse_address(address)
    address_hash = contacts.keyed_hash(address)
    if attempts.are_too_many("letters", sender_hash, most=PER_HOUR):
        raise ValidationError(
            _("Too many letters have been asked for. Please try again in an hour."),
            code="too_many",
        )
    if sender_hash:
        attempts.count_one("letters", sender_hash)
    is_flooded = _is_flooded(comment, address_hash)
    forget(comment)
    notice = WriterNotice.objects.create(
        comment=comment,
        address_hash=address_hash,
        address_sealed=vault.seal(address),
        language=language,
    )
    if is_flooded:
        return notice
    with override(language):
        _post(
            notice,
            address,
            key="confirm",
            subject=_("Please confirm your address"),
            body=_(
                "Somebody, probably you, asked the portal to write to this address about a "
                "comment.\n\nIf it was you, open this page and press the button:\n%(link)s\n\n"
                "If it was not, do nothing: you will get no more letters."
            )
            % {"link": _link(notice)},
        )
    return notice


def _is_flooded(comment: Comment, address_hash: str) -> bool:
    unanswered = WriterNotice.objects.filter(address_hash=address_hash, confirmed_at=None)
    if unanswered.exclude(comment=comment).count() >= PER_ADDRESS:
        return True
    if attempts.are_too_many("letters", address_hash, most=PER_HOUR):
        return True
    attempts.count_one("letters", address_hash)
    return False


def confirm(notice: WriterNotice) -> None:
    """From now on; what was decided before is told at once."""
    if notice.confirmed_at is None:
        notice.confirmed_at = timezone.now()
        notice.save(update_fields=["confirmed_at"])
        if notice.comment.status != Comment.Status.PENDING:
            decided(notice.comment)


def stop(notice: WriterNotice) -> None:
    """No more letters; the address is forgotten."""
    forget(notice.comment)


def decided(comment: Comment) -> None:
    """Tell the writer that there is a decision; in the decision's own transaction."""
    _tell(
        comment,
        lambda: _("A decision about your comment"),
        lambda: _("Your comment on the portal has been looked at. What was decided, and why:"),
    )


def wanted_for(numbers: list[int]) -> list[Comment]:
    """Those of many comments whose writers want letters."""
    if not are_on():
        return []
    wanted = Comment.objects.filter(pk__in=numbers, notice__confirmed_at__isnull=False)
    return list(wanted)


def forget(comment: Comment) -> None:
    """The address for letters about a comment, and the letters themselves."""
    for notice in WriterNotice.objects.filter(comment=comment):
        outbox.forget_by_key(_prefix(notice))
        notice.delete()


def answered(comment: Comment, answer: Comment) -> None:
    """Tell the writer of an answer under their comment."""
    _tell(
        comment,
        lambda: _("An answer to your comment"),
        lambda: _("Your comment on the portal has been answered. The answer:"),
        key=f"answer-{answer.pk}",
    )


def _tell(comment: Comment, subject, opening, *, key: str = "") -> None:
    if not are_on():
        return
    notice = WriterNotice.objects.filter(comment=comment).exclude(confirmed_at=None).first()
    if notice is None:
        return
    try:
        address = vault.unseal(notice.address_sealed)
    except vault.UnreadableError:
        return  # its key is gone, and with it the address
    last = comment.decisions.first()
    with override(notice.language):
        receipt = settings.SITE_URL + comment.get_receipt_url()
        _post(
            notice,
            address,
            key=key or f"decision-{last.pk if last else 0}",
            subject=subject(),
            body=f"{opening()}\n{receipt}\n\n"
            + _("You asked for this letter. To get no more of them:\n%(link)s")
            % {"link": _link(notice)},
        )


def _link(notice: WriterNotice) -> str:
    return settings.SITE_URL + reverse("comments:notice", args=[notice.token])


def _post(notice: WriterNotice, address: str, *, key: str, subject: str, body: str) -> None:
    outbox.post(
        to=address,
        subject=subject,
        body=body,
        language=notice.language,
        key=f"{_prefix(notice)}{key}",
    )


def _prefix(notice: WriterNotice) -> str:
    return f"comments-notice-{notice.pk}-"
