"""Believable rows; every language is given explicitly, because the plain name is never stored."""

from datetime import datetime, timedelta

import factory
from django.contrib.auth.models import Group, User
from django.utils import timezone

from comments.models import Comment, Department, Question
from news.models import Article, Picture, Section


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in the district's own time."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"officer{n}")
    is_staff = True
    password = factory.django.Password("secret")

    @factory.post_generation
    def role(self, create, name, **_kwargs):
        if name:
            self.groups.add(Group.objects.get(name=name))


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section
        django_get_or_create = ("slug",)

    slug = "district"
    title_kk = "Аудан жаңалықтары"
    title_ru = "Новости района"
    title_en = "District news"


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    file = factory.django.ImageField(width=1200, height=800, color="#5eafc4")
    alt_kk = "Дала үстіндегі таң"
    alt_ru = "Рассвет над степью"
    alt_en = "Dawn over the steppe"


class ArticleFactory(factory.django.DjangoModelFactory):
    """Published an hour ago in Kazakh and Russian, unless told otherwise."""

    class Meta:
        model = Article

    section = factory.SubFactory(SectionFactory)
    headline_kk = factory.Sequence(lambda n: f"Ауданда жаңа мектеп ашылды {n}")
    headline_ru = factory.Sequence(lambda n: f"В районе открылась новая школа {n}")
    lead_kk = "Мектепте үш жүз бала оқиды."
    lead_ru = "В школе будут учиться триста детей."
    body_kk = "<p>Мектептің салтанатты ашылуына ауыл тұрғындары жиналды.</p>"
    body_ru = "<p>На торжественное открытие школы собрались жители села.</p>"
    byline_kk = "Г.Әбілқасымова"
    byline_ru = "Г.Абилкасымова"
    status = Article.Status.PUBLISHED
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    updated_at = factory.SelfAttribute("published_at")

    class Params:
        draft = factory.Trait(status=Article.Status.DRAFT, published_at=None, updated_at=None)
        only_ru = factory.Trait(headline_kk="", lead_kk="", body_kk="", byline_kk="")
        only_kk = factory.Trait(headline_ru="", lead_ru="", body_ru="", byline_ru="")
        english = factory.Trait(
            headline_en="A new school has opened in the district",
            lead_en="Three hundred children will study there.",
            body_en="<p>Villagers came to the opening.</p>",
            byline_en="G. Abilkasymova",
        )
        withdrawn = factory.Trait(
            status=Article.Status.WITHDRAWN,
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawal_reason_kk="Деректер нақтыланып жатыр.",
            withdrawal_reason_ru="Данные уточняются.",
        )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("updated_at") is None:
            kwargs["updated_at"] = timezone.now()
        article = super()._create(model_class, *args, **kwargs)
        article.refresh_from_db()  # has_kk and its like are computed by the database
        return article


class CommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Comment

    article = factory.SubFactory(ArticleFactory)
    author_name = "Айгүл"
    text = "Рақмет, жақсы жаңалық!"
    language = "kk"
    sender_hash = "0" * 64


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Department

    name_kk = "Тұрғын үй бөлімі"
    name_ru = "Отдел жилищного хозяйства"


class QuestionFactory(factory.django.DjangoModelFactory):
    """With its department, to be answered within a week."""

    class Meta:
        model = Question

    comment = factory.SubFactory(CommentFactory, text="Су қашан болады?", status="approved")
    department = factory.SubFactory(DepartmentFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
