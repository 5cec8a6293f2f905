"""The press office's admin pages; importing them registers them."""

from news.admin import articles, pages, pictures, sections

__all__ = ["articles", "pages", "pictures", "sections"]
