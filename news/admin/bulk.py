"""Decisions on many articles at once: the same verbs, one by one, each with its own outcome."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from news import preflight, publishing
from news.admin.decisions import DECISIONS, Decision
from news.decision_forms import DecisionForm
from news.models import Article, Section

MOST = 100
BY_NAME = {decision.name: decision for decision in DECISIONS}


class SectionForm(DecisionForm):
    section: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.all()
    )

    def details(self) -> dict[str, Any]:
        return {"section": self.cleaned_data["section"]}


MOVE = Decision(
    name="section",
    label=_("Move to a section…"),
    title=_("Move to a section"),
    explanation=_("The articles keep their addresses; their section's pages show them."),
    verb=publishing.move_to_section,
    form=SectionForm,
    permission="news.change_article",
    once_public="news.publish_article",
    fits=lambda article: not article.is_gone,
    done=_("The article is moved."),
)


@dataclass(frozen=True)
class Outcome:
    article: Article
    page: str
    said: str
    is_done: bool


class BulkDecisions(admin.ModelAdmin):
    actions = ("bulk_review", "bulk_publish", "bulk_withdraw", "bulk_section", "bulk_trash")

    @admin.action(description=_("Send for review…"), permissions=["change"])
    def bulk_review(self, request, queryset):
        return self._bulk(request, queryset, BY_NAME["review"])

    @admin.action(description=_("Publish or schedule…"), permissions=["publish"])
    def bulk_publish(self, request, queryset):
        return self._bulk(request, queryset, BY_NAME["publish"])

    @admin.action(description=_("Withdraw…"), permissions=["withdraw"])
    def bulk_withdraw(self, request, queryset):
        return self._bulk(request, queryset, BY_NAME["withdraw"])

    @admin.action(description=_("Move to a section…"), permissions=["change"])
    def bulk_section(self, request, queryset):
        return self._bulk(request, queryset, MOVE)

    @admin.action(description=_("Move to the trash…"), permissions=["change"])
    def bulk_trash(self, request, queryset):
        return self._bulk(request, queryset, BY_NAME["trash"])

    def has_publish_permission(self, request):
        return request.user.has_perm("news.publish_article")

    def has_withdraw_permission(self, request):
        return request.user.has_perm("news.withdraw_article")

    def _bulk(self, request, queryset, decision):
        articles = list(queryset.select_related("section")[: MOST + 1])
        if len(articles) > MOST:
            messages.error(request, _("Choose %(limit)s articles at most.") % {"limit": MOST})
            return HttpResponseRedirect(reverse("admin:news_article_changelist"))
        data, outcomes = None, []
        if "decide" in request.POST:
            data = request.POST.copy()
            data["status"] = Article.Status.DRAFT  # each article has its own, below
        form = decision.form(data, article=Article())
        if data is not None and form.is_valid():
            outcomes = [self._outcome(request, one, decision, form, data) for one in articles]
            done = sum(outcome.is_done for outcome in outcomes)
            said = ngettext("Done for %(n)s article.", "Done for %(n)s articles.", done)
            messages.success(request, said % {"n": done})
        return TemplateResponse(
            request,
            "admin/news/article/bulk.html",
            {
                **self.admin_site.each_context(request),
                "title": decision.title,
                "opts": self.opts,
                "decision": decision,
                "action": f"bulk_{decision.name}",
                "articles": articles,
                "form": form,
                "outcomes": outcomes,
                "media": self.media + form.media,
            },
        )

    def _outcome(
        self, request: Any, article: Article, decision: Decision, form: Any, data: QueryDict
    ) -> Outcome:
        page = reverse("admin:news_article_change", args=[article.pk])
        article.status = data.get(f"seen-{article.pk}", article.status)
        try:
            said, is_done = self._decide_one(request, article, decision, form), True
        except ValidationError as refusal:
            said, is_done = " ".join(refusal.messages), False
        except PermissionDenied:
            said, is_done = str(_("You may not do this with this article.")), False
        if is_done:
            self.log_change(request, article, str(decision.title))
        return Outcome(article, page, said, is_done)

    @transaction.atomic
    def _decide_one(self, request: Any, article: Article, decision: Decision, form: Any) -> str:
        if not decision.may(request.user, article):
            raise PermissionDenied
        if decision.needs_answers and preflight.of(article).open:
            raise ValidationError(
                _("Something was noticed in the texts: open the article and answer it there.")
            )
        return decision.take(article, by=request.user, details=form.details())
