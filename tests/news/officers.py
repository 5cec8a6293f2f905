"""What an officer's browser sends."""

from django.urls import reverse

from news import revisions
from news.article_form import ARTICLE_TEXTS
from news.languages import LANGUAGES
from news.models import Article

INLINES = {
    f"{inline}-{count}_FORMS": "0"
    for inline in ("decisions", "gallery", "attachments")
    for count in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
}


def page(name: str, article: Article | None = None, *more) -> str:
    return reverse(f"admin:news_article_{name}", args=[article.pk, *more] if article else [])


def typed(article: Article | None = None, *, button: str = "_continue", **changes) -> dict:
    """The change form as it stands, with changes, sent by a button."""
    data = {**INLINES, button: changes.pop("button_value", "1"), "comments_state": "open"}
    for field in ARTICLE_TEXTS:
        for language in LANGUAGES:
            name = f"{field}_{language}"
            data[name] = (getattr(article, name) or "") if article else ""
    if article:
        data["section"] = article.section_id
        data["main_picture"] = article.main_picture_id or ""
        last = revisions.latest(article)
        data["revision"] = last.number if last else 0
    return data | changes


def decided(article: Article, **answers) -> dict:
    return {"status": article.status, **answers}
