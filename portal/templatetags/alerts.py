from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from news import lists
from news.kept import keep
from news.languages import LANGUAGES, best_of
from portal import alerts

register = template.Library()


@register.simple_tag(takes_context=True, name="alerts")
def show_alerts(context):
    """The alerts in force, each in the best of its languages for this page."""
    request = context.get("request")
    if request is None:
        return ""
    shown = []
    for alert in alerts.shown_to(request):
        texts = {code: text for code in LANGUAGES if (text := getattr(alert, f"text_{code}"))}
        if language := best_of(texts, get_language()):
            shown.append((alert, texts[language], language))
    if not shown:
        return ""
    values = {"alerts": shown, "LANGUAGE_CODE": get_language(), "next": _NEXT}
    numbers = tuple(alert.pk for alert, _text, _language in shown)
    pieces = keep(
        ("alerts", get_language(), numbers),
        lambda: render_to_string("includes/_alerts.html", values).split(_NEXT),
    )
    here = lists.keeping(context.get("came_from", ""), request.get_full_path())
    return SafeString(escape(here).join(pieces))  # rendered by a template, and escaped


_NEXT = "\x02next\x03"  # where the page's own address goes
