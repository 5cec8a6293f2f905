"""«I know, because …»: findings that somebody answered for, kept in the log."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from news.models import Article, PreflightNote
from news.preflight.findings import Finding, examine

LONGEST = 300


@dataclass(frozen=True)
class Preflight:
    """What was noticed now: still open, and answered for."""

    open: list[Finding]
    noted: list[tuple[Finding, PreflightNote]]


def of(article: Article) -> Preflight:
    notes = {note.key: note for note in article.preflight_notes.select_related("written_by")}
    found = list({finding.key: finding for finding in examine(article)}.values())
    return Preflight(
        open=[finding for finding in found if finding.key not in notes],
        noted=[(finding, notes[finding.key]) for finding in found if finding.key in notes],
    )


@transaction.atomic
def answer(article: Article, reasons: Mapping[str, str], *, by: User) -> Preflight:
    """Keep the reasons given for open findings, by their keys; what is left comes back."""
    keep(article, of(article).open, reasons, by=by)
    return of(article)


def keep(
    article: Article, findings: list[Finding], reasons: Mapping[str, str], *, by: User
) -> None:
    for finding in findings:
        if reason := reasons.get(finding.key, "").strip():
            PreflightNote.objects.get_or_create(
                article=article,
                key=finding.key,
                defaults={
                    "code": finding.code,
                    "excerpt": finding.excerpt[:LONGEST],
                    "reason": reason[:LONGEST],
                    "written_by": by,
                },
            )
