"""Admin pages with the rich text editor, and the one exception that it needs."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin

POLICY = csp_update({"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]})


class EditorPage(admin.ModelAdmin):
    """CKEditor 4 writes inline scripts and styles; no other page of the portal may."""

    change_form_template = "admin/news/editor_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        # Whoever may only read gets the texts without the editor.
        if "ckeditor/ckeditor" in str((getattr(response, "context_data", None) or {}).get("media")):
            return POLICY(lambda _request: response)(request)
        return response
