"""What a careful colleague would notice before an article goes out. It advises, people decide."""

from news.preflight.findings import Finding, examine
from news.preflight.notes import Preflight, answer, keep, of

__all__ = ["Finding", "Preflight", "answer", "examine", "keep", "of"]
