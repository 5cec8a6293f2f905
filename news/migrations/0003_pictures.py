import django.core.validators
import django.db.models.deletion
import news.storage
import news.video
from django.db import migrations, models


def credit_in_kazakh(apps, schema_editor):
    """What was one column for all languages: the others fall back to it."""
    apps.get_model("news", "Picture").objects.update(credit_kk=models.F("credit"))


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0002_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='video_url',
            field=models.CharField(blank=True, max_length=200, help_text="The address of the video's own page; readers get a link to it.", validators=[news.video.validate_address], verbose_name='video'),
        ),
        migrations.AddField(
            model_name='picture',
            name='caption',
            field=models.CharField(blank=True, max_length=300, verbose_name='caption'),
        ),
        migrations.AddField(
            model_name='picture',
            name='caption_en',
            field=models.CharField(blank=True, max_length=300, null=True, verbose_name='caption'),
        ),
        migrations.AddField(
            model_name='picture',
            name='caption_kk',
            field=models.CharField(blank=True, max_length=300, null=True, verbose_name='caption'),
        ),
        migrations.AddField(
            model_name='picture',
            name='caption_ru',
            field=models.CharField(blank=True, max_length=300, null=True, verbose_name='caption'),
        ),
        migrations.AddField(
            model_name='picture',
            name='credit_en',
            field=models.CharField(blank=True, max_length=150, null=True, verbose_name='author of the picture'),
        ),
        migrations.AddField(
            model_name='picture',
            name='credit_kk',
            field=models.CharField(blank=True, max_length=150, null=True, verbose_name='author of the picture'),
        ),
        migrations.AddField(
            model_name='picture',
            name='credit_ru',
            field=models.CharField(blank=True, max_length=150, null=True, verbose_name='author of the picture'),
        ),
        migrations.AddField(
            model_name='picture',
            name='focus_x',
            field=models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='main point, from the left, %'),
        ),
        migrations.AddField(
            model_name='picture',
            name='focus_y',
            field=models.PositiveSmallIntegerField(default=50, help_text='What stays in sight where the picture is cropped: click on it.', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='main point, from above, %'),
        ),
        migrations.AddField(
            model_name='picture',
            name='is_decorative',
            field=models.BooleanField(default=False, help_text='It tells nothing: people who do not see it are told nothing of it.', verbose_name='decorative'),
        ),
        migrations.AddField(
            model_name='picture',
            name='original',
            field=models.FileField(blank=True, editable=False, storage=news.storage.private, upload_to=''),
        ),
        migrations.AddField(
            model_name='picture',
            name='recipe',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='picture',
            name='weight',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name='ArticlePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gallery', to='news.article', verbose_name='article')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='news.picture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'picture of the gallery',
                'verbose_name_plural': 'gallery',
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(storage=news.storage.private, upload_to='', verbose_name='file')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('odt', 'ODT')], editable=False, max_length=4, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='size')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_kk', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_ru', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_en', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='date of the document')),
                ('signatory', models.CharField(blank=True, max_length=150, verbose_name='signed by')),
                ('signatory_kk', models.CharField(blank=True, max_length=150, null=True, verbose_name='signed by')),
                ('signatory_ru', models.CharField(blank=True, max_length=150, null=True, verbose_name='signed by')),
                ('signatory_en', models.CharField(blank=True, max_length=150, null=True, verbose_name='signed by')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='news.article', verbose_name='article')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='articlepicture',
            constraint=models.UniqueConstraint(fields=('article', 'picture'), name='news_gallery_shows_each_picture_once', violation_error_message='This picture is in the gallery already.'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'docx', 'xlsx', 'odt'])), name='news_attachment_kind_is_known'),
        ),
        migrations.RunPython(credit_in_kazakh, migrations.RunPython.noop),
    ]
