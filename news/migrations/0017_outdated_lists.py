from django.db import migrations, models

from news.operations import AddIndexWhileServing


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('news', '0016_translations'),
    ]

    operations = [
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('outdated_kk', True)), fields=['-updated_at', '-id'], name='news_old_kk_edited'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('outdated_ru', True)), fields=['-updated_at', '-id'], name='news_old_ru_edited'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('outdated_en', True)), fields=['-updated_at', '-id'], name='news_old_en_edited'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('has_kk', True), ('outdated_kk', False)), fields=['-updated_at', '-id'], name='news_now_kk_edited'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('has_ru', True), ('outdated_ru', False)), fields=['-updated_at', '-id'], name='news_now_ru_edited'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('has_en', True), ('outdated_en', False)), fields=['-updated_at', '-id'], name='news_now_en_edited'),
        ),
    ]
