"""Loads the demo's articles, pictures and comments; all moments are counted back from today."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files import File
from django.utils import timezone

from comments.models import Comment, ModerationDecision
from news import pictures as picture_files
from news import revisions
from news.models import Article, EditorialDecision, Picture, Section
from portal.demo import (
    citizens,
    desk,
    enclosures,
    figures,
    front_page,
    languages,
    notices,
    publishing,
)

SECTIONS = {
    "district": ("Аудан жаңалықтары", "Новости района", "District news"),
    "economy": ("Экономика және ауыл шаруашылығы", "Экономика и село", "Economy and farming"),
    "society": ("Қоғам", "Общество", "Society"),
    "culture": ("Мәдениет және спорт", "Культура и спорт", "Culture and sport"),
}
HERE = Path(__file__).parent
LANGUAGES = ("kk", "ru", "en")
Status = Article.Status


def load(people: dict[str, User]) -> dict[str, int]:
    """Write everything into an empty portal; returns how much of each kind was added."""
    sections = {
        slug: Section.objects.create(
            slug=slug, position=position, **dict(zip(_columns("title"), titles, strict=True))
        )
        for position, (slug, titles) in enumerate(SECTIONS.items(), start=1)
    }
    records = [
        record
        for path in sorted(HERE.glob("articles_*.json"))
        for record in json.loads(path.read_text(encoding="utf-8"))
    ]
    records.sort(key=lambda record: -record["days_ago"])
    drawn = {
        name: _picture(name, alt, people["press"])
        for name, alt in json.loads((HERE / "pictures.json").read_text(encoding="utf-8")).items()
    }
    comments = 0
    for record in records:
        article = _article(record, sections[record["section"]], drawn, people)
        for comment in sorted(record["comments"], key=lambda comment: comment["hours_after"]):
            sent_at = moment_of(record) + timedelta(hours=comment["hours_after"])
            if sent_at <= timezone.now():
                _comment(comment, article, sent_at, people["moderator"])
                comments += 1
    enclosures.add(drawn)
    front_page.arrange()
    for article in Article.objects.all():
        revisions.record(article, by=article.created_by)
    publishing.fill(people)
    desk.fill(people)
    citizens.fill()
    figures.fill()
    languages.fill()
    notices.fill(next(iter(sections.values())))
    return {
        "sections": len(sections),
        "pictures": len(drawn),
        "articles": len(records),
        "comments": comments,
    }


def _columns(field: str) -> list[str]:
    return [f"{field}_{language}" for language in LANGUAGES]


def _picture(name: str, alt: dict[str, str], officer: User) -> Picture:
    picture = Picture(
        uploaded_by=officer, **{f"alt_{language}": text for language, text in alt.items()}
    )
    with (HERE / "pictures" / f"{name}.webp").open("rb") as file:
        picture_files.store(picture, picture_files.accept(File(file)))
    return picture


def _article(
    record: dict[str, Any],
    section: Section,
    drawn: dict[str, Picture],
    people: dict[str, User],
) -> Article:
    moment = moment_of(record)
    wanted = record.get("status", "published")
    status = Status.PUBLISHED if wanted == "scheduled" else Status(wanted)
    public = status not in (Status.DRAFT, Status.IN_REVIEW)
    article = Article.objects.create(
        section=section,
        main_picture=drawn.get(record["picture"]),
        status=status,
        published_at=moment if public else None,
        updated_at=moment,
        created_at=moment - timedelta(hours=20),
        created_by=people["press"],
        withdrawn_at=moment + timedelta(days=1) if status == Status.WITHDRAWN else None,
        **{
            f"{field}_{language}": record.get(field, {}).get(language, "")
            for field in ("headline", "lead", "body", "byline", "withdrawal_reason")
            for language in LANGUAGES
        },
    )
    steps = [(Status.DRAFT, Status.IN_REVIEW, "press", 3)]
    if public:
        steps.append((Status.IN_REVIEW, Status.PUBLISHED, "editor", 1))
    if status == Status.WITHDRAWN:
        steps.append((Status.PUBLISHED, Status.WITHDRAWN, "editor", -24))
    for before, after, person, hours_earlier in steps if status != Status.DRAFT else []:
        EditorialDecision.objects.create(
            article=article,
            status_before=before,
            status_after=after,
            published_at=article.published_at,
            decided_by=people[person],
            decided_at=min(moment - timedelta(hours=hours_earlier), timezone.now()),
        )
    return article


def _comment(record: dict[str, Any], article: Article, sent_at: datetime, moderator: User) -> None:
    comment = Comment.objects.create(
        article=article,
        author_name=record["name"],
        text=record["text"],
        language=record["language"],
        status=record["status"],
        created_at=sent_at,
    )
    if comment.status != Comment.Status.PENDING:
        ModerationDecision.objects.create(
            comment=comment,
            status_before=Comment.Status.PENDING,
            status_after=comment.status,
            reason=record.get("reason", ""),
            decided_by=moderator,
            decided_at=min(sent_at + timedelta(hours=2), timezone.now()),
        )


def moment_of(record: dict[str, Any]) -> datetime:
    """In the district's own time; today's news is never later than now."""
    day = timezone.localdate() - timedelta(days=record["days_ago"])
    moment = timezone.make_aware(datetime.combine(day, time.fromisoformat(record["time"])))
    return min(moment, timezone.now()) if record["days_ago"] >= 0 else moment
