"""The search page: one box, three languages, best or newest first."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import get_language
from django.views.generic import TemplateView

from news.languages import LANGUAGES, name_of
from news.models import Article, Section
from news.periods import Period
from news.search import highlight
from news.search.counting import Filters
from news.search.query import Hit, Order, Results, search
from news.search.text import plain_text
from news.views import canonical


@dataclass(frozen=True)
class Found:
    """A hit as a reader sees it: in the language of the page where it has it."""

    article: Article
    language: str
    url: str
    headline: highlight.Fragment
    fragments: list[highlight.Fragment]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


class SearchPage(TemplateView):
    template_name = "news/search.html"

    def get_context_data(self, **kwargs):
        request = self.request
        text = request.GET.get("q", "")
        order: Order = "newest" if request.GET.get("order") == "newest" else "best"
        sections = list(Section.objects.all())
        filters = self.get_filters(sections)
        results = search(
            text,
            articles=Article.objects.published(),
            filters=filters,
            order=order,
            prefer=get_language(),
        )
        page = self.get_page(results)
        return super().get_context_data(
            **kwargs,
            results=results,
            order=order,
            page_obj=page,
            found=_shown(page.object_list, results),
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


def _shown(hits: list[Hit], results: Results) -> list[Found]:
    """In one query, in the order of the hits."""
    articles = (
        Article.objects.published()
        .select_related("section")
        .in_bulk([hit.article_id for hit in hits])
    )
    found = []
    for hit in hits:
        if article := articles.get(hit.article_id):  # it may have been withdrawn this second
            text = article.text_in(hit.language)
            found.append(
                Found(
                    article=article,
                    language=hit.language,
                    url=article.get_absolute_url(
                        get_language() if get_language() in article.languages else hit.language
                    ),
                    headline=highlight.marked(text.headline, hit.language, results.query),
                    fragments=highlight.fragments(
                        plain_text(f"<p>{text.lead}</p>{text.body}"), hit.language, results.query
                    ),
                )
            )
    return found
