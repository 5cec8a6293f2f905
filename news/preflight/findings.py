"""One list of everything that was noticed about an article."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES, name_of
from news.models import Article, Picture
from news.outside_links.known import dead_among
from news.preflight import dates, links, numbers, texts

SHORTEST_TEXT = 40  # letters; below, a name in Latin is a text without Kazakh letters
HEAVY = 400_000  # bytes of the picture as most readers get it
NARROW = 800  # pixels


@dataclass(frozen=True)
class Finding:
    """Something a colleague would point at, and where it stands."""

    code: str
    message: str | Promise
    field: str = ""  # of the change page
    picture: int = 0  # of the library, where the finding is about one
    language: str = ""
    excerpt: str = ""

    @property
    def key(self) -> str:
        """The same as long as the same thing stands in the same place."""
        place = f"{self.code}|{self.field}|{self.picture}|{self.language}|{self.excerpt}"
        return hashlib.sha256(place.encode()).hexdigest()[:24]

    @property
    def language_name(self) -> str:
        return name_of(self.language) if self.language else ""


def examine(article: Article) -> list[Finding]:
    """Everything noticed, text by text; in the order in which the change page has it."""
    pictures = _pictures_of(article)
    found = [*_between_languages(article)]
    for language in LANGUAGES:
        if article.text_in(language).headline or article.text_in(language).body:
            found += _in_language(article, language)
            found += _alternatives(pictures, language)
    found += _weights(pictures)
    return found


def _between_languages(article: Article) -> Iterator[Finding]:
    kk, ru = (" ".join(texts.plain(article.text_in(code).body).split()) for code in ("kk", "ru"))
    if kk and kk == ru:
        yield Finding("same_text", _("The Kazakh text is the Russian one."), "body_kk", 0, "kk")
    elif len(kk) >= SHORTEST_TEXT and not texts.has_kazakh_letter(kk):
        yield Finding(
            "not_kazakh", _("Not one Kazakh letter in the Kazakh text."), "body_kk", 0, "kk"
        )
    headline = article.text_in("kk").headline
    if headline and headline == article.text_in("ru").headline:
        yield Finding(
            "same_headline", _("The Kazakh headline is the Russian one."), "headline_kk", 0, "kk"
        )


def _in_language(article: Article, language: str) -> Iterator[Finding]:
    text = article.text_in(language)
    if texts.is_capitals(text.headline):
        yield Finding(
            "capitals",
            _("The headline is typed in capitals; the page makes them itself."),
            f"headline_{language}",
            0,
            language,
        )
    if not text.lead:
        yield Finding(
            "no_lead",
            _("No lead: lists and shared links show it."),
            f"lead_{language}",
            0,
            language,
        )
    for name, content in (
        ("headline", text.headline),
        ("lead", text.lead),
        ("body", texts.plain(text.body)),
    ):
        yield from _in_words(content, f"{name}_{language}", language)
    yield from _in_markup(text.body, f"body_{language}", language)


def _in_words(content: str, field: str, language: str) -> Iterator[Finding]:
    checks = [
        ("iin", _("An individual identification number (IIN)."), numbers.personal_numbers(content)),
        ("card", _("The number of a bank card."), numbers.card_numbers(content)),
        ("phone", _("Somebody’s mobile number."), numbers.mobile_numbers(content)),
    ]
    if language != "en":
        mixed = texts.mixed_words(content)
        checks.append(
            ("mixed", _("Latin and Cyrillic letters in one word: search does not find it."), mixed)
        )
    for code, message, excerpts in checks:
        for excerpt in excerpts:
            yield Finding(code, message, field, 0, language, excerpt)
    for written, weekday in dates.mismatches(content, language, timezone.localdate()):
        yield Finding(
            "weekday",
            _("That date is another weekday: %(weekday)s.") % {"weekday": weekday},
            field,
            0,
            language,
            written,
        )


def _in_markup(body: str, field: str, language: str) -> Iterator[Finding]:
    outline = texts.Outline(body)
    for href, words in texts.poor_links(outline):
        message = _("A link whose words do not say where it leads.")
        yield Finding("poor_link", message, field, 0, language, words or href)
    for href, words in outline.links:
        if links.is_ours(href) and links.is_dead(href):
            message = _("A link to a page of the portal that is not there.")
            yield Finding("dead_link", message, field, 0, language, words or href)
    outside = [href for href, _words in outline.links if not links.is_ours(href)]
    dead = dead_among(outside)
    for href, words in outline.links:
        if href in dead:
            message = _("A link to another site that no longer answers there (%(problem)s).")
            said = message % {"problem": dead[href]}
            yield Finding("dead_outside", said, field, 0, language, words or href)
    for level, words in outline.headings:
        if not words:
            yield Finding("empty_heading", _("An empty heading."), field, 0, language, level)
    for words in outline.bold_paragraphs:
        message = _("A bold line that looks like a heading: make it one.")
        yield Finding("bold_heading", message, field, 0, language, words)


def _pictures_of(article: Article) -> dict[int, tuple[Picture, str]]:
    """Each picture readers see, and the field of the change page where it was chosen."""
    found: dict[int, tuple[Picture, str]] = {}
    if article.main_picture:
        found[article.main_picture.pk] = article.main_picture, "main_picture"
    for item in article.gallery.select_related("picture"):
        found.setdefault(item.picture.pk, (item.picture, "gallery"))
    for language in LANGUAGES:
        for picture in texts.pictures_in(article.text_in(language).body):
            found.setdefault(picture.pk, (picture, f"body_{language}"))
    return found


def _alternatives(pictures: dict[int, tuple[Picture, str]], language: str) -> Iterator[Finding]:
    for picture, field in pictures.values():
        if not picture.is_decorative and not getattr(picture, f"alt_{language}"):
            message = _("A picture without its alternative text in this language.")
            yield Finding("no_alt", message, field, picture.pk, language, str(picture))


def _weights(pictures: dict[int, tuple[Picture, str]]) -> Iterator[Finding]:
    for picture, field in pictures.values():
        if picture.weight > HEAVY:
            message = _("A heavy picture: slow on rural lines.")
            yield Finding("heavy", message, field, picture.pk, "", f"{picture.weight // 1000} kB")
        if picture.width < NARROW:
            message = _("A small picture: it will look blurred.")
            yield Finding("small", message, field, picture.pk, "", f"{picture.width} px")
