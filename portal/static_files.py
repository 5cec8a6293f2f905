"""Which static files are published: of CKEditor's package only what our editor loads.

The rest are its test pages and samples, plugins that ask services of others, eighty languages:
nothing to serve, to compress and to look through at each start.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

from portal import editor

_PACKAGE = "ckeditor/"
_PLUGINS = editor.NEWS["plugins"].replace(",", "|")
_LOADED = re.compile(
    r"ckeditor-init\.js|ckeditor\.css|fixups\.js"
    r"|ckeditor/(?:(?:ckeditor|config|styles)\.js|contents\.css)"
    rf"|ckeditor/skins/{editor.NEWS['skin']}/.+"
    r"|ckeditor/lang/(?:kk|ru|en)\.js"
    rf"|ckeditor/plugins/(?:icons(?:_hidpi)?\.png|(?:{_PLUGINS})/.+)"
)


def is_published(path: str) -> bool:
    return not path.startswith(_PACKAGE) or bool(_LOADED.fullmatch(path.removeprefix(_PACKAGE)))


class AppFiles(AppDirectoriesFinder):
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        return (found for found in super().list(ignore_patterns) if is_published(found[0]))

    def find(self, path: str, **options: Any) -> Any:  # type: ignore[override]  # its overloads
        return super().find(path, **options) if is_published(path) else []
