"""Filters of the list of articles, kept under a name by each officer."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from news.models import SavedList
from news.richtext import clean_text

MOST = 30
LONGEST, LONGEST_NAME = 500, 60
UNSAVED = {"p", "e", "_popup", "_to_field"}


class SavedLists(admin.ModelAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("lists/save/", wrap(require_POST(self.save_list)), name="news_article_save_list"),
            path(
                "lists/<int:pk>/forget/",
                wrap(require_POST(self.forget_list)),
                name="news_article_forget_list",
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        here = self._query(request, request.GET)
        saved = SavedList.objects.filter(user=request.user) if not request.GET.get("_popup") else []
        return super().changelist_view(
            request,
            {
                "saved_lists": [(one, one.query == here) for one in saved],
                "list_query": here,
                **(extra_context or {}),
            },
        )

    def save_list(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = " ".join(clean_text(request.POST.get("name", "")).split())
        query = self._query(request, QueryDict(request.POST.get("query", "")[: 2 * LONGEST]))
        back = HttpResponseRedirect(f"{reverse('admin:news_article_changelist')}?{query}")
        own = SavedList.objects.filter(user=request.user)
        if not name or len(name) > LONGEST_NAME:
            problem = gettext("Give the list a name of at most %(limit)d characters.")
            messages.error(request, problem % {"limit": LONGEST_NAME})
        elif not query or len(query) > LONGEST:
            messages.error(request, gettext("Choose filters first: this is the whole list."))
        elif not own.filter(name=name).exists() and own.count() >= MOST:
            problem = gettext("You have %(limit)d lists already. Forget one of them first.")
            messages.error(request, problem % {"limit": MOST})
        else:
            SavedList.objects.update_or_create(
                user=request.user, name=name, defaults={"query": query}
            )
            messages.success(request, gettext("The list “%(name)s” is saved.") % {"name": name})
        return back

    def forget_list(self, request, pk):
        saved: SavedList = get_object_or_404(SavedList, pk=pk, user=request.user)
        saved.delete()
        messages.success(request, gettext("The list “%(name)s” is forgotten.") % {"name": saved})
        return HttpResponseRedirect(reverse("admin:news_article_changelist"))

    def _query(self, request, asked):
        """What narrows or orders the list, in one order, so that two spellings are one list."""
        kept = QueryDict(mutable=True)
        for name in sorted(set(asked) - UNSAVED):
            if asked[name] and (name in ("q", "o") or self.lookup_allowed(name, "", request)):
                kept[name] = asked[name]
        return kept.urlencode()
