"""What the rules look at, and what they answer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from comments.models import Burst, RuleVersion


@dataclass(frozen=True)
class Draft:
    """A comment on its way in; in a rehearsal, one that is long decided."""

    article_id: int
    author_name: str
    text: str
    sender_hash: str
    text_hash: str
    sent_at: datetime
    number: int | None = None  # once it is stored: it is not its own predecessor


class Fold(NamedTuple):
    """Under what comments that came together make one line of the queue."""

    kind: Burst.Kind
    subject: str


@dataclass(frozen=True)
class Finding:
    version: RuleVersion
    # (start, end) in the text, of a word list (start, end, line of the list).
    spans: list[tuple] = field(default_factory=list)
    fold: Fold | None = None
