"""Small files that machines ask for under fixed names: security.txt and the web app manifest."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.context_processors import TITLE_KK

# RFC 9116 recommends less than a year; a portal that runs is a portal that somebody looks after.
SECURITY_TXT_LASTS = timedelta(days=360)
THEME = "#00475a"  # --deep of static/css/base.css
THEME_DARK = "#08303c"


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a hole (RFC 9116); absent while nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + SECURITY_TXT_LASTS).astimezone(timezone.get_default_timezone())
    lines = [
        *(f"Contact: {_as_uri(contact)}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires.isoformat(timespec='seconds')}",
        "Preferred-Languages: kk, ru, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse(
        "\n".join([*lines, ""]),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=86400"},
    )


def _as_uri(contact: str) -> str:
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The portal on a phone's home screen."""

    def icon(name: str, size: int, purpose: str) -> dict[str, str]:
        return {
            "src": static(f"img/icons/{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }

    return JsonResponse(
        {
            "id": "/",
            "name": TITLE_KK,
            "short_name": "Бұқар Жырау",
            "lang": "kk",
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": THEME,
            "icons": [
                icon("icon-192", 192, "any"),
                icon("icon-512", 512, "any"),
                icon("maskable-512", 512, "maskable"),
            ],
        },
        json_dumps_params={"ensure_ascii": False},
        content_type="application/manifest+json",
        headers={"Cache-Control": "public, max-age=86400"},
    )


urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("manifest.webmanifest", manifest, name="manifest"),
]
