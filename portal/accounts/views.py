"""The pages of one's own account: code, enrolment, signed-in browsers."""

from base64 import b32encode
from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from news.short_link import qr_code
from portal import audit
from portal.accounts import sessions, two_factor


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


def for_staff(view):
    """For whoever has given a password; the code may still be missing."""

    @wraps(view)
    def guarded(request):
        if not (request.user.is_active and request.user.is_staff):
            return HttpResponseRedirect(reverse("admin:login"))
        return never_cache(view)(request)

    return guarded


def for_satisfied(view):
    """For whoever has shown everything that the account must show."""

    @wraps(view)
    def guarded(request):
        if not two_factor.is_satisfied(request):
            return to_next_step(request, request.get_full_path())
        return view(request)

    return for_staff(guarded)


def to_next_step(request, target):
    """Whoever has a telephone enrolled enters its code; whoever must have one enrols it."""
    step = "account_code" if two_factor.has_device(request) else "account_two_factor"
    query = urlencode({REDIRECT_FIELD_NAME: target})
    return HttpResponseRedirect(f"{reverse(f'admin:{step}')}?{query}")


def _target(request):
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("admin:index")


def _page(request, name, title, **context):
    common = admin.site.each_context(request)
    return render(request, f"admin/accounts/{name}.html", {**common, "title": title, **context})


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def code(request):
    """The second step of signing in."""
    target = _target(request)
    if two_factor.is_satisfied(request):
        return HttpResponseRedirect(target)
    if not two_factor.has_device(request):
        return to_next_step(request, target)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            two_factor.verify(request, form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            _remind_of_codes(request)
            return HttpResponseRedirect(target)
    return _page(request, "code", _("Code from your telephone"), form=form, next=target)


def _remind_of_codes(request):
    left = two_factor.recovery_codes_left(request.user)
    if left <= 3:
        messages.warning(
            request,
            ngettext(
                "%(left)s recovery code is left. Make new ones on the page “My account”.",
                "%(left)s recovery codes are left. Make new ones on the page “My account”.",
                left,
            )
            % {"left": left},
        )


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def enrol(request):
    """Join a telephone to the account; replacing one needs the code of the present one."""
    if two_factor.has_device(request) and not two_factor.is_satisfied(request):
        return to_next_step(request, request.get_full_path())
    target, form = _target(request), CodeForm()
    if "begin" in request.POST:
        two_factor.begin(request.user)
        query = urlencode({REDIRECT_FIELD_NAME: target})
        return HttpResponseRedirect(f"{reverse('admin:account_two_factor')}?{query}")
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid():
            try:
                codes = two_factor.confirm(request, form.cleaned_data["code"])
            except ValidationError as refusal:
                form.add_error("code", refusal)
            else:
                return _codes(request, codes, target)
    device = two_factor.pending_device_of(request.user)
    return _page(
        request,
        "enrol",
        _("Sign-in with a code"),
        form=form,
        next=target,
        qr=qr_code.__wrapped__(device.config_url) if device else None,  # never kept in memory
        secret=_in_groups(device) if device else None,
        is_required=two_factor.is_required(request.user),
        is_satisfied=two_factor.is_satisfied(request),
    )


def _in_groups(device):
    """The secret as authenticators take it, in groups of four for typing."""
    secret = b32encode(device.bin_key).decode()
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _codes(request, codes, target):
    return _page(request, "recovery_codes", _("Recovery codes"), codes=codes, next=target)


@require_POST
@for_satisfied
def renew_codes(request):
    if not two_factor.has_device(request):
        raise PermissionDenied
    codes = two_factor.renew_recovery_codes(request.user)
    return _codes(request, codes, reverse("admin:account"))


@require_POST
@for_satisfied
def switch_off(request):
    two_factor.switch_off(request.user)
    messages.success(request, _("Signing in no longer asks for a code."))
    return redirect("admin:account")


@require_safe
@for_satisfied
def account(request):
    return _page(
        request,
        "account",
        _("My account"),
        sessions=sessions.of(request.user),
        this_session=request.session.get(sessions.KEY),
        has_device=two_factor.has_device(request),
        is_required=two_factor.is_required(request.user),
        codes_left=two_factor.recovery_codes_left(request.user),
    )


@require_POST
@for_satisfied
def sign_out_everywhere(request):
    user, signed_in = request.user, sessions.of(request.user)
    audit.record(audit.Event.SESSIONS_ENDED, by=user, on=user)
    if "others" in request.POST:
        sessions.end(signed_in.exclude(pk=request.session.get(sessions.KEY)))
        messages.success(request, _("All other browsers are signed out."))
        return redirect("admin:account")
    sessions.end(signed_in)
    logout(request)
    return redirect("admin:login")


urlpatterns = [
    path("account/", account, name="account"),
    path("account/code/", code, name="account_code"),
    path("account/two-factor/", enrol, name="account_two_factor"),
    path("account/two-factor/codes/", renew_codes, name="account_codes"),
    path("account/two-factor/off/", switch_off, name="account_two_factor_off"),
    path("account/sign-out/", sign_out_everywhere, name="account_sign_out"),
]
