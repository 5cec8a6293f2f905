"""Comments of the whole portal: one page with one switch."""

from django.contrib import admin
from django.shortcuts import redirect
from modeltranslation.admin import TranslationAdmin

from comments.models import CommentsSwitch


@admin.register(CommentsSwitch)
class CommentsSwitchAdmin(TranslationAdmin):
    fields = ("is_open", "message_kk", "message_ru", "message_en")

    def changelist_view(self, request, extra_context=None):
        """There is one at most: its own page, or the one that makes it."""
        switch = CommentsSwitch.objects.first()
        if switch:
            return redirect("admin:comments_commentsswitch_change", switch.pk)
        if self.has_add_permission(request):
            return redirect("admin:comments_commentsswitch_add")
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not CommentsSwitch.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
