"""The press office's admin pages; importing them registers them."""

from news.admin import (
    alerts,
    articles,
    missed_searches,
    notices,
    outbox,
    outside_links,
    pages,
    pictures,
    sections,
)

__all__ = [
    "alerts",
    "articles",
    "missed_searches",
    "notices",
    "outbox",
    "outside_links",
    "pages",
    "pictures",
    "sections",
]
