import re

from django.db import migrations
from django.db.models import Q

LANGUAGES = ("kk", "ru", "en")
PICTURE = re.compile(r'<img data-picture="([1-9][0-9]{0,8})">')
BATCH = 200


def fill(apps, schema_editor):
    """Which pictures stand in the texts that are there already."""
    article = apps.get_model("news", "Article")._base_manager
    pictures = set(apps.get_model("news", "Picture")._base_manager.values_list("pk", flat=True))
    use = apps.get_model("news", "PictureInText")
    bodies = [f"body_{language}" for language in LANGUAGES]
    shown = Q()
    for body in bodies:
        shown |= Q(**{f"{body}__contains": "<img data-picture="})
    last = 0
    while rows := list(
        article.filter(shown, pk__gt=last).order_by("pk").values_list("pk", *bodies)[:BATCH]
    ):
        use._base_manager.bulk_create(
            (
                use(article_id=number, language=language, picture_id=picture)
                for number, *texts in rows
                for language, text in zip(LANGUAGES, texts, strict=True)
                for picture in sorted({int(found) for found in PICTURE.findall(text or "")})
                if picture in pictures
            ),
            ignore_conflicts=True,
        )
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("news", "0021_picture_uses")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
