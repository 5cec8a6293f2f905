from django.db import migrations

from comments.receipt_codes import new_receipt_code


def fill(apps, schema_editor):
    comments = apps.get_model("comments", "Comment").objects.filter(receipt_code=None)
    for comment in comments.only("pk").iterator():
        comment.receipt_code = new_receipt_code()
        comment.save(update_fields=["receipt_code"])


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_citizens_side")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
