from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("news", "0008_fill_comments_state")]

    operations = [
        migrations.RemoveField(
            model_name="article",
            name="comments_open",
        ),
    ]
