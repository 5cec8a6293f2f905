"""What an editor has arranged: an article pinned, one related to others, an alert in force."""

from datetime import timedelta

from django.utils import timezone

from news.models import Alert, Article


def arrange() -> None:
    now = timezone.now()
    newest = list(Article.objects.published(now).in_language("kk").in_language("ru")[:8])
    newest[0].related.set(newest[4:7])
    leader = next((article for article in newest[2:] if article.main_picture_id), newest[2])
    leader.pinned_until, leader.pinned_place = now + timedelta(days=60), 1
    leader.save(update_fields=["pinned_until", "pinned_place"])
    Alert.objects.create(
        level=Alert.Level.MINOR,
        text_kk="Ботақара кентінде су құбыры жөнделіп жатыр: су қысымы төмен болуы мүмкін.",
        text_ru="В посёлке Ботакара ремонтируют водопровод: возможен слабый напор воды.",
        text_en="The water main in Botakara is being repaired: water pressure may be low.",
        starts_at=now - timedelta(hours=3),
        ends_at=now + timedelta(days=60),
    )
