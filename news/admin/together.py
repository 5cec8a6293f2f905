"""Two people at one article: they see each other, and no save overwrites another's."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from news import merging, presence
from news.admin.prepared_pages import in_hand
from news.models import Article


class TogetherPage(admin.ModelAdmin):
    def get_urls(self):
        alive = self.admin_site.admin_view(self.presence_view)
        return [
            path("<int:pk>/presence/", alive, name="news_article_presence"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        is_number = str(object_id or "").isdecimal() and len(str(object_id)) < 19
        is_change = in_hand(request) is not None  # whose copy has a guard of its own
        may = request.method == "POST" and not is_change and self.has_change_permission(request)
        if may and is_number:
            article = Article.objects.filter(pk=object_id).first()
            if article is not None:
                request.POST = merging.with_choices(article, request.POST)
                request.merge = merging.of(article, request.POST)
                if request.merge is not None:
                    request.POST = request.merge.data
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        setattr(form, "merge", getattr(request, "merge", None))  # noqa: B010
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and in_hand(request) is None and self.has_change_permission(request, obj):
            # On opening too, or people without scripts would be there unseen.
            presence.note(obj, request.user, presence.OPENED)
            context["others"] = presence.others(obj, request.user)
            context["is_edited"] = True
        context["merge"] = getattr(request, "merge", None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Only says who is there. Its answer brings a page of before a new sign-in the token to save.
    @method_decorator(csrf_exempt)
    @method_decorator(require_POST)
    def presence_view(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if "leave" in request.POST:
            presence.leave(article, request.user)
            return HttpResponse(status=204)
        presence.note(article, request.user, presence.ALIVE)
        said = presence.others(article, request.user)
        if newer := presence.saved_since(article, merging.seen_by(request.POST)):
            said.append(newer)
        return JsonResponse({"others": said, "token": get_token(request)})
