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

from news import office_mail, preflight, publishing
from news.admin.decisions import DECISIONS
from news.forms import label_of
from news.languages import LANGUAGES, name_of
from news.models import Article

LOOKED_OVER = {"review", "publish", "reschedule", "republish"}


def reasons_in(data):
    """What was written beside the findings, by their keys."""
    prefix = "because-"
    return {
        name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)
    }


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
        if article.status == Article.Status.PUBLISHED and article.is_withdrawn:
            publishing.note_withdrawal(article)
        if not (self.has_view_permission(request, article) and decision.may(request.user, article)):
            raise PermissionDenied
        unanswered = set()
        if request.method == "POST":
            form = decision.form(request.POST, article=article)
            left = preflight.answer(article, reasons_in(request.POST), by=request.user).open
            if left and decision.needs_answers:
                unanswered = {finding.key for finding in left}
            is_valid = form.is_valid()
            if is_valid and not unanswered and self._decide(request, article, decision, form):
                return HttpResponseRedirect(self._after(decision, article))
        elif decision.fits(article):
            form = decision.form(article=article)
        else:
            messages.warning(
                request,
                _("This cannot be done while the article is: %(status)s.")
                % {"status": article.get_status_display()},
            )
            return HttpResponseRedirect(self.change_page(article))
        return self.show_decision(
            request,
            article,
            decision,
            form,
            missing=self._missing(article) if decision.needs_texts else [],
            preflight=self.looked_over(article, self.change_page(article))
            if decision.name in LOOKED_OVER
            else None,
            unanswered=unanswered,
        )

    def show_decision(self, request, article, decision, form, **more):
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
                "back": self.change_page(article),
                "decision": decision,
                "form": form,
                "headlines": [
                    (language, name_of(language), getattr(article, f"headline_{language}"))
                    for language in LANGUAGES
                ],
                "media": self.media + form.media,
                **more,
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
        self.tell_and_log(request, article, decision, done)
        return True

    def tell_and_log(self, request, article, decision, done):
        self.log_change(request, article, str(decision.title))
        office_mail.remember_language(request.user)
        messages.success(request, done)

    def _after(self, decision, article):
        is_list = decision.leads_to.endswith("_changelist")
        return reverse(f"admin:{decision.leads_to}", args=None if is_list else [article.pk])

    def looked_over(self, article, page):
        """What was noticed, each with the address of its place on the page with the form."""
        found = preflight.of(article)
        return {
            "open": [(finding, self._place(finding, page)) for finding in found.open],
            "noted": found.noted,
        }

    def _place(self, finding, page):
        if finding.picture:
            return reverse("admin:news_picture_change", args=[finding.picture])
        return f"{page}#id_{finding.field}"

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
