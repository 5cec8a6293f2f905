"""A press officer at the change page: languages side by side, nothing typed is ever lost."""

import re
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from news.models import Article
from tests.factories import ArticleFactory, SectionFactory

PASTED = Path(__file__).parent.parent / "news" / "pasted"


@pytest.fixture(autouse=True)
def _section(_roles):
    SectionFactory()


def open_change_page(page, article):
    page.goto(f"/admin/news/article/{article.pk}/change/")
    expect(page.locator("form[data-kept]")).to_be_attached()


def write(page, language, words):
    page.click(f"#tab-{language}")
    page.frame_locator(f"#panel-{language} iframe").locator("body").click()
    expect(page.locator(f"#cke_id_body_{language}")).to_contain_class("cke_focus")
    page.keyboard.type(words)


def is_kept(page):
    """What is typed reaches the browser's store a moment later."""
    expect(page.locator("form[data-kept=typed]")).to_be_attached()


def save(page):
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def leave(page):
    """Close the tab as people do who have lost their patience."""
    context = page.context
    page.close()
    return context.new_page()


def test_a_stale_translation_is_found_and_mended(sign_in):
    article = ArticleFactory(draft=True)
    page = sign_in("Press officers", "press")
    open_change_page(page, article)
    page.click("#tab-ru")
    page.fill("[name=headline_ru]", "Школу откроют в пятницу")
    save(page)
    expect(page.locator("#tab-kk")).to_have_attribute("data-state", "outdated")
    expect(page.locator("#tab-kk .state")).to_have_text("устарел")

    page.goto("/admin/news/article/languages/")
    page.get_by_role("link", name="устарел: 1").first.click()
    page.locator("a.is-outdated").click()
    expect(page.locator("#panel-kk .differences ins")).to_contain_text("пятницу")
    page.fill("[name=headline_kk]", "Мектеп жұмада ашылады")
    save(page)
    expect(page.locator("#tab-kk")).to_have_attribute("data-state", "complete")
    page.goto("/admin/news/article/languages/?kk=outdated")
    expect(page.locator("a.is-outdated")).to_have_count(0)


def test_two_languages_stand_beside_each_other_and_the_choice_is_remembered(sign_in):
    article = ArticleFactory(draft=True)
    page = sign_in("Press officers", "press", width=1440)
    open_change_page(page, article)
    page.click("#tab-kk")
    expect(page.locator("#panel-ru")).not_to_be_visible()
    page.select_option(".language-beside select", "ru")
    for language in ("kk", "ru"):
        expect(page.locator(f"#panel-{language} [name=headline_{language}]")).to_be_visible()
    left, right = (page.locator(f"#panel-{code}").bounding_box() for code in ("ru", "kk"))
    assert left["x"] + left["width"] <= right["x"]
    page.reload()
    expect(page.locator("#panel-ru [name=headline_ru]")).to_be_visible()
    page.set_viewport_size({"width": 900, "height": 900})
    expect(page.locator("#panel-ru [name=headline_ru]")).not_to_be_visible()


def test_without_scripts_each_language_says_how_it_stands(sign_in):
    article = ArticleFactory(draft=True, only_ru=True)
    page = sign_in("Press officers", "press", javascript=False)
    page.goto(f"/admin/news/article/{article.pk}/change/")
    standing = page.locator("[data-language=kk] .standing-line")
    expect(standing).to_contain_text("нет")
    page.fill("[name=headline_kk]", "Жаңа мектеп")
    save(page)
    expect(standing).to_contain_text("для публикации нужны: текст")


def test_a_closed_tab_costs_no_word(sign_in):
    article = ArticleFactory(draft=True)
    page = sign_in("Press officers", "press")
    open_change_page(page, article)
    page.click("#tab-kk")
    page.fill("[name=lead_kk]", "Ертең ашылады.")
    write(page, "kk", "Жаңа сөйлем. ")
    is_kept(page)
    page = leave(page)
    open_change_page(page, article)
    offer = page.locator("#kept")
    expect(offer).to_contain_text("Лид, Қазақша")
    expect(offer.locator("time")).to_contain_text("только что")
    offer.get_by_role("button", name="Вернуть").click()
    expect(offer).not_to_be_visible()
    save(page)
    article.refresh_from_db()
    assert article.lead_kk == "Ертең ашылады."
    assert "Жаңа сөйлем." in article.body_kk
    open_change_page(page, article)
    expect(page.locator("#kept")).not_to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('typed:'))") == []


def test_what_was_kept_may_be_discarded(sign_in):
    article = ArticleFactory(draft=True)
    page = sign_in("Press officers", "press")
    open_change_page(page, article)
    page.click("#tab-kk")
    page.fill("[name=lead_kk]", "Ертең ашылады.")
    is_kept(page)
    page = leave(page)
    open_change_page(page, article)
    page.locator("#kept").get_by_role("button", name="Не нужно").click()
    expect(page.locator("[name=lead_kk]")).to_have_value(article.lead_kk)
    page.reload()
    expect(page.locator("form[data-kept]")).to_be_attached()
    expect(page.locator("#kept")).not_to_be_visible()


def type_an_article(page):
    page.goto("/admin/news/article/add/")
    expect(page.locator("form[data-kept]")).to_be_attached()
    page.select_option("[name=section]", label="Новости района")
    page.click("#tab-ru")
    page.fill("[name=headline_ru]", "Мост открыт")
    write(page, "ru", "Мост строили два года.")


def give_password(page):
    page.fill("input[name=username]", "press")
    page.fill("input[name=password]", "secret")
    page.click("#login-form [type=submit]")
    expect(page.locator("#logout-form")).to_be_attached()


def is_saved():
    article = Article.objects.get()
    return (article.headline_ru, article.body_ru) == (
        "Мост открыт",
        "<p>Мост строили два года.</p>",
    )


def test_a_session_that_ends_while_somebody_types_costs_no_word(sign_in):
    page = sign_in("Press officers", "press")
    type_an_article(page)
    Session.objects.all().delete()
    page.click("[name=_continue]")
    expect(page.get_by_text("Мост строили два года.")).to_be_visible()
    assert not Article.objects.exists()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Войдите").click()
    give_password(opened.value)
    page.get_by_role("button", name="отправьте").click()
    page.get_by_role("button", name="Отправить ещё раз").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert is_saved()
    expect(page.locator("form[data-kept]")).to_be_attached()
    expect(page.locator("#kept")).not_to_be_visible()


def test_whoever_signs_in_again_elsewhere_is_offered_what_was_typed(sign_in):
    page = sign_in("Press officers", "press")
    type_an_article(page)
    Session.objects.all().delete()
    is_kept(page)
    page = leave(page)
    page.goto("/admin/news/article/add/")
    give_password(page)
    page.locator("#kept").get_by_role("button", name="Вернуть").click()
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert is_saved()


def test_an_open_page_notices_the_end_of_the_session_and_saves_after_a_new_sign_in(sign_in):
    article = ArticleFactory(draft=True)
    page = sign_in("Press officers", "press")
    page.clock.install()
    open_change_page(page, article)
    page.click("#tab-kk")
    page.fill("[name=lead_kk]", "Ертең ашылады.")
    Session.objects.all().delete()
    page.clock.run_for(21_000)
    link = page.locator("#others").get_by_role("link", name="Войдите")
    with page.expect_popup() as opened:
        link.click()
    give_password(opened.value)
    page.clock.run_for(21_000)
    expect(page.locator("#others")).not_to_be_visible()
    save(page)
    article.refresh_from_db()
    assert article.lead_kk == "Ертең ашылады."


@pytest.mark.parametrize("javascript", [True, False])
def test_two_officers_in_one_article(sign_in, javascript):
    article = ArticleFactory(draft=True)
    press = sign_in("Press officers", "press", javascript=javascript)
    editor = sign_in("Editors", "editor", javascript=javascript)
    for page in (press, editor):
        page.goto(f"/admin/news/article/{article.pk}/change/")
    expect(editor.locator("#others")).to_contain_text("press")

    def change(page, language, name, text):
        if javascript:
            page.click(f"#tab-{language}")
        page.fill(f"[name={name}_{language}]", text)

    change(press, "ru", "headline", "Школу откроют в пятницу")
    change(press, "kk", "lead", "Баспасөздің лиді.")
    save(press)
    change(editor, "ru", "headline", "Школу откроют в субботу")
    change(editor, "kk", "byline", "Д.Ахметова")
    editor.click("[name=_continue] >> nth=-1")
    conflict = editor.locator(".conflict")
    expect(conflict).to_contain_text("Лид, Қазақша")
    expect(conflict.locator("fieldset")).to_have_count(1)
    expect(conflict.locator("ins")).to_contain_text(["субботу", "пятницу"])
    expect(editor.locator("[name=headline_ru]")).to_have_value("Школу откроют в субботу")
    expect(editor.locator("[name=lead_kk]")).to_have_value("Баспасөздің лиді.")
    article.refresh_from_db()
    assert (article.headline_ru, article.byline_kk) == ("Школу откроют в пятницу", "Г.Әбілқасымова")

    conflict.get_by_role("radio", name="Их вариант").check()
    conflict.locator("[type=submit]").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    article.refresh_from_db()
    assert article.headline_ru == "Школу откроют в пятницу"
    assert article.lead_kk == "Баспасөздің лиді."
    assert article.byline_kk == "Д.Ахметова"


def test_a_failed_save_keeps_what_was_typed(sign_in):
    page = sign_in("Press officers", "press")
    page.goto("/admin/news/article/add/")
    expect(page.locator("form[data-kept]")).to_be_attached()
    page.click("#tab-ru")
    page.fill("[name=headline_ru]", "Мост открыт")
    page.click("[name=_continue]")
    expect(page.locator(".field-section .errorlist")).to_be_visible()
    expect(page.locator("[name=headline_ru]")).to_have_value("Мост открыт")
    expect(page.locator("form[data-kept]")).to_be_attached()
    page = leave(page)
    page.goto("/admin/news/article/add/")
    page.locator("#kept").get_by_role("button", name="Вернуть").click()
    page.click("#tab-ru")
    expect(page.locator("[name=headline_ru]")).to_have_value("Мост открыт")


def test_leaving_by_a_link_with_something_unsaved_asks_first(sign_in):
    article = ArticleFactory()
    page = sign_in("Editors", "editor")
    open_change_page(page, article)
    page.click("#tab-kk")
    page.fill("[name=lead_kk]", "Ертең ашылады.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Отозвать…").click()
    expect(page.locator("body.decision")).to_be_attached()
    assert asked == ["beforeunload"]
    open_change_page(page, article)
    page.locator("#kept").get_by_role("button", name="Вернуть").click()
    expect(page.locator("[name=lead_kk]")).to_have_value("Ертең ашылады.")


def open_empty_text(sign_in):
    article = ArticleFactory(draft=True, body_ru="")
    page = sign_in("Press officers", "press")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_change_page(page, article)
    page.click("#tab-ru")
    page.frame_locator("#panel-ru iframe").locator("body").click()
    expect(page.locator("#cke_id_body_ru")).to_contain_class("cke_focus")
    return article, page, page.frame_locator("#panel-ru iframe").locator("body")


def is_clean(article, page, editor, kept):
    for leftover in ("[style]", "[class^=Mso]", "font", "span", "div", "h1"):
        expect(editor.locator(leftover)).to_have_count(0)
    save(page)
    article.refresh_from_db()
    for words in kept:
        assert words in article.body_ru
    for leftover in ("style=", "Mso", "<span", "<o:p", "javascript", "·", "file:"):
        assert leftover not in article.body_ru


def test_what_is_copied_from_a_page_is_pasted_clean(sign_in):
    article, page, editor = open_empty_text(sign_in)
    elsewhere = page.context.new_page()
    html = (PASTED / "web_page.html").read_text(encoding="utf-8")
    # The test's browser asks nobody outside, not even for the pictures of another site.
    elsewhere.set_content(re.sub(r"<img[^>]*>|<script.*?</script>|<iframe.*?</iframe>", "", html))
    elsewhere.keyboard.press("Control+A")
    elsewhere.keyboard.press("Control+C")
    elsewhere.close()
    page.bring_to_front()
    page.keyboard.press("Control+V")
    expect(editor).to_contain_text("кітапхана")
    kept = ["Жаңа мектеп</strong></p>", "<h2>Не болады</h2>", "кітапхана</li>"]
    is_clean(article, page, editor, kept)


def test_what_is_copied_from_word_is_pasted_clean(sign_in):
    article, page, editor = open_empty_text(sign_in)
    # As Word puts it on the clipboard; copied from a page Chromium would write it anew.
    html = (PASTED / "word.html").read_text(encoding="utf-8")
    editor.evaluate(
        """(body, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            const options = { clipboardData, bubbles: true, cancelable: true };
            body.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        html,
    )
    expect(editor).to_contain_text("Гагарин")
    kept = ["<h2>План работ</h2>", "<li>улица Мира;</li>", "на сайте</a>", "<td>"]
    is_clean(article, page, editor, kept)
