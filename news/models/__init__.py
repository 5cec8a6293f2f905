"""Sections, pictures, articles, and the editorial decisions taken on them."""

from news.models.articles import Article, ArticleText
from news.models.decisions import EditorialDecision
from news.models.pictures import Picture
from news.models.sections import Section

__all__ = ["Article", "ArticleText", "EditorialDecision", "Picture", "Section"]
