from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from news import outbox
from news.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):
    """Whether mail goes out; what it says is between us and its reader."""

    list_display = ("to", "subject", "status", "created_at", "attempts", "last_error")
    list_filter = ("status",)
    fields = (
        "to", "subject", "language", "status", "created_at", "send_after", "attempts",
        "last_error", "finished_at",
    )  # fmt: skip
    actions = ["send_again"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Send what was given up again"), permissions=["view"])
    def send_again(self, request, queryset):
        count = outbox.try_again(queryset)
        self.message_user(
            request,
            ngettext("%(n)d message waits again.", "%(n)d messages wait again.", count)
            % {"n": count},
            messages.SUCCESS,
        )
