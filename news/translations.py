"""The ledger of translations: which text was made from which words of the original, and which of
them have changed since.

The original is the language in which an article was written first. Each other language has a row
with the hash of what it was translated from; where the original changes and the translation does
not, the translation is outdated until somebody changes it or says that it still fits.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES
from news.models import Article, Translation
from news.richtext import clean_html

TRANSLATED = ("headline", "lead", "body", "byline")
NEEDED = ("headline", "body")
Texts = Mapping[str, Mapping[str, str]]  # language → text's name → text


class State(models.TextChoices):
    MISSING = "missing", _("missing")
    INCOMPLETE = "incomplete", _("incomplete")
    OUTDATED = "outdated", _("out of date")
    COMPLETE = "complete", _("complete")


@dataclass(frozen=True)
class Standing:
    """How one language of an article stands."""

    language: str
    state: State
    is_original: bool
    lacks: list[str]  # names of texts that publication needs
    changed: list[tuple[str, str, str]] = field(default_factory=list)  # text, original then, now
    outdated_at: object = None


def texts_of(article: Article) -> dict[str, dict[str, str]]:
    return {
        language: {name: getattr(article, f"{name}_{language}") or "" for name in TRANSLATED}
        for language in LANGUAGES
    }


def essence(text: str) -> str:
    """A text without the line breaks that the editor puts between its paragraphs."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    joined = re.sub(r">\s+|\s+<", lambda found: found[0].strip(), clean_html(text))
    return re.sub(r"\s+", " ", joined)


def fingerprint(text: str) -> str:
    return hashlib.sha256(essence(text).encode()).hexdigest()[:32]


def standings(article: Article) -> dict[str, Standing]:
    """How each language stands, as stored; one query."""
    rows = {row.language: row for row in article.translations.all()} if article.pk else {}
    texts = texts_of(article)
    return {
        language: _standing(article, language, texts, rows.get(language)) for language in LANGUAGES
    }


def _standing(article: Article, language: str, texts: Texts, row: Translation | None) -> Standing:
    original = article.source_language
    lacks = [name for name in NEEDED if not texts[language][name]]
    outdated = row.outdated if row and getattr(article, f"outdated_{language}") else {}
    changed = [
        (name, outdated[name], texts[original][name]) for name in TRANSLATED if name in outdated
    ]
    if len(lacks) == len(NEEDED) and not any(texts[language].values()):
        state = State.MISSING
    elif lacks:
        state = State.INCOMPLETE
    else:
        state = State.OUTDATED if changed else State.COMPLETE
    return Standing(
        language=language,
        state=state,
        is_original=language == original and state != State.MISSING,
        lacks=lacks,
        changed=changed,
        outdated_at=row.outdated_at if row else None,
    )


def follow(
    article: Article,
    before: Texts | None = None,
    *,
    fitting: Collection[str] = (),
    is_minor: bool = False,
) -> None:
    """Bring the ledger into step with texts that have just been saved.

    ``before`` are the texts as they were, None of a new article. ``fitting`` are the languages of
    which somebody said that they fit the original as it is now; ``is_minor`` says that what was
    changed in the original does not matter for any translation.
    """
    now, then = texts_of(article), before or {}
    moved = _settle_original(article, now)
    original, flags = article.source_language, [f"outdated_{language}" for language in LANGUAGES]
    were = [getattr(article, flag) for flag in flags]
    rows = {row.language: row for row in article.translations.select_for_update()}
    for language in LANGUAGES:
        row = rows.get(language) or Translation(article=article, language=language)
        if row.source_language != original:
            _begin_anew(row, original, then, is_known=bool(before) and not moved)
        if language != original:
            _compare(row, now, then, is_minor=is_minor, fits=language in fitting)
        if row.complete_at is None and _is_complete(now, language):
            # Of what was complete before there was a row, nobody knows since when.
            row.complete_at = None if _is_complete(then, language) else timezone.now()
        if row.pk or any(now[language].values()):
            row.save()
        setattr(article, f"outdated_{language}", bool(row.outdated))
    if moved or were != [getattr(article, flag) for flag in flags]:
        article.save(update_fields=["source_language", *flags])


def _is_complete(texts: Texts, language: str) -> bool:
    return all(texts.get(language, {}).get(name) for name in NEEDED)


def _settle_original(article: Article, now: Texts) -> bool:
    """The original is what was written first: while its texts are empty, another one is it."""
    if any(now[article.source_language][name] for name in NEEDED):
        return False
    written = [code for code in LANGUAGES if any(now[code][name] for name in NEEDED)]
    if not written:
        return False
    article.source_language = next(
        (code for code in written if all(now[code][name] for name in NEEDED)), written[0]
    )
    return True


def _begin_anew(row: Translation, original: str, then: Texts, *, is_known: bool) -> None:
    """What stood side by side before there was a row fitted together, as far as anybody knows."""
    row.source_language, row.made_from, row.outdated = original, {}, {}
    if is_known and row.language != original:
        row.made_from = {
            name: fingerprint(then[original][name])
            for name in TRANSLATED
            if then[row.language][name]
        }
    row.outdated_at = None


def _compare(row: Translation, now: Texts, then: Texts, *, is_minor: bool, fits: bool) -> None:
    mine, source = now[row.language], now[row.source_language]
    for name in TRANSLATED:
        made_from, wanted = row.made_from.get(name), fingerprint(source[name])
        was = then.get(row.language, {}).get(name, "")
        if not mine[name]:
            row.made_from.pop(name, None)
            row.outdated.pop(name, None)
        elif made_from is None or fits or essence(was) != essence(mine[name]):
            row.made_from[name] = wanted
            row.outdated.pop(name, None)
        elif made_from == wanted:
            row.outdated.pop(name, None)
        elif name not in row.outdated:
            if is_minor:
                row.made_from[name] = wanted
            else:
                row.outdated[name] = then.get(row.source_language, {}).get(name, "")
    if row.outdated:
        row.outdated_at = row.outdated_at or timezone.now()
    else:
        row.outdated_at = None
