"""The guides call every button, field and page by the very words that stand on the screen."""

import re
from pathlib import Path

import django
import pytest

from portal.catalogues import LOCALE, read
from tests.servers import ROOT

HERE = {"kk": "## Қазақша", "ru": "## По-русски"}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")


def names(guide: str, language: str) -> set[str]:
    """What is set in «…» or in bold; an arrow leads from one name to the next."""
    text = (ROOT / "docs" / f"{guide}.md").read_text(encoding="utf-8")
    part = text.split(f"\n{HERE[language]}\n")[1].split("\n## ")[0]
    said = re.findall(r"«([^»]+)»", part) + re.findall(r"\*\*([^*«]+)\*\*", part)
    return {name for path in said for name in re.split(r"\s+→\s+", re.sub(r"\s+", " ", path))}


def on_screen(language: str) -> tuple[set[str], list[re.Pattern]]:
    """The words of a language; and those with something put in among six letters at least."""
    paths = [
        *LOCALE.parent.glob(f"locale*/{language}/LC_MESSAGES/django*.po"),
        *Path(django.__file__).parent.glob(f"contrib/admin/locale/{language}/LC_MESSAGES/*.po"),
    ]
    whole, patterns = set(), []
    for message in (message for path in paths for message in read(path) if message.id):
        words = message.string
        for said in [words] if isinstance(words, str) else words:
            parts = PLACEHOLDER.split(capital(said))
            if len(parts) == 1:
                whole.add(capital(said))
            elif len("".join(parts)) >= 6:
                patterns.append(re.compile(".+".join(map(re.escape, parts))))
    return whole, patterns


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]  # as Django writes what a field is called


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("guide", ["press-officers", "moderators"])
def test_what_a_guide_names_is_called_so_on_the_screen(guide, language):
    whole, patterns = on_screen(language)
    named = names(guide, language)
    assert len(named) > 15
    unknown = {
        name
        for name in map(capital, named)
        if name not in whole and not any(pattern.fullmatch(name) for pattern in patterns)
    }
    assert unknown == set()


@pytest.mark.parametrize("guide", ["press-officers", "moderators"])
def test_both_languages_of_a_guide_have_the_same_chapters(guide):
    text = (ROOT / "docs" / f"{guide}.md").read_text(encoding="utf-8")
    kazakh, russian = (
        text.split(f"\n{HERE[language]}\n")[1].split("\n## ")[0] for language in ("kk", "ru")
    )
    assert kazakh.count("\n### ") == russian.count("\n### ") > 5
