"""A citizen's words as HTML: whatever was typed is what is read; links lead where they say."""

import html
import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.plain_text import as_html
from tests.comments.hostile import HOSTILE

LINK = re.compile(r'<a href="([^"]*)" rel="nofollow ugc" dir="ltr">([^<]*)</a>')


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("см. https://egov.kz/cms/ru?x=1&y=2#z.", ["https://egov.kz/cms/ru?x=1&y=2#z"]),
        ("(http://gov.kz/a_(b)) и HTTPS://GOV.kz/A", ["http://gov.kz/a_(b)", "https://gov.kz/A"]),
        ("«https://gov.kz/пост»", ["https://gov.kz/пост"]),
        ("https://gov.kz:8443/", ["https://gov.kz:8443/"]),
        # A look-alike is shown as the network knows it.
        ("https://еgov.kz/", ["https://xn--gov-qdd.kz/"]),
        ("https://қазақстан.қаз/", ["https://xn--80aaa0a6awh12ed.xn--80ao21a/"]),
        ("gov.kz www.gov.kz mailto:a@gov.kz ftp://gov.kz", []),
        ("javascript:alert(1) data:text/html,x //gov.kz", []),
        ("https://gov.kz@evil.kz/ https://user:pw@evil.kz", []),
        ("https://localhost/ https:///x https://[::1]/ http://1", []),
        ("https://evil.kz/אבג.gov.kz", []),
        ("https://gov.kz:99999/ https://" + "a" * 70 + ".kz.", ["https://" + "a" * 70 + ".kz"]),
        ("https://ev\u00adil.kz/", []),
    ],
)
def test_links(text, links):
    found = LINK.findall(as_html(text))
    assert [html.unescape(address) for address, _shown in found] == links
    assert all(address == shown for address, shown in found)


def test_paragraphs_and_lines():
    assert as_html("a\nb\n\n\nc") == "<p>a<br>b</p>\n<p>c</p>"


def test_hostile_text_stays_text():
    for text in HOSTILE:
        check(text)


@given(st.text(max_size=200), st.sampled_from(HOSTILE), st.text(max_size=50))
def test_whatever_is_typed_is_what_is_read(before, hostile, after):
    check(f"{before}{hostile}https://gov.kz/{after}")


def check(text):
    """Nothing but paragraphs, line breaks and links, and nothing of the text is lost."""
    fragment = html5lib.parseFragment(as_html(text), namespaceHTMLElements=False)
    assert {element.tag for element in fragment.iter()} <= {"DOCUMENT_FRAGMENT", "p", "br", "a"}
    for link in fragment.iter("a"):
        assert set(link.attrib) == {"href", "rel", "dir"}
        assert link.get("href") == link.text
        assert link.get("href").startswith(("http://", "https://"))
        assert link.get("rel") == "nofollow ugc"
    if not list(fragment.iter("a")):  # a link may show the name of its host in other letters
        assert letters("".join(fragment.itertext())) == letters(text)


def letters(text):
    """What must not change; html5lib has its own mind about what no page may contain."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())
