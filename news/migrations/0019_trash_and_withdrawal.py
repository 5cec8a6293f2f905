from django.db import migrations, models

from news.operations import AddConstraintWhileServing, AddIndexWhileServing


class Migration(migrations.Migration):
    """What is in the trash needs no moment; public lists leave out what was withdrawn meanwhile."""

    atomic = False

    dependencies = [("news", "0018_prepared_changes")]

    operations = [
        migrations.RemoveConstraint(
            model_name='article',
            name='news_public_has_moment',
        ),
        AddConstraintWhileServing(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('draft', 'in_review', 'trashed')), ('published_at__isnull', False), _connector='OR'), name='news_public_has_moment', violation_error_message='A published article needs its moment of publication.'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(fields=['status', '-published_at', 'withdraws_at', 'has_kk', 'has_ru', 'has_en'], name='news_all_public'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(condition=models.Q(('withdraws_at__isnull', False)), fields=['withdraws_at'], name='news_withdraws'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(fields=['has_kk', 'status', '-published_at', '-id', 'withdraws_at'], name='news_kk_public'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(fields=['has_ru', 'status', '-published_at', '-id', 'withdraws_at'], name='news_ru_public'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(fields=['has_en', 'status', '-published_at', '-id', 'withdraws_at'], name='news_en_public'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(fields=['section', 'has_kk', 'status', '-published_at', '-id', 'withdraws_at'], name='news_kk_in_section'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(fields=['section', 'has_ru', 'status', '-published_at', '-id', 'withdraws_at'], name='news_ru_in_section'),
        ),
        AddIndexWhileServing(
            model_name='article',
            index=models.Index(fields=['section', 'has_en', 'status', '-published_at', '-id', 'withdraws_at'], name='news_en_in_section'),
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='news_kk_newest',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='news_ru_newest',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='news_en_newest',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='news_kk_section',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='news_ru_section',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='news_en_section',
        ),
        migrations.RemoveIndex(
            model_name='article',
            name='news_all_newest',
        ),
    ]
