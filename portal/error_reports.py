"""Unforeseen errors to a Sentry-compatible server, when SENTRY_DSN is set: where and what kind,
with the request's number, and nothing that a person typed or is."""

from typing import Any

from portal import logs

KEPT_HEADERS = {"Accept-Language", "Content-Type", "Content-Length", "Host"}


def start(dsn: str) -> None:
    import sentry_sdk
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration

    sentry_sdk.init(
        dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,  # they hold queries and log lines
        traces_sample_rate=0,
        auto_session_tracking=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(middleware_spans=False, signals_spans=False),
            ExcepthookIntegration(),
            AtexitIntegration(callback=lambda _pending, _timeout: None),
        ],
        before_send=without_people,
    )


def without_people(event: Any, hint: dict[str, Any]) -> Any:
    for name in ("user", "breadcrumbs", "extra", "server_name"):
        event.pop(name, None)
    asked = event.get("request", {})
    event["request"] = {
        "method": asked.get("method"),
        "url": logs.scrub(asked.get("url", "")),
        "headers": {
            name: value for name, value in asked.get("headers", {}).items() if name in KEPT_HEADERS
        },
    }
    event["tags"] = {"request_id": logs.request_id()}
    if "transaction" in event:
        event["transaction"] = logs.without_secrets(event["transaction"])
    error = hint.get("exc_info", (None, None, None))[1]
    for value in reversed(event.get("exception", {}).get("values", [])):
        value["value"] = (
            logs.describe(error).partition(": ")[2]
            if error is not None and type(error).__name__ == value.get("type")
            else ""
        )
        error = error and (error.__cause__ or error.__context__)
    for name in ("message", "logentry"):
        event.pop(name, None)
    return event
