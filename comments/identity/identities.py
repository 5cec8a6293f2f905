"""The verbs of identification: confirm, recognise, withdraw consent, open, erase."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import notices, writer
from comments.identity import contacts, vault
from comments.models import Agreement, Identity, IdentityLook, OneTimeCode

# How long an agreement lasts without a comment, and how long the law wants it kept after its end.
TERM = timedelta(days=365)
KEPT_AFTER_END = timedelta(days=92)  # three months
_SALT = "comments.device"


@transaction.atomic
def confirm(kind: str, contact: str, agreement: Agreement) -> Identity:
    """The identity of a contact whose owner has just proved it, under this agreement."""
    contact_hash = contacts.keyed_hash(contact)
    now = timezone.now()
    accepted = {"agreement": agreement, "accepted_at": now, "confirmed_at": now}
    in_force = Identity.objects.filter(kind=kind, contact_hash=contact_hash, ended_at=None)
    if not in_force.update(last_used_on=timezone.localdate(), **accepted):
        try:
            with transaction.atomic():
                Identity.objects.create(
                    kind=kind,
                    contact_hash=contact_hash,
                    contact_sealed=vault.seal(contact),
                    **accepted,
                )
        except IntegrityError:
            pass  # two devices in the same moment: the other one made it
    return in_force.get()


def device_token(identity: Identity) -> str:
    """What a device keeps so that the next comment needs no code."""
    return signing.dumps(identity.pk, salt=_SALT)


def recognise(token: str) -> Identity | None:
    """Whose device this is: an identity in force, under the agreement in force."""
    try:
        number = signing.loads(token, salt=_SALT, max_age=TERM)
    except signing.BadSignature:
        return None
    agreement = Agreement.current()
    return Identity.objects.filter(pk=number, ended_at=None, agreement=agreement).first()


def touch(identity: Identity) -> None:
    """It was used: the agreement's term begins anew, from this day."""
    Identity.objects.filter(pk=identity.pk).update(last_used_on=timezone.localdate())


@transaction.atomic
def withdraw_consent(identity: Identity) -> None:
    """Processing stops now: nothing waits, stands under an article or goes out by mail any more.

    What the law wants kept is kept for three months and then purged.
    """
    Identity.objects.filter(pk=identity.pk, ended_at=None).update(
        ended_at=timezone.now(), ended_by=Identity.Ended.WITHDRAWN
    )
    OneTimeCode.objects.filter(contact_hash=identity.contact_hash).delete()
    for comment in identity.comments.all():
        notices.forget(comment)
        if writer.may_withdraw(comment):
            writer.withdraw(comment)


def look(identity: Identity, *, by: User, purpose: str) -> str:
    """The contact in clear, for somebody who may; the look is on record before it is answered."""
    put_on_record(identity, by=by, purpose=purpose)
    return vault.unseal(identity.contact_sealed)


def put_on_record(identity: Identity, *, by: User, purpose: str) -> None:
    if not by.has_perm("comments.open_identity"):
        raise PermissionDenied
    if not purpose.strip():
        raise ValidationError(_("Say for what you look: whose request, number, date."))
    IdentityLook.objects.create(
        identity=identity, identity_number=identity.pk, looked_by=by, purpose=purpose
    )
