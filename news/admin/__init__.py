"""The press office's admin pages; importing them registers them."""

from news.admin import articles, pictures, sections

__all__ = ["articles", "pictures", "sections"]
