"""Accounts and the audit log, as superusers see them."""

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from comments.models import Comment, RejectionReason
from news.models import Article, PreparedChange
from portal import audit, roles
from portal.accounts import sessions, throttle, two_factor
from portal.models import AuditEntry

# Secrets are for their owners: no page of the admin shows or changes them.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.unregister([User, Group])


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    list_display = ("title",)

    @admin.display(description=_("role"), ordering="name")
    def title(self, group):
        return roles.title(group)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return [(group.pk, roles.title(group)) for group in Group.objects.order_by("name")]

    def queryset(self, request, queryset):
        wanted = self.value() or ""
        return queryset.filter(groups=int(wanted)) if wanted.isdecimal() else queryset


@admin.register(User)
class StaffAdmin(UserAdmin):
    list_display = ("username", "last_name", "first_name", "may_sign_in", "has_code", "last_login")
    list_filter = ("is_active", "is_superuser", RoleFilter)
    actions = ("unlock", "sign_out", "reset_two_factor")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field is not None:
            setattr(field, "label_from_instance", roles.title)  # noqa: B010
        return field

    def get_queryset(self, request):
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(with_code=Exists(devices))

    # In words: the text of Django's pictures is English in every language.
    @admin.display(description=_("signs in with a code"), ordering="with_code")
    def has_code(self, user):
        return _("Yes") if user.with_code else _("No")

    @admin.display(description=_("active"), ordering="is_active")
    def may_sign_in(self, user):
        return _("Yes") if user.is_active else _("No")

    @admin.action(permissions=["change"], description=_("Unlock sign-in"))
    def unlock(self, request, accounts):
        for user in self._accounts(request, accounts):
            throttle.unlock(user)
            audit.record(audit.Event.UNLOCKED, by=request.user, on=user)
        messages.success(request, _("The chosen accounts can sign in again."))

    @admin.action(permissions=["change"], description=_("Sign out everywhere"))
    def sign_out(self, request, accounts):
        for user in self._accounts(request, accounts):
            sessions.end(sessions.of(user))
            audit.record(audit.Event.SESSIONS_ENDED, by=request.user, on=user)
        messages.success(request, _("The chosen accounts are signed out everywhere."))

    @admin.action(permissions=["change"], description=_("Reset sign-in with a code"))
    def reset_two_factor(self, request, accounts):
        for user in self._accounts(request, accounts):
            two_factor.reset(user, by=request.user)
        messages.success(
            request, _("The chosen accounts enrol a telephone anew when they next sign in.")
        )

    def _accounts(self, request, accounts):
        if not request.user.is_superuser:
            raise PermissionDenied
        return accounts


class BoundedPaginator(Paginator):
    """Counts no further than anybody turns pages."""

    FURTHEST = 10_000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.FURTHEST].count()  # type: ignore[attr-defined]


# The log keeps codes; its readers get what the pages call them.
NAMED: dict[str, dict[str, Any]] = {
    audit.Event.EDITORIAL: dict(PreparedChange.Status.choices) | dict(Article.Status.choices),
    audit.Event.MODERATION: dict(Comment.Status.choices) | dict(RejectionReason.choices),
}


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ("at", "by_name", "event", "target", "detail_shown")
    list_display_links = None
    list_filter = ("event", ("at", admin.DateFieldListFilter))
    search_fields = ("by_name__exact", "target_id__exact")
    search_help_text = _("The name of an account, or a number, in full")
    show_full_result_count = False
    paginator = BoundedPaginator
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("on what"))
    def target(self, entry):
        if not entry.target_model:
            return "—"
        app, _dot, model = entry.target_model.partition(".")
        name = f"{_name_of(entry.target_model)} {entry.target_id}"
        try:
            address = reverse(f"admin:{app}_{model}_change", args=[entry.target_id])
        except NoReverseMatch:
            return name
        return format_html('<a href="{}">{}</a>', address, name)

    @admin.display(description=_("details"))
    def detail_shown(self, entry):
        if entry.detail == audit.NEW_ACCOUNT:
            return _("new account")
        named = NAMED.get(entry.event)
        if not named:
            return entry.detail
        words = (str(named.get(word, word)) for word in entry.detail.split())
        return " ".join(words)


def _name_of(label):
    """What the admin calls a model; of one that is no more, the name it had."""
    try:
        return apps.get_model(label)._meta.verbose_name
    except (LookupError, ValueError):
        return label
