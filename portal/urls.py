"""The one address map; public pages live under their language's prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from news import page_views, parity, previews, short_link
from news.search.views import SearchPage
from portal import alerts, csp_reports, metrics, preferences, sitemaps, views, well_known
from portal.accounts import password_reset

handler400 = "portal.error_pages.bad_request"
handler403 = "portal.error_pages.forbidden"
handler404 = "portal.error_pages.not_found"
handler500 = "portal.error_pages.server_error"

urlpatterns = [
    # What is read most is looked for first.
    *i18n_patterns(
        path("news/", include("news.urls")),
        path("", views.Home.as_view(), name="home"),
        path("search/", SearchPage.as_view(), name="search"),
        path("pages/<slug:slug>/", page_views.show, name="page"),
        path("drafts/<str:token>/", previews.show_to_outsider, name="draft"),
        path("languages/", parity.show, name="languages"),
        path("alerts/<int:number>/close/", alerts.close, name="close_alert"),
        path("preferences/", preferences.preferences, name="preferences"),
        path("", include("comments.urls")),
        prefix_default_language=True,
    ),
    path("", views.to_language, name="root"),
    path("kz/", views.from_kz),
    path("kz/<path:rest>", views.from_kz),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics.show),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^n/(?P<number>[0-9]{1,18})/?$", short_link.follow, name="short_link"),
    path("csp-report", csp_reports.receive, name="csp_report"),
    path("favicon.ico", views.favicon, name="favicon"),
    *sitemaps.urlpatterns,
    *well_known.urlpatterns,
    path("media/<path:path>", views.media, name="media"),
    path(settings.ADMIN_PATH, include(password_reset.urlpatterns)),
    path(settings.ADMIN_PATH, admin.site.urls),
]
