"""How a reader wants the pages: a small closed set of variants, kept in one cookie.

The cookie holds one word, one value per setting ("200.contrast.wide…"). A value that is not known
counts as the default of its setting, so that a page has only the variants that SETTINGS allows.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields, replace
from functools import cached_property, lru_cache
from itertools import zip_longest

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

COOKIE_AGE = 365 * 24 * 60 * 60

# In the order of the cookie; the first value of each setting is its default. Values are never
# renamed and settings only ever added at the end: cookies of last year keep their meaning.
SETTINGS: dict[str, dict[str, object]] = {
    "zoom": {"100": "100 %", "200": "200 %", "150": "150 %"},
    "scheme": {
        "standard": _("Usual colours, light or dark as the device is set"),
        "contrast": _("Black on white"),
        "night": _("White on black"),
        "blue": _("Dark blue on light blue"),
        "beige": _("Brown on beige"),
        "green": _("Green on dark brown"),
    },
    "letters": {
        "normal": pgettext_lazy("spacing", "Normal"),
        "wide": pgettext_lazy("spacing", "Wide"),
        "widest": pgettext_lazy("spacing", "Very wide"),
    },
    "lines": {
        "normal": pgettext_lazy("spacing", "Normal"),
        "wide": pgettext_lazy("spacing", "Wide"),
    },
    "face": {
        "usual": _("Headlines with serifs, text without"),
        "sans": _("Without serifs"),
        "serif": _("With serifs"),
    },
    "pictures": {
        "on": _("In colour"),
        "grey": _("Black and white"),
        "off": _("Not loaded, described in words"),
    },
    "motion": {"on": _("As the device is set"), "off": _("Nothing moves")},
}
LABELS = {
    "zoom": _("Size"),
    "scheme": _("Colours"),
    "letters": _("Space between letters"),
    "lines": _("Space between lines"),
    "face": _("Typeface"),
    "pictures": _("Pictures"),
    "motion": _("Motion"),
}


@dataclass(frozen=True)
class Comfort:
    zoom: str = "100"
    scheme: str = "standard"
    letters: str = "normal"
    lines: str = "normal"
    face: str = "usual"
    pictures: str = "on"
    motion: str = "on"

    @property
    def key(self) -> str:
        """The cookie's value, and what a page cache tells variants apart by."""
        return ".".join(astuple(self))

    @cached_property
    def changes(self) -> dict[str, str]:
        """What differs from the usual view."""
        return {
            field.name: value
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        }

    @cached_property
    def css_classes(self) -> str:
        """For <html>: size and scheme always, the rest when it is not as usual."""
        return self._classes("zoom", "scheme", *self.changes)

    @property
    def all_css_classes(self) -> str:
        """For a sample, which must not look like the page around it."""
        return self._classes(*SETTINGS)

    def _classes(self, *names: str) -> str:
        words = [f"{name}-{getattr(self, name)}" for name in dict.fromkeys(names)]
        return " ".join([*words, "low-vision"] if self.scheme != "standard" else words)

    def changed(self, wishes: Mapping[str, str]) -> "Comfort":
        """With those of the wishes that are known; the rest stays as it is."""
        known = {name: wishes[name] for name in SETTINGS if wishes.get(name) in SETTINGS[name]}
        return replace(self, **known)


def of(request: HttpRequest) -> Comfort:
    if (known := getattr(request, "_comfort", None)) is not None:
        return known
    found = _said_by(request.COOKIES.get(settings.COMFORT_COOKIE_NAME, "")[:200])
    request._comfort = found  # type: ignore[attr-defined]
    return found


@lru_cache(maxsize=512)
def _said_by(cookie: str) -> Comfort:
    values = cookie.split(".")[: len(SETTINGS)]
    return Comfort().changed(dict(zip_longest(SETTINGS, values, fillvalue="")))
