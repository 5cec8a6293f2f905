"""The change page of an article and its preview on the public page."""

import re

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.admin import TranslationAdmin

from news import publishing
from news.admin.article_list import ArticleListPage
from news.admin.decision_pages import DecisionPages
from news.admin.decisions import DECISIONS
from news.admin.enclosures import AttachmentInline, GalleryInline
from news.body import with_plain_pictures
from news.downloads import as_download
from news.forms import ARTICLE_TEXTS, ArticleForm, label_of
from news.languages import LANGUAGES, name_of
from news.models import Article, Attachment, EditorialDecision
from news.richtext import clean_html
from news.views import article_page_context

Status = Article.Status


def _as_read(text, language):
    """A text as readers see it, for whoever may not change it."""

    @admin.display(description=lazy(label_of, str)(text))
    def shown(article):
        value = getattr(article, f"{text}_{language}") or "—"
        if text == "body":
            cleaned = with_plain_pictures(clean_html(value))
            value = mark_safe(cleaned)  # noqa: S308  (cleaned in the line before)
        return format_html('<div class="as-read" lang="{}">{}</div>', language, value)

    shown.__name__ = f"{text}_{language}"
    return shown


TEXTS_TYPED = {language: [f"{text}_{language}" for text in ARTICLE_TEXTS] for language in LANGUAGES}
TEXTS_SHOWN = {
    language: [_as_read(text, language) for text in ARTICLE_TEXTS] for language in LANGUAGES
}
CONTENT = {"section", "main_picture", "video_url"}.union(*TEXTS_TYPED.values())


class DecisionHistory(admin.TabularInline):
    model = EditorialDecision
    verbose_name_plural = _("History of decisions")
    fields = readonly_fields = ("decided_at", "decided_by", "change", "published_at", "note")
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("decided_by")

    def has_view_permission(self, request, obj=None):
        return True  # whoever sees the article

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission

    @admin.display(description=_("change"))
    def change(self, decision):
        return str(decision)


@admin.register(Article)
class ArticleAdmin(ArticleListPage, DecisionPages, TranslationAdmin):
    form = ArticleForm
    change_form_template = "admin/news/article/change_form.html"
    autocomplete_fields = ("main_picture", "related")
    readonly_fields = ("status_shown", "published_at", "picture_shown")

    class Media:
        js = ("js/admin-editor.js", "js/admin-language-tabs.js", "js/admin-picture.js")

    # --- who may do what ---

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.status in (Status.DRAFT, Status.IN_REVIEW):
            return True
        return obj.status != Status.REMOVED and request.user.has_perm("news.publish_article")

    def has_delete_permission(self, request, obj=None):
        return False  # an address once published keeps working: it is removed, not deleted

    # --- the change page ---

    def get_fieldsets(self, request, obj=None):
        state = ("status_shown", "published_at") if obj else ()
        about = (
            *state, "section", "main_picture", "picture_shown", "video_url", "related",
            "comments_open",
        )  # fmt: skip
        texts = TEXTS_SHOWN if self._is_read_only(request, obj) else TEXTS_TYPED
        return [
            (None, {"fields": about}),
            *(
                [(_("Front page"), {"fields": [("pinned_until", "pinned_place")]})]
                if request.user.has_perm("news.pin_article")
                else []
            ),
            *(
                (
                    name_of(language),
                    {
                        "fields": texts[language],
                        "classes": ["language", f"language-{language}"],
                    },
                )
                for language in LANGUAGES
            ),
        ]

    def get_readonly_fields(self, request, obj=None):
        shown = TEXTS_SHOWN.values() if self._is_read_only(request, obj) else []
        return [*self.readonly_fields, *(field for fields in shown for field in fields)]

    def _is_read_only(self, request, article):
        return article is not None and not self.has_change_permission(request, article)

    def get_inlines(self, request, obj):
        history = [DecisionHistory] if obj and obj.decisions.exists() else []
        return [GalleryInline, AttachmentInline, *history]

    def get_object(self, request, object_id, from_field=None):
        article = super().get_object(request, object_id, from_field)
        if article and request.method == "POST":
            # Saving writes the whole row: no verb may change the status between here and there.
            return self.model.objects.select_for_update().get(pk=article.pk)
        return article

    # CKEditor 4 writes inline scripts and styles; nothing else of the portal may.
    @method_decorator(
        csp_update({"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]})
    )
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["languages"] = [(language, name_of(language)) for language in LANGUAGES]
        context["may_send_for_review"] = obj is None or obj.status == Status.DRAFT
        context["may_publish"] = request.user.has_perm("news.publish_article") and (
            obj is None or obj.status in (Status.DRAFT, Status.IN_REVIEW)
        )
        context["decisions"] = [
            (decision, reverse(f"admin:news_article_{decision.name}", args=[obj.pk]))
            for decision in DECISIONS
            if obj and decision.name != "publish" and decision.is_open_to(request.user, obj)
        ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, article):
        has_address = article.is_published or article.status == Status.WITHDRAWN
        return article.get_absolute_url() if has_address else None

    @admin.display(description=_("chosen picture"))
    def picture_shown(self, article):
        picture = article.main_picture if article else None
        return format_html(
            '<img class="thumbnail" data-picture-of="id_main_picture" data-address="{}" alt="" {}>',
            reverse("admin:news_picture_thumbnail", args=[0]),
            format_html('src="{}"', picture.thumbnail) if picture else "hidden",
        )

    # --- saving ---

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        elif not obj.is_scheduled and self._changes_content(form):
            obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article = form.instance
        if change and not article.is_scheduled and any(f.has_changed() for f in formsets):
            article.updated_at = timezone.now()
            article.save(update_fields=["updated_at"])

    def _changes_content(self, form):
        return any(
            _essence(form.initial.get(name)) != _essence(form.cleaned_data[name])
            if name.startswith("body_")
            else True
            for name in CONTENT.intersection(form.changed_data)
        )

    def response_add(self, request, obj, post_url_continue=None):
        return self._next_step(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._next_step(request, obj) or super().response_change(request, obj)

    def _next_step(self, request, article):
        """Where the button that saved the article leads on to."""
        if "_publish" in request.POST:
            return HttpResponseRedirect(reverse("admin:news_article_publish", args=[article.pk]))
        if request.POST.get("_preview") in LANGUAGES:
            address = ("admin:news_article_preview", [article.pk, request.POST["_preview"]])
            return HttpResponseRedirect(reverse(address[0], args=address[1]))
        if "_review" in request.POST:
            try:
                publishing.send_for_review(article, by=request.user)
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
            else:
                messages.success(request, _("The article is sent for review."))
            return HttpResponseRedirect(self.change_page(article))
        return None

    # --- pages of its own ---

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview_view)
        return [
            path(
                "<int:pk>/preview/<str:language>/",
                preview,
                name="news_article_preview",
            ),
            path(
                "attachments/<int:number>/",
                self.admin_site.admin_view(self.attachment_view),
                name="news_article_attachment",
            ),
            *super().get_urls(),
        ]

    def attachment_view(self, request, number):
        attachment: Attachment = get_object_or_404(
            Attachment.objects.select_related("article"), pk=number
        )
        if not self.has_view_permission(request, attachment.article):
            raise PermissionDenied
        return as_download(attachment)

    def preview_view(self, request, pk, language):
        """The public page as it would be; admin_view() forbids every cache to keep it."""
        article: Article = get_object_or_404(
            Article.objects.select_related("section", "main_picture"), pk=pk
        )
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if language not in LANGUAGES:
            raise Http404
        with override(language):
            context = article_page_context(article, language)
            context |= {
                "preview": True,
                "edit_url": self.change_page(article),
                "page_urls": {
                    code: reverse("admin:news_article_preview", args=[article.pk, code])
                    for code in LANGUAGES
                },
            }
            response = render(request, "news/article_detail.html", context)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


def _essence(html):
    """A body without the line breaks that the editor puts between its paragraphs."""
    return re.sub(
        r"\s+", " ", re.sub(r">\s+|\s+<", lambda found: found[0].strip(), clean_html(html or ""))
    )
