import re
from datetime import timedelta

import html5lib
import pytest
from django.utils import timezone

from news.models import Article
from tests.factories import ArticleFactory, PictureFactory, SectionFactory
from tests.news.officers import decided, page, typed

Status = Article.Status
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def test_a_draft_may_be_saved_with_everything_missing_but_its_section(as_press, press):
    response = as_press.post(page("add"), typed(section=SectionFactory().pk))
    article = Article.objects.get()
    assert response.url == page("change", article)
    assert (article.status, article.created_by) == (Status.DRAFT, press)
    assert as_press.get(response.url).status_code == 200
    assert as_press.get(page("changelist")).status_code == 200


def test_a_draft_without_a_section_is_refused_at_the_field_and_keeps_its_text(as_press):
    response = as_press.post(page("add"), typed(headline_kk="Жаңа мектеп", section=""))
    assert response.context["adminform"].form.errors.keys() == {"section"}
    assert "Жаңа мектеп" in response.text


def test_a_headline_that_is_too_long_is_told_and_not_cut_off(as_press):
    long = "Ә" * 300
    form = as_press.get(page("add")).context["adminform"].form
    assert "maxlength" not in str(form["headline_kk"])
    response = as_press.post(page("add"), typed(section=SectionFactory().pk, headline_kk=long))
    assert response.context["adminform"].form.errors.keys() == {"headline_kk"}
    assert long in response.text


def test_texts_are_cleaned_on_saving(as_press):
    article = ArticleFactory(draft=True)
    body = (
        '<p onclick="x()">Сәлем<script>alert(1)</script> <b>әлем</b></p><iframe src="//x"></iframe>'
    )
    as_press.post(page("change", article), typed(article, body_kk=body, headline_kk="А\u202eБ"))
    article.refresh_from_db()
    assert article.body_kk == "<p>Сәлем <strong>әлем</strong></p>"
    assert article.headline_kk == "АБ"


def test_nul_bytes_are_refused_at_the_field(as_press):
    article = ArticleFactory(draft=True)
    response = as_press.post(page("change", article), typed(article, headline_kk="а\0б"))
    assert response.context["adminform"].form.errors.keys() == {"headline_kk"}


def test_fields_that_only_verbs_change_are_not_read_from_the_form(as_press):
    article = ArticleFactory(draft=True)
    as_press.post(
        page("change", article),
        typed(
            article,
            status=Status.PUBLISHED,
            published_at="2018-10-30",
            published_at_0="2018-10-30",
            published_at_1="10:00:00",
            withdrawal_reason_kk="жоқ",
            created_by="1",
        ),
    )
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    assert article.published_at is None
    assert article.withdrawal_reason_kk in ("", None)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_press_may_change_what_is_not_public(as_press, status):
    article = ArticleFactory(draft=True, status=status)
    as_press.post(page("change", article), typed(article, headline_ru="Новый заголовок"))
    article.refresh_from_db()
    assert article.headline_ru == "Новый заголовок"


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"published_at": timezone.now() + timedelta(days=3)},
        {"withdrawn": True},
        {"status": Status.REMOVED},
    ],
    ids=["published", "scheduled", "withdrawn", "removed"],
)
def test_press_reads_but_does_not_change_what_an_editor_decided_on(as_press, what):
    article = ArticleFactory(**what)
    shown = as_press.get(page("change", article))
    assert shown.status_code == 200
    assert 'name="headline_kk"' not in shown.text
    assert 'name="_continue"' not in shown.text
    changed = as_press.post(page("change", article), typed(article, headline_kk="Басқа"))
    assert changed.status_code == 403
    article.refresh_from_db()
    assert article.headline_kk != "Басқа"


def test_the_question_of_a_correction_is_told_with_its_answers(client, editor):
    client.force_login(editor)
    found = html5lib.parse(
        client.get(page("change", ArticleFactory())).text, namespaceHTMLElements=False
    )
    (group,) = found.iterfind(".//*[@role='radiogroup']")
    assert group.get("aria-label")
    assert [radio.get("value") for radio in group.iter("input")] == ["no", "yes"]


def test_an_editor_may_correct_published_news_but_not_empty_a_required_language(as_editor):
    article = ArticleFactory()
    response = as_editor.post(
        page("change", article), typed(article, body_kk="<p>&nbsp;</p>", headline_ru=" ")
    )
    assert {"body_kk", "headline_ru"} <= response.context["adminform"].form.errors.keys()
    as_editor.post(
        page("change", article), typed(article, headline_ru="Исправлено", readers_know="no")
    )
    article.refresh_from_db()
    assert (article.headline_ru, article.has_kk) == ("Исправлено", True)


def test_news_that_came_in_with_one_language_only_may_be_corrected(as_editor):
    article = ArticleFactory(only_ru=True)
    as_editor.post(
        page("change", article), typed(article, headline_ru="Исправлено", readers_know="no")
    )
    article.refresh_from_db()
    assert article.headline_ru == "Исправлено"


def test_the_date_of_a_drafts_last_change_moves_only_with_the_content(as_editor):
    article = ArticleFactory(draft=True, body_kk="<p>Бір</p><ul><li>екі</li></ul>")
    before = article.updated_at
    reformatted = "<p>Бір</p>\r\n\r\n<ul>\r\n\t<li>екі</li>\r\n</ul>\r\n"
    as_editor.post(
        page("change", article), typed(article, body_kk=reformatted, comments_state="closed")
    )
    article.refresh_from_db()
    assert article.updated_at == before
    assert article.comments_state == "closed"
    as_editor.post(page("change", article), typed(article, main_picture=PictureFactory().pk))
    article.refresh_from_db()
    assert article.updated_at > before


def test_a_correction_before_the_moment_of_publication_does_not_count_as_an_update(as_editor):
    moment = timezone.now() + timedelta(days=1)
    article = ArticleFactory(published_at=moment)
    as_editor.post(page("change", article), typed(article, headline_ru="Исправлено"))
    article.refresh_from_db()
    assert article.updated_at == moment


def test_press_sends_a_draft_for_review_with_a_note(as_press, press):
    article = ArticleFactory(draft=True)
    response = as_press.post(page("change", article), typed(article, button="_review"))
    assert response.url == page("review", article)
    as_press.post(page("review", article), decided(article, note="Қараңызшы"))
    article.refresh_from_db()
    assert article.status == Status.IN_REVIEW
    decision = article.decisions.get()
    assert (decision.decided_by, decision.note) == (press, "Қараңызшы")
    again = as_press.post(page("change", article), typed(article, button="_review"), follow=True)
    assert article.decisions.count() == 1
    assert 'class="warning"' in again.text


def test_a_new_article_may_be_sent_for_review_or_previewed_at_once(as_press):
    section = SectionFactory().pk
    response = as_press.post(page("add"), typed(section=section, button="_review"))
    assert response.url == page("review", Article.objects.get())
    response = as_press.post(
        page("add"), typed(section=section, button="_preview", button_value="kk")
    )
    assert response.url == page("preview", Article.objects.latest("pk"), "kk")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_draft_is_seen_on_the_public_page_in_each_language(as_press, language):
    article = ArticleFactory(draft=True, english=True)
    response = as_press.post(
        page("change", article), typed(article, button="_preview", button_value=language)
    )
    response = as_press.get(response.url)
    assert response.status_code == 200
    assert getattr(article, f"headline_{language}") in response.text
    assert f'<html lang="{language}"' in response.text
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_an_empty_draft_can_be_previewed(as_press):
    article = ArticleFactory(draft=True, only_ru=True, headline_ru="", body_ru="")
    for language in ("kk", "ru", "en"):
        assert as_press.get(page("preview", article, language)).status_code == 200


def test_previews_of_unknown_languages_and_articles_are_not_found(as_press):
    article = ArticleFactory(draft=True)
    assert as_press.get(page("preview", article, "xx")).status_code == 404
    article.pk = 10**30
    assert as_press.get(page("preview", article, "kk")).status_code == 404


def test_inline_scripts_are_allowed_to_the_editor_alone(as_press):
    article = ArticleFactory(draft=True)
    policy = as_press.get(page("change", article))["Content-Security-Policy"]
    assert re.search(r"script-src 'self' 'unsafe-inline'", policy)
    assert "unsafe-eval" not in policy
    for other in (page("changelist"), "/admin/", "/admin/news/picture/add/"):
        assert "unsafe-inline" not in as_press.get(other)["Content-Security-Policy"]


def test_nobody_deletes_an_article(client, admin):
    client.force_login(admin)
    article = ArticleFactory(draft=True)
    assert client.post(page("delete", article), {"post": "yes"}).status_code == 403
    assert page("delete", article) not in client.get(page("change", article)).text


def test_the_change_page_shows_the_history_of_decisions(as_editor, editor):
    article = ArticleFactory(draft=True)
    as_editor.post(page("review", article), decided(article, note=""))
    response = as_editor.get(page("change", article))
    history = response.context["inline_admin_formsets"][-1]
    assert len(list(history)) == 1
    assert "decisions-0-note" not in response.text
    assert str(editor) in response.text


def test_tampering_with_the_history_changes_nothing(as_editor):
    article = ArticleFactory(draft=True)
    forged = {"decisions-TOTAL_FORMS": "1", "decisions-0-note": "forged"}
    as_editor.post(page("change", article), typed(article) | forged)
    assert not article.decisions.exists()


def test_moderators_meet_a_closed_door_on_every_page_of_news(client, moderator):
    client.force_login(moderator)
    article = ArticleFactory()
    picture = PictureFactory()
    addresses = [
        page("changelist"), page("add"), page("change", article), page("history", article),
        page("preview", article, "kk"), page("publish", article), page("withdraw", article),
        f"/admin/news/picture/{picture.pk}/change/", f"/admin/news/picture/{picture.pk}/thumbnail/",
        "/admin/news/picture/", "/admin/news/picture/add/", "/admin/news/section/",
    ]  # fmt: skip
    for address in addresses:
        assert client.get(address).status_code == 403, address
        assert client.post(address, {}).status_code == 403, address
    term = {"app_label": "news", "model_name": "article", "field_name": "main_picture"}
    assert client.get("/admin/autocomplete/", term).status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    article = ArticleFactory(draft=True)
    for address in (
        page("change", article),
        page("preview", article, "kk"),
        page("publish", article),
    ):
        assert "/login/" in client.get(address).url


def test_only_editors_keep_sections_and_an_address_never_changes(client, press, editor):
    section = SectionFactory()
    address = f"/admin/news/section/{section.pk}/change/"
    data = {"slug": "other", "title_kk": "Қоғам", "title_ru": "Общество", "position": "2"}
    client.force_login(press)
    assert client.post(address, data).status_code == 403
    client.force_login(editor)
    assert client.post(address, data).status_code == 302
    section.refresh_from_db()
    assert (section.slug, section.title_kk) == ("district", "Қоғам")
    response = client.post(
        "/admin/news/section/add/", {"slug": "2018", "title_kk": "", "position": "1"}
    )
    assert response.context["adminform"].form.errors.keys() == {"slug", "title_kk", "title_ru"}
