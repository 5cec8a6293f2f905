import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0023_notices_and_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkGathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_article', models.BigIntegerField(default=0)),
                ('changed_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='OutsideLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=64, unique=True)),
                ('address', models.TextField(verbose_name='address')),
                ('outcome', models.CharField(choices=[('unknown', 'not asked yet'), ('alive', 'answers'), ('doubtful', 'did not answer the last time'), ('dead', 'dead')], default='unknown', max_length=10, verbose_name='state')),
                ('problem', models.CharField(blank=True, max_length=60, verbose_name='what happened')),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('failing_since', models.DateTimeField(null=True, verbose_name='failing since')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='asked')),
                ('due_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'outside link',
                'verbose_name_plural': 'outside links',
                'ordering': ('-failing_since', 'pk'),
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['outcome', '-failing_since'], name='news_links_by_outcome')],
            },
        ),
        migrations.CreateModel(
            name='OutsideLinkUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='news.article')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='news.outsidelink')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('article', 'language', 'link'), name='news_link_used_once')],
            },
        ),
    ]
