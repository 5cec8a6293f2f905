from django.db import migrations, models

import comments.receipt_codes


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_fill_receipt_codes")]

    operations = [
        migrations.AlterField(
            model_name="comment",
            name="receipt_code",
            field=models.CharField(
                default=comments.receipt_codes.new_receipt_code,
                editable=False,
                max_length=12,
                unique=True,
            ),
        ),
    ]
