"""Rules that hold: written, rehearsed over what people decided, and only then switched on."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comments import marks, statistics
from comments.models import Comment, ModerationRule, RuleKind, RuleVersion
from comments.rules import limits, rehearsal, word_list

SHOWN_DAYS = 30
CONTENT: dict[RuleKind, tuple[str, ...]] = {
    RuleKind.REPEAT: ("threshold", "minutes"),
    RuleKind.LINKS: ("threshold",),
    RuleKind.WORDS: ("words",),
    RuleKind.SENDER: ("threshold", "minutes"),
    RuleKind.NEW_WRITER: ("threshold",),
    RuleKind.BURST: ("threshold", "minutes"),
    RuleKind.APPEAL: ("words",),
}


class RuleForm(forms.ModelForm):
    class Meta:
        model = RuleVersion
        fields = ("words", "threshold", "minutes")
        widgets = {"words": forms.Textarea(attrs={"rows": 12, "cols": 40})}

    def __init__(self, data=None, *, rule: ModerationRule) -> None:
        super().__init__(data, instance=rule.newest_version)
        wanted = CONTENT[RuleKind(rule.kind)]
        for name in set(self.fields) - set(wanted):
            del self.fields[name]


class NewRuleForm(forms.ModelForm):
    class Meta:
        model = ModerationRule
        fields = ("kind", "title")


@admin.register(ModerationRule)
class ModerationRuleAdmin(admin.ModelAdmin):
    form = NewRuleForm

    def has_delete_permission(self, request, obj=None):
        return False  # what it held names it

    def get_urls(self):
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    self.admin_site.admin_view(require_POST(view)),
                    name=f"comments_moderationrule_{name}",
                )
                for name, view in (
                    ("rehearse", self.rehearse_view),
                    ("switch_on", self.switch_on_view),
                    ("switch_off", self.switch_off_view),
                )
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """The whole pipeline in its order: limits, which refuse, then rules, which hold."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        order = RuleKind.values
        rules = ModerationRule.objects.select_related("live_version").prefetch_related("versions")
        held = statistics.of_rules(statistics.last(SHOWN_DAYS))
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "title": _("Rules of moderation"),
            "opts": self.opts,
            "limits": limits.in_words(),
            "rules": [
                (rule, content_of(rule.live_version), newest_of(rule), held.get(rule.pk))
                for rule in sorted(rules, key=lambda rule: (order.index(rule.kind), rule.pk))
            ],
            "days": SHOWN_DAYS,
            "may_add": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/comments/moderationrule/rules.html", context)

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(self._page_of(obj.pk))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        rule = get_object_or_404(ModerationRule, pk=object_id)
        if not self.has_view_permission(request, rule):
            raise PermissionDenied
        may_change = self.has_change_permission(request, rule)
        form = RuleForm(request.POST or None, rule=rule)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            if form.is_valid() and self._save(request, rule, form):
                return HttpResponseRedirect(self._page_of(rule.pk))
        newest = rule.newest_version
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "title": str(rule),
            "subtitle": None,
            "opts": self.opts,
            "rule": rule,
            "form": form,
            "newest": newest,
            "told": told(newest) if newest else "",
            "is_too_wide": newest and is_too_wide(newest),
            "found": found(newest) if newest else [],
            "versions": rule.versions.select_related("made_by")[:20],
            "may_change": may_change,
            "may_switch_on": newest and newest.rehearsed_at and newest != rule.live_version,
        }
        return TemplateResponse(request, "admin/comments/moderationrule/rule.html", context)

    def _save(self, request, rule: ModerationRule, form: RuleForm) -> bool:
        content = form.cleaned_data
        with transaction.atomic():
            try:
                version = rehearsal.change(
                    rule,
                    by=request.user,
                    words=content.get("words", ""),
                    threshold=content.get("threshold", 1),
                    minutes=content.get("minutes", 60),
                )
            except ValidationError as refusal:
                form.add_error("words" if "words" in form.fields else None, refusal)
                return False
        if version.rehearsed_at is None:
            rehearsal.rehearse(version)
        self.message_user(request, told(version), messages.SUCCESS)
        return True

    def rehearse_view(self, request, pk) -> HttpResponse:
        rule = self._rule(request, pk)
        if newest := rule.newest_version:
            rehearsal.rehearse(newest)
            self.message_user(request, told(newest), messages.SUCCESS)
        return HttpResponseRedirect(self._page_of(pk))

    def switch_on_view(self, request, pk) -> HttpResponse:
        rule = self._rule(request, pk)
        try:
            rehearsal.switch_on(rule, by=request.user)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            self.message_user(request, _("The rule holds comments from now on."), messages.SUCCESS)
        return HttpResponseRedirect(self._page_of(pk))

    def switch_off_view(self, request, pk) -> HttpResponse:
        rehearsal.switch_off(self._rule(request, pk), by=request.user)
        self.message_user(request, _("The rule holds no more comments."), messages.SUCCESS)
        return HttpResponseRedirect(self._page_of(pk))

    def _rule(self, request, pk: int) -> ModerationRule:
        rule = get_object_or_404(ModerationRule, pk=pk)
        if not self.has_change_permission(request, rule):
            raise PermissionDenied
        return rule

    def _page_of(self, pk: int) -> str:
        return reverse("admin:comments_moderationrule_change", args=[pk])


def newest_of(rule: ModerationRule) -> RuleVersion | None:
    """A version that is not in force, or not yet: it waits to be switched on."""
    newest = next(iter(rule.versions.all()), None)
    return newest if newest and newest.pk != rule.live_version_id else None


def content_of(version: RuleVersion | None) -> str:
    """What a version holds, in a few words."""
    if version is None:
        return ""
    kind = RuleKind(version.rule.kind) if version.rule else None
    parts = []
    wanted = CONTENT[kind] if kind else ()
    if "words" in wanted:
        lines = len(word_list.entries(version.words))
        parts.append(
            ngettext("%(n)s word or phrase", "%(n)s words and phrases", lines) % {"n": lines}
        )
    if "threshold" in wanted:
        parts.append(_("from %(n)s on") % {"n": version.threshold})
    if "minutes" in wanted:
        parts.append(_("within %(n)s min") % {"n": version.minutes})
    return ", ".join(str(part) for part in parts)


def told(version: RuleVersion) -> str:
    """«Would hold 14 of the last 1000, of which 11 were approved by people.»"""
    if version.rehearsed_at is None:
        return str(_("not rehearsed"))
    if not version.rehearsal.get("read"):
        return str(_("Nothing has been decided yet on which it could be rehearsed."))
    held = version.rehearsal.get("held", {})
    return str(
        _(
            "Would hold: %(held)d of the last %(read)d decided comments. "
            "Of those people approved: %(approved)d."
        )
        % {
            "held": sum(held.values()),
            "read": version.rehearsal.get("read", 0),
            "approved": held.get(Comment.Status.APPROVED, 0),
        }
    )


def is_too_wide(version: RuleVersion) -> bool:
    """Whether people approved most of what it would have held."""
    held = version.rehearsal.get("held", {})
    return 2 * held.get(Comment.Status.APPROVED, 0) > sum(held.values())


def found(version: RuleVersion) -> list[tuple[Comment, list[tuple[str, bool]]]]:
    """What the rehearsal found, with the places marked as the queue marks them."""
    comments = []
    for comment, finding in rehearsal.would_hold(version):
        comments.append((comment, marks.marked(comment.text, finding.spans)))
    return comments
