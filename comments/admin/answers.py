"""The answer desk: what waits for which department, the draft, and the second pair of eyes."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comments import answer_desk, answers, articles, beside, moderators
from comments.admin.rows import Rows
from comments.models import Comment, Department, Question

# As wide as the queue: links above it stand for the side bar.
WIDE = {"is_nav_sidebar_enabled": False}


class AssignForm(forms.Form):
    department: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("department"), queryset=Department.objects.all()
    )
    due_on = forms.DateField(
        label=_("due"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class OfficialForm(forms.Form):
    department: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("department"),
        queryset=Department.objects.all(),
        required=False,
        empty_label=_("Press office of the akimat"),
    )
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8})
    )


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):
    def get_queryset(self, request):
        questions = super().get_queryset(request)
        sections = moderators.sections_of(request.user)
        return questions.filter(comment__article__section__in=sections) if sections else questions

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "assign/<int:number>/",
                wrap(self.assign_view),
                name="comments_question_assign",
            ),
            path("officially/", wrap(self.officially_view), name="comments_question_officially"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = answer_desk.Wanted.from_query(request.GET)
        sections = moderators.sections_of(request.user)
        page = answer_desk.page(wanted, sections, request.GET.get("page", ""))
        context = {
            **self.admin_site.each_context(request),
            **WIDE,
            "title": _("Answer desk"),
            "opts": self.opts,
            "page": page,
            "rows": [(question, answer_desk.is_for(request.user, question)) for question in page],
            "tabs": [
                {"name": tab.value, "label": tab.label, "count": count}
                for tab, count in answer_desk.counts(wanted, sections).items()
            ],
            "wanted": wanted,
            "departments": Department.objects.all(),
            "today": timezone.localdate(),
        }
        return TemplateResponse(request, "admin/comments/question/desk.html", context)

    # --- one question ---

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404
        questions = self.get_queryset(request).select_related("department", "comment")
        question = get_object_or_404(questions, pk=object_id)
        written: dict[str, str] = {}
        if request.method == "POST":
            if response := self._step(request, question, written):
                return response
            question = get_object_or_404(questions, pk=object_id)
        user = request.user
        [entry] = beside.entries_of(Comment.objects.for_queue().filter(pk=question.comment_id))
        context = {
            **self.admin_site.each_context(request),
            **WIDE,
            "title": _("Question No. %(number)s") % {"number": object_id},
            "opts": self.opts,
            "question": question,
            "about": Rows(user).about(entry),
            "steps": question.steps.select_related("taken_by", "department"),
            "languages": settings.LANGUAGES,
            "draft": written.get("draft", question.draft),
            "words": written.get("words", ""),
            "language": written.get("language")
            or (question.draft_language if question.draft else entry.comment.language),
            "may_answer": user.has_perm("comments.answer_question"),
            "may_pass": user.has_perm("comments.pass_answer"),
            "may_assign": answers.may_assign(user),
            "is_own": question.drafted_by_id == user.pk,
        }
        return TemplateResponse(request, "admin/comments/question/question.html", context)

    def _step(self, request, question: Question, written: dict) -> HttpResponse | None:
        posted = request.POST
        step, words = posted.get("step", ""), posted.get("words", "")
        # As it was on the screen: a step taken meanwhile by somebody else is noticed.
        question.status = posted.get("seen_status", question.status)
        question.draft = posted.get("seen_draft", question.draft).replace("\r\n", "\n")
        try:
            if step == "write":
                language = posted.get("language", "")
                if language not in dict(settings.LANGUAGES):
                    raise Http404
                text = articles.clean_text(posted.get("draft", "").replace("\r\n", "\n"))
                answers.write(question, text=text, language=language, by=request.user)
                told = _("Written. Somebody else must pass it now.")
            elif step == "pass":
                answers.pass_answer(question, by=request.user)
                told = _("The answer is published.")
            elif step == "send_back":
                answers.send_back(question, by=request.user, words=words)
                told = _("Sent back to be written anew.")
            elif step == "drop":
                answers.drop(question, by=request.user, words=words)
                told = _("The question is off the desk.")
            else:
                raise PermissionDenied
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            written.update(
                {name: posted[name] for name in ("draft", "words", "language") if name in posted}
            )
            return None
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    def history_view(self, request, object_id, extra_context=None):
        return HttpResponseRedirect(reverse("admin:comments_question_change", args=[object_id]))

    # --- a comment becomes a question; the akimat itself comments ---

    def assign_view(self, request, number):
        if not answers.may_assign(request.user):
            raise PermissionDenied
        comment = get_object_or_404(Comment, pk=number)
        usual = {"due_on": answers.usual_due_day()}
        form = AssignForm(request.POST or None, initial=usual)
        if request.method == "POST" and form.is_valid():
            try:
                question = answers.assign(comment, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error("due_on" if refusal.code == "past" else None, refusal)
            else:
                told = _("Given to the department: %(department)s.")
                message = told % {"department": question.department}
                self.message_user(request, message, messages.SUCCESS)
                return HttpResponseRedirect(_back_to(request, question))
        title = _("A question for a department")
        return self._form_page(request, form, title, _("Give to the department"), comment)

    def officially_view(self, request):
        if not answers.may_comment_officially(request.user):
            raise PermissionDenied
        comment = _find(Comment, request.GET.get("comment", ""))
        article = comment.article if comment else _find_article(request.GET.get("article", ""))
        if article is None:
            raise Http404
        form = OfficialForm(request.POST or None, initial={"language": get_language()})
        if request.method == "POST" and form.is_valid():
            try:
                answers.comment_officially(
                    article, by=request.user, parent=comment, **form.cleaned_data
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                self.message_user(request, _("The comment is published."), messages.SUCCESS)
                return HttpResponseRedirect(request.get_full_path())
        title = _("Answer as the akimat") if comment else _("Comment as the akimat")
        return self._form_page(request, form, title, _("Publish"), comment, article)

    def _form_page(self, request, form, title, button, comment, article=None):
        context = {
            **self.admin_site.each_context(request),
            **WIDE,
            "title": title,
            "opts": self.opts,
            "form": form,
            "button": button,
            "comment": comment,
            "article": article,
        }
        return TemplateResponse(request, "admin/comments/question/form.html", context)


def _back_to(request, question: Question) -> str:
    """Where the comment was met: the place in the queue, or its own page."""
    place = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        return place
    return reverse("admin:comments_comment_change", args=[question.comment_id])


def _find(model, number: str):
    if not number.isdecimal() or len(number) > 18:
        return None
    return model.objects.filter(pk=number).first()


def _find_article(number: str):
    return articles.find(int(number)) if number.isdecimal() and len(number) < 19 else None
