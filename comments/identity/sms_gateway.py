"""One SMS through a gateway that settings describe.

The common gateways of Kazakhstan take one HTTP call; a template says which:

    SMS_GATEWAY_URL      https://smsc.example.kz/sys/send.php?login=akimat&psw={key}&phones={number}&mes={text}
    SMS_GATEWAY_METHOD   GET (the default without a body) or POST
    SMS_GATEWAY_BODY     recipient={number}&text={text}, or {"to": "{number}", "text": "{text}"}
    SMS_GATEWAY_SUCCESS  a regular expression that the answer of an accepted message matches

Values are quoted for where they stand: percent-encoded in addresses and forms, escaped in JSON.
"""

import http.client
import json
import logging
import re
import time
import urllib.error
import urllib.request
from urllib.parse import quote

from django.conf import settings

logger = logging.getLogger(__name__)
TIMEOUT = 5  # seconds for one try
TRIES = 2
PAUSE = 0.3  # seconds between tries
LONGEST = 10_000  # bytes of an answer that are looked at


class GatewayError(Exception):
    """The gateway did not take the message."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A key goes to the gateway that was named and to nobody else."""

    def redirect_request(self, *_args: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def send(number: str, text: str) -> None:
    """Hand a message over; ``GatewayError`` after the last try in vain.

    Repeated only where the gateway cannot have taken it (no connection, 5xx), for each costs money.
    """
    request = _request(number.removeprefix("+"), text)
    for remaining in reversed(range(TRIES)):
        try:
            with _opener.open(request, timeout=TIMEOUT) as answer:
                body = _read(answer).decode(errors="replace")
        except urllib.error.HTTPError as error:
            problem, again = f"status {error.code}", error.code >= 500
        except TimeoutError:
            problem, again = "no answer in time", False
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            problem, again = type(reason).__name__, not isinstance(reason, TimeoutError)
        else:
            if re.search(settings.SMS_GATEWAY_SUCCESS, body):
                return
            problem, again = "an answer that does not say success", False
        if not (again and remaining):
            break
        time.sleep(PAUSE)
    # Neither the number nor the text nor the key: logs are read by many.
    logger.error("The SMS gateway did not take a message: %s.", problem)
    raise GatewayError(problem)


def _read(answer: http.client.HTTPResponse) -> bytes:
    """What came within the time for one try: a timeout of its own each piece has anyway."""
    body, until = b"", time.monotonic() + TIMEOUT
    while len(body) < LONGEST and (piece := answer.read1(LONGEST)):
        body += piece
        if time.monotonic() > until:
            raise TimeoutError
    return body


def _request(number: str, text: str) -> urllib.request.Request:
    url = _filled(settings.SMS_GATEWAY_URL, number, text, quoting="percent")
    template = settings.SMS_GATEWAY_BODY
    if not template:
        return urllib.request.Request(url, method=settings.SMS_GATEWAY_METHOD or "GET")  # noqa: S310
    is_json = template.lstrip().startswith('{"') or template.lstrip().startswith("[")
    body = _filled(template, number, text, quoting="json" if is_json else "percent")
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    headers = {"Content-Type": f"{kind}; charset=utf-8"}
    method = settings.SMS_GATEWAY_METHOD or "POST"
    return urllib.request.Request(url, body.encode(), headers, method=method)  # noqa: S310


def _filled(template: str, number: str, text: str, *, quoting: str) -> str:
    for name, value in (
        ("number", number), ("text", text), ("key", settings.SMS_GATEWAY_KEY)
    ):  # fmt: skip
        quoted = quote(value, safe="") if quoting == "percent" else json.dumps(value)[1:-1]
        template = template.replace("{" + name + "}", quoted)
    return template
