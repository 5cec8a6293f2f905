"""«My data»: what is kept about whoever proves a contact, taken along, withdrawn or erased."""

from http import HTTPStatus

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import sender
from comments.identity import backends, codes, contacts, identities, persons, step
from comments.identity.backends import DeliveryError
from comments.identity.forms import CodeForm, ContactForm
from comments.same_origin import is_same_origin

_SALT = "comments.my-data"
_MINUTES = 15


@never_cache
@csrf_exempt  # is_same_origin() instead, as for comments
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    backend = backends.current()
    if backend is None:
        raise Http404  # nobody was ever identified: each receipt has its own "delete"
    if request.method != "POST":
        return _page(request, form=_contact_form(backend))
    if not is_same_origin(request):
        error = _("Please send the form from this page.")
        return _page(request, HTTPStatus.FORBIDDEN, form=_contact_form(backend), error=error)
    match request.POST.get("step"):
        case "contact":
            return _send(request, backend)
        case "code":
            return _judge(request)
        case _:
            return _act(request, backend)


def _send(request: HttpRequest, backend: backends.Backend) -> HttpResponse:
    form = _contact_form(backend, request.POST)
    if not form.is_valid():
        return _page(request, HTTPStatus.BAD_REQUEST, form=form)
    contact = form.cleaned_data["contact"]
    try:
        code = codes.send(
            backend,
            contact,
            agreement=None,
            sender_hash=sender.keyed_hash(sender.client_address(request)),
            language=get_language() or "kk",
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, HTTPStatus.TOO_MANY_REQUESTS, form=form)
    except DeliveryError:
        form.add_error(
            None, _("The code could not be sent just now. Please try again in a few minutes.")
        )
        return _page(request, HTTPStatus.SERVICE_UNAVAILABLE, form=form)
    question = CodeForm(initial={"challenge": code.pk})
    return _page(request, form=question, asks_for_code=True, sent_to=contacts.masked(contact))


def _judge(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            code = codes.check(form.number, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
        else:
            return _shown(request, signing.dumps(code.contact_hash, salt=_SALT))
    return _page(request, HTTPStatus.BAD_REQUEST, form=form, asks_for_code=True)


def _act(request: HttpRequest, backend: backends.Backend) -> HttpResponse:
    token = request.POST.get("proof", "")
    try:
        contact_hash = signing.loads(token, salt=_SALT, max_age=_MINUTES * 60)
    except signing.BadSignature:
        error = _("That took too long. Please ask for a code again.")
        return _page(request, HTTPStatus.BAD_REQUEST, form=_contact_form(backend), error=error)
    person = persons.of_hash(contact_hash)
    match request.POST.get("step"):
        case "export":
            return persons.as_file(person)
        case "withdraw":
            for identity in person.identities:
                identities.withdraw_consent(identity)
            done = _("Your consent is withdrawn. Nothing more is done with your data.")
        case "erase":
            persons.erase(person)
            done = _("Your comments are erased and your consent is withdrawn.")
        case _:
            done = ""
    response = _shown(request, token, done)
    if done:
        step.forget(response)
    return response


def _shown(request: HttpRequest, token: str, done: str = "") -> HttpResponse:
    person = persons.of_hash(signing.loads(token, salt=_SALT))
    return _page(request, person=person, proof=token, done=done)


def _contact_form(backend: backends.Backend, data=None) -> ContactForm:
    form = ContactForm(data, backend=backend)
    del form.fields["agreement"]  # asking what is kept needs no consent
    return form


def _page(request: HttpRequest, status: int = HTTPStatus.OK, **context: object) -> HttpResponse:
    response = render(
        request, "comments/my_data.html", context | {"robots": "noindex"}, status=status
    )
    response.headers["Referrer-Policy"] = "same-origin"
    return response
