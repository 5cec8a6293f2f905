"""Where a citizen sees what became of a comment, and what can still be done about it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comments import answers, articles, attempts, notices, receipt_codes, sender, stream, writer
from comments.failure import keeps_words
from comments.identity import persons
from comments.models import Comment
from comments.receipt_forms import CodeForm, CorrectionForm, LettersForm, SecondLookForm
from comments.views import SeeOther

MOST_AHEAD = 1000  # counted no further: the page costs the same however many wait


def private(view: Any) -> Any:
    """The address is a secret: it goes neither into caches and search engines nor along a link.

    It is also what only the writer has: no token of a form proves more.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return never_cache(csrf_exempt(wrapped))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """From the short number of a comment to its receipt."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_bound:
        who = sender.keyed_hash(sender.client_address(request))
        if attempts.are_too_many("code", who, most=settings.COMMENTS_CODE_TRIES_PER_HOUR):
            form.add_error(None, _("There were too many attempts. Please try again in an hour."))
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif not form.is_valid():
            status = HTTPStatus.BAD_REQUEST
        elif comment := Comment.objects.filter(receipt_code=form.cleaned_data["code"]).first():
            return SeeOther(comment.get_receipt_url())
        else:
            attempts.count_one("code", who)
            form.add_error("code", _("No comment has this number. Please check every digit."))
            status = HTTPStatus.BAD_REQUEST
    return render(
        request, "comments/find_receipt.html", {"form": form, "robots": "noindex"}, status=status
    )


@private
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    comment = _of(token)
    is_public = comment.is_approved and comment.article.is_published
    ahead = 0
    if comment.status == Comment.Status.PENDING:
        ahead = Comment.objects.pending().before(comment).count_up_to(MOST_AHEAD + 1)
    return render(
        request,
        "comments/receipt.html",
        {
            "code": receipt_codes.grouped(comment.receipt_code),
            "ahead": min(ahead, MOST_AHEAD),
            "many_ahead": ahead > MOST_AHEAD,
            "comment_url": articles.keeping(articles.came_from(request), stream.address(comment))
            if is_public
            else "",
            "answers": Comment.objects.official_answers_to(comment) if is_public else [],
            "question": answers.expected(comment),
            "correctable_until": writer.correctable_until(comment),
            "may_withdraw": writer.may_withdraw(comment),
            "may_ask_second_look": writer.may_ask_second_look(comment),
            **_about(request, comment),
        },
    )


@private
@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, token: str) -> HttpResponse:
    comment = _of(token)
    form = CorrectionForm(request.POST if request.method == "POST" else None, comment=comment)
    context = {"form": form, "until": writer.correctable_until(comment)}
    if not form.is_bound:
        return _page(request, comment, "comments/correct.html", context)
    if form.is_valid():
        try:
            writer.correct(
                comment,
                author_name=form.cleaned_data["name"],
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"],
            )
        except ValidationError as error:
            form.show_again(comment, error)
            context["until"] = writer.correctable_until(comment)
        else:
            return _back(request, comment)
    return _page(request, comment, "comments/correct.html", context, HTTPStatus.BAD_REQUEST)


@private
@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    return _ask_and_do(
        request,
        _of(token),
        writer.withdraw,
        is_possible=writer.may_withdraw,
        title=gettext_lazy("Withdraw the comment"),
        explanation=gettext_lazy(
            "It will not be published, or will disappear from the page at once. This cannot be "
            "undone, but you can write another comment."
        ),
        button=gettext_lazy("Withdraw"),
    )


@private
@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request: HttpRequest, token: str) -> HttpResponse:
    form = SecondLookForm(request.POST if request.method == "POST" else None)

    def ask(comment: Comment) -> None:
        writer.ask_second_look(comment, words=form.cleaned_data["words"])

    return _ask_and_do(
        request,
        _of(token),
        ask,
        form=form,
        is_possible=writer.may_ask_second_look,
        title=gettext_lazy("Ask for a second look"),
        explanation=gettext_lazy(
            "Another moderator will read the comment and decide anew. This can be asked once."
        ),
        button=gettext_lazy("Ask for a second look"),
    )


@private
@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponse:
    return _ask_and_do(
        request,
        _of(token),
        writer.erase,
        is_possible=lambda comment: comment.erased_at is None,
        title=gettext_lazy("Delete my data"),
        explanation=gettext_lazy(
            "Your name, the text and the mark of your connection are deleted at once and for good; "
            "a published comment disappears from the page. Only the date and the decision remain, "
            "for the public account of moderation."
        ),
        button=gettext_lazy("Delete for good"),
    )


@private
@require_safe
def export(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept of this comment; not the address for letters: the number may be known to staff
    who were told it on the phone."""
    return persons.as_file(persons.Person([_of(token)], [], []))


@private
@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """Be told of the decision and the answer by mail."""
    comment = _of(token)
    if not notices.are_on():
        raise Http404
    form = LettersForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_bound:
        if form.is_valid():
            try:
                notices.ask(
                    comment,
                    form.cleaned_data["address"],
                    get_language(),
                    sender_hash=sender.keyed_hash(sender.client_address(request)),
                )
            except ValidationError as error:
                form.add_error("address", error)
            else:
                return _page(request, comment, "comments/letters.html", {"is_asked": True})
        status = HTTPStatus.BAD_REQUEST
    return _page(request, comment, "comments/letters.html", {"form": form}, status)


def _ask_and_do(
    request: HttpRequest,
    comment: Comment,
    verb: Callable[[Comment], None],
    *,
    is_possible: Callable[[Comment], bool],
    form: SecondLookForm | None = None,
    **words: Any,
) -> HttpResponse:
    """A page that says what will happen, with one button."""
    refusals: list[str] = []
    status = HTTPStatus.OK
    if request.method == "POST":
        if form is None or form.is_valid():
            try:
                verb(comment)
            except ValidationError as error:
                refusals = error.messages
            else:
                return _back(request, comment)
        status = HTTPStatus.BAD_REQUEST
    context = {
        "form": form,
        "refusals": refusals,
        "is_possible": is_possible(comment),
        **words,
    }
    return _page(request, comment, "comments/receipt_action.html", context, status)


def _of(token: str) -> Comment:
    receipts = (
        Comment.objects.with_article().with_decisions().select_related("question__department")
    )
    return get_object_or_404(receipts, receipt_token=token)


def _back(request: HttpRequest, comment: Comment) -> HttpResponse:
    return SeeOther(articles.keeping(articles.came_from(request), comment.get_receipt_url()))


def _page(
    request: HttpRequest,
    comment: Comment,
    template: str,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    return render(request, template, context | _about(request, comment), status=status)


def _about(request: HttpRequest, comment: Comment) -> dict[str, Any]:
    headline, headline_language = articles.headline(comment.article, get_language())
    came_from = articles.came_from(request)
    article_url = articles.readable_address(comment.article)
    return {
        "comment": comment,
        "headline": headline,
        "headline_language": headline_language,
        "came_from": came_from,
        "article_url": articles.keeping(came_from, article_url) if article_url else "",
        "urls": {
            name: articles.keeping(
                came_from, reverse(f"comments:{name}", args=[comment.receipt_token])
            )
            for name in (
                "receipt",
                "correct",
                "withdraw",
                "second_look",
                "erase",
                "letters",
                "export",
            )
        },
        "may_have_letters": notices.are_on(),
        "robots": "noindex",
    }
