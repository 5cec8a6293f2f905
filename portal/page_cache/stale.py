"""An old copy of a page, for readers whose newer one cannot be made: marked, and said so."""

import re
import time
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.page_cache.addresses import Address
from portal.page_cache.entries import Entry

TRY_AGAIN_AFTER = 1.0
SAID_AFTER = 5 * 60.0  # younger copies differ from the page by nothing that a reader would miss
PLACE = b'<div class="page-frame">'  # in base.html
VIEW = re.compile(rb'(<html lang="[a-z]+" class=")[^"]*"')


def copy(entry: Entry, address: Address) -> Entry:
    """The entry as it is shown for the next second; made from a plain one where need be."""
    entry = entry.original or entry
    age = time.time() - entry.made_at
    body = entry.body("")
    if entry.is_html:
        body = VIEW.sub(rb'\g<1>%s"' % address.comfort.css_classes.encode(), body, count=1)
        if age > SAID_AFTER:
            body = body.replace(PLACE, _notice(entry, address.language) + PLACE, 1)
    headers = [header for header in entry.headers if header[0] not in ("X-Portal-Stale", "Warning")]
    return Entry.made(
        body,
        [*headers, ("X-Portal-Stale", str(int(age)))],
        edition=entry.edition,
        release=entry.release,
        route=entry.route,
        made_at=entry.made_at,
        ends_at=time.time() + TRY_AGAIN_AFTER,
        original=entry,
    )


def _notice(entry: Entry, language: str) -> bytes:
    made_at = timezone.localtime(datetime.fromtimestamp(entry.made_at, tz=UTC))
    with override(language):
        return format_html(
            '<section class="stale" aria-label="{}"><p class="frame">{}</p></section>',
            _("State of the page"),
            _(
                "The site is being repaired. This is a saved copy of the page as of %(moment)s;"
                " newer things are not on it."
            )
            % {"moment": date_format(made_at, "DATETIME_FORMAT")},
        ).encode()
