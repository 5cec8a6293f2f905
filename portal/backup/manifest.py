"""The last file of a backup: what is in it, and the proof that it was finished."""

import hashlib
import io
import json
from typing import Any

from django.core.files.storage import Storage

from portal.backup import BackupError, places

NAME = "manifest.json"
FORMAT = 1


def write(place: Storage, moment: str, facts: dict[str, Any]) -> None:
    facts = {"format": FORMAT, **facts}
    text = json.dumps({**facts, "seal": _seal(facts)}, ensure_ascii=False, indent=1)
    places.flush(place)
    places.write(place, f"{moment}/{NAME}", io.BytesIO(text.encode()))
    places.flush(place)


def read(place: Storage, moment: str) -> dict[str, Any]:
    """A manifest that is whole; anything else is told why not."""
    try:
        with places.read(place, f"{moment}/{NAME}") as file:
            facts = json.loads(file.read())
        seal = facts.pop("seal")
    except FileNotFoundError:
        raise BackupError(f"The backup {moment} was interrupted: it has no {NAME}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError(f"The backup {moment} has a damaged {NAME}.") from None
    if seal != _seal(facts):
        raise BackupError(f"The {NAME} of the backup {moment} was changed after it was written.")
    if facts["format"] != FORMAT:
        raise BackupError(f"The backup {moment} is of format {facts['format']}, not {FORMAT}.")
    return facts


def moments(place: Storage) -> list[str]:
    """Backups that were begun, the oldest first."""
    return [name for name in places.folders(place) if name[:1].isdigit()]


def _seal(facts: dict[str, Any]) -> str:
    content = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
