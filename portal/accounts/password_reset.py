"""A forgotten password: a link by mail. Page and time tell nobody whether an address is known."""

import logging
from smtplib import SMTPException
from threading import Thread
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import forms, views
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import path, reverse_lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import ContextMixin, View

from comments.sender import client_address, keyed_hash
from news import office_mail, outbox, pace
from portal import audit

logger = logging.getLogger(__name__)
PER_HOUR = 5


class AskForm(forms.PasswordResetForm):
    def __init__(self, *args, sender="", **kwargs):
        super().__init__(*args, **kwargs)
        self.sender = sender

    def clean(self):
        cleaned = super().clean()
        if (pace.count(f"password-reset:{self.sender}", 3600) or 0) > PER_HOUR:
            raise ValidationError(
                _("Too many requests from your connection. Try again in an hour."), code="pace"
            )
        return cleaned

    def get_users(self, email):
        return (user for user in super().get_users(email) if user.is_staff)

    def send_mail(self, subject_template_name, email_template_name, context, from_email, to_email,
                  html_email_template_name=None):  # fmt: skip
        user: User = context["user"]
        # A few to one address are enough, whoever asks for them.
        if (pace.count(f"password-reset-of:{user.pk}", 3600) or 0) > PER_HOUR:
            return
        audit.record(audit.Event.PASSWORD_ASKED, on=user)
        with override(office_mail.language_of(user) or get_language()):
            subject = " ".join(render_to_string(subject_template_name, context).split())
            body = render_to_string(email_template_name, context)
        message = EmailMessage(subject, body, from_email, [to_email])
        # Beside the answer: how long a mail server takes would tell that there is an account.
        Thread(target=_send, args=[message], daemon=True).start()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        logger.error("No mail for a new password: %s", type(error).__name__)


class OfTheAdmin(ContextMixin, View):
    """Django's own templates of these pages expect what every admin page has."""

    def get_context_data(self, **kwargs):
        own = super().get_context_data(**kwargs)
        return {**admin.site.each_context(self.request), "is_nav_sidebar_enabled": False, **own}


class Ask(OfTheAdmin, views.PasswordResetView):
    form_class = AskForm
    template_name = "admin/accounts/password_reset.html"
    email_template_name = "admin/accounts/password_reset_email.txt"
    subject_template_name = "admin/accounts/password_reset_subject.txt"
    success_url = reverse_lazy("password_reset_done")

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and not outbox.is_on():
            return self.http_method_not_allowed(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        sender = keyed_hash(client_address(self.request))
        return super().get_form_kwargs() | {"sender": sender}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, is_on=outbox.is_on())

    def form_valid(self, form):
        parts = urlsplit(settings.SITE_URL)  # never what the request says of itself
        self.extra_email_context = {"protocol": parts.scheme, "domain": parts.netloc}
        return super().form_valid(form)


class Done(OfTheAdmin, views.PasswordResetDoneView):
    pass


class Confirm(OfTheAdmin, views.PasswordResetConfirmView):
    template_name = "admin/accounts/password_reset_confirm.html"
    success_url = reverse_lazy("password_reset_complete")


class Complete(OfTheAdmin, views.PasswordResetCompleteView):
    pass


urlpatterns = [
    path("password-reset/", Ask.as_view(), name="admin_password_reset"),
    path("password-reset/done/", Done.as_view(), name="password_reset_done"),
    path("password-reset/<uidb64>/<token>/", Confirm.as_view(), name="password_reset_confirm"),
    path("password-reset/complete/", Complete.as_view(), name="password_reset_complete"),
]
