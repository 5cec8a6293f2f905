"""Message catalogues: gather strings, check that none is missing, compile.

``python -m portal.catalogues compile SOURCE.po TARGET.mo | gather | check``

Compiling is done in Python, so that showing the portal needs no gettext on the machine.
"""

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("kk", "ru")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")


def compile_catalogue(source: str, target: str) -> None:
    with open(target, "wb") as file:
        write_mo(file, read(Path(source)))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        # A line that is none, such as a mark of an unsolved merge, is an error.
        return read_po(file, locale=path.parent.parent.name, abort_invalid=True)


def gather(root: Path = LOCALE) -> None:
    """Bring the catalogues under ``root`` into step with code and templates; needs gettext."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    settings.LOCALE_PATHS = [root]
    for domain, extensions in (("django", ["html", "txt", "py"]), ("djangojs", ["js"])):
        call_command(
            "makemessages",
            locale=list(LANGUAGES),
            domain=domain,
            extensions=extensions,
            # "locale" too: else files under portal/ go to its own catalogue, whatever the root.
            ignore_patterns=[".venv", "var", "tests", "node_modules", "locale"],
            no_location=True,
            no_obsolete=True,
            verbosity=0,
        )


def problems(path: Path) -> list[str]:
    """What a reader of the language would notice: untranslated, unsure, broken placeholders."""
    found = []
    for message in read(path):
        source, target = texts(message.id), texts(message.string)
        if not source[0]:
            continue  # the header
        if message.fuzzy:
            found.append(f"unsure (fuzzy): {source[0]!r}")
        elif not all(target):
            found.append(f"not translated: {source[0]!r}")
        elif len(source) == 1 and placeholders(source[0]) != placeholders(target[0]):
            found.append(f"placeholders differ: {source[0]!r}")
    return found


def texts(value: Any) -> list[str]:
    """A message's singular and plural forms, or its one text."""
    return [text or "" for text in value] if isinstance(value, tuple | list) else [value or ""]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def missing(language: str) -> list[str]:
    """Strings of the code that are not in the catalogue, or in it and no longer in the code."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "locale"
        for name in LANGUAGES:
            (copy / name / "LC_MESSAGES").mkdir(parents=True)
        gather(copy)
        ours, fresh = (_keys(root / language / "LC_MESSAGES") for root in (LOCALE, copy))
    return [f"not gathered: {key}" for key in sorted(fresh - ours)] + [
        f"no longer used: {key}" for key in sorted(ours - fresh)
    ]


def _keys(folder: Path) -> set[str]:
    return {
        f"{texts(message.id)[0]!r} ({message.context})"
        for path in folder.glob("*.po")
        for message in read(path)
        if message.id
    }


def check() -> int:
    """Print every problem; the number of problems is the exit status' reason."""
    found = []
    for language in LANGUAGES:
        found += [f"{language}: {text}" for text in missing(language)]
        found += [
            f"{path.parent.parent.name}: {text}"
            for path in LOCALE.parent.glob(f"locale*/{language}/LC_MESSAGES/*.po")
            for text in problems(path)
        ]
    for line in found:
        print(line, file=sys.stderr)  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compile", source, target]:
            compile_catalogue(source, target)
        case ["gather"]:
            gather()
        case ["check"]:
            sys.exit(check())
        case _:
            sys.exit(__doc__)
