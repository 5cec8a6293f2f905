"""A comment as moderators see it. Not a template: fifty of them stand on a page of the queue."""

from collections.abc import Collection, Mapping
from html import escape
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from comments import answers, articles, marks
from comments.beside import Entry, Writer
from comments.models import Comment, ModerationDecision, RejectionReason

Status = Comment.Status


class Rows:
    """Writes the comments of one page; what all of them say is translated once."""

    def __init__(
        self,
        user: User,
        *,
        looks: Mapping[int, str] | None = None,
        writers: Mapping[str, Writer] | None = None,
        ticked: Collection[str] = (),
        reason_missing: str = "",
        back: str = "",
    ) -> None:
        """``looks``: who has which on the screen; ``reason_missing``: where that is asked for;
        ``back``: where somebody returns to from another page."""
        self._user = user
        self._may_decide = user.has_perm("comments.moderate_comment")
        self._may_assign = answers.may_assign(user)
        self._looks, self._writers = looks or {}, writers or {}
        self._ticked, self._reason_missing = ticked, reason_missing
        self._back = f"?{escape(urlencode({'next': back}))}" if back else ""
        self._page = reverse("admin:comments_comment_change", args=[0])
        self._assign = reverse("admin:comments_question_assign", args=[0])
        self._question = reverse("admin:comments_question_change", args=[0])
        self._statuses = {status.value: str(status.label) for status in Status}
        self._reasons = {reason.value: str(reason.label) for reason in RejectionReason}
        self._options = "".join(
            f'<option value="{value}">{escape(label)}</option>'
            for value, label in [("", _("Choose a reason…")), *self._reasons.items()]
        )
        self._headlines: dict[int, str] = {}
        self._words = {
            "select": _("Select the comment by %(name)s"),
            "decide": _("Decide on the comment by %(name)s"),
            "looks": _("%(name)s is looking at it"),
            "number": _("No. %(number)s"),
            "before": _("This sender before:"),
            "held": _("Held:"),
            "reported": _("Reported:"),
            "again": _("The writer asks for a second look:"),
            "reason": _("Reason for the rejection"),
            "keep": _("Leave it public"),
            "approve": _("Approve"),
            "uphold": _("Leave it as it is"),
            "spam": _("Spam"),
            "reject": _("Reject"),
            "undo": _("Take the decision back"),
            "assign": _("Question for a department"),
            "appeal": _("It is an appeal"),
            "no_appeal": _("It is no appeal"),
            "is_appeal": _("An appeal: its writer is shown the way to the appeals service."),
            "own": _("You decided it: another moderator takes the second look."),
        }
        self._kinds = {kind.value: str(kind.label) for kind in Comment.Kind}

    def row(self, entry: Entry) -> SafeString:
        comment = entry.comment
        number, name = comment.pk, escape(comment.author_name)
        looked_at = self._looks.get(number, "")
        looked_at = escape(self._words["looks"] % {"name": looked_at}) if looked_at else ""
        parts = [
            f'<tr id="comment-{number}" class="queue__row" data-number="{number}" tabindex="-1">\n'
        ]
        if self._may_decide:
            checked = " checked" if str(number) in self._ticked else ""
            label = escape(self._words["select"]) % {"name": name}
            parts.append(
                '<td class="queue__tick"><label class="queue__tick-area">'
                '<input type="checkbox" class="action-select" name="_selected_action"'
                f' value="{number}"{checked} aria-label="{label}"></label></td>\n'
            )
        parts.append(
            f'<td class="queue__comment">\n<p class="queue__looked" data-looks="{number}">'
            f"{looked_at}</p>\n{self.about(entry, is_linked=True)}</td>\n"
        )
        if self._may_decide:
            parts.append(f'<td class="queue__decide">{self.buttons(entry)}</td>\n')
        parts.append("</tr>\n")
        return mark_safe("".join(parts))  # noqa: S308  (escaped piece by piece)

    # --- what it is ---

    def about(self, entry: Entry, *, is_linked: bool = False) -> SafeString:
        """Article, writer, what it answers, why it was held, its text, what came of it."""
        comment = entry.comment
        parts = [self._article(comment), self._meta(comment, is_linked=is_linked)]
        if parent := comment.parent:
            quoted = escape(Truncator(parent.text).chars(240))
            parts.append(
                f'<blockquote class="queue__parent" lang="{parent.language}" dir="auto">'
                f"<bdi>{escape(parent.author_name)}</bdi>: {quoted}</blockquote>\n"
            )
        parts += [self._holds(entry), self._text(entry)]
        for report in entry.reports:
            words = f' — <span dir="auto">{escape(report.words)}</span>' if report.words else ""
            parts.append(
                f'<p class="queue__report"><strong>{self._words["reported"]}</strong>'
                f" {escape(report.get_reason_display())}{words}</p>\n"
            )
        if comment.waits_for_second_look:
            parts.append(
                f'<p class="queue__report"><strong>{self._words["again"]}</strong>'
                f' <span dir="auto">{escape(comment.second_look_words)}</span></p>\n'
            )
        if comment.is_appeal:
            parts.append(f'<p class="queue__report">{self._words["is_appeal"]}</p>\n')
        if entry.decision:
            parts.append(self._decision(comment, entry.decision))
        return mark_safe("".join(parts))  # noqa: S308  (escaped piece by piece)

    def _article(self, comment: Comment) -> str:
        # Many comments of a page stand under the same few articles.
        html = self._headlines.get(comment.article_id)
        if html is None:
            article = comment.article
            html = escape(str(article))
            if article.published_at:
                html = f'<a href="{escape(article.get_absolute_url())}">{html}</a>'
            if not article.is_published:
                html += f" ({escape(article.get_status_display())})"
            self._headlines[comment.article_id] = html
        return f'<p class="queue__article">{html}</p>\n'

    def _meta(self, comment: Comment, *, is_linked: bool) -> str:
        sent_at = comment.created_at
        author = f'<bdi class="queue__author">{escape(comment.author_name)}</bdi>'
        parts = [f'<p class="queue__meta">{author}\n']
        if comment.kind != Comment.Kind.CITIZEN:
            parts.append(f'<span class="status">{escape(self._kinds[comment.kind])}</span>\n')
        parts.append(
            f"<span>{escape(comment.get_language_display())}</span>\n{articles.day_and_time(sent_at)}\n"
        )
        if is_linked:
            number = self._words["number"] % {"number": comment.pk}
            parts.append(f'<a href="{_at(self._page, comment.pk)}">{number}</a>\n')
        if (writer := self._writers.get(comment.sender_hash)) and (counts := writer.decided):
            told = ", ".join(f"{self._statuses[status]} {counts[status]}" for status in counts)
            parts.append(
                f'<span class="queue__writer">{self._words["before"]} {escape(told)}</span>\n'
            )
        parts.append("</p>\n")
        return "".join(parts)

    def _holds(self, entry: Entry) -> str:
        """«Held: Links; Advertising (к@зин0 → казино)»"""
        told = []
        for hold in entry.holds:
            rule = f"<strong>{escape(str(hold.version.rule))}</strong>"
            said = ", ".join(
                f"{escape(written)} → {escape(entry)}"
                for written, entry in marks.disguises(entry.comment.text, hold.spans)
            )
            told.append(f"{rule} ({said})" if said else rule)
        if not told:
            return ""
        return f'<p class="queue__holds">{self._words["held"]} {", ".join(told)}</p>\n'

    def _text(self, entry: Entry) -> str:
        comment = entry.comment
        spans = [span for hold in entry.holds for span in hold.spans]
        text = "".join(
            f"<mark>{escape(piece)}</mark>" if is_found else escape(piece)
            for piece, is_found in marks.marked(comment.text, spans)
        )
        return f'<div class="queue__text" lang="{comment.language}" dir="auto">{text}</div>\n'

    def _decision(self, comment: Comment, decision: ModerationDecision) -> str:
        after = self._statuses[decision.status_after]
        if comment.status == Status.PENDING:
            told = f"{self._statuses[decision.status_before]} → {after}"
        else:
            told = after[:1].upper() + after[1:]
        reason = f" ({escape(self._reasons[decision.reason])})" if decision.reason else ""
        return (
            f'<p class="queue__decision queue__decision--{comment.status}">'
            f"<strong>{escape(told)}</strong>{reason}: {escape(decision.moderator)},"
            f" {articles.day_and_time(decision.decided_at)}</p>\n"
        )

    # --- what can be done with it ---

    def buttons(self, entry: Entry) -> SafeString:
        comment, last, words = entry.comment, entry.decision, self._words
        number = comment.pk
        seen = f'<input type="hidden" name="seen-{number}" value="{comment.as_seen}">\n'
        if comment.status == Status.WITHDRAWN:
            status = self._statuses[comment.status]
            return mark_safe(f"{seen}<p>{escape(status[:1].upper() + status[1:])}</p>")  # noqa: S308
        if comment.waits_for_second_look and last and last.decided_by_id == self._user.pk:
            return mark_safe(f'{seen}<p class="queue__own">{escape(words["own"])}</p>')  # noqa: S308
        label = escape(words["decide"]) % {"name": escape(comment.author_name)}
        parts = [seen, f'<div class="queue__buttons" role="group" aria-label="{label}">\n']
        if entry.reports:
            parts.append(self._button(comment, "keep", "decide--approve"))
        if comment.status != Status.APPROVED:
            parts.append(self._button(comment, "approve", "decide--approve"))
        if comment.waits_for_second_look:
            parts.append(self._button(comment, "uphold", "decide--reject"))
        if comment.status != Status.SPAM:
            parts.append(self._button(comment, "spam"))
        if comment.status != Status.REJECTED:
            invalid = ' aria-invalid="true" autofocus' if self._lacks_reason(number) else ""
            parts.append(
                f'<span class="decide-pair"><select name="reason-{number}"'
                f' aria-label="{escape(words["reason"])}"{invalid}>{self._options}</select>\n'
                f"{self._button(comment, 'reject', 'decide--reject')}</span>\n"
            )
        if last:
            parts.append(self._button(comment, "undo"))
        parts.append(f"</div>\n{self._elsewhere(comment)}")
        return mark_safe("".join(parts))  # noqa: S308  (escaped piece by piece)

    def _button(self, comment: Comment, verb: str, kind: str = "") -> str:
        classes = f"decide {kind}".strip()
        return (
            f'<button type="submit" class="{classes}" name="decide" value="{verb}:{comment.pk}">'
            f"{escape(self._words[verb])}</button>\n"
        )

    def _elsewhere(self, comment: Comment) -> str:
        """What is not for the moderator alone to answer: a department's, or the state's service."""
        if comment.kind != Comment.Kind.CITIZEN:
            return ""
        parts = []
        if question := getattr(comment, "question", None):
            parts.append(
                f'<a href="{_at(self._question, question.pk)}">'
                f"{escape(question.get_status_display())}</a>\n"
            )
        elif self._may_assign and not comment.parent_id and comment.is_open:
            parts.append(
                f'<a class="queue__assign" href="{_at(self._assign, comment.pk)}{self._back}">'
                f"{escape(self._words['assign'])}</a>\n"
            )
        verb = "no_appeal" if comment.is_appeal else "appeal"
        parts.append(self._button(comment, verb, "decide--quiet"))
        return f'<p class="queue__elsewhere">{"".join(parts)}</p>\n'

    def _lacks_reason(self, number: int) -> bool:
        return self._reason_missing == str(number)


def _at(of_zero: str, number: int) -> str:
    """The address of this number, made from that of number zero."""
    before, _zero, after = of_zero.rpartition("/0/")
    return f"{before}/{number}/{after}"
