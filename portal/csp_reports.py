"""What browsers say that our Content-Security-Policy stopped: which directive, on which kind of
page. Anybody can send anything here, so that little is read and nothing is kept as it came."""

import json
import logging
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from news import pace

logger = logging.getLogger(__name__)
MAX_BYTES = 16 * 1024
PER_MINUTE = 60
DIRECTIVE = re.compile(r"[a-z][a-z-]{2,30}", re.ASCII)


@csrf_exempt  # browsers send reports without cookies and tokens
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    if not settings.CSP_REPORTS:
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > MAX_BYTES:
        return HttpResponse(status=413)
    if said := _understood(request.read(MAX_BYTES)):
        directive, page = said
        if (pace.count("csp-reports", 60) or PER_MINUTE + 1) <= PER_MINUTE:
            logger.warning("CSP stopped %s on a page of %s", directive, page)
    return HttpResponse(status=204)


def _understood(body: bytes) -> tuple[str, str] | None:
    """Directive and name of the page's view: an address may hold a private token."""
    try:
        report = json.loads(body)["csp-report"]
        directive = report.get("effective-directive") or report["violated-directive"]
        match = DIRECTIVE.match(directive)
        path = urlsplit(report["document-uri"]).path
        with override(get_language_from_path(path)):
            page = resolve(path)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, Resolver404):
        return None
    return (match[0], page.view_name) if match else None
