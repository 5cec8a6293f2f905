"""The search page: one box, three languages, best or newest first."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, cast

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.generic import TemplateView

from news import kept, missed_searches, moments
from news.languages import LANGUAGES, name_of
from news.models import Article, Section
from news.periods import Period
from news.prepared import Prepared
from news.search import highlight
from news.search.counting import Filters
from news.search.query import Hit, Order, Results, search
from news.search.text import plain_text
from news.views import canonical

_TEXT = ("lead", "body")
_SHOWN = ("headline", *_TEXT)


@dataclass(frozen=True)
class Found:
    """A hit as a reader sees it; ``language`` is said where it is not the page's."""

    moment: datetime
    section: str
    language: str
    url: str
    headline: SafeString
    fragments: list[SafeString]

    @property
    def html(self) -> str:
        """Written out here, as ``card`` does: as a template it costs more than the search."""
        lang = f' lang="{self.language}"' if self.language else ""
        named = f"\n      <span{lang}>{name_of(self.language)}</span>" if self.language else ""
        return (
            f'<li><article class="search-hit">\n  <h2 class="card-headline">'
            f'<a href="{escape(self.url)}"{lang}>{self.headline}</a></h2>\n'
            f'  <p class="card-meta">{moments.day(self.moment)}\n'
            f"      <span>{escape(self.section)}</span>{named}</p>\n"
            + "".join(f"  <p{lang}>{fragment}</p>\n" for fragment in self.fragments)
            + "</article></li>"
        )


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool
    is_language: bool = False

    @property
    def html(self) -> str:
        lang = f' lang="{self.value}"' if self.is_language else ""
        selected = " selected" if self.is_chosen else ""
        return (
            f'<option value="{escape(self.value)}"{lang}{selected}>'
            f"{escape(self.label)} ({self.count})</option>"
        )


class SearchPage(TemplateView):
    template_name = "news/search.html"

    def get_context_data(self, **kwargs):
        request = self.request
        text = request.GET.get("q", "")
        order: Order = "newest" if request.GET.get("order") == "newest" else "best"
        sections = kept.keep("sections", lambda: list(Section.objects.all()))
        filters = self.get_filters(sections)
        results = search(
            text,
            filters=filters,
            order=order,
            prefer=get_language(),
        )
        page = self.get_page(results)
        if not results.total and filters == Filters():
            missed_searches.note(text, get_language() or settings.LANGUAGE_CODE)
        return super().get_context_data(
            **kwargs,
            results=results,
            order=order,
            page_obj=page,
            found=_shown(page.object_list, results, sections),
            is_filtered=filters != Filters(),
            choices={
                "section": [
                    Choice(
                        section.slug,
                        section.title,
                        results.counts.sections.get(section.pk, 0),
                        section == filters.section,
                    )
                    for section in sections
                ],
                "language": [
                    Choice(
                        language,
                        name_of(language),
                        results.counts.languages.get(language, 0),
                        language == filters.language,
                        is_language=True,
                    )
                    for language in LANGUAGES
                ],
                "year": [
                    Choice(
                        str(year),
                        str(year),
                        count,
                        filters.period is not None and filters.period.starts_on.year == year,
                    )
                    for year, count in sorted(results.counts.years.items(), reverse=True)
                ],
            },
            canonical=canonical(request, keep=("q",)),
            robots="noindex",
        )

    def get_filters(self, sections: list[Section]) -> Filters:
        """What the reader chose; a choice that does not exist is no choice."""
        wishes = self.request.GET
        year = wishes.get("year", "")
        period = None
        if year.isdecimal() and len(year) == 4:
            try:
                period = Period.of_year(int(year))
            except ValueError:
                period = None
        return Filters(
            section=next((one for one in sections if one.slug == wishes.get("section")), None),
            language=wishes["language"] if wishes.get("language") in LANGUAGES else None,
            period=period,
        )

    def get_page(self, results: Results):
        paginator = Paginator(results.hits, settings.NEWS_PER_PAGE)
        number = self.request.GET.get("page", "1")
        if not number.isdecimal() or int(number) not in paginator.page_range:
            raise Http404
        return paginator.page(int(number))


def _worded(most: int, languages: tuple[str, ...], *, now: Any, **numbers: Any):
    return (
        Article.objects.published(now)
        .filter(pk__in=list(numbers.values()))
        .only(
            "section_id",
            "published_at",
            *(f"has_{language}" for language in LANGUAGES),
            *(f"headline_{language}" for language in LANGUAGES),
            *(f"{field}_{language}" for language in languages for field in _TEXT),
        )
    )


_FOUND = Prepared(_worded)


def _articles_of(hits: list[Hit]) -> dict[int, Article]:
    """A page's worth of numbers each time, whatever was found: one wording serves all."""
    most = settings.NEWS_PER_PAGE
    numbers = [hit.article_id for hit in hits] + [0] * (most - len(hits))
    languages = tuple(sorted({hit.language for hit in hits}))
    named = {f"number{place}": number for place, number in enumerate(numbers)}
    return {one.pk: one for one in _FOUND(most, languages, now=timezone.now(), **named)}


def _shown(hits: list[Hit], results: Results, sections: list[Section]) -> list[Found]:
    """In one query, of the texts only what is shown, in the order of the hits."""
    now = get_language() or settings.LANGUAGE_CODE
    by_id = _articles_of(hits)
    titles = {section.pk: section.title or "" for section in sections}
    found = []
    for hit in hits:
        if article := by_id.get(hit.article_id):  # it may have been withdrawn this second
            language = hit.language
            headline, lead, body = (getattr(article, f"{one}_{language}") or "" for one in _SHOWN)
            fragments = highlight.fragments(
                plain_text(f"<p>{lead}</p>{body}"), language, results.query
            )
            found.append(
                Found(
                    moment=cast(datetime, article.published_at),
                    section=titles[article.section_id],
                    language=language if language != now else "",
                    url=article.get_absolute_url(now if now in article.languages else language),
                    headline=highlight.html(highlight.marked(headline, language, results.query)),
                    fragments=[highlight.html(fragment) for fragment in fragments],
                )
            )
    return found
