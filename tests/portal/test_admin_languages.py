"""Every page of the admin, in the language that its reader chose: no English is left in it."""

import re

import html5lib
import pytest
from django.conf import settings

from news.models import Section
from tests.portal import test_roles
from tests.portal.test_roles import EVERYBODY, MATRIX

pytestmark = pytest.mark.django_db
address = test_roles.address  # the fixture
SILENT = {"script", "style", "template", "code", "textarea"}
SAID = ("title", "aria-label", "placeholder", "alt", "data-label", "data-placeholder")
BUTTONS = {"submit", "button", "reset"}
# What is the same in every language: names of languages, formats, programs, accounts, numbers.
SAME = re.compile(
    r"English|JPEG|PNG|WebP|GIF|PDF|DOCX|XLSX|ODT|URL|HTML|Word|RSS|CSV|API|IP|SMS|TOTP|kk|ru|en"
    r"|press|editor|moderator|answers|admin|testserver|Django|Python|SQLite|PostgreSQL|Redis"
    r"|Microsoft|Firefox|Chrome|cookie|district|GB|MB|KB|px|YouTube|Vimeo"
)
LATIN = re.compile(r"[A-Za-z]{3,}")
CYRILLIC = re.compile("[\u0400-\u04ff]")


def said_on(html: str):
    """Everything that a page says to its reader, but for what is marked as another language."""
    page = html5lib.parse(html, namespaceHTMLElements=False)

    def walk(element):
        if element.tag in SILENT or element.get("lang") == "en":
            return
        if element.text:
            yield element.text
        for name in SAID:
            if element.get(name):
                yield element.get(name)
        if element.tag == "input" and element.get("type") in BUTTONS:
            yield element.get("value", "")
        for child in element:
            if isinstance(child.tag, str):
                yield from walk(child)
            if child.tail:
                yield child.tail

    return walk(page)


def english_in(html: str) -> set[str]:
    found = set()
    for text in said_on(html):
        words = " ".join(text.split())
        if LATIN.search(SAME.sub("", words)) and not CYRILLIC.search(words):
            found.add(words)
    return found


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_no_page_of_the_admin_speaks_english_to_who_chose_another_language(
    client,
    request,
    address,
    role,
    language,
):
    client.force_login(request.getfixturevalue(role))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    found = [
        f"{page}: {text}"
        for page, roles in MATRIX.items()
        if role in roles
        for text in english_in(client.get(address(page)).text)
    ]
    assert not found, "\n".join(found)


def test_what_was_saved_is_said_in_russian_without_a_gender(client, admin):
    """Django says of every thing that it «был изменен»; a picture and a page are no «он»."""
    client.force_login(admin)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    place, texts = "/admin/news/section/", {"title_kk": "Мәдениет", "title_ru": "Культура"}
    added = {"slug": "culture", "position": "9", "title_en": "", **texts, "_save": "1"}
    said = client.post(f"{place}add/", added, follow=True).text
    number = Section.objects.get(slug="culture").pk
    for button in ("_save", "_continue", "_addanother"):
        changed = {name: value for name, value in added.items() if name != "_save"} | {button: "1"}
        said += client.post(f"{place}{number}/change/", changed, follow=True).text
    said += client.post(f"{place}{number}/delete/", {"post": "yes"}, follow=True).text
    told = re.findall(r'<li class="success">(.*?)</li>', said, re.DOTALL)
    assert len(told) == 5
    for text in told:
        assert not re.search(r"\bбыл[аои]?\b|один", text), text
    assert [text.split()[0] for text in told] == ["Добавлено:", *["Сохранено:"] * 3, "Удалено:"]
