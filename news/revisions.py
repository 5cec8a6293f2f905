"""An article's history: what each save left, and how an earlier state comes back.

A snapshot holds what officers write and choose, in every language; not what the verbs decide
(status, moments, pins). It is read from the database, because a text in memory may be unclean.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from news import translations
from news.languages import LANGUAGES
from news.models import Article, ArticlePicture, ArticleRevision, Attachment, Picture, Section

Content = Mapping[str, Any]

TEXTS = ("headline", "lead", "body", "byline", "comments_message")
CHOICES = ("video_url", "comments_state")
ATTACHMENT_TEXTS = ("title", "signatory")


def columns(texts: tuple[str, ...]) -> list[str]:
    return [f"{text}_{language}" for text in texts for language in LANGUAGES]


def snapshot(article: Article) -> dict[str, Any]:
    """The stored article as one value that JSON can hold; four queries."""
    names = [*columns(TEXTS), *CHOICES]
    stored = Article.objects.filter(pk=article.pk)
    row = stored.values("section_id", "main_picture_id", *names).get()
    chosen = Article.related.through.objects.filter(from_article_id=article.pk).order_by("pk")
    return {
        "section": row["section_id"],
        "main_picture": row["main_picture_id"],
        **{name: row[name] or "" for name in names},
        "related": list(chosen.values_list("to_article_id", flat=True)),
        "gallery": [
            {"id": pk, "picture": picture, "position": position}
            for pk, picture, position in ArticlePicture.objects.filter(
                article_id=article.pk
            ).values_list("pk", "picture_id", "position")
        ],
        "attachments": [
            _attachment(attachment)
            for attachment in Attachment.objects.filter(article_id=article.pk)
        ],
    }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": attachment.pk,
        "file": attachment.file.name,
        "kind": attachment.kind,
        "size": attachment.size,
        "issued_on": attachment.issued_on.isoformat() if attachment.issued_on else None,
        "position": attachment.position,
        **{name: getattr(attachment, name) or "" for name in columns(ATTACHMENT_TEXTS)},
    }


def latest(article: Article) -> ArticleRevision | None:
    return ArticleRevision.objects.filter(article_id=article.pk).first()


@transaction.atomic
def record(article: Article, *, by: User | None, note: str = "") -> ArticleRevision | None:
    """Add the stored state to the history; None where nothing differs from the latest."""
    Article.objects.select_for_update().only("pk").get(pk=article.pk)  # numbers without gaps
    last, content = latest(article), snapshot(article)
    if last is not None and last.content == content:
        return None
    return ArticleRevision.objects.create(
        article_id=article.pk,
        number=last.number + 1 if last else 1,
        content=content,
        created_by=by,
        note=note,
    )


def record_first(article: Article) -> None:
    """Before a change to an article that was written before there was a history."""
    if latest(article) is None:
        stored = Article.objects.only("updated_at", "created_by").get(pk=article.pk)
        ArticleRevision.objects.create(
            article_id=article.pk,
            number=1,
            content=snapshot(article),
            created_at=stored.updated_at,
            created_by_id=stored.created_by_id,
        )


@transaction.atomic
def apply(article: Article, content: Content) -> None:
    """Write a snapshot over an article, with everything that belongs to it; the verbs call this.

    Pictures, sections and articles that are gone for good are left out.
    """
    article.refresh_from_db()
    texts_before = translations.texts_of(article)
    for name in (*columns(TEXTS), *CHOICES):
        if name in content:
            setattr(article, name, content[name])
    if Section.objects.filter(pk=content["section"]).exists():
        article.section_id = content["section"]
    pictures = {content["main_picture"], *(row["picture"] for row in content["gallery"])}
    there = set(Picture.objects.filter(pk__in=pictures - {None}).values_list("pk", flat=True))
    main_picture = content["main_picture"]
    article.main_picture_id = main_picture if main_picture in there else None
    article.save()
    _apply_related(article, content["related"])
    _apply_rows(article, ArticlePicture, _gallery_rows(content["gallery"], there))
    _apply_rows(article, Attachment, content["attachments"])
    article.refresh_from_db()
    translations.follow(article, texts_before)


def _apply_related(article: Article, wanted: list[int]) -> None:
    there = set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    numbers = [number for number in wanted if number in there]
    if list(article.related.through.objects.filter(from_article=article).order_by("pk")
            .values_list("to_article_id", flat=True)) != numbers:  # fmt: skip
        article.related.clear()
        for number in numbers:  # their order is the order of the rows
            article.related.add(number)


def _gallery_rows(rows: list[dict[str, Any]], there: set[int]) -> list[dict[str, Any]]:
    return [
        {"id": row["id"], "picture_id": row["picture"], "position": row["position"]}
        for row in rows
        if row["picture"] in there
    ]


def _apply_rows(article: Article, model: Any, wanted: list[dict[str, Any]]) -> None:
    """Rows keep their numbers: forms and addresses know them by these."""
    numbers = [row["id"] for row in wanted]
    for row in model.objects.filter(article=article).exclude(pk__in=numbers):
        row.delete()
    for values in wanted:
        number, changes = values["id"], {k: v for k, v in values.items() if k != "id"}
        row = model.objects.filter(pk=number).first()
        if row is not None and row.article_id != article.pk:  # taken by another article since
            row, number = None, None
        row = row or model(pk=number, article=article)
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
