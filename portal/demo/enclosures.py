"""What goes with some of the demo's articles: galleries, a picture within the text, a document."""

import io
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from news import attachments, share_picture
from news.models import Article, ArticlePicture, Attachment, Picture

# main picture of the newest article that gets it -> what stands in its gallery
GALLERIES = {
    "concert_dombra": ["yurt_festival", "concert_dombra", "horse_race", "market_fair", "library"],
    "water_tower": ["water_tower", "village_street", "river_nura", "bridge"],
}
WITHIN_THE_TEXT = {"village_street": "road_works"}
CAPTIONS = {
    "yurt_festival": ("Мереке күні", "В день праздника", "On the day of the festival"),
    "road_works": ("Жол жұмыстары", "Дорожные работы", "Road works"),
}
DOCUMENT = ("Бюджет жобасы", "Проект бюджета", "Draft budget")
SIGNATORY = ("Аудан әкімінің аппараты", "Аппарат акима района", "Office of the district's akim")
LANGUAGES = ("kk", "ru", "en")


def add(drawn: dict[str, Picture]) -> None:
    for name, captions in CAPTIONS.items():
        Picture.objects.filter(pk=drawn[name].pk).update(**_in_languages("caption", captions))
    for main, names in GALLERIES.items():
        article = _newest(drawn[main])
        ArticlePicture.objects.bulk_create(
            ArticlePicture(article=article, picture=drawn[name], position=position)
            for position, name in enumerate(names, start=1)
        )
    for main, name in WITHIN_THE_TEXT.items():
        article = _newest(drawn[main])
        for language in article.languages:
            first, end, rest = getattr(article, f"body_{language}").partition("</p>")
            picture = f'<img data-picture="{drawn[name].pk}">'
            setattr(article, f"body_{language}", f"{first}{end}{picture}{rest}")
        article.save()
    _document(_newest(drawn["akimat_building"]))


def _newest(main_picture: Picture) -> Article:
    return Article.objects.published().filter(main_picture=main_picture).newest_first()[0]


def _document(article: Article) -> None:
    attachment = Attachment(
        article=article,
        issued_on=min(timezone.localdate(article.published_at), date.today()),
        **_in_languages("title", DOCUMENT),
        **_in_languages("signatory", SIGNATORY),
    )
    page = Image.open(io.BytesIO(share_picture.draw(DOCUMENT[1], DOCUMENT[0], "", SIGNATORY[1])))
    content = io.BytesIO()
    page.convert("RGB").save(content, "PDF")
    attachments.store(attachment, attachments.accept(ContentFile(content.getvalue())))


def _in_languages(field: str, texts: tuple[str, str, str]) -> dict[str, str]:
    return {f"{field}_{language}": text for language, text in zip(LANGUAGES, texts, strict=True)}
