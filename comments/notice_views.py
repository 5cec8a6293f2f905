"""The page behind the link in a letter: confirm the address, or get no more letters."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import notices
from comments.models import WriterNotice
from comments.same_origin import is_same_origin


@never_cache
@csrf_exempt  # the token in the address is the secret; is_same_origin() besides
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """Only a pressed button changes anything: mail programs open links on their own."""
    found = WriterNotice.objects.select_related("comment").filter(token=token).first()
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    done = ""
    if found and request.method == "POST" and is_same_origin(request):
        if request.POST.get("step") == "stop":
            notices.stop(found)
            found, done = None, "stopped"
        else:
            notices.confirm(found)
            done = "confirmed"
    response = render(
        request,
        "comments/notice.html",
        {"notice": found, "done": done, "robots": "noindex"},
        status=status,
    )
    response.headers["Referrer-Policy"] = "same-origin"
    return response
