"""How a reader wants the pages: a small closed set of variants, kept in one cookie.

The cookie holds one word per setting ("200.contrast"). Whatever else it holds counts as the
default, so that a page has as many variants as VARIANTS has entries and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "comfort"
COOKIE_AGE = 365 * 24 * 60 * 60

# The first value of each setting is its default.
SETTINGS: dict[str, dict[str, object]] = {
    "zoom": {"100": "100 %", "200": "200 %"},
    "scheme": {"standard": _("Standard version"), "contrast": _("High contrast")},
}
LABELS = {"zoom": _("Zoom"), "scheme": _("Colours")}


@dataclass(frozen=True)
class Comfort:
    zoom: str = "100"
    scheme: str = "standard"

    @property
    def key(self) -> str:
        """The cookie's value, and what a page cache tells variants apart by."""
        return f"{self.zoom}.{self.scheme}"

    @property
    def css_classes(self) -> str:
        return f"zoom-{self.zoom} scheme-{self.scheme}"

    def changed(self, wishes: Mapping[str, str]) -> "Comfort":
        """With those of the wishes that are known; the rest stays as it is."""
        known = {name: wishes[name] for name in SETTINGS if wishes.get(name) in SETTINGS[name]}
        return replace(self, **known)


VARIANTS = {
    comfort.key: comfort for values in product(*SETTINGS.values()) for comfort in [Comfort(*values)]
}


def of(request: HttpRequest) -> Comfort:
    return VARIANTS.get(request.COOKIES.get(COOKIE, ""), Comfort())
