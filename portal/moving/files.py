"""The files that records name: beside the records, in a folder of the old site, on the web."""

import http.client
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile

TIMEOUT = 15  # seconds


class LostFileError(Exception):
    """A record names a file that is not there; says what was looked for."""


@dataclass(frozen=True)
class Files:
    """Where to look: ``beside`` the records, in ``media``; on the web only where it is allowed."""

    beside: Path
    media: Path | None = None
    from_web: bool = False

    def read(self, name: str) -> ContentFile:
        parts = urlsplit(name)
        is_remote = parts.scheme in ("http", "https")
        if path := self._local(unquote(parts.path) if is_remote else name):
            return ContentFile(path.read_bytes(), path.name)
        if is_remote and self.from_web:
            return _fetched(name)
        raise LostFileError(name)

    def _local(self, name: str) -> Path | None:
        """The file itself, or one in the media folder whose path ends the same."""
        folders = [folder.resolve() for folder in (self.beside, self.media) if folder]
        tails = [Path(name.lstrip("/"))]
        while len(tails[-1].parts) > 1:
            tails.append(Path(*tails[-1].parts[1:]))
        candidates = [Path(name)] if Path(name).is_absolute() else []
        candidates += [folder / tail for tail in tails for folder in folders]
        for candidate in candidates:
            path = candidate.resolve()
            # A record must not be able to carry in whatever else lies on the machine.
            if path.is_file() and any(path.is_relative_to(folder) for folder in folders):
                return path
        return None


def _fetched(address: str) -> ContentFile:
    limit = max(settings.NEWS_PICTURE_MAX_BYTES, settings.NEWS_ATTACHMENT_MAX_BYTES)
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310  (http only)
            content = answer.read(limit + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise LostFileError(f"{address} ({type(error).__name__})") from None
    return ContentFile(content, Path(urlsplit(address).path).name)
