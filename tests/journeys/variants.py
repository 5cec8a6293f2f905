"""Which pages are looked at under which conditions: every pair of two conditions occurs."""

import re

from django.utils import timezone

from news.models import Alert, ArticlePicture
from portal.comfort import SETTINGS, Comfort
from tests.factories import ArticleFactory, CommentFactory, DepartmentFactory, local

LANGUAGES = ("kk", "ru", "en")
WIDTHS = (320, 360, 1280)
ZOOMS = ("100", "200")
# The usual colours by day and by night, then the versions for the visually impaired.
APPEARANCES = ("light", "dark", *[name for name in SETTINGS["scheme"] if name != "standard"])
# What else may be chosen takes turns.
EXTRAS = (
    {},
    {"letters": "widest", "lines": "wide"},
    {"face": "serif", "pictures": "grey"},
    {"pictures": "off", "face": "sans", "motion": "off"},
)
LONG_WORD = "Қанағаттандырылмағандықтарыңыздан"
TABLE = (
    "<h2>Кесте</h2><table><caption>Оқушылар</caption><thead><tr><th>Ауыл</th><th>Оқушы</th></tr>"
    '</thead><tbody><tr><td><a href="https://www.gov.kz/">Ботақара</a></td><td>300</td></tr></tbody>'
    "</table><h3>Мәжіліс</h3><blockquote><p>Балалар қуанды.</p></blockquote><ul><li>бір</li></ul>"
)


def conditions(page_number: int, appearance_number: int) -> tuple[str, int, str, dict[str, str]]:
    """Language, width, zoom and extras of one look at one page."""
    k, a = page_number, appearance_number
    return (
        LANGUAGES[(k + a) % 3],
        WIDTHS[(k + 2 * a) % 3],
        ZOOMS[(k + a // 2) % 2],
        EXTRAS[(k + a) % 4],
    )


def is_looked_at(page_number: int, appearance_number: int) -> bool:
    """Every page by day and by night; of the other schemes each sees every second page."""
    return appearance_number < 2 or (page_number // 2 + appearance_number) % 2 == 0


def comfort_of(appearance: str, zoom: str, extras: dict[str, str]) -> Comfort:
    scheme = appearance if appearance in SETTINGS["scheme"] else "standard"
    return Comfort(zoom=zoom, scheme=scheme, **extras)


def public_pages(article) -> list[str]:
    """One page of every kind, as addresses without their language; fills what they need."""
    article.body_kk += TABLE + f"<p>{LONG_WORD}</p>"
    article.body_ru += TABLE
    article.headline_kk = f"{LONG_WORD}: {article.headline_kk}"[:180]
    article.save()
    ArticlePicture.objects.create(article=article, picture=article.main_picture)
    public, _other = CommentFactory.create_batch(2, article=article, status="approved")
    answer = {"kind": "official", "department": DepartmentFactory(), "text": "https://gov.kz/"}
    CommentFactory(article=article, parent=public, language="ru", status="approved", **answer)
    waiting = CommentFactory(article=article)
    receipt = re.sub("^/../", "/", waiting.get_receipt_url())
    text = {"text_kk": "Су қысымы төмен болуы мүмкін.", "text_ru": "Возможен слабый напор воды."}
    Alert.objects.create(level="minor", ends_at=local(2099, 1, 1), **text)
    ArticleFactory(only_ru=True, published_at=local(2018, 10, 30))
    withdrawn = ArticleFactory(withdrawn=True, published_at=local(2018, 10, 30))
    here = re.sub("^/../", "/", article.get_absolute_url("kk"))
    day = timezone.localtime(article.published_at)
    return [
        "/",
        "/news/",
        "/news/district/",
        f"/news/{day:%Y/%m}/",
        "/news/2018/",
        here,
        f"{here}comments/",
        f"{here}pictures/1/",
        re.sub("^/../", "/", withdrawn.get_absolute_url("kk")),
        receipt,
        f"{receipt}correct/",
        f"{receipt}erase/",
        f"/c/{public.pk}/report/",
        "/r/",
        "/preferences/?scheme=night&zoom=150",
        "/pages/privacy/",
        "/search/?q=мектеп",
        "/search/?q=жоқнәрсе",
        "/nothing/",
    ]
