"""The change page of an article and its preview on the public page."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from news import changes, corrections, revisions, translations
from news.admin.article_list import ArticleListPage
from news.admin.bulk import BulkDecisions
from news.admin.decision_pages import DecisionPages
from news.admin.decisions import DECISIONS
from news.admin.duplicates import DuplicateButton
from news.admin.editor_page import EditorPage
from news.admin.enclosures import AttachmentInline, GalleryInline
from news.admin.language_board import LanguageBoard
from news.admin.prepared_pages import PreparedPages, in_hand
from news.admin.previews import PreviewPages
from news.admin.revision_pages import RevisionPages
from news.admin.saved_lists import SavedLists
from news.admin.staff_calendar import StaffCalendar
from news.admin.together import TogetherPage
from news.admin.typed_copies import taken_over
from news.admin.uploads import UploadPage
from news.article_form import ARTICLE_TEXTS, ArticleForm
from news.body import with_plain_pictures
from news.correction_form import CORRECTION_FIELDS
from news.downloads import as_download
from news.forms import label_of
from news.languages import LANGUAGES, name_of
from news.models import Article, Attachment, EditorialDecision
from news.richtext import clean_html

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
COMMENTS = ["comments_state", *(f"comments_message_{language}" for language in LANGUAGES)]


class DecisionHistory(admin.TabularInline):
    model = EditorialDecision
    verbose_name_plural = _("History of decisions")
    fields = readonly_fields = ("decided_at", "decided_by", "decision", "published_at", "note")
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("decided_by")

    def has_view_permission(self, request, obj=None):
        return True  # whoever sees the article

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission

    @admin.display(description=_("decision"))
    def decision(self, made):
        return str(made)


@admin.register(Article)
class ArticleAdmin(
    TogetherPage,
    DuplicateButton,
    UploadPage,
    SavedLists,
    ArticleListPage,
    LanguageBoard,
    PreparedPages,
    RevisionPages,
    StaffCalendar,
    BulkDecisions,
    DecisionPages,
    PreviewPages,
    EditorPage,
    TranslationAdmin,
):
    form = ArticleForm
    change_form_template = "admin/news/article/change_form.html"
    autocomplete_fields = ("main_picture", "related")
    readonly_fields = ("status_shown", "published_at", "picture_shown")

    class Media:
        js = (
            "js/admin-editor.js",
            "js/admin-language-tabs.js",
            "js/admin-picture.js",
            "js/admin-names.js",
            "js/admin-kept.js",
            "js/admin-presence.js",
        )
        css = {"all": ["css/admin-writing.css", "css/admin-publishing.css"]}

    # --- who may do what ---

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.status in (Status.DRAFT, Status.IN_REVIEW):
            return True
        if change := in_hand(request):
            return changes.may_edit(request.user, change)
        return not obj.is_gone and request.user.has_perm("news.publish_article")

    def has_delete_permission(self, request, obj=None):
        return False  # an address once published keeps working: it is removed, not deleted

    # --- the change page ---

    def get_fieldsets(self, request, obj=None):
        state = ("status_shown", "published_at") if obj else ()
        about = (*state, "section", "source_language", "main_picture", "picture_shown")
        texts = TEXTS_SHOWN if self._is_read_only(request, obj) else TEXTS_TYPED
        pins = [("pinned_until", "pinned_place")]
        return [
            (None, {"fields": about}),
            *(
                # The template names the language, with how it stands.
                (None, {"fields": texts[language], "classes": [f"language-{language}"]})
                for language in LANGUAGES
            ),
            (_("Beside the article"), {"fields": ("video_url", "related")}),
            *(
                [(_("Front page"), {"fields": pins, "classes": ["collapse"]})]
                if request.user.has_perm("news.pin_article")
                else []
            ),
            (_("Comments"), {"fields": COMMENTS, "classes": ["collapse"]}),
            *(
                [(_("Correcting in the open"), {"fields": CORRECTION_FIELDS})]
                if self._asks_for_readers(request, obj)
                else []
            ),
        ]

    def _asks_for_readers(self, request, article):
        """Of a prepared change it is asked when the change is published."""
        return (
            article is not None
            and article.is_out
            and in_hand(request) is None
            and self.has_change_permission(request, article)
        )

    def get_form(self, request, obj=None, *args, **kwargs):
        form = super().get_form(request, obj, *args, **kwargs)
        change = in_hand(request)
        setattr(form, "change_saved_at", change.updated_at.isoformat() if change else "")  # noqa: B010
        return form

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
            article = self.model.objects.select_for_update().get(pk=article.pk)
            article.texts_before = translations.texts_of(article)
        return article

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["standings"] = translations.standings(obj or Article())
        context["languages"] = [(language, name_of(language)) for language in LANGUAGES]
        context["may_send_for_review"] = obj is None or obj.status == Status.DRAFT
        context["may_publish"] = request.user.has_perm("news.publish_article") and (
            obj is None or obj.status in (Status.DRAFT, Status.IN_REVIEW)
        )
        context["decisions"] = [
            (decision, reverse(f"admin:news_article_{decision.name}", args=[obj.pk]))
            for decision in DECISIONS
            if obj
            and decision.name not in ("review", "publish")
            and decision.is_open_to(request.user, obj)
        ]
        context["preview_page"] = "admin:news_article_preview"
        if obj and obj.is_live:
            context |= self.prepared_context(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, article):
        return article.get_absolute_url() if article.is_out else None

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
        elif not obj.is_live and form.changes_content():
            obj.updated_at = timezone.now()  # of what is out, corrections.announce() moves it
        if change:
            revisions.record_first(obj)
        super().save_model(request, obj, form, change)
        translations.follow(
            obj,
            getattr(obj, "texts_before", None),
            fitting=form.cleaned_data["fits"],
            is_minor=form.cleaned_data["is_minor"],
        )

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article = form.instance
        if in_hand(request):
            return  # what was tried on is kept by news/admin/prepared_pages.py
        if change and not article.is_live and any(f.has_changed() for f in formsets):
            article.updated_at = timezone.now()
            article.save(update_fields=["updated_at"])
        revisions.record(article, by=request.user)
        if "readers_know" in form.fields and (told := form.announcement()):
            corrections.announce(article, told, by=request.user)
        if article.is_live and changes.take_back_if_overtaken(article, by=request.user):
            messages.warning(
                request,
                _(
                    "The prepared change concerns the same places: compare the two before it goes"
                    " out."
                ),
            )

    def response_add(self, request, obj, post_url_continue=None):
        response = self._next_step(request, obj) or super().response_add(
            request, obj, post_url_continue
        )
        return taken_over(request, response)

    def response_change(self, request, obj):
        if in_hand(request):
            return taken_over(request, self.after_saving_prepared(request, obj))
        response = self._next_step(request, obj) or super().response_change(request, obj)
        return taken_over(request, response)

    def _next_step(self, request, article):
        """Where the button that saved the article leads on to."""
        if "_publish" in request.POST:
            return HttpResponseRedirect(reverse("admin:news_article_publish", args=[article.pk]))
        if request.POST.get("_preview") in LANGUAGES:
            address = ("admin:news_article_preview", [article.pk, request.POST["_preview"]])
            return HttpResponseRedirect(reverse(address[0], args=address[1]))
        if "_review" in request.POST:
            return HttpResponseRedirect(reverse("admin:news_article_review", args=[article.pk]))
        return None

    # --- pages of its own ---

    def get_urls(self):
        return [
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
