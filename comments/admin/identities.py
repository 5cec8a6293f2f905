"""Agreements and identities in the admin: read by few, every look on record."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from comments import receipt_codes
from comments.identity import contacts, identities, retention, vault
from comments.models import Agreement, Identity, IdentityLook, Purge


class ReadOnlyAdmin(admin.ModelAdmin):
    """Written by the portal; people only read it."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    list_display = ("__str__", "in_force_from")
    fields = ("text_kk", "text_ru", "text_en", "in_force_from")

    def has_change_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        """What somebody accepted stays word for word; the next version is a new one."""
        if obj is not None and obj.was_accepted:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookForm(forms.Form):
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("Whose request, and its number and date."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(Identity)
class IdentityAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "kind", "agreement", "confirmed_at", "last_used_on", "ended_at")
    list_filter = ("kind", "ended_by")
    list_select_related = ("agreement",)
    search_fields = ("pk",)
    search_help_text = _(
        "A telephone number, an e-mail address, or the number of a comment (ours or the one of its "
        "receipt): the whole of it, parts are not searched."
    )
    fields = ("kind", "agreement", "accepted_at", "confirmed_at", "last_used_on", "ended_at",
              "ended_by")  # fmt: skip
    change_form_template = "admin/comments/identity/change_form.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("comments.open_identity")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if not search_term:
            return queryset, False
        hashes = []
        for parse in (contacts.parse_number, contacts.parse_address):
            try:
                hashes.append(contacts.keyed_hash(parse(search_term)))
            except ValidationError:
                continue
        wanted = Q(contact_hash__in=hashes)
        number = search_term.strip().removeprefix("№").strip()
        if number.isdecimal() and len(number) < 18:
            wanted |= Q(comments__pk=int(number))
        if code := receipt_codes.parse(number):
            wanted |= Q(comments__receipt_code=code)
        return queryset.filter(wanted), True

    def get_urls(self) -> list[URLPattern]:
        look = self.admin_site.admin_view(never_cache(self.look))
        return [path("<path:object_id>/look/", look, name="comments_identity_look"),
                *super().get_urls()]  # fmt: skip

    def look(self, request: Any, object_id: str) -> HttpResponse:
        """Ask for what, write the look down, then show the contact: on this page only."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        identity = get_object_or_404(Identity, pk=unquote(object_id))
        contact = ""
        form = LookForm(request.POST or None)
        is_verified = _has_second_factor(request.user)
        if request.method == "POST" and is_verified and form.is_valid():
            try:
                contact = identities.look(
                    identity, by=request.user, purpose=form.cleaned_data["purpose"]
                )
            except vault.UnreadableError:
                messages.error(request, _("None of the keys at hand opens this identity."))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": identity,
            "identity": identity,
            "form": form,
            "contact": contact,
            "is_verified": is_verified,
            "looks": identity.looks.select_related("looked_by")[:20],
            "back_url": reverse("admin:comments_identity_changelist"),
        }
        return TemplateResponse(request, "admin/comments/identity/look.html", context)


def _has_second_factor(user: Any) -> bool:
    """Known since sign-in by the middleware of django-otp; without it nobody has one."""
    return getattr(user, "is_verified", bool)()


@admin.register(IdentityLook)
class IdentityLookAdmin(ReadOnlyAdmin):
    list_display = ("looked_at", "looked_by", "identity_number", "purpose")
    list_select_related = ("looked_by",)


@admin.register(Purge)
class PurgeAdmin(ReadOnlyAdmin):
    list_display = ("purged_at", "what", "older_than", "deleted")
    fields = list_display

    @admin.display(description=_("what"), ordering="rule")
    def what(self, purge: Purge) -> str:
        return str(retention.RULES.get(purge.rule, purge.rule))
