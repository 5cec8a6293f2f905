"""Records into the portal: each in a transaction of its own, each once.

What was stored is remembered by the record's key in the same transaction: a run that is stopped
goes on where it was, and a second run adds nothing. Nothing that is in the portal already is
changed.
"""

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from comments.models import Comment, Department, ModerationDecision
from news import attachments, old_addresses, pictures, revisions, translations
from news.models import (
    Article,
    ArticlePicture,
    Attachment,
    Correction,
    EditorialDecision,
    ImportedRecord,
    Picture,
    Section,
)
from news.slugs import slug
from portal.moving import letters, site_pages
from portal.moving.files import Files, LostFileError
from portal.moving.records import (
    LANGUAGES,
    ArticleRecord,
    AttachmentRecord,
    CommentRecord,
    PageRecord,
    PictureRecord,
    Record,
    RecordError,
    RelatedRecord,
    SectionRecord,
    Texts,
    columns,
)
from portal.moving.sources import Found

Status = Article.Status


@dataclass
class Report:
    """What an import did, and what a person should look at."""

    done: Counter[str] = field(default_factory=Counter)
    set_aside: list[str] = field(default_factory=list)
    lost_files: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)


class Importer:
    def __init__(self, files: Files, *, by: User | None = None, dry_run: bool = False) -> None:
        self.files = files
        self.by = by
        self.dry_run = dry_run
        self.report = Report()

    def take(self, source: Iterable[Found]) -> Iterator[Report]:
        """Import record by record; the report as it stands after each.

        A dry run is one transaction, taken back at the end, so that later records find the earlier
        ones; SQLite lets nobody else write meanwhile.
        """
        if not self.dry_run:
            yield from self._take_all(source)
            return
        with transaction.atomic():
            yield from self._take_all(source)
            transaction.set_rollback(True)

    def _take_all(self, source: Iterable[Found]) -> Iterator[Report]:
        for found in source:
            if found.problem or found.record is None:
                self.report.set_aside.append(f"{found.place}: {found.problem}")
            else:
                self._take(found.place, found.record)
            yield self.report

    def _take(self, place: str, record: Record) -> None:
        kind = record.__class__.__name__.removesuffix("Record").lower()
        try:
            with transaction.atomic():
                outcome = self._store(place, record)
        except ValidationError as error:
            self.report.set_aside.append(f"{place}: {' '.join(error.messages)}")
            return
        except LostFileError as error:
            self.report.lost_files.append(f"{place}: {error}")
            return
        except RecursionError:
            self.report.set_aside.append(f"{place}: It is nested too deeply.")
            return
        except (RecordError, DatabaseError, OSError, ValueError) as error:
            # Data have no end of ways to be wrong: none of them may cost the records after it.
            said = str(error).partition("\n")[0] or type(error).__name__
            self.report.set_aside.append(f"{place}: {said}")
            return
        self.report.done[f"{kind} {outcome}"] += 1

    def _store(self, place: str, record: Record) -> str:
        match record:
            case SectionRecord():
                return self._section(record)
            case PictureRecord():
                return "there already" if _known("picture", record.key) else self._picture(record)
            case ArticleRecord():
                return self._article(place, record)
            case CommentRecord():
                return self._comment(record)
            case PageRecord():
                return site_pages.take(record)
            case RelatedRecord():
                return self._related(record)
        raise RecordError("Unknown kind of record.")

    def _section(self, record: SectionRecord) -> str:
        _section, is_new = Section.objects.get_or_create(
            slug=record.slug,
            defaults={"position": record.position, **columns("title", record.title)},
        )
        return "taken" if is_new else "there already"

    def _picture(self, record: PictureRecord) -> str:
        accepted = pictures.accept(self.files.read(record.file))
        picture = Picture(
            # Of a picture with both sides known Django leaves the file alone.
            file=f"pictures/{secrets.token_hex(16)}.jpg" if self.dry_run else "",
            width=accepted.image.width,
            height=accepted.image.height,
            is_decorative=record.is_decorative,
            focus_x=record.focus[0],
            focus_y=record.focus[1],
            uploaded_by=self.by,
            **columns("alt", record.alt),
            **columns("caption", record.caption),
            **columns("credit", record.credit),
        )
        picture.clean_fields(exclude=["file", "width", "height"])
        if self.dry_run:  # every check is done, and nothing on disk is the transaction's to undo
            picture.save()
        else:
            pictures.store(picture, accepted)
        _remember("picture", record.key, picture.pk)
        return "taken"

    def _article(self, place: str, record: ArticleRecord) -> str:
        if _known("article", record.key):
            return "there already"
        self._look_at_letters(place, record)
        if twin := _twin(record):
            self.report.duplicates.append(f"{place}: the portal has it as No. {twin.pk}")
            return "set aside"
        taken = sum([self._picture_if_there(place, picture) for picture in record.pictures])
        article = self._write(record, [_known("picture", p.key) for p in record.pictures])
        translations.follow(article, translations.texts_of(article))
        _remember("article", record.key, article.pk)
        old_addresses.remember(article, record.old_addresses)
        for position, key in enumerate(record.gallery):
            if number := _known("picture", key):
                ArticlePicture.objects.get_or_create(
                    article=article, picture_id=number, defaults={"position": position}
                )
        for position, attachment in enumerate(record.attachments):
            self._attachment(place, article, attachment, position)
        revision = revisions.record(article, by=self.by, note=f"import: {record.key}"[:500])
        for correction in record.corrections:
            assert revision is not None  # noqa: S101  (a new article has no history to equal)
            Correction.objects.create(
                article=article,
                made_at=correction.made_at,
                before=revision,
                after=revision,
                hides_text=True,  # what stood there before was not brought along
                made_by=self.by,
                **columns("note", correction.note),
            )
        self.report.done["picture taken"] += taken
        return "taken"

    def _related(self, record: RelatedRecord) -> str:
        number = _known("article", record.article)
        if number is None:
            raise RecordError("The article was not imported.")
        article = Article.objects.get(pk=number)
        if article.related.exists():
            return "there already"
        for key in record.related:  # their order is the order of the rows
            if other := _known("article", key):
                article.related.add(other)
        revisions.record(article, by=self.by)
        return "taken"

    def _picture_if_there(self, place: str, record: PictureRecord) -> bool:
        if _known("picture", record.key):
            return False
        try:
            with transaction.atomic():
                self._picture(record)
                return True
        except LostFileError as error:
            self.report.lost_files.append(f"{place}: {error}")
        except ValidationError as error:
            self.report.lost_files.append(f"{place}: {record.file}: {' '.join(error.messages)}")
        return False

    def _write(self, record: ArticleRecord, numbers: list[int | None]) -> Article:
        is_public = record.status in ("published", "withdrawn")
        if is_public and record.published_at is None:
            raise RecordError("A published article has no date.")
        bodies = {language: _with_pictures(html, numbers) for language, html in record.body.items()}
        article = Article(
            pk=_free_number(record.number),
            section=self._section_named(record.section),
            main_picture_id=_known("picture", record.main_picture) if record.main_picture else None,
            video_url=record.video_url,
            comments_state=record.comments_state or Article.Comments.OPEN,
            withdraws_at=record.withdraws_at if is_public else None,
            pinned_until=record.pinned_until if is_public else None,
            source_language=record.source_language or _first_of(bodies),
            **columns("comments_message", record.comments_message),
            status=Status(record.status),
            published_at=record.published_at if is_public else None,
            updated_at=record.updated_at or record.published_at or timezone.now(),
            withdrawn_at=record.withdrawn_at
            or (record.published_at if record.status == "withdrawn" else None),
            created_by=self.by,
            **columns("headline", record.headline),
            **columns("lead", record.lead),
            **columns("body", bodies),
            **columns("byline", record.byline),
            **columns("withdrawal_reason", record.withdrawal_reason),
        )
        article.clean_fields(exclude=["id", *(f"has_{language}" for language in LANGUAGES)])
        article.clean()
        article.save(force_insert=True)
        if record.number:
            _step_over_taken_numbers()
        if is_public:
            EditorialDecision.objects.create(
                article=article,
                status_before=Status.DRAFT,
                status_after=article.status,
                published_at=article.published_at,
                note=f"import: {record.key}"[:500],
                decided_by=self.by,
            )
        return article

    def _section_named(self, name: str) -> Section:
        """By its address or its title in any language; a new one where there is none."""
        if not name:
            raise RecordError("The record names no section: say --section.")
        wanted = name.strip().casefold()
        for section in Section.objects.all():
            titles = [getattr(section, f"title_{language}") or "" for language in LANGUAGES]
            if wanted in (section.slug, *(title.casefold() for title in titles)):
                return section
        address = slug(name, letters.language_of(name))[:40].strip("-")
        if not address or not address[0].isalpha() or address == "feed":
            raise RecordError(f"No section can be made of {name!r}: say --section.")
        self.report.done["section taken"] += 1
        return Section.objects.create(
            slug=address, **columns("title", {letters.language_of(name): name[:100]})
        )

    def _attachment(
        self, place: str, article: Article, record: AttachmentRecord, position: int
    ) -> None:
        attachment = Attachment(
            article=article,
            issued_on=record.issued_on or None,
            position=position,
            **columns("title", record.title),
            **columns("signatory", record.signatory),
        )
        try:
            accepted = attachments.accept(self.files.read(record.file))
            if not self.dry_run:
                attachments.store(attachment, accepted)
        except LostFileError as error:
            self.report.lost_files.append(f"{place}: {error}")
        except ValidationError as error:
            self.report.lost_files.append(f"{place}: {record.file}: {' '.join(error.messages)}")

    def _comment(self, record: CommentRecord) -> str:
        if _known("comment", record.key):
            return "there already"
        article = _known("article", record.article)
        parent = _known("comment", record.parent) if record.parent else None
        if article is None or (record.parent and parent is None):
            raise RecordError("What it comments on was not imported.")
        department = None
        if record.department:
            names = columns("name", record.department)
            department = Department.objects.filter(**names).first()
            department = department or Department.objects.create(**names)
        comment = Comment(
            article_id=article,
            parent_id=parent,
            kind=record.written_by,
            department=department,
            author_name=record.author_name,
            text=record.text,
            language=record.language,
            status=Comment.Status.APPROVED,
            created_at=record.created_at,
        )
        comment.clean_fields()
        comment.save()
        ModerationDecision.objects.create(
            comment=comment,
            status_before=Comment.Status.PENDING,
            status_after=Comment.Status.APPROVED,
            decided_by=self.by,
        )
        _remember("comment", record.key, comment.pk)
        return "taken"

    def _look_at_letters(self, place: str, record: ArticleRecord) -> None:
        for name in ("headline", "lead", "body", "byline"):
            texts: Texts = getattr(record, name)
            for language, text in texts.items():
                right = letters.mended(text)
                if letters.is_broken(right):
                    self.report.letters.append(f"{place}: {name}_{language} was decoded wrongly")
                elif right != text:
                    self.report.letters.append(f"{place}: {name}_{language} mended (mojibake)")
                if mixed := letters.mixed_words(re.sub("<[^>]*>", " ", right)):
                    told = letters.told_of(mixed)
                    self.report.letters.append(f"{place}: {name}_{language}: {told}")
                    right = _unmixed(right)
                texts[language] = right


def _unmixed(html: str) -> str:
    """Words mended, tags and addresses left alone."""
    return "".join(
        part if part.startswith("<") else letters.unmixed(part)
        for part in re.split(r"(<[^>]*>)", html)
    )


def _twin(record: ArticleRecord) -> Article | None:
    """An article of the same day with the same headline."""
    if record.published_at is None:
        return None
    for language, headline in record.headline.items():
        found = Article.objects.filter(
            published_at=record.published_at, **{f"headline_{language}": headline}
        ).first()
        if found:
            return found
    return None


def _with_pictures(html: str, numbers: list[int | None]) -> str:
    def replace(match: re.Match[str]) -> str:
        place = int(match[1])
        number = numbers[place] if place < len(numbers) else None
        return f'<img data-picture="{number}">' if number else ""

    return re.sub(r'<img data-record="(\d{1,6})">', replace, html)


def _step_over_taken_numbers() -> None:
    """A number given by hand must not be given once more by the database."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Article]):
            cursor.execute(statement)


def _free_number(number: int | None) -> int | None:
    return None if number is None or Article.objects.filter(pk=number).exists() else number


def _first_of(bodies: Texts) -> str:
    return next((language for language in LANGUAGES if bodies.get(language)), LANGUAGES[0])


def _known(kind: str, key: str) -> int | None:
    rows = ImportedRecord.objects.filter(kind=kind, key=key[:500])
    return rows.values_list("object_id", flat=True).first()


def _remember(kind: str, key: str, object_id: int) -> None:
    ImportedRecord.objects.create(kind=kind, key=key[:500], object_id=object_id)
