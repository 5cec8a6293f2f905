"""Who publishes: what feeds, shared links and search engines are told about the portal itself."""

from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

LOGO = ("img/icons/icon-512.png", 512)


def name() -> str:
    return _("Information portal of the akimat of Bukhar-Zhyrau district")


def absolute(address: str) -> str:
    """With the portal's own name before it: the Host header is whatever the sender likes."""
    if address.startswith("/") and not address.startswith("//"):
        return settings.SITE_URL + address
    return urljoin(f"{settings.SITE_URL}/", address)


def logo_url() -> str:
    return absolute(static(LOGO[0]))
