"""The page on which a reader chooses how the portal looks: a plain form, kept in one cookie."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments.same_origin import is_same_origin
from portal import comfort, error_pages


@never_cache
@csrf_exempt  # cached pages carry no token; the request's own origin is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """GET shows settings as they are, or as the link asks; only POST keeps them."""
    current = comfort.of(request)
    if request.method != "POST":
        asked = comfort.SETTINGS.keys() & request.GET.keys()
        start = comfort.Comfort() if asked else current
        return _form(request, start.changed(request.GET.dict()))
    if not is_same_origin(request):
        return error_pages.forbidden(request)
    wished = comfort.Comfort() if "reset" in request.POST else current.changed(request.POST.dict())
    target = _inside(request.POST.get("next", ""))
    response = HttpResponseRedirect(target or reverse("home"), status=303)
    response.set_cookie(
        settings.COMFORT_COOKIE_NAME,
        wished.key,
        max_age=comfort.COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _form(request: HttpRequest, wished: comfort.Comfort) -> HttpResponse:
    return render(
        request,
        "preferences.html",
        {
            "form_action": request.path,
            "next": _inside(request.GET.get("next", "")) or _came_from(request),
            "choices": _choices(wished),
            "wished": wished,
            "is_kept": wished == comfort.of(request),
            "link": request.build_absolute_uri(f"{request.path}?{urlencode(wished.changes)}"),
            "robots": "noindex",
        },
    )


def _inside(address: str) -> str:
    """The address if it cannot lead to another site."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def _came_from(request: HttpRequest) -> str:
    """The page of ours the reader comes from, so that saving leads back to it."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or parts.path.endswith(reverse("preferences")[3:]):
        return ""
    return _inside(parts._replace(scheme="", netloc="").geturl())


def _choices(wished: comfort.Comfort) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "label": comfort.LABELS[name],
            "options": [
                (value, values[value], getattr(wished, name) == value)
                for value in (sorted(values) if name == "zoom" else values)
            ],
        }
        for name, values in comfort.SETTINGS.items()
    ]
