"""How long people waited, in words."""

from django.utils.translation import ngettext


def in_words(minutes: int | None) -> str:
    """How long people waited, in the largest unit that says something."""
    if minutes is None:
        return ""
    if minutes < 120:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 72:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
