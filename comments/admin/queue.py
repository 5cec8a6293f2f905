"""The queue as a moderator sees it: everything to read, nothing to edit, a few decisions.

Without scripts each button is an ordinary form that comes back to the page. With them
(static/js/admin-queue.js) the same addresses answer with JSON, and the next comment is there.
"""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import answers, beside, desk, moderation, moderators, queue
from comments.admin import records
from comments.admin.rows import Rows
from comments.models import Burst, Comment, RejectionReason
from comments.queue import Tab

# Comments need the whole width; links above them stand for the side bar.
WIDE = {"is_nav_sidebar_enabled": False}
BURST_VERBS = {
    "approve": Comment.Status.APPROVED,
    "reject": Comment.Status.REJECTED,
    "spam": Comment.Status.SPAM,
}


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    def get_queryset(self, request):
        comments = Comment.objects.all()
        sections = moderators.sections_of(request.user)
        return comments.filter(article__section__in=sections) if sections else comments

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("decisions/", wrap(records.decisions), name="comments_comment_decisions"),
            path("figures/", wrap(records.figures), name="comments_comment_figures"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_moderate_permission(self, request):
        return request.user.has_perm("comments.moderate_comment")

    # --- the list ---

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        context: dict = {}
        if request.method == "POST" and (response := self._act(request, context)):
            return response
        sections = moderators.sections_of(request.user)
        page = _page(request, sections)
        if "rows" in request.GET:
            return HttpResponse(self._rows(request, page))
        context = {
            **self.admin_site.each_context(request),
            **WIDE,
            "title": _("Moderation"),
            "opts": self.opts,
            "page": page,
            "rows": self._rows(request, page, context),
            "may_decide": self.has_moderate_permission(request),
            "reasons": RejectionReason.choices,
            "tab": _tab(request),
            "tabs": _tabs(request, sections),
            "words": request.GET.get("q", ""),
            "burst": _burst(request),
            "next_url": _with(request, after=page.following) if page.following else "",
            "is_first": "after" not in request.GET,
            "first_url": _with(request, after=None),
            "moderator": moderators.of(request.user),
            "searched": queue.SEARCHED,
            **context,
        }
        return TemplateResponse(request, "admin/comments/comment/queue.html", context)

    def _rows(self, request, page: queue.QueuePage, asked: dict | None = None) -> SafeString:
        """A part of the table; ``asked``: what was pressed and could not be done."""
        rows = _writing(request, page.comments, page.writers, asked or {})
        following = _with(request, after=page.following) if page.following else ""
        return format_html(
            '<tbody data-next="{}">\n{}</tbody>',
            following,
            mark_safe("".join(map(rows.row, page.entries))),  # noqa: S308  (each is safe)
        )

    # --- one comment ---

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        context: dict = {}
        if request.method == "POST":
            if response := self._act(request, context, number=object_id):
                return response
            if not context:
                raise PermissionDenied  # nothing of a comment can be edited
        comment = get_object_or_404(self.get_queryset(request).for_queue(), pk=object_id)
        if self.has_moderate_permission(request):
            moderators.look(request.user, comment.pk)
        [entry] = beside.entries_of([comment])
        rows = _writing(request, [comment], beside.writers_of([comment]), context)
        context = {
            **self.admin_site.each_context(request),
            **WIDE,
            "title": _("Comment No. %(number)s") % {"number": object_id},
            "opts": self.opts,
            "comment": comment,
            "decisions": comment.decisions.select_related("decided_by"),
            "about": rows.about(entry),
            "buttons": rows.buttons(entry),
            "looked_at": moderators.looked_at([comment.pk], besides=request.user).get(comment.pk),
            "may_decide": self.has_moderate_permission(request),
            "writer_comments": beside.last_of_writer(comment),
            "around": beside.around(comment),
            "may_comment_officially": answers.may_comment_officially(request.user),
            **context,
        }
        return TemplateResponse(request, "admin/comments/comment/comment.html", context)

    def history_view(self, request, object_id, extra_context=None):
        """Every decision stands on the comment's own page; there is no other change."""
        return redirect("admin:comments_comment_change", object_id)

    # --- what was pressed ---

    def _act(self, request, context: dict, number: str = "") -> HttpResponse | None:
        """Answer a button; None: the page is shown again, with what ``context`` then holds."""
        posted = request.POST
        if "look" in posted:
            return self._look(request)
        if "shortcuts" in posted:
            moderators.set_shortcuts(request.user, on=posted["shortcuts"] == "on")
            return HttpResponseRedirect(request.get_full_path())
        if "decide_burst" in posted:
            return self._decide_burst(request, context)
        if "action" in posted:
            return self._decide_many(request, context)
        verb, _colon, decided = posted.get("decide", "").partition(":")
        if verb not in desk.VERBS:
            return None
        return self._decide_one(request, context, verb, decided)

    def _look(self, request) -> HttpResponse:
        """A script tells which comment is on the screen, and learns what others look at."""
        self._require_moderator(request)
        number = request.POST["look"]
        moderators.look(request.user, int(number) if number.isdecimal() else None)
        shown = [n for n in request.POST.get("shown", "").split(",") if n.isdecimal()][:200]
        looks = moderators.looked_at(map(int, shown), besides=request.user)
        counts = queue.counts(moderators.sections_of(request.user))
        looked_at = {n: _looked_at_by(name) for n, name in looks.items()}
        return JsonResponse({"looks": looked_at, "counts": counts})

    def _decide_one(self, request, context: dict, verb: str, number: str) -> HttpResponse | None:
        """A button beside a comment: ``decide=approve:12``."""
        reason = request.POST.get(f"reason-{number}", "")
        if verb == "reject" and reason not in RejectionReason.values:
            return self._ask_for_reason(request, context, number)
        note = request.POST.get(f"note-{number}", "")
        outcome = self._carry_out(request, verb, [number], reason=reason, note=note)
        if _wants_json(request):
            return self._told(request, outcome, number)
        self._tell(request, outcome, [number])
        # On with the next one; but a refusal is told at the top of the page.
        following = "" if outcome.refusals else _next_row(request.POST, number)
        return HttpResponseRedirect(f"{request.get_full_path()}{following}")

    def _decide_many(self, request, context: dict) -> HttpResponse | None:
        self._require_moderator(request)
        verb, numbers = request.POST["action"], request.POST.getlist(ACTION_CHECKBOX_NAME)
        if verb not in desk.VERBS or not numbers or not all(map(str.isdecimal, numbers)):
            self.message_user(request, _("Tick the comments first."), messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        reason = request.POST.get("reason", "")
        if verb == "reject" and reason not in RejectionReason.values:
            return self._ask_for_reason(request, context, "")
        self._tell(request, self._carry_out(request, verb, numbers, reason=reason), numbers)
        return HttpResponseRedirect(request.get_full_path())

    def _decide_burst(self, request, context: dict) -> HttpResponse | None:
        self._require_moderator(request)
        verb, _colon, number = request.POST["decide_burst"].partition(":")
        if verb not in BURST_VERBS or not number.isdecimal():
            raise Http404
        burst = get_object_or_404(Burst, pk=number)
        reason = request.POST.get(f"reason-burst-{number}", "") if verb == "reject" else ""
        try:
            decided = moderation.decide_burst(
                burst, BURST_VERBS[verb], by=request.user, reason=reason
            )
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            context["reason_missing"] = f"burst-{number}"
            return None
        self.message_user(
            request,
            ngettext("%(count)d comment decided.", "%(count)d comments decided.", decided)
            % {"count": decided},
            messages.SUCCESS,
        )
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist") + "?tab=held")

    def _carry_out(self, request, verb, numbers, *, reason="", note="") -> desk.Outcome:
        self._require_moderator(request)
        return desk.carry_out(
            verb, numbers, by=request.user, seen=request.POST, reason=reason, note=note
        )

    def _require_moderator(self, request) -> None:
        if not self.has_moderate_permission(request):
            raise PermissionDenied

    # --- what is told ---

    def _ask_for_reason(self, request, context: dict, number: str) -> HttpResponse | None:
        """Show the page again instead of redirecting: what was ticked and written stays."""
        self._require_moderator(request)
        text = _("Choose the reason for the rejection.")
        if _wants_json(request):
            return JsonResponse({"done": False, "message": str(text)})
        self.message_user(request, text, messages.ERROR)
        context["reason_missing"] = number or "selected"
        context["ticked"] = request.POST.getlist(ACTION_CHECKBOX_NAME)
        context["note"] = request.POST.get(f"note-{number}", "")
        return None

    def _tell(self, request, outcome: desk.Outcome, numbers: list[str]) -> None:
        """Not through a queryset: it lacks what somebody else has just decided."""
        text = str(outcome) or _("There is no such comment.")
        if outcome.done and len(numbers) == 1:
            link = reverse("admin:comments_comment_change", args=numbers)
            text = format_html('{} <a href="{}">{}</a>', text, link, _("Look at it again"))
        is_clean = outcome.done and not outcome.refusals
        self.message_user(request, text, messages.SUCCESS if is_clean else messages.WARNING)

    def _told(self, request, outcome: desk.Outcome, number: str) -> HttpResponse:
        comment = (
            self.get_queryset(request).for_queue().filter(pk=number).first()
            if number.isdecimal()
            else None
        )
        if comment is None:
            raise Http404
        [entry] = beside.entries_of([comment])
        rows = _writing(request, [comment], beside.writers_of([comment]), {})
        return JsonResponse(
            {
                "done": bool(outcome.done),
                "message": str(outcome) or str(_("There is no such comment.")),
                "row": rows.row(entry),
                "counts": queue.counts(moderators.sections_of(request.user)),
            }
        )


def _page(request, sections: list[int]) -> queue.QueuePage:
    after = request.GET.get("after", "")
    if words := request.GET.get("q", "").strip():
        return queue.found(words, sections, after=after)
    burst = _burst(request)
    return queue.page(_tab(request), sections, after=after, burst=burst.pk if burst else None)


def _tabs(request, sections: list[int]) -> list[dict]:
    current = None if "q" in request.GET else _tab(request)
    return [
        {"name": tab.value, "label": tab.label, "count": count, "is_current": tab == current}
        for tab, count in queue.counts(sections).items()
    ]


def _writing(request, comments: list[Comment], writers: dict, asked: dict) -> Rows:
    return Rows(
        request.user,
        looks=moderators.looked_at([comment.pk for comment in comments], besides=request.user),
        writers=writers,
        ticked=asked.get("ticked", ()),
        reason_missing=asked.get("reason_missing", ""),
        back=f"{request.path}{_with(request)}",
    )


def _tab(request) -> Tab:
    wanted = request.GET.get("tab", "")
    return Tab(wanted) if wanted in Tab.values else Tab.WAITING


def _burst(request) -> Burst | None:
    number = request.GET.get("burst", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    return Burst.objects.filter(pk=number).first()


def _with(request, **changes: str | None) -> str:
    query = request.GET.copy()
    query.pop("rows", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def _wants_json(request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _looked_at_by(name: str) -> str:
    return str(_("%(name)s is looking at it") % {"name": name})


def _next_row(posted: QueryDict, number: str) -> str:
    """The fragment of the comment after this one, in the order in which the page showed them."""
    rows = [name.removeprefix("seen-") for name in posted if name.startswith("seen-")]
    place = rows.index(number) if number in rows else -1
    if place < 1 or place + 1 >= len(rows):
        return ""
    return f"#comment-{rows[place + 1]}"
