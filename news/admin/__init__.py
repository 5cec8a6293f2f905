"""The press office's admin pages; importing them registers them."""

from news.admin import alerts, articles, pages, pictures, sections

__all__ = ["alerts", "articles", "pages", "pictures", "sections"]
