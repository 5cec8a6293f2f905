"""Sections, pictures, articles with what goes with them, and the decisions taken on them."""

from news.models.alerts import Alert
from news.models.articles import Article, ArticleText
from news.models.attachments import Attachment
from news.models.corrections import Correction
from news.models.decisions import EditorialDecision
from news.models.figures import ArticleReads, MissedSearch
from news.models.gallery import ArticlePicture
from news.models.moving import ImportedRecord, OldAddress
from news.models.notices import NoticeBlank, NoticeTemplate
from news.models.outbox import OutgoingMail
from news.models.outside_links import LinkGathering, OutsideLink, OutsideLinkUse
from news.models.pages import Page
from news.models.picture_uses import PictureInText
from news.models.pictures import Picture
from news.models.preflight import PreflightNote
from news.models.prepared_changes import PreparedChange
from news.models.presence import Presence
from news.models.preview_links import PreviewLink
from news.models.revisions import ArticleRevision
from news.models.saved_lists import SavedList
from news.models.sections import Section
from news.models.staff import StaffLanguage
from news.models.translations import Translation
from news.search.documents import SearchDocument
from news.search.frequencies import SearchTerm

__all__ = [
    "Alert",
    "Article",
    "ArticlePicture",
    "ArticleReads",
    "ArticleRevision",
    "ArticleText",
    "Attachment",
    "Correction",
    "EditorialDecision",
    "ImportedRecord",
    "LinkGathering",
    "MissedSearch",
    "NoticeBlank",
    "NoticeTemplate",
    "OldAddress",
    "OutgoingMail",
    "OutsideLink",
    "OutsideLinkUse",
    "Page",
    "Picture",
    "PictureInText",
    "PreflightNote",
    "PreparedChange",
    "Presence",
    "PreviewLink",
    "SavedList",
    "SearchDocument",
    "SearchTerm",
    "Section",
    "StaffLanguage",
    "Translation",
]
