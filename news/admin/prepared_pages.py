"""A prepared change in the admin: edited on the article's form, previewed, compared, decided."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from news import changes, comparison, preflight, revisions
from news.admin.decision_pages import DecisionPages, reasons_in
from news.admin.decisions import CHANGE_DECISIONS
from news.downloads import as_download
from news.languages import LANGUAGES
from news.models import Article


def in_hand(request):
    """The change whose article the request has before it; None for the article as it is."""
    return getattr(request, "change_in_hand", None)


class PreparedPages(DecisionPages):
    show_preview: Callable[..., HttpResponse]  # as of the article itself

    def get_urls(self):
        pages: list[tuple[str, Callable[..., Any], str]] = [
            ("", self.prepared_view, ""),
            ("preview/<str:language>/", self.prepared_preview_view, "_preview"),
            ("compare/", self.prepared_compare_view, "_compare"),
            ("attachments/<int:number>/", self.prepared_attachment_view, "_attachment"),
            *(
                (
                    f"{decision.name}/",
                    partial(self.change_decision_view, decision=decision),
                    f"_{decision.name}",
                )
                for decision in CHANGE_DECISIONS
            ),
        ]
        return [
            *(
                path(
                    f"<int:pk>/prepared/{place}",
                    self.admin_site.admin_view(view),
                    name=f"news_article_prepared{name}",
                )
                for place, view, name in pages
            ),
            *super().get_urls(),
        ]

    def prepared_view(self, request, pk):
        """The article's own form, over the article as the change would make it."""
        change = self._change_or_none(request, pk)
        if change is None:
            return self._nothing_prepared(request, pk)
        if request.method == "POST" and not changes.may_edit(request.user, change):
            raise PermissionDenied
        request.change_in_hand, content = change, None
        with changes.tried_on(change) as article:
            response = self.changeform_view(request, str(pk))
            if hasattr(response, "render"):
                response.render()  # while the article is as the form has it
            if getattr(request, "was_saved", False):
                content = revisions.snapshot(article)
        if content is not None:
            changes.save(change, content, by=request.user)
            self.log_change(request, change.article, str(_("The prepared change was edited.")))
        return response

    def after_saving_prepared(self, request, article):
        request.was_saved = True
        messages.success(request, _("Saved aside: readers see nothing of it so far."))
        for button in ("review", "publish"):
            if f"_{button}" in request.POST:
                return HttpResponseRedirect(self._address(article.pk, f"_{button}"))
        if (language := request.POST.get("_preview")) in LANGUAGES:
            return HttpResponseRedirect(self._address(article.pk, "_preview", language))
        return HttpResponseRedirect(self._address(article.pk))

    def prepared_context(self, request, article):
        """What the change page shows beside the form."""
        change = in_hand(request) or changes.open_change(article)
        if change is None:
            return {"preview_page": "admin:news_article_preview"}
        is_editing = in_hand(request) is not None
        is_editable = changes.may_edit(request.user, change)
        context = {
            "prepared": change,
            "is_of_change": is_editing,
            "prepared_page": self._address(article.pk),
            "prepared_compare": self._address(article.pk, "_compare"),
            "article_page": self.change_page(article),
            "preview_page": "admin:news_article_preview",
        }
        if not is_editing:
            return context
        offered = [d for d in CHANGE_DECISIONS if d.is_open_to(request.user, change)]
        names = {decision.name for decision in offered}
        return context | {
            "title": _("Prepared change"),
            "preview_page": "admin:news_article_prepared_preview",
            "may_send_for_review": "review" in names,
            "may_publish": "publish" in names and is_editable,
            "decisions": [
                (decision, self._address(article.pk, f"_{decision.name}"))
                for decision in offered
                if decision.name not in ("review", "publish") or not is_editable
            ],
        }

    def prepared_preview_view(self, request, pk, language):
        change = self._change_or_none(request, pk)
        if change is None or language not in LANGUAGES:
            raise Http404
        with changes.tried_on(change) as article:
            return self.show_preview(
                request, article, language, "admin:news_article_prepared_preview",
                back=self._address(pk),
            )  # fmt: skip

    def prepared_attachment_view(self, request, pk, number):
        change = self._change_or_none(request, pk)
        if change is None:
            raise Http404
        with changes.tried_on(change) as article:
            return as_download(get_object_or_404(article.attachments, pk=number))

    def prepared_compare_view(self, request, pk):
        """What would change for readers; where both sides changed a place, the officer decides."""
        change = self._change_or_none(request, pk)
        if change is None:
            return self._nothing_prepared(request, pk)
        if request.method == "POST":
            try:
                changes.keep_mine(change, by=request.user)
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
            else:
                self.log_change(request, change.article, str(_("Conflicts of a change settled.")))
                messages.success(request, _("The words of the change stay."))
            return HttpResponseRedirect(self._address(pk, "_compare"))
        content, conflicts = changes.merged(change)
        live = revisions.snapshot(change.article)
        both = [
            {"label": theirs.label, "language": theirs.language_name, "live": theirs.html,
             "mine": mine.html}
            for theirs in comparison.compare(change.base.content, live)
            for mine in comparison.compare(change.base.content, change.content)
            if theirs.name == mine.name and theirs.name in conflicts
        ]  # fmt: skip
        return TemplateResponse(
            request,
            "admin/news/article/compare.html",
            {
                **self.admin_site.each_context(request),
                "title": _("The prepared change beside what readers have"),
                "opts": self.opts,
                "article": change.article,
                "change_page": self.change_page(change.article),
                "back": self._address(pk),
                "changes": comparison.compare(live, content),
                "conflicts": both,
                "may_settle": bool(conflicts) and changes.may_edit(request.user, change),
                "older": _("what readers have"),
                "newer": _("the prepared change"),
            },
        )

    def change_decision_view(self, request, pk, decision):
        change = self._change_or_none(request, pk)
        if change is None:
            return self._nothing_prepared(request, pk)
        if not decision.may(request.user, change):
            raise PermissionDenied
        if not decision.fits(change) and request.method != "POST":
            return HttpResponseRedirect(self._address(pk))
        form = decision.form(request.POST or None, article=change)
        unanswered = set()
        if request.method == "POST":
            reasons = reasons_in(request.POST)
            with changes.tried_on(change) as article:
                found = preflight.of(article).open
            preflight.keep(change.article, found, reasons, by=request.user)
            if decision.needs_answers:
                unanswered = {f.key for f in found if not reasons.get(f.key, "").strip()}
            is_valid = form.is_valid()
            if is_valid and not unanswered and self._decide_change(request, change, decision, form):
                page = f"admin:{decision.leads_to}"
                return HttpResponseRedirect(reverse(page, args=[change.article_id]))
        with changes.tried_on(change) as article:
            looked_over = (
                self.looked_over(article, self._address(pk))
                if decision.name in ("review", "publish")
                else None
            )
            response = self.show_decision(
                request, article, decision, form, preflight=looked_over, unanswered=unanswered,
                missing=[], back=self._address(pk),
            )  # fmt: skip
            response.render()
        return response

    def _decide_change(self, request, change, decision, form):
        change.status, stored = form.cleaned_data["status"], change.status
        try:
            done = decision.take(change, by=request.user, details=form.details())
        except ValidationError as refusal:
            change.status = stored
            form.refuse(refusal)
            return False
        self.tell_and_log(request, change.article, decision, done)
        return True

    def _change_or_none(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return changes.open_change(article)

    def _nothing_prepared(self, request, pk):
        messages.info(request, _("No change of this article is being prepared."))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[pk]))

    def _address(self, pk, page="", *more):
        return reverse(f"admin:news_article_prepared{page}", args=[pk, *more])
