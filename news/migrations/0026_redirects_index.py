from django.db import migrations, models

from news.operations import AddIndexWhileServing


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('news', '0025_preview_links'),
    ]

    operations = [
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('redirect_to__isnull', False)), fields=['redirect_to'], name='news_redirects'),
        ),
        AddIndexWhileServing(
            model_name='editorialdecision',
            index=models.Index(condition=models.Q(('change__isnull', False)), fields=['change'], name='news_of_change'),
        ),
    ]
