"""The HTML allow-list of article bodies, and the field that applies it on every write.

The editor is a convenience, not a defence: whatever reaches the database comes through here,
be it the admin, an import, the shell or a fixture.
"""

import re
from typing import Any

import nh3
from django.db import models
from django.utils.html import format_html, strip_tags

TAGS = {
    "p", "br", "h2", "h3", "strong", "em", "ul", "ol", "li", "blockquote", "a",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "p": {"lang"},
    "blockquote": {"lang"},
    "img": {"data-picture"},  # the number of a picture of the library, and nothing else
}
# Other sites set their paragraphs in boxes: taken away, they would leave words glued together.
BOXES = (
    "div", "section", "article", "main", "header", "footer", "aside", "figcaption", "dt", "dd",
    "pre",
)  # fmt: skip
ALIASES = {
    "b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3",
    **dict.fromkeys(BOXES, "p"),
}  # fmt: skip
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# As nh3 writes it. Between blocks only, so that a page can put a figure in its place.
PICTURE = r'<img data-picture="([1-9][0-9]{0,8})">'
TOKEN = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:"[^"]*"|[^">])*>|[^<]+|<""")
# Characters that reorder or hide the text around them, and NUL, which PostgreSQL refuses.
UNSAFE_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

# What is left of a list of Word's: a bullet, and a gap made of spaces that do not break.
WORD_LIST = re.compile(r"(?:<p>[·•▪§o](?:&nbsp;|\xa0){2,}\s*(?:(?!</?p>).)+</p>\s*)+", re.DOTALL)
WORD_ITEM = re.compile(r"<p>[·•▪§o](?:&nbsp;|\xa0|\s)+(.+?)</p>", re.DOTALL)
# As nh3 leaves one whose address was none of ours to keep.
DEAD_LINK = re.compile(r'<a rel="noopener">(.*?)</a>', re.DOTALL)
EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|\xa0|<br\s*/?>)*</p>\s*")


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "lang":
        return value if LANGUAGE_TAG.fullmatch(value) else None
    if name in ("colspan", "rowspan"):
        return value if value.isdecimal() and 0 < int(value) <= 50 else None
    if name == "data-picture":
        return value if re.fullmatch(r"[1-9][0-9]{0,8}", value) else None
    if name == "scope":
        return value if value in ("col", "row", "colgroup", "rowgroup") else None
    return value


def _once(html: str) -> str:
    return _pictures_between_blocks(_allowed(html))


def _allowed(html: str) -> str:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
        strip_comments=True,
    )
    return WORD_LIST.sub(_as_list, DEAD_LINK.sub(r"\1", EMPTY_PARAGRAPH.sub("", cleaned)))


def _as_list(found: re.Match[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in WORD_ITEM.findall(found[0])) + "</ul>"


def clean_html(html: str) -> str:
    """``html`` reduced to the allow-list; empty where no text is left.

    Repeated until stable, because taking one tag out can bring another one to light.
    """
    html = UNSAFE_CHARACTERS.sub("", html)
    for alias, tag in ALIASES.items():
        html = re.sub(rf"<(/?){alias}(?=[\s>])", rf"<\1{tag}", html, flags=re.IGNORECASE)
    cleaned = _once(html)
    while cleaned != html:
        html, cleaned = cleaned, _once(cleaned)
    return _outlined(cleaned.strip()) if _words([cleaned]) or "<img" in cleaned else ""


def _outlined(html: str) -> str:
    """Headings without a gap under the headline: none of the third level before the second."""
    before, second, after = html.partition("<h2>")
    return re.sub(r"<(/?)h3>", r"<\1h2>", before) + second + after


def _pictures_between_blocks(html: str) -> str:
    """Each picture after the paragraph, list or table in which it was put; other ``img`` go."""
    if "<img" not in html:
        return html
    written: list[str] = []
    waiting: list[str] = []
    open_elements = 0
    block = 0  # where the outermost open element begins
    for token in TOKEN.finditer(html):
        closing, name = token[1], token[2]
        if name == "img":
            if re.fullmatch(PICTURE, token[0]):
                (waiting if open_elements else written).append(token[0])
            continue
        if name and not closing and name != "br":
            if not open_elements:
                block = len(written)
            open_elements += 1
        written.append(token[0])
        if name and closing:
            open_elements -= 1
            if not open_elements and waiting:
                if name == "p" and not _words(written[block:]):
                    del written[block:]
                written += waiting
                waiting = []
    return "".join(written + waiting)


def _words(tokens: list[str]) -> str:
    return strip_tags("".join(tokens)).replace("&nbsp;", " ").replace("\xa0", " ").strip()


def with_scrolling_tables(html: str, label: str) -> str:
    """Cleaned ``html`` whose tables scroll inside themselves, by keyboard too.

    ``label`` names the scrolled region for screen readers, in the language of the page.
    """
    opening = format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="{}">', label
    )
    return html.replace("<table>", f"{opening}<table>").replace("</table>", "</table></div>")


def clean_text(text: str) -> str:
    """Plain text without characters that hide or reorder what people read."""
    return UNSAFE_CHARACTERS.sub("", text)


class CleanedField:
    """A text column whose value goes through ``clean`` whenever it is written."""

    schema_class = "django.db.models.TextField"

    @staticmethod
    def clean_value(value: str) -> str:
        return clean_text(value)

    def get_prep_value(self, value: Any) -> Any:
        """Every path: save, bulk_create, update, fixtures, look-ups."""
        value = super().get_prep_value(value)  # type: ignore[misc]
        return self.clean_value(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Leave the cleaned text on the instance too, so that memory and database agree."""
        value = super().pre_save(model_instance, add)  # type: ignore[misc]
        if isinstance(value, str):
            value = self.clean_value(value)
            # Not setattr(): of a translated field that would write what the reader of this
            # language is shown, be it another language's text, into this language's column.
            model_instance.__dict__[self.attname] = value  # type: ignore[attr-defined]
        return value

    def deconstruct(self) -> Any:
        """Migrations hold a plain column: what is allowed is code, not schema."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, self.schema_class, args, kwargs


class PlainCharField(CleanedField, models.CharField):
    schema_class = "django.db.models.CharField"


class PlainTextField(CleanedField, models.TextField):
    pass


class RichTextField(CleanedField, models.TextField):
    """HTML reduced to the allow-list."""

    @staticmethod
    def clean_value(value: str) -> str:
        return clean_html(value)
