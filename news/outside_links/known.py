"""What is known of addresses, by the address."""

import hashlib
from collections.abc import Collection
from urllib.parse import urldefrag

from news.models import OutsideLink


def key_of(address: str) -> str:
    """The part after "#" is the browser's business."""
    return hashlib.sha256(urldefrag(address).url.encode()).hexdigest()


def dead_among(addresses: Collection[str]) -> dict[str, str]:
    """Address → what happened, for those known to be dead; one query."""
    keys = {key_of(address): address for address in addresses}
    if not keys:
        return {}
    dead = OutsideLink.objects.filter(key__in=keys, outcome=OutsideLink.Outcome.DEAD)
    return {keys[link.key]: link.problem_said for link in dead}
