"""What is the same for every reader of a language, made once for an edition of the site.

A page that has to be made anew finds here what it shares with all others: the sections, the alerts,
the month's days. Nothing personal, nothing of one address.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

from news import edition

MOST = 2000  # things; months and sections times languages are fewer
T = TypeVar("T")


class _Here:
    """What this process keeps, and the edition it belongs to."""

    key = ""
    things: dict[Hashable, Any] = {}


def keep(name: Hashable, make: Callable[[], T]) -> T:
    """The thing of this name; made anew where the site has changed since, be it by the clock."""
    if connection.in_atomic_block:  # sees what nobody else does
        return make()
    key = edition.current().key
    if not key:  # the store that tells of changes is away
        return make()
    if _Here.key != key:
        _Here.key, _Here.things = key, {}
    things = _Here.things
    if name in things:
        return things[name]
    if len(things) >= MOST:
        things.clear()
    things[name] = made = make()
    return made
