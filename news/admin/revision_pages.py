"""The history of an article in the admin: every save, any two side by side, and the way back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news import changes, comparison, revisions
from news.admin.decision_pages import DecisionPages
from news.admin.decisions import shown
from news.models import Article, ArticleRevision

LIVE = "live"  # in the place of a number: the article as it is now
PER_PAGE = 50


class RevisionPages(DecisionPages):
    def get_urls(self):
        pages: list[tuple[str, Callable[..., Any], str]] = [
            ("revisions/", self.revisions_view, "news_article_revisions"),
            ("compare/", self.compare_view, "news_article_compare"),
            ("revisions/<int:number>/restore/", self.restore_revision_view,
             "news_article_restore_revision"),
        ]  # fmt: skip
        return [
            *(
                path(f"<int:pk>/{place}", self.admin_site.admin_view(view), name=name)
                for place, view, name in pages
            ),
            *super().get_urls(),
        ]

    def revisions_view(self, request, pk):
        article = self._article(request, pk)
        kept = article.revisions.select_related("created_by").defer("content")
        page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
        return self._page(request, "revisions", article, {
            "title": _("History of the text"),
            "page": page,
            "may_restore": not article.is_gone and request.user.has_perm("news.change_article"),
        })  # fmt: skip

    def compare_view(self, request, pk):
        article = self._article(request, pk)
        (older, older_name), (newer, newer_name) = (
            self._state(article, request.GET.get(side, LIVE)) for side in ("older", "newer")
        )
        return self._page(request, "compare", article, {
            "title": _("Two states of the text"),
            "changes": comparison.compare(older, newer),
            "older": older_name,
            "newer": newer_name,
            "back": reverse("admin:news_article_revisions", args=[pk]),
        })  # fmt: skip

    def restore_revision_view(self, request, pk, number):
        article = self._article(request, pk)
        revision = get_object_or_404(ArticleRevision, article=article, number=number)
        if not request.user.has_perm("news.change_article") or article.is_gone:
            raise PermissionDenied
        if request.method == "POST":
            try:
                change = changes.restore(article, revision, by=request.user)
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
                return HttpResponseRedirect(reverse("admin:news_article_revisions", args=[pk]))
            self.log_change(request, article, str(_("An earlier text was restored.")))
            messages.success(
                request,
                _("Restored as a prepared change: readers see nothing of it so far.")
                if change
                else _("Restored; the article is a draft."),
            )
            page = "news_article_prepared" if change else "news_article_change"
            return HttpResponseRedirect(reverse(f"admin:{page}", args=[pk]))
        return self._page(request, "restore_revision", article, {
            "title": _("Restore an earlier text"),
            "revision": revision,
            "changes": comparison.compare(revisions.snapshot(article), revision.content),
            "older": _("as it is now"),
            "newer": self._named(revision),
            "back": reverse("admin:news_article_revisions", args=[pk]),
        })  # fmt: skip

    def _state(self, article, wanted):
        if wanted == LIVE:
            name = _("what readers have") if article.is_out else _("as it is now")
            return revisions.snapshot(article), name
        if not wanted.isdecimal() or len(wanted) > 9:
            raise Http404
        revision = get_object_or_404(ArticleRevision, article=article, number=int(wanted))
        return revision.content, self._named(revision)

    def _named(self, revision):
        return gettext("No. %(number)s of %(moment)s, %(person)s") % {
            "number": revision.number,
            "moment": shown(revision.created_at, "SHORT_DATETIME_FORMAT"),
            "person": revision.created_by or "—",
        }

    def _article(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _page(self, request, name, article, more):
        return TemplateResponse(
            request,
            f"admin/news/article/{name}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "article": article,
                "change_page": self.change_page(article),
                **more,
            },
        )
