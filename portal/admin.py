from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.models import JobRun


@admin.register(JobRun)
class JobRunAdmin(admin.ModelAdmin):
    """What the timed jobs did: to be read only."""

    list_display = ("name", "started_at", "finished_at", "outcome", "summary", "host")
    list_filter = ("name", "outcome")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
