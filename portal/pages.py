"""The texts that every installation starts with; from then on they belong to the editors."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.html import escape, format_html_join
from django.utils.translation import override

TEXTS = Path(__file__).parent / "default_pages"


def create_missing(using: str = "default", **_signal: Any) -> None:
    """Write the pages that are not there; those that are stay as they are."""
    from news.models import Page

    if Page._meta.db_table not in connections[using].introspection.table_names():
        return  # not migrated so far
    for slug in Page.Slug.values:
        if not Page.objects.using(using).filter(slug=slug).exists():
            Page(slug=slug, **default_texts(slug)).save(using=using)


def default_texts(slug: str) -> dict[str, str]:
    """``title_kk``, ``body_kk`` and so on, with what the settings and the code know filled in."""
    from comments.models import RejectionReason

    texts = {}
    for language, _name in settings.LANGUAGES:
        heading, body = (
            (TEXTS / f"{slug}.{language}.html").read_text(encoding="utf-8").split("\n", 1)
        )
        with override(language):
            reasons = format_html_join(
                "", "<li>{}</li>", [[label] for label in RejectionReason.labels]
            )
        texts[f"title_{language}"] = heading.removeprefix("<h1>").removesuffix("</h1>")
        texts[f"body_{language}"] = (
            body.replace("[contacts]", escape(settings.SITE_CONTACTS[language]))
            .replace("[reasons]", reasons)
            .replace("[length]", str(settings.COMMENTS_MAX_LENGTH))
            .replace("[per hour]", str(settings.COMMENTS_PER_HOUR))
            .replace("[minutes]", str(settings.COMMENTS_CORRECT_MINUTES))
            .replace("[sender days]", str(settings.COMMENTS_SENDER_DAYS))
            .replace("[refused days]", str(settings.COMMENTS_REFUSED_DAYS))
        )
    return texts


def create_agreement(using: str = "default", **_signal: Any) -> None:
    """The first version of what writers agree to; further ones are written in the admin."""
    from comments.models import Agreement

    if Agreement._meta.db_table not in connections[using].introspection.table_names():
        return
    if Agreement.objects.using(using).exists():
        return
    texts = {}
    for language, _name in settings.LANGUAGES:
        text = (TEXTS / f"agreement.{language}.txt").read_text(encoding="utf-8").strip()
        texts[f"text_{language}"] = text.replace(
            "[contacts]", settings.SITE_CONTACTS[language]
        ).replace("[sender days]", str(settings.COMMENTS_SENDER_DAYS))
    Agreement(version=1, **texts).save(using=using)
