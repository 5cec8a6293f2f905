"""A page as a plain file: its links lead to files, and what needs the portal says that it does."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from django.utils.translation import override

LINKS = ("href", "src", "poster", "content")
SETS = ("srcset", "imagesrcset")
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "area", "col", "embed"}


def notice(page: str) -> str:
    """In place of a form, by the page that it stands on."""
    if "/search/" in page:
        text = _(
            "This is a copy of the portal for reading. Searching does not work here; the news is in"
            " the lists and in the calendar."
        )
    elif "/preferences/" in page:
        text = _(
            "This is a copy of the portal for reading. Display settings do not work here; your"
            " browser can enlarge the pages."
        )
    elif page == "comments":
        text = _("This is a copy of the portal for reading. Comments cannot be written here.")
    else:
        text = _(
            "This is a copy of the portal for reading. What needs the portal itself does not work"
            " here."
        )
    return f'<p class="notice">{escape(text)}</p>'


class _Page(HTMLParser):
    """Writes the page anew, tag by tag as it stands, but for links and forms."""

    def __init__(self, address: str, link: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=False)
        self.address, self.link = address, link
        self.out: list[str] = []
        self.left_out: str | None = None  # the element that is being passed over
        self.depth = 0
        self.in_main = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self.left_out:
            self.depth += tag == self.left_out
            return
        if tag == "main":
            self.in_main = True
        found = dict(attributes)
        classes = (found.get("class") or "").split()
        # The footer's and other pages' links to the settings stay: their page says how it is.
        if tag == "form" or "comments__add" in classes:
            if self.in_main:
                self.out.append(notice("comments" if tag != "form" else self.address))
            self.left_out, self.depth = tag, 1
            return
        self.out.append(self._rewritten(tag, attributes))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)

    def _rewritten(self, tag: str, attributes: list[tuple[str, str | None]]) -> str:
        text = self.get_starttag_text() or ""
        changed = False
        values = []
        for name, value in attributes:
            new = value
            if value and name in SETS:
                new = ", ".join(map(self._candidate, value.split(", ")))
            elif value and name in LINKS and (name != "content" or "://" in value):
                new = self.link(value)
            if new is None and value is not None:
                changed = True  # nothing there to link to
                continue
            changed = changed or new != value
            values.append(name if new is None else f'{name}="{escape(new)}"')
        return f"<{' '.join([tag, *values])}>" if changed else text

    def _candidate(self, candidate: str) -> str:
        address, _space, size = candidate.strip().partition(" ")
        return f"{self.link(address) or address} {size}".strip()

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            self.depth -= tag == self.left_out
            if not self.depth:
                self.left_out = None
            return
        if tag == "main":
            self.in_main = False
        self.out.append(f"</{tag}>")

    def _keep(self, text: str) -> None:
        if not self.left_out:
            self.out.append(text)

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self._keep(f"<!--{data}-->")


def frozen(html: str, address: str, link: Callable[[str], str | None]) -> str:
    """``link`` gives a link of this page anew, or None where it can lead nowhere."""
    page = _Page(address, link)
    language = re.match(r"/(kk|ru|en)/", address)
    with override(language[1] if language else "kk"):
        page.feed(html)
        page.close()
    return "".join(page.out)


def moved(target: str) -> str:
    """A redirect as a page."""
    link = escape(target)
    return (
        '<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>→</title>'
        f'<meta http-equiv="refresh" content="0; url={link}"><link rel="canonical" href="{link}">'
        f'<meta name="robots" content="noindex"></head><body><a href="{link}">{link}</a></body>'
        "</html>\n"
    )


STYLE_LINK = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)|@import\s+(['"])([^'"]+)\3""")


def links_of_style(css: str) -> list[str]:
    found = (match[2] or match[4] for match in STYLE_LINK.finditer(css))
    return [link for link in found if not link.startswith("data:")]
