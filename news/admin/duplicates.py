from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from news.admin.uploads import logger
from news.duplicating import duplicate
from news.models import Article
from news.storage import StorageError


class DuplicateButton(admin.ModelAdmin):
    """A new draft made of an article, by one press."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.duplicate_view))
        return [
            path("<int:pk>/duplicate/", view, name="news_article_duplicate"),
            *super().get_urls(),
        ]

    def duplicate_view(self, request, pk):
        article: Article = get_object_or_404(Article, pk=pk)
        if not (self.has_view_permission(request, article) and self.has_add_permission(request)):
            raise PermissionDenied
        try:
            copy = duplicate(article, by=request.user)
        except StorageError:
            logger.exception("A document could not be copied")
            messages.error(
                request,
                gettext("Nothing was copied: our storage does not answer. Try again in a minute."),
            )
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[pk]))
        self.log_addition(request, copy, [{"added": {}}])
        messages.success(
            request,
            gettext("This draft is a copy of article No. %(number)s. Nobody outside sees it.")
            % {"number": article.pk},
        )
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[copy.pk]))
