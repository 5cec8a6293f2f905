"""Where a citizen writes, and where a citizen sees what became of it."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comments import articles, sender, stream, submission
from comments.articles import Article
from comments.forms import CommentForm
from comments.models import Comment
from comments.same_origin import is_same_origin


class SeeOther(HttpResponseRedirect):
    status_code = HTTPStatus.SEE_OTHER


@never_cache
@csrf_exempt  # is_same_origin() instead: no cookie is needed to comment
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, year: str, month: str, day: str, address: str) -> HttpResponse:
    article = articles.find(int(address.partition("-")[0]))
    if article and articles.is_removed(article):
        context = {"article": article, "back_url": reverse("news:list")}
        return render(request, "news/article_removed.html", context, status=HTTPStatus.GONE)
    if not article or not article.is_published:
        raise Http404
    if request.method == "POST":
        return _receive(request, article)
    if request.path != (right := articles.submit_address(article)):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{right}?{query}" if query else right, permanent=True)
    return _form_page(request, article, CommentForm(article=article))


def _receive(request: HttpRequest, article: Article) -> HttpResponse:
    if not is_same_origin(request):
        return _refuse(
            request,
            article,
            HTTPStatus.FORBIDDEN,
            _("This comment was not sent from our page"),
            _("For your safety comments are accepted only from the form on this site."),
        )
    try:
        data = request.POST
    except RequestDataTooBig:
        return _refuse(
            request,
            article,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            _("The comment is too long"),
            _("It was so long that it could not be read at all. Please send a shorter one."),
        )
    form = CommentForm(data, article=article)
    if not articles.is_open(article):
        return _form_page(request, article, form, HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        return _form_page(request, article, form, HTTPStatus.BAD_REQUEST)
    try:
        comment = submission.submit(
            article,
            author_name=form.cleaned_data["name"],
            text=form.cleaned_data["text"],
            key=form.key,
            language=get_language(),
            address=sender.client_address(request),
        )
    except ValidationError as error:
        form.add_error(None, error)
        status = (
            HTTPStatus.TOO_MANY_REQUESTS if error.code == "too_many" else HTTPStatus.BAD_REQUEST
        )
        return _form_page(request, article, form, status)
    return SeeOther(articles.keeping(articles.came_from(request), comment.get_receipt_url()))


def _form_page(
    request: HttpRequest, article: Article, form: CommentForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(
        request,
        "comments/comment_form.html",
        {"form": form, "is_open": articles.is_open(article), **_about(request, article)},
        status=status,
    )


def _refuse(
    request: HttpRequest, article: Article, status: int, title: str, explanation: str
) -> HttpResponse:
    context = {"title": title, "explanation": explanation, **_about(request, article)}
    return render(request, "comments/comment_refused.html", context, status=status)


def _about(request: HttpRequest, article: Article) -> dict[str, object]:
    here = get_language()
    headline, headline_language = articles.headline(article, here)
    came_from = articles.came_from(request)
    return {
        "article": article,
        "headline": headline,
        "headline_language": headline_language,
        "came_from": came_from,
        "article_url": articles.keeping(came_from, articles.address(article)),
        "submit_url": articles.keeping(came_from, articles.submit_address(article)),
        "page_urls": {
            language: articles.submit_address(article, language)
            + articles.query_in(came_from, here, language)
            for language, _name in settings.LANGUAGES
        },
        "robots": "noindex",
    }


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a comment, for whoever holds its private address."""
    comment = get_object_or_404(
        Comment.objects.with_article().with_decisions(), receipt_token=token
    )
    headline, headline_language = articles.headline(comment.article, get_language())
    is_public = comment.status == Comment.Status.APPROVED and comment.article.is_published
    came_from = articles.came_from(request)
    article_url = articles.readable_address(comment.article)
    response = render(
        request,
        "comments/receipt.html",
        {
            "comment": comment,
            "headline": headline,
            "headline_language": headline_language,
            "came_from": came_from,
            "article_url": articles.keeping(came_from, article_url) if article_url else "",
            "comment_url": articles.keeping(came_from, stream.address(comment))
            if is_public
            else "",
            "robots": "noindex",
        },
    )
    # The address is a secret: it goes neither to search engines nor along with a link.
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
