"""Attachments as readers get them: saved, never shown, so that a browser runs nothing of them."""

import logging

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from news import attachments
from news.models import Article, Attachment

logger = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, number: int) -> FileResponse:
    """While the public may read the article, and no longer."""
    public = Attachment.objects.filter(article__in=Article.objects.readable())
    return as_download(get_object_or_404(public, pk=number))


def as_download(attachment: Attachment) -> FileResponse:
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError:
        logger.exception("The file of attachment %s is missing", attachment.pk)
        raise Http404 from None
    response = FileResponse(content)
    title, _language = attachment.title_said
    headers = {
        "Content-Type": attachments.MEDIA_TYPES[attachments.Kind(attachment.kind)],
        "Content-Disposition": attachments.disposition(title, attachment.kind),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",  # what is removed must not come out of a cache
    }
    for name, value in headers.items():
        response.headers[name] = value
    return response
