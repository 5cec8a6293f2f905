from django.db import migrations, models

from comments.articles import AddIndexWhileServing


class Migration(migrations.Migration):
    """The number of held comments is counted without looking at all that wait."""

    atomic = False

    dependencies = [("comments", "0010_appeal_marks")]

    operations = [
        AddIndexWhileServing(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("is_held", True), ("status", "pending")),
                fields=["id"],
                name="comments_held_of_all",
            ),
        ),
    ]
