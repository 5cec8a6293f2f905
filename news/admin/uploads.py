"""Pages that take files: where one cannot be stored, its field says so, and the texts are kept."""

import logging

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin

from news.storage import StorageError

logger = logging.getLogger(__name__)


class UploadPage(admin.ModelAdmin):
    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except StorageError:
            # Found out while saving, after every check; all of it is rolled back.
            logger.exception("A file could not be stored")
            request.storage_failed = True
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        setattr(form, "storage_failed", hasattr(request, "storage_failed"))  # noqa: B010
        setattr(form, "uploader", request.user.pk)  # noqa: B010
        return form


class Uploads(InlineModelAdmin):
    """The same for an inline."""

    def get_formset(self, request, *args, **kwargs):
        formset = super().get_formset(request, *args, **kwargs)
        setattr(formset.form, "storage_failed", hasattr(request, "storage_failed"))  # noqa: B010
        setattr(formset.form, "uploader", request.user.pk)  # noqa: B010
        return formset
