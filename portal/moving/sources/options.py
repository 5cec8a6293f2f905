from dataclasses import dataclass, field
from pathlib import Path

from portal.moving.records import Record


@dataclass(frozen=True)
class Options:
    """What an operator says about a source."""

    section: str = ""  # for records that name none
    language: str = ""  # of texts whose source has one language; empty: told by their letters
    selectors: Path | None = None  # for saved pages


@dataclass
class Found:
    """One record of a source, or why it could not be read; ``place`` finds it there again."""

    place: str
    record: Record | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)
