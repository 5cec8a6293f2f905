"""The queue as a moderator sees it: everything to read, nothing to edit, four decisions."""

import functools

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.core.exceptions import PermissionDenied
from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments import desk
from comments.models import Comment, RejectionReason

Status = Comment.Status
TABS = {
    Status.PENDING: pgettext_lazy("comments", "Waiting"),
    Status.APPROVED: pgettext_lazy("comments", "Approved"),
    Status.REJECTED: pgettext_lazy("comments", "Rejected"),
    Status.SPAM: pgettext_lazy("comments", "Spam"),
}


def current_tab(request: HttpRequest) -> str:
    wanted = request.GET.get("status", "")
    return wanted if wanted in Status.values else Status.PENDING


class StatusTab(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def __init__(self, request, *args):
        self.request = request
        super().__init__(request, *args)

    def lookups(self, request, model_admin):
        return Status.choices

    def value(self):
        return current_tab(self.request)

    def queryset(self, request, queryset):
        return queryset.in_status(self.value())


class DecisionForm(ActionForm):
    reason = ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason…")), *RejectionReason.choices],
        required=False,
    )


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ("author_name",)  # rows are drawn by the template
    list_filter = (StatusTab,)
    list_per_page = 50
    show_full_result_count = False
    action_form = DecisionForm
    actions = ("approve", "spam", "reject", "undo")

    class Media:
        css = {"all": ["css/admin-comments.css"]}

    def get_queryset(self, request):
        return Comment.objects.with_article().with_decisions()

    def get_ordering(self, request):
        waiting = current_tab(request) == Status.PENDING
        return ("created_at", "pk") if waiting else ("-created_at", "-pk")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_moderate_permission(self, request):
        return request.user.has_perm("comments.moderate_comment")

    def changelist_view(self, request, extra_context=None):
        context = {
            "title": _("Moderation"),
            "tabs": functools.partial(_tabs, request),  # counted when they are drawn
            "may_decide": self.has_moderate_permission(request),
            "reasons": RejectionReason.choices,
        }
        if request.method == "POST":
            if response := self._decide_one(request, context):
                return response
            if "decide" not in request.POST:
                self._check_action(request, context)
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {
            "title": _("Comment No. %(number)s") % {"number": object_id},
            "subtitle": None,
            "may_decide": self.has_moderate_permission(request),
            "reasons": RejectionReason.choices,
        }
        if request.method == "POST" and (response := self._decide_one(request, context)):
            return response
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def history_view(self, request, object_id, extra_context=None):
        """Every decision stands on the comment's own page; there is no other change."""
        return redirect("admin:comments_comment_change", object_id)

    # --- one ---

    def _decide_one(self, request, context: dict) -> HttpResponse | None:
        """Answer a button beside a comment: ``decide=approve:12``."""
        verb, _colon, number = request.POST.get("decide", "").partition(":")
        if verb not in desk.VERBS:
            return None
        reason = request.POST.get(f"reason-{number}", "")
        if verb == "reject" and reason not in RejectionReason.values:
            self._ask_for_reason(request, context, number)
            return None
        outcome = self._decide(
            request, verb, [number], reason=reason, note=request.POST.get(f"note-{number}", "")
        )
        # On with the next one; but a refusal is told at the top of the page.
        following = "" if outcome.refusals else _next_row(request.POST, number)
        return HttpResponseRedirect(f"{request.get_full_path()}{following}")

    # --- many at once ---

    def _check_action(self, request, context: dict) -> None:
        """What the stock actions do not check: something ticked, and a reason for a rejection."""
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not ticked or not all(map(str.isdecimal, ticked)):
            self.message_user(request, _("Tick the comments first."), messages.WARNING)
            request.method = "GET"
        elif (
            request.POST.get("action") == "reject"
            and request.POST.get("reason") not in RejectionReason.values
        ):
            self._ask_for_reason(request, context, "")

    def _ask_for_reason(self, request, context: dict, number: str) -> None:
        """Show the page again instead of redirecting: what was ticked and written stays."""
        self.message_user(request, _("Choose the reason for the rejection."), messages.ERROR)
        context["reason_missing"] = number or "selected"
        context["ticked"] = request.POST.getlist(ACTION_CHECKBOX_NAME)
        context["note"] = request.POST.get(f"note-{number}", "")
        request.method = "GET"

    @admin.action(permissions=["moderate"], description=_("Approve"))
    def approve(self, request, _queryset):
        self._decide(request, "approve", request.POST.getlist(ACTION_CHECKBOX_NAME))

    @admin.action(permissions=["moderate"], description=_("Spam"))
    def spam(self, request, _queryset):
        self._decide(request, "spam", request.POST.getlist(ACTION_CHECKBOX_NAME))

    @admin.action(permissions=["moderate"], description=_("Reject"))
    def reject(self, request, _queryset):
        numbers = request.POST.getlist(ACTION_CHECKBOX_NAME)
        self._decide(request, "reject", numbers, reason=request.POST.get("reason", ""))

    @admin.action(permissions=["moderate"], description=_("Take the decision back"))
    def undo(self, request, _queryset):
        self._decide(request, "undo", request.POST.getlist(ACTION_CHECKBOX_NAME))

    def _decide(
        self, request, verb: str, numbers: list[str], *, reason: str = "", note: str = ""
    ) -> desk.Outcome:
        """Not through the action's queryset: it lacks what somebody else has just decided."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        outcome = desk.carry_out(
            verb, numbers, by=request.user, seen=request.POST, reason=reason, note=note
        )
        text = str(outcome) or _("There is no such comment.")
        if outcome.done and len(numbers) == 1:
            link = reverse("admin:comments_comment_change", args=numbers)
            text = format_html('{} <a href="{}">{}</a>', text, link, _("Look at it again"))
        is_clean = outcome.done and not outcome.refusals
        self.message_user(request, text, messages.SUCCESS if is_clean else messages.WARNING)
        return outcome


def _tabs(request: HttpRequest) -> list[tuple[str, str, int, bool]]:
    counts, current = Comment.objects.per_status(), current_tab(request)
    return [
        (f"?status={status.value}", str(label), counts.get(status, 0), status == current)
        for status, label in TABS.items()
    ]


def _next_row(posted: QueryDict, number: str) -> str:
    """The fragment of the comment after this one, in the order in which the page showed them."""
    rows = [name.removeprefix("seen-") for name in posted if name.startswith("seen-")]
    place = rows.index(number) if number in rows else -1
    if place < 1 or place + 1 >= len(rows):
        return ""
    return f"#comment-{rows[place + 1]}"
