"""One page for every decision on an article: what will happen, what is needed, and the button."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.admin.decisions import DECISIONS
from news.forms import label_of
from news.languages import LANGUAGES, name_of
from news.models import Article


class DecisionPages(admin.ModelAdmin):
    def get_urls(self):
        return [
            *(
                path(
                    f"<int:pk>/{decision.name}/",
                    self.admin_site.admin_view(partial(self.decision_view, decision=decision)),
                    name=f"news_article_{decision.name}",
                )
                for decision in DECISIONS
            ),
            *super().get_urls(),
        ]

    def decision_view(self, request, pk, decision):
        article = get_object_or_404(Article, pk=pk)
        if not (self.has_view_permission(request, article) and decision.may(request.user, article)):
            raise PermissionDenied
        if request.method == "POST":
            form = decision.form(request.POST, article=article)
            if form.is_valid() and self._decide(request, article, decision, form):
                return HttpResponseRedirect(self.change_page(article))
        elif decision.fits(article):
            form = decision.form(article=article)
        else:
            messages.warning(
                request,
                _("This cannot be done while the article is: %(status)s.")
                % {"status": article.get_status_display()},
            )
            return HttpResponseRedirect(self.change_page(article))
        return TemplateResponse(
            request,
            "admin/news/article/decision.html",
            {
                **self.admin_site.each_context(request),
                "title": decision.title,
                "subtitle": str(article),
                "opts": self.opts,
                "article": article,
                "change_page": self.change_page(article),
                "decision": decision,
                "form": form,
                "headlines": [
                    (language, name_of(language), getattr(article, f"headline_{language}"))
                    for language in LANGUAGES
                ],
                "missing": self._missing(article) if decision.needs_texts else [],
                "media": self.media + form.media,
            },
        )

    def _decide(self, request, article, decision, form):
        # The verb compares: what the officer decided on may have been changed by somebody else.
        article.status = form.cleaned_data["status"]
        try:
            done = decision.take(article, by=request.user, details=form.details())
        except ValidationError as refusal:
            form.refuse(refusal)
            article.refresh_from_db()
            return False
        self.log_change(request, article, str(decision.title))
        messages.success(request, done)
        return True

    def _missing(self, article):
        """Name and place of each text without which the article cannot be published."""
        names = ((field, *field.rpartition("_")[::2]) for field in article.missing_texts())
        return [
            (
                gettext("%(field)s, %(language)s")
                % {
                    "field": label_of(text),
                    "language": name_of(language),
                },
                f"{self.change_page(article)}#id_{field}",
            )
            for field, text, language in names
        ]

    def change_page(self, article):
        return reverse("admin:news_article_change", args=[article.pk])
