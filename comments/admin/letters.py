"""How often the portal writes to somebody of its staff: everybody's own page."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comments import digest
from comments.models import Digest


@admin.register(Digest)
class DigestAdmin(admin.ModelAdmin):
    """Everybody's own and nobody else's: the list is the one page."""

    fields = ("frequency", "language")
    radio_fields = {"frequency": admin.VERTICAL}
    change_form_template = "admin/comments/digest/change_form.html"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_module_permission(self, request):
        return digest.may_have(request.user)

    def has_view_permission(self, request, obj=None):
        own = obj is None or obj.user_id == request.user.pk
        return own and self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def changelist_view(self, request, extra_context=None):
        if not self.has_module_permission(request):
            raise PermissionDenied
        if not request.user.email:
            messages.warning(request, _("Your account has no e-mail address: ask for one."))
        own, _is_new = Digest.objects.get_or_create(
            user=request.user, defaults={"language": get_language() or settings.LANGUAGE_CODE}
        )
        return redirect("admin:comments_digest_change", own.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {
            "title": _("Letters about comments and questions"),
            "subtitle": None,
            "is_nav_sidebar_enabled": False,
            "show_save_and_continue": False,
            "address": request.user.email,
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def response_change(self, request, obj):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path)
