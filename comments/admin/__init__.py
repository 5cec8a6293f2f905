"""What moderators and the answer desk see; each page registers itself."""

from comments.admin import answers, identities, letters, people, queue, rules, switch

__all__ = ["answers", "identities", "letters", "people", "queue", "rules", "switch"]
