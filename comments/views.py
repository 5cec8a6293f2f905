"""Where a citizen writes."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comments import articles, openness, sender, stream, submission
from comments.articles import Article
from comments.failure import keeps_words
from comments.forms import CommentForm
from comments.identity import backends, step
from comments.models import Comment, Identity
from comments.same_origin import is_same_origin

REPLY_TO = "reply"


class SeeOther(HttpResponseRedirect):
    status_code = HTTPStatus.SEE_OTHER


# Asked for anew each time, and yet kept by the writer's own browser: with "no-store" the way back
# leads to an empty form, the text is gone.
@cache_control(private=True, no_cache=True, max_age=0)
@csrf_exempt  # is_same_origin() instead: no cookie is needed to comment
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
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
    answered = request.GET.get(REPLY_TO, "")
    parent = Comment.objects.to_answer(article.pk, answered)
    form = CommentForm(article=article, parent=parent)
    return _form_page(request, article, form, parent_gone=bool(answered and not parent))


def _receive(request: HttpRequest, article: Article) -> HttpResponse:
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
    if not is_same_origin(request):
        return _refuse(
            request,
            article,
            HTTPStatus.FORBIDDEN,
            _("This comment was not sent from our page"),
            _("For your safety comments are accepted only from the form on this site."),
            text=data.get("text", ""),
        )
    form = CommentForm(data, article=article)
    is_valid = form.is_valid()
    if data.get("step") == "forget":
        response = _form_page(request, article, form, is_known=False)
        step.forget(response)
        return response
    if not openness.of(article).is_open:
        return _form_page(request, article, form, HTTPStatus.FORBIDDEN)
    if is_valid and not form.is_preview and data.get("step") != "edit":
        return _identify(request, article, form)
    status = HTTPStatus.OK if is_valid else HTTPStatus.BAD_REQUEST
    return _form_page(request, article, form, status)


def _identify(request: HttpRequest, article: Article, form: CommentForm) -> HttpResponse:
    """Store the comment at once, or ask its writer who they are, the comment travelling along."""
    if form.was_sent:
        return _store(request, article, form)
    try:
        found = step.take(request)
    except ValidationError as error:
        form.add_error(None, error)
        return _form_page(request, article, form, HTTPStatus.SERVICE_UNAVAILABLE)
    if not isinstance(found, step.Step):
        return _store(request, article, form, found)
    agreement_text, agreement_language = found.agreement.shown_in(get_language())
    context = {
        "form": form,
        "step": found,
        "hidden": step.hidden(form),
        "agreement_language": agreement_language,
        "agreement_text": agreement_text,
    }
    return render(
        request,
        "comments/identify.html",
        context | _about(request, article),
        status=found.status,
    )


def _store(
    request: HttpRequest, article: Article, form: CommentForm, identity: Identity | None = None
) -> HttpResponse:
    try:
        comment = submission.submit(
            form.words,
            key=form.key,
            language=get_language(),
            address=sender.client_address(request),
            identity=identity,
        )
    except ValidationError as error:
        form.add_error(None, error)
        status = (
            HTTPStatus.TOO_MANY_REQUESTS if error.code == "too_many" else HTTPStatus.BAD_REQUEST
        )
        return _form_page(request, article, form, status)
    response = SeeOther(articles.keeping(articles.came_from(request), comment.get_receipt_url()))
    if identity:
        step.remember(response, identity)
    return response


def _form_page(
    request: HttpRequest,
    article: Article,
    form: CommentForm,
    status: int = HTTPStatus.OK,
    *,
    parent_gone: bool = False,
    is_known: bool = True,
) -> HttpResponse:
    return render(
        request,
        "comments/comment_form.html",
        {
            "form": form,
            "parent": form.answered,
            "parent_gone": parent_gone,
            "preview": form.cleaned_data if form.is_preview and form.is_valid() else None,
            "openness": openness.of(article),
            "appeals_url": settings.APPEALS_URL,
            "sender_days": settings.COMMENTS_SENDER_DAYS,
            "refused_days": settings.COMMENTS_REFUSED_DAYS,
            "backend": backends.current(),
            "known_as": step.known_as(request) if is_known else "",
            **_about(request, article),
        },
        status=status,
    )


def _refuse(
    request: HttpRequest,
    article: Article,
    status: int,
    title: str,
    explanation: str,
    *,
    text: str = "",
) -> HttpResponse:
    context = {
        "title": title,
        "explanation": explanation,
        "text": articles.clean_text(text),
        **_about(request, article),
    }
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


@never_cache  # with every comment that goes, others move to another page
@require_safe
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """The permanent address of a comment: to the page on which it stands now."""
    found = public_comment(number)
    address = stream.address(found)
    return redirect(articles.keeping(articles.came_from(request), address))


def public_comment(number: int) -> Comment:
    """A comment that readers see now; 404 for any other."""
    found = get_object_or_404(Comment.objects.approved().with_article(), pk=number)
    if not found.article.is_published:
        raise Http404
    return found
