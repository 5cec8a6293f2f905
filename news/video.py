"""Video is a link to where it lies: nothing of another site is loaded into our pages.

A player inside the page would hand every reader's address to its owner and need an exception from
the Content-Security-Policy, so a still picture of ours leads to the video's own page.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and parts.netloc == parts.hostname
    except ValueError:
        plain = False
    if not plain or parts.hostname not in settings.NEWS_VIDEO_HOSTS:
        raise ValidationError(
            _("Enter an address that begins with https:// and lies on one of: %(hosts)s."),
            code="video_host",
            params={"hosts": ", ".join(settings.NEWS_VIDEO_HOSTS)},
        )


def site_of(address: str) -> str:
    """What a reader calls the place: youtube.com, also for m.youtube.com and youtu.be."""
    host = (urlsplit(address).hostname or "").removeprefix("www.").removeprefix("m.")
    return "youtube.com" if host == "youtu.be" else host
