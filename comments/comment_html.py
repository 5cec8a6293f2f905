"""A comment as readers see it. Not a template: a hundred of them may stand under an article."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from comments import articles, plain_text, views
from comments.models import Comment
from comments.stream import Thread


class Comments:
    """Writes the comments of one page."""

    def __init__(self, language: str, came_from: str, *, is_public: bool, submit_url: str) -> None:
        """``is_public``: it can be reported; with ``submit_url`` it can also be answered."""
        self._language = escape(language)
        self._is_public = is_public
        joint = "&" if "?" in submit_url else "?"
        # Of each address what stands before the comment's number and what after it.
        self._reply = escape(f"{submit_url}{joint}{views.REPLY_TO}=") if submit_url else ""
        self._came_from = came_from
        self._permanent, self._report = (
            escape(articles.keeping(came_from, place)).split("/0/")
            for place in _places(get_language())
        )
        self._words = _words(get_language())

    def threads(self, threads: Iterable[Thread]) -> SafeString:
        """The items of a list: each comment with its replies in a list of their own."""
        parts = []
        for thread in threads:
            first = self.html(thread.first, 3) if thread.first else self._parent(thread.parent)
            parts.append(f"<li>\n{first}")
            if thread.replies:
                replies = "".join(f"<li>{self.html(reply, 4)}</li>" for reply in thread.replies)
                parts.append(f'<ol class="comments__replies">{replies}</ol>\n')
            parts.append("</li>\n")
        return mark_safe("".join(parts))  # noqa: S308  (escaped piece by piece)

    def _parent(self, parent: Comment | None) -> SafeString:
        """What replies answer that stands elsewhere, or is not shown any more."""
        context = {"parent": parent, "came_from": self._came_from}
        return render_to_string("comments/_parent.html", context)

    def html(self, comment: Comment, level: int) -> SafeString:
        """``level`` of its heading: 3, or 4 for an answer to another comment."""
        language, words, number = self._language, self._words, comment.pk
        is_official = comment.is_official
        writer = escape(comment.author_name)
        permanent = f"/{number}/".join(self._permanent)
        corrected = (
            f'\n    <span lang="{language}">{words["corrected"]}</span>'
            if comment.corrected_at
            else ""
        )
        ways = ""
        if self._is_public and not is_official:
            whose = f'<span class="visually-hidden"> – {writer}</span>'
            reply = (
                f'    <a href="{self._reply}{number}" rel="nofollow" data-comment-form>'
                f"{words['reply']}{whose}</a>\n"
                if self._reply and level == 3
                else ""
            )
            report = f"/{number}/".join(self._report)
            ways = (
                f'  <p class="comment__ways" lang="{language}">\n{reply}'
                f'    <a href="{report}" rel="nofollow">{words["report"]}{whose}</a>\n  </p>\n'
            )
        return SafeString(  # escaped piece by piece
            f'<article class="comment{" comment--official" if is_official else ""}"'
            f' id="comment-{number}" lang="{escape(comment.language)}">\n'
            '  <header class="comment__header">\n'
            f'    <h{level} class="comment__author">{self._author(comment, writer)}</h{level}>\n'
            f'    <a class="comment__time" lang="{language}" href="{permanent}" rel="nofollow">'
            f'<span class="visually-hidden">{words["permanent"]} </span>'
            f"{articles.day_and_time(comment.created_at, language)}</a>{corrected}\n  </header>\n"
            f'  <div class="comment__text" dir="auto">{plain_text.as_html(comment.text)}</div>\n'
            f"{ways}</article>\n"
        )

    def _author(self, comment: Comment, writer: str) -> str:
        name = f"<bdi>{writer}</bdi>"
        badge = f'<span class="comment__badge" lang="{self._language}">'
        if comment.is_official and comment.department:
            department = escape(comment.department.name)
            return (
                f"{badge}{self._words['official']}</span>"
                f' <span lang="{self._language}">{department}</span>'
            )
        if comment.kind == Comment.Kind.STAFF:
            return f"{badge}{self._words['press']}</span> {name}"
        return name


@lru_cache
def _places(language: str | None) -> tuple[str, str]:
    """Where the comment of number zero lies alone, and where it is reported."""
    with override(language):
        return reverse("comments:comment", args=[0]), reverse("comments:report", args=[0])


@lru_cache
def _words(language: str | None) -> dict[str, str]:
    with override(language):
        return {
            "official": escape(_("Official answer")),
            "press": escape(_("Press office")),
            "permanent": escape(_("Permanent link:")),
            "corrected": escape(_("corrected by its writer")),
            "reply": escape(_("Reply")),
            "report": escape(pgettext("comment", "Report")),
        }
