"""A form of the admin sent after the session had ended: nothing of it is lost.

The page that answers holds everything that was typed, and sends it again once its writer has signed
in anew in another tab. It needs no script, and stores nothing on the server.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from news.differences import paragraphs

OURS = {"csrfmiddlewaretoken", "next"}


def holds_words(request: HttpRequest) -> bool:
    """Whether a form was sent whose loss would hurt; passwords are never sent back to a page."""
    if request.method != "POST" or "csrfmiddlewaretoken" not in request.POST:
        return False
    names = [name for name, value in request.POST.items() if value and name not in OURS]
    return bool(names) and not any("password" in name or name == "code" for name in names)


def is_from_here(request: HttpRequest) -> bool:
    """A form that failed for its token alone: the sign-in in another tab has brought a new one."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    try:
        source = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    except ValueError:
        return False
    return source.netloc.lower() == request.get_host().lower()


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OURS
        for value in values
    ]
    texts = [paragraphs(str(value)) for _name, value in fields]
    context = {
        "is_signed_in": request.user.is_authenticated,
        "fields": fields,
        # Words of people, not the form's own numbers and codes.
        "words": [line for lines in texts for line in lines if " " in line],
        "has_files": bool(request.FILES),
    }
    return render(request, "admin/accounts/kept_form.html", context, status=403)
