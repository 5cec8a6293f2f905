"""Everything the portal keeps about one person: shown, exported, erased.

A person is known by a comment's receipt (its code or address), or by a contact they proved or
asked letters to. Comments written without identification lead to nobody but their own receipt.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from comments import notices, writer
from comments.articles import outbox
from comments.identity import contacts, identities, vault
from comments.models import Comment, Identity, WriterNotice


@dataclass
class Person:
    comments: list[Comment]
    identities: list[Identity]
    notices: list[WriterNotice]

    def __bool__(self) -> bool:
        return bool(self.comments or self.identities or self.notices)


def of_contact(contact: str) -> Person:
    """By a telephone number or address as its owner writes it; ValidationError if it is neither."""
    return of_hash(contacts.keyed_hash(_parse(contact)))


def of_hash(contact_hash: str) -> Person:
    found = list(Identity.objects.filter(contact_hash=contact_hash))
    notices = list(WriterNotice.objects.filter(address_hash=contact_hash))
    written = Comment.objects.filter(identity__in=found) | Comment.objects.filter(
        notice__in=[notice.pk for notice in notices]
    )
    return Person(list(written.distinct().oldest_first()), found, notices)


def of_receipt(comment: Comment) -> Person:
    """The person behind a comment: all of them where it was identified, else the comment."""
    if comment.identity:
        return of_hash(comment.identity.contact_hash)
    return Person([comment], [], list(WriterNotice.objects.filter(comment=comment)))


def export(person: Person) -> dict[str, Any]:
    """Everything, as JSON's own types, in clear: for the person, or on a lawful request."""
    return {
        "exported_at": timezone.now().isoformat(),
        "identities": [
            {
                "contact": _opened(identity.contact_sealed),
                "proved_by": identity.kind,
                "agreement_version": identity.agreement.version,
                "accepted_at": identity.accepted_at.isoformat(),
                "last_used_on": identity.last_used_on.isoformat(),
                "ended_at": identity.ended_at and identity.ended_at.isoformat(),
                "looked_at": [look.looked_at.isoformat() for look in identity.looks.all()],
            }
            for identity in person.identities
        ],
        "letters_to": [_opened(notice.address_sealed) for notice in person.notices],
        "comments": [
            {
                "article": comment.article_id,
                "sent_at": comment.created_at.isoformat(),
                "name": comment.author_name,
                "text": comment.text,
                "language": comment.language,
                "status": comment.status,
                "decisions": [
                    {
                        "at": decision.decided_at.isoformat(),
                        "status": decision.status_after,
                        "reason": decision.reason,
                        "note": decision.note,
                    }
                    for decision in comment.decisions.all()
                ],
            }
            for comment in person.comments
        ],
    }


def as_file(person: Person) -> HttpResponse:
    """``export()`` as browsers save it."""
    content = json.dumps(export(person), ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@transaction.atomic
def erase(person: Person) -> None:
    """Erase the comments and end the agreements, now.

    The sealed contact of an identity stays for the three months that the law wants, and goes with
    `purge_personal_data`; letters to the person, sent or waiting, go with this.
    """
    for notice in person.notices:
        outbox.forget(_opened(notice.address_sealed))
        notices.forget(notice.comment)
    for comment in person.comments:
        writer.erase(comment)
    for identity in person.identities:
        if identity.kind == "email":
            outbox.forget(_opened(identity.contact_sealed))
        identities.withdraw_consent(identity)


def _parse(contact: str) -> str:
    parse = contacts.parse_address if "@" in contact else contacts.parse_number
    return parse(contact)


def _opened(sealed: str) -> str:
    try:
        return vault.unseal(sealed)
    except vault.UnreadableError:
        return ""
