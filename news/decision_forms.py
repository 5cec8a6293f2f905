"""What an officer fills in of a decision on an article, or on a prepared change of one."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminRadioSelect, AdminSplitDateTime, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from news.correction_form import CORRECTION_FIELDS, CorrectionFields
from news.languages import LANGUAGES, name_of
from news.models import Article

EARLIEST = datetime(1990, 1, 1)
DISTRICT_CITY = gettext_noop("Almaty")


class DecisionForm(forms.Form):
    """A decision on an article, as its officer saw the article."""

    # Of an article or of a prepared change; the verb compares it with what is stored.
    status = forms.CharField(max_length=10, widget=forms.HiddenInput)
    required_css_class = "required"

    def __init__(self, data: QueryDict | None = None, *, article: Any) -> None:
        super().__init__(data, initial={"status": article.status, **self.initial_for(article)})
        self.article = article

    def initial_for(self, _article: Any) -> dict[str, Any]:
        return {}

    def details(self) -> dict[str, Any]:
        """What the verb in news/publishing.py takes beside the article and the person."""
        return {}

    def refuse(self, refusal: ValidationError) -> None:
        """Show a verb's refusal; texts that are missing are listed on the page with their links."""
        self.add_error(
            None,
            _("The texts named above are missing.") if hasattr(refusal, "error_dict") else refusal,
        )


class NoteForm(DecisionForm):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues; readers do not see it."),
    )

    def details(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}


class MomentForm(DecisionForm):
    """Now, or at a moment of the district's own time."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("now")), ("moment", _("at a moment"))],
        initial="now",
        widget=AdminRadioSelect,
    )
    moment = forms.SplitDateTimeField(label=_("Moment"), required=False, widget=AdminSplitDateTime)

    def __init__(self, data: QueryDict | None = None, *, article: Any) -> None:
        super().__init__(data, article=article)
        moment = self.initial.get("moment") or timezone.now()
        self.fields["moment"].help_text = zone_name(moment)
        day, time = self.fields["moment"].widget.widgets
        day.attrs["aria-label"], time.attrs["aria-label"] = _("Date"), _("Time")

    def clean_moment(self) -> datetime | None:
        moment = self.cleaned_data["moment"]
        if moment:
            latest = timezone.localtime() + timedelta(days=3650)
            if not timezone.make_aware(EARLIEST) <= moment <= latest:
                raise ValidationError(
                    _("Enter a year from %(first)s to %(last)s."),
                    code="year",
                    params={"first": EARLIEST.year, "last": latest.year},
                )
            # The offset of that day: the district's clock has been changed before.
            self.fields["moment"].help_text = zone_name(moment)
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "moment" and not self.has_error("moment"):
            if not cleaned.get("moment"):
                self.add_error("moment", ValidationError(_("Enter the moment."), code="required"))
        elif (
            cleaned.get("when") == "now" and cleaned.get("moment") and "moment" in self.changed_data
        ):
            # Publishing at once what was meant for tomorrow cannot be taken back.
            self.add_error(
                "when",
                ValidationError(
                    _("A moment is entered below: choose “at a moment”, or clear it."),
                    code="ambiguous",
                ),
            )
        return cleaned

    def details(self) -> dict[str, Any]:
        wanted = self.cleaned_data["when"] == "moment"
        return {"at": self.cleaned_data["moment"] if wanted else None}


class PublishForm(MomentForm):
    def initial_for(self, article: Any) -> dict[str, Any]:
        """A draft that was public before keeps the date of its old address."""
        if article.published_at is None:
            return {}
        return {"when": "moment", "moment": article.published_at}


class WithdrawForm(MomentForm):
    def __init__(self, data: QueryDict | None = None, *, article: Any) -> None:
        super().__init__(data, article=article)
        for language in LANGUAGES:
            self.fields[f"reason_{language}"] = forms.CharField(
                label=_("Reason, %(language)s") % {"language": name_of(language)},
                help_text=_("Readers see it above the article."),
                required=language in settings.NEWS_REQUIRED_LANGUAGES,
                max_length=300,
                widget=AdminTextInputWidget(attrs={"lang": language}),
            )

    def initial_for(self, article: Any) -> dict[str, Any]:
        if article.withdraws_at is None:
            return {}
        reasons = {
            f"reason_{language}": getattr(article, f"withdrawal_reason_{language}")
            for language in LANGUAGES
        }
        return {"when": "moment", "moment": article.withdraws_at, **reasons}

    def clean_moment(self) -> datetime | None:
        moment = super().clean_moment()
        if moment and self.data.get("when") == "moment" and moment <= timezone.now():
            raise ValidationError(_("Choose a moment to come."), code="past")
        return moment

    def details(self) -> dict[str, Any]:
        reason = {language: self.cleaned_data[f"reason_{language}"] for language in LANGUAGES}
        return {"reason": reason, **super().details()}


class RemoveForm(NoteForm):
    redirect_to = forms.IntegerField(
        label=_("Leads to the article with the number"),
        required=False,
        min_value=1,
        help_text=_(
            "Where another article has taken its place: readers who come to the old address are"
            " led there. Empty: the address says that the article was removed."
        ),
    )

    def clean_redirect_to(self) -> Article | None:
        number = self.cleaned_data["redirect_to"]
        if number is None:
            return None
        target = Article.objects.published().filter(pk=number).exclude(pk=self.article.pk).first()
        if target is None:
            raise ValidationError(_("Choose another article that is published."), code="no_target")
        return target

    def details(self) -> dict[str, Any]:
        return {**super().details(), "redirect_to": self.cleaned_data["redirect_to"]}


class ReturnForm(NoteForm):
    """The comment is demanded by the verb: nobody explains to themselves."""

    def __init__(self, data: QueryDict | None = None, *, article: Any) -> None:
        super().__init__(data, article=article)
        self.fields["note"].label = _("Comment for the author")
        self.fields["note"].help_text = _("What should be done; the author gets it by mail.")

    def refuse(self, refusal: ValidationError) -> None:
        if getattr(refusal, "code", "") == "no_comment":
            self.add_error("note", refusal)
        else:
            super().refuse(refusal)


class PublishChangeForm(PublishForm, CorrectionFields):
    field_order = ("status", *CORRECTION_FIELDS, "when", "moment")

    def __init__(self, data: QueryDict | None = None, *, article: Any) -> None:
        super().__init__(data, article=article)
        self.name_notes()
        self.fields["readers_know"].required = True

    def initial_for(self, article: Any) -> dict[str, Any]:
        notes = {f"public_note_{code}": text for code, text in article.public_notes.items()}
        told = (
            {"readers_know": "yes", "hides_text": article.hides_text} if any(notes.values()) else {}
        )
        return {**super().initial_for(article), **notes, **told}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_notes(cleaned, must_answer=False)
        return cleaned

    def details(self) -> dict[str, Any]:
        return {**super().details(), "announcement": self.announcement()}


def zone_name(moment: datetime) -> str:
    """«district time (Almaty): Asia/Almaty, UTC+05:00», as it holds at that moment."""
    zone = settings.TIME_ZONE
    digits = f"{timezone.localtime(moment, timezone.get_default_timezone()):%z}"
    return gettext("district time (%(city)s): %(zone)s, UTC%(offset)s") % {
        "city": gettext(zone.rpartition("/")[2].replace("_", " ")),
        "zone": zone,
        "offset": f"{digits[:3]}:{digits[3:5]}",
    }
