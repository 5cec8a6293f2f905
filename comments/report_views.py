"""Where a reader reports a comment."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import articles, reports, sender, stream
from comments.failure import keeps_words
from comments.models import Comment
from comments.report_form import ReportForm
from comments.same_origin import is_same_origin
from comments.views import SeeOther, public_comment

SENT = "sent"


@never_cache
@csrf_exempt  # is_same_origin() instead, as for comments
@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: int) -> HttpResponse:
    comment = public_comment(number)
    if request.method != "POST":
        return _page(request, comment, ReportForm(), is_sent=SENT in request.GET)
    form = ReportForm(request.POST)
    if not is_same_origin(request):
        form.add_error(None, _("Reports are accepted only from the form on this site."))
        return _page(request, comment, form, HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        return _page(request, comment, form, HTTPStatus.BAD_REQUEST)
    try:
        reports.report(
            comment,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            language=get_language(),
            address=sender.client_address(request),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, comment, form, HTTPStatus.TOO_MANY_REQUESTS)
    return SeeOther(articles.keeping(articles.came_from(request), f"{request.path}?{SENT}"))


def _page(
    request: HttpRequest,
    comment: Comment,
    form: ReportForm,
    status: int = HTTPStatus.OK,
    *,
    is_sent: bool = False,
) -> HttpResponse:
    came_from = articles.came_from(request)
    return render(
        request,
        "comments/report.html",
        {
            "comment": comment,
            "form": form,
            "is_sent": is_sent,
            "here": articles.keeping(came_from, request.path),
            "comment_url": articles.keeping(came_from, stream.address(comment)),
            "robots": "noindex",
        },
        status=status,
    )
