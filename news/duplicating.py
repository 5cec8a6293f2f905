"""A copy of an article to go on writing from."""

import secrets
from contextlib import suppress

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction

from news import revisions
from news.attachments import FOLDER
from news.models import Article, ArticlePicture, Attachment, Translation
from news.revisions import ATTACHMENT_TEXTS, CHOICES, TEXTS, columns
from news.storage import StorageError


def duplicate(article: Article, *, by: User) -> Article:
    """A new draft of the same words, pictures and documents; nothing of what was decided on it."""
    if not by.has_perms(["news.add_article", "news.view_article"]):
        raise PermissionDenied
    written: list[tuple[Attachment, str]] = []
    try:
        with transaction.atomic():
            return _duplicate(article, by, written)
    except BaseException:
        for attachment, name in written:
            with suppress(OSError):
                attachment.file.storage.delete(name)
        raise


def _duplicate(article: Article, by: User, written: list[tuple[Attachment, str]]) -> Article:
    copy = Article(created_by=by)
    ledger = ("source_language", *columns(("outdated",)))
    for name in ("section", "main_picture", *CHOICES, *columns(TEXTS), *ledger):
        setattr(copy, name, getattr(article, name))
    copy.save()
    _keep_ledger(copy, article)
    copy.related.set(article.related.order_by("pk"))
    ArticlePicture.objects.bulk_create(
        ArticlePicture(article=copy, picture_id=row.picture_id, position=row.position)
        for row in article.gallery.all()
    )
    for attachment in article.attachments.all():
        _attach(copy, attachment, written)
    revisions.record(copy, by=by)
    return copy


def _keep_ledger(copy: Article, article: Article) -> None:
    """What was out of date stays so; when it was written tells nothing of the copy."""
    rows = list(article.translations.all())
    for row in rows:
        row.pk, row.article, row.complete_at = None, copy, None
    Translation.objects.bulk_create(rows)


def _attach(
    article: Article, attachment: Attachment, written: list[tuple[Attachment, str]]
) -> None:
    """With a file of its own: either may be taken off without the other."""
    storage = attachment.file.storage
    name = f"{FOLDER}{secrets.token_hex(16)}.{attachment.kind}"
    try:
        with attachment.file.open("rb") as source:
            name = storage.save(name, File(source))
    except OSError as error:
        raise StorageError(str(error)) from error
    written.append((attachment, name))
    Attachment.objects.create(
        article=article,
        file=name,
        **{
            field: getattr(attachment, field)
            for field in ("kind", "size", "issued_on", "position", *columns(ATTACHMENT_TEXTS))
        },
    )
