from django.db import migrations


def fill(apps, schema_editor):
    apps.get_model("news", "Article").objects.filter(comments_open=False).update(
        comments_state="closed"
    )


def back(apps, schema_editor):
    apps.get_model("news", "Article").objects.exclude(comments_state="open").update(
        comments_open=False
    )


class Migration(migrations.Migration):
    dependencies = [("news", "0007_comments_state")]

    operations = [migrations.RunPython(fill, back)]
