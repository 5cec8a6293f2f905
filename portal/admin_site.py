from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.accounts import kept_form, two_factor, views


class PortalAdminSite(AdminSite):
    site_title = site_header = _("Bukhar-Zhyrau portal: press office")
    index_title = _("Desk")
    site_url = "/"
    password_change_template = "admin/accounts/password_change_form.html"  # noqa: S105
    password_change_done_template = "admin/accounts/password_change_done.html"  # noqa: S105

    def get_urls(self) -> list[Any]:
        return [
            path("health/", self.admin_view(self.health), name="health"),
            path("figures/", self.admin_view(self.figures), name="figures"),
            path(
                "figures/<int:number>/",
                self.admin_view(self.article_figures),
                name="article_figures",
            ),
            *views.urlpatterns,
            *super().get_urls(),
        ]

    # Imported when called: Django asks for this class before there are models.
    def figures(self, request: HttpRequest) -> HttpResponse:
        from news.admin import figures

        return figures.of_all(request, site=self)

    def article_figures(self, request: HttpRequest, number: int) -> HttpResponse:
        from news.admin import figures

        return figures.of_article(request, number, site=self)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def losing_nothing(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if (
                request.method == "POST"
                and not self.has_permission(request)
                and kept_form.holds_words(request)
            ):
                return kept_form.page(request)
            return guarded(request, *args, **kwargs)

        return losing_nothing

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and two_factor.is_satisfied(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if super().has_permission(request) and not two_factor.is_satisfied(request):
            asked = request.GET.get(REDIRECT_FIELD_NAME, "")
            is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
            return views.to_next_step(request, asked if is_ours else reverse("admin:index"))
        return super().login(request, extra_context)

    def health(self, request: HttpRequest) -> HttpResponse:
        return require_safe(_health)(request, self)


def _health(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """How the parts of the portal are, for whoever runs it."""
    if not request.user.has_perm("portal.view_health"):
        raise PermissionDenied
    from portal import health

    found = list(health.findings())
    context = {
        **site.each_context(request),
        "title": _("Health"),
        "findings": found,
        "bad": sum(finding.state == health.State.BAD for finding in found),
    }
    return TemplateResponse(request, "admin/health.html", context)
