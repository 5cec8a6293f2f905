import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0015_reads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('source_language', models.CharField(max_length=2)),
                ('made_from', models.JSONField(default=dict)),
                ('outdated', models.JSONField(default=dict)),
                ('complete_at', models.DateTimeField(null=True)),
                ('outdated_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='article',
            name='outdated_en',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='outdated_kk',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='outdated_ru',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='article',
            name='source_language',
            field=models.CharField(choices=[('kk', 'Қазақша'), ('ru', 'Русский'), ('en', 'English')], db_default='ru', default='ru', help_text='The original; the other languages are its translations.', max_length=2, verbose_name='written first in'),
        ),
        migrations.AddField(
            model_name='translation',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='news.article'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(fields=('article', 'language'), name='news_translation_once'),
        ),
    ]
