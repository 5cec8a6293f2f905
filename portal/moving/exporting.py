"""Everything public as records and files, from which an empty portal becomes the same one."""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File

from comments.models import Comment
from news.models import Article, ImportedRecord, Page, Picture, Section
from news.richtext import PICTURE
from portal.moving.records import (
    LANGUAGES,
    ArticleRecord,
    AttachmentRecord,
    CommentRecord,
    CorrectionRecord,
    PageRecord,
    PictureRecord,
    Record,
    RelatedRecord,
    SectionRecord,
    Texts,
)

BATCH = 200
EMPTY: tuple[Any, ...] = ("", None, [], {})


class Exporter:
    """Writes ``records.jsonl`` and ``media/`` into a folder, the records last and at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done: Counter[str] = Counter()
        (folder / "media").mkdir(parents=True, exist_ok=True)

    def write(self) -> Iterator[Counter[str]]:
        """What was written so far, after each record."""
        unfinished = self.folder / "records.jsonl.part"
        with unfinished.open("w", encoding="utf-8") as file:
            for record in self._records():
                kind = record.__class__.__name__.removesuffix("Record").lower()
                line = {"kind": kind, **_plain(asdict(record))}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                self.done[kind] += 1
                yield self.done
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / "records.jsonl")

    def _records(self) -> Iterator[Record]:
        for section in Section.objects.order_by("position", "pk"):
            yield SectionRecord(section.slug, _texts(section, "title"), section.position)
        for page in Page.objects.order_by("pk"):
            yield PageRecord(page.pk, _texts(page, "title"), _texts(page, "body"), page.updated_at)
        shown: set[int] = set()
        for article in _public_articles():
            for picture in _pictures_of(article):
                if picture.pk not in shown:
                    shown.add(picture.pk)
                    yield self._picture(picture)
            yield self._article(article)
        for article in _public_articles():
            chosen = Article.related.through.objects.filter(from_article=article).order_by("pk")
            readable = Article.objects.readable().in_bulk(
                chosen.values_list("to_article", flat=True)
            )
            numbers = chosen.values_list("to_article", flat=True)
            if keys := [_article_key(readable[pk]) for pk in numbers if pk in readable]:
                yield RelatedRecord(_article_key(article), keys)
        comments = Comment.objects.approved().filter(article__in=Article.objects.readable())
        # A reply is written after what it replies to, so numbers are in the right order.
        for comment in (
            comments.select_related("article", "department").order_by("pk").iterator(BATCH)
        ):
            if comment.parent_id is None or comment.parent.status == Comment.Status.APPROVED:
                yield _comment(comment)

    def _picture(self, picture: Picture) -> PictureRecord:
        return PictureRecord(
            key=_picture_key(picture),
            file=self._copy(picture.original if picture.original else picture.file),
            alt=_texts(picture, "alt"),
            caption=_texts(picture, "caption"),
            credit=_texts(picture, "credit"),
            is_decorative=picture.is_decorative,
            focus=(picture.focus_x, picture.focus_y),
        )

    def _article(self, article: Article) -> ArticleRecord:
        in_text = [
            int(number)
            for language in LANGUAGES
            for number in re.findall(PICTURE, getattr(article, f"body_{language}") or "")
        ]
        pictures = list(Picture.objects.filter(pk__in=in_text).order_by("pk"))
        places = {picture.pk: place for place, picture in enumerate(pictures)}

        def portable(match: re.Match[str]) -> str:
            place = places.get(int(match[1]))
            return "" if place is None else f'<img data-record="{place}">'

        return ArticleRecord(
            key=_article_key(article),
            number=article.pk,
            section=article.section.slug,
            status=article.status,
            published_at=article.published_at,
            updated_at=article.updated_at,
            withdrawn_at=article.withdrawn_at,
            headline=_texts(article, "headline"),
            lead=_texts(article, "lead"),
            body={
                language: re.sub(PICTURE, portable, html)
                for language, html in _texts(article, "body").items()
            },
            byline=_texts(article, "byline"),
            withdrawal_reason=_texts(article, "withdrawal_reason"),
            withdraws_at=article.withdraws_at,
            source_language=article.source_language,
            comments_state=article.comments_state,
            comments_message=_texts(article, "comments_message"),
            pinned_until=article.pinned_until,
            corrections=[
                CorrectionRecord(_texts(correction, "note"), correction.made_at)
                for correction in article.corrections.order_by("made_at", "pk")
            ],
            video_url=article.video_url,
            main_picture=_picture_key(article.main_picture) if article.main_picture else "",
            gallery=[
                _picture_key(item.picture) for item in article.gallery.select_related("picture")
            ],
            pictures=[self._picture(picture) for picture in pictures],
            attachments=[
                AttachmentRecord(
                    file=self._copy(attachment.file),
                    title=_texts(attachment, "title"),
                    issued_on=str(attachment.issued_on or ""),
                    signatory=_texts(attachment, "signatory"),
                )
                for attachment in article.attachments.all()
            ],
            old_addresses=sorted(old.path for old in article.old_addresses.all()),
        )

    def _copy(self, stored: File) -> str:
        """Under a name made of its content: the same file is carried once."""
        digest = hashlib.sha256()
        unfinished = self.folder / "media" / "part"
        with stored.open("rb") as source, unfinished.open("wb") as target:
            for chunk in source.chunks():
                digest.update(chunk)
                target.write(chunk)
        name = f"media/{digest.hexdigest()[:32]}{Path(str(stored.name)).suffix}"
        unfinished.replace(self.folder / name)
        return name


def _public_articles() -> Iterator[Article]:
    rows = Article.objects.readable().select_related("section", "main_picture")
    return rows.order_by("published_at", "pk").iterator(BATCH)


def _pictures_of(article: Article) -> list[Picture]:
    first = [article.main_picture] if article.main_picture else []
    return first + [item.picture for item in article.gallery.select_related("picture")]


def _comment(comment: Comment) -> CommentRecord:
    return CommentRecord(
        key=_key("comment", comment.pk, f"{settings.SITE_URL}/comments/{comment.pk}"),
        article=_article_key(comment.article),
        author_name=comment.author_name,
        text=comment.text,
        language=comment.language,
        created_at=comment.created_at,
        parent=_key(
            "comment", comment.parent_id, f"{settings.SITE_URL}/comments/{comment.parent_id}"
        )
        if comment.parent_id
        else "",
        department=_texts(comment.department, "name") if comment.department else {},
        written_by=comment.kind,
    )


def _article_key(article: Article) -> str:
    return _key("article", article.pk, f"{settings.SITE_URL}/n/{article.pk}")


def _picture_key(picture: Picture) -> str:
    return _key("picture", picture.pk, f"{settings.SITE_URL}/{picture.file.name}")


def _key(kind: str, number: int, otherwise: str) -> str:
    """The key it came with, if it came with one: then moving on does not rename it."""
    rows = ImportedRecord.objects.filter(kind=kind, object_id=number)
    return rows.values_list("key", flat=True).first() or otherwise


def _texts(thing: Any, name: str) -> Texts:
    return {
        language: text
        for language in LANGUAGES
        if (text := getattr(thing, f"{name}_{language}", ""))
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty; moments as text."""
    return {name: _portable(value) for name, value in values.items() if value not in EMPTY}


def _portable(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(part) if isinstance(part, dict) else part for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
