"""Sections, pictures, articles with what goes with them, and the decisions taken on them."""

from news.models.alerts import Alert
from news.models.articles import Article, ArticleText
from news.models.attachments import Attachment
from news.models.decisions import EditorialDecision
from news.models.gallery import ArticlePicture
from news.models.pages import Page
from news.models.pictures import Picture
from news.models.sections import Section
from news.search.documents import SearchDocument

__all__ = [
    "Alert",
    "Article",
    "ArticlePicture",
    "ArticleText",
    "Attachment",
    "EditorialDecision",
    "Page",
    "Picture",
    "SearchDocument",
    "Section",
]
