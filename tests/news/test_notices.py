"""Templates of recurring notices."""

import pytest
from django.urls import reverse

from news.languages import LANGUAGES
from news.models import Article, NoticeTemplate
from news.notices import TEXTS
from tests.factories import SectionFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:news_noticetemplate_changelist")
ADD = reverse("admin:news_noticetemplate_add")


@pytest.fixture
def water():
    template = NoticeTemplate.objects.create(
        section=SectionFactory(),
        name_kk="Су өшіру",
        name_ru="Отключение воды",
        headline_kk="{day} {place} су болмайды",
        headline_ru="{day} {place} не будет воды",
        body_kk="<p>Сағат {at} бастап. Анықтама: {phone}. {unknown}</p>",
        body_ru="<p>С {at}. Справки: {phone}.</p>",
    )
    for position, (code, kind, kk, ru) in enumerate(
        (("day", "date", "Күні", "День"), ("place", "words", "Қайда", "Где"),
         ("at", "time", "Сағат", "Час"), ("phone", "same", "Телефон", "Телефон"))
    ):  # fmt: skip
        template.blanks.create(code=code, kind=kind, label_kk=kk, label_ru=ru, position=position)
    return template


def write(template):
    return reverse("admin:news_noticetemplate_write", args=[template.pk])


ANSWERS = {
    "day": "2026-12-01", "place_kk": "Ботақарада", "place_ru": "в Ботакаре",
    "at": "09:30", "phone": "2-11-08 <b>",
}  # fmt: skip


def test_a_notice_is_written_in_every_language_by_answering_questions(client, press, water):
    client.force_login(press)
    assert write(water) in client.get(LIST).text
    page = client.get(write(water)).text
    assert "Қайда, Қазақша" in page
    assert 'type="date"' in page
    response = client.post(write(water), ANSWERS)
    article = Article.objects.get()
    assert response.url == reverse("admin:news_article_change", args=[article.pk])
    assert article.headline_ru == "1 декабря 2026 г. в Ботакаре не будет воды"
    assert article.headline_kk.endswith("Ботақарада су болмайды")
    assert "желтоқсан" in article.headline_kk
    assert article.body_ru == "<p>С 09:30. Справки: 2-11-08 &lt;b&gt;.</p>"
    assert "{unknown}" in article.body_kk
    assert (article.status, article.created_by, article.section) == (
        "draft",
        press,
        water.section,
    )
    assert article.revisions.count() == 1
    assert article.headline_en in ("", None)


def test_what_is_missing_or_too_long_is_said_and_the_rest_stays(client, press, water):
    client.force_login(press)
    page = client.post(write(water), ANSWERS | {"day": "когда-нибудь", "place_ru": ""})
    assert page.context["form"].errors.keys() == {"day", "place_ru"}
    assert "Ботақарада" in page.text
    page = client.post(write(water), ANSWERS | {"place_kk": "ж" * 200})
    assert page.context["form"].non_field_errors().as_data()[0].code == "too_long"
    assert not Article.objects.exists()


def test_only_who_writes_articles_writes_notices(client, moderator, water):
    client.force_login(moderator)
    assert client.get(write(water)).status_code == 403


def form(**changes):
    data = {
        "name_kk": "Жол", "name_ru": "Дорога", "name_en": "", "section": SectionFactory().pk,
        **{f"{text}_{code}": "" for text in TEXTS for code in LANGUAGES},
        "blanks-TOTAL_FORMS": "1", "blanks-INITIAL_FORMS": "0",
        "blanks-0-code": "road", "blanks-0-label_kk": "Жол", "blanks-0-label_ru": "Дорога",
        "blanks-0-label_en": "", "blanks-0-kind": "words", "blanks-0-position": "1",
    }  # fmt: skip
    return data | changes


def test_the_list_leads_officers_to_writing_and_editors_to_the_template_too(
    client, press, editor, water
):
    templates = reverse("admin:news_noticetemplate_changelist")
    change = reverse("admin:news_noticetemplate_change", args=[water.pk])
    for officer, is_linked in ((press, False), (editor, True)):
        client.force_login(officer)
        page = client.get(templates).text
        assert f'"{write(water)}"' in page
        assert (f'"{change}"' in page) == is_linked


def test_editors_keep_the_templates(client, editor, press):
    client.force_login(press)
    assert client.get(ADD).status_code == 403
    client.force_login(editor)
    assert client.get(ADD).status_code == 200
    assert client.post(ADD, form(headline_ru="Закрыта {road}")).status_code == 302
    template = NoticeTemplate.objects.get()
    assert [blank.code for blank in template.blanks.all()] == ["road"]


def test_a_template_cannot_name_a_place_that_nobody_is_asked_for(client, editor):
    client.force_login(editor)
    page = client.post(ADD, form(headline_ru="Закрыта {road} до {until}"))
    assert "{until}" in str(page.context["inline_admin_formsets"][0].formset.non_form_errors())
    page = client.post(ADD, form(**{"blanks-0-code": "Дорога"}))
    assert page.status_code == 200
    assert not NoticeTemplate.objects.exists()
