"""A press officer writes, an editor publishes, a reader finds what was typed."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.factories import ArticleFactory, SectionFactory

WRITTEN = {
    "kk": {
        "headline": "Ауылда жаңа көпір ашылды",
        "lead": "Өзен арқылы өтетін жол қысқарды.",
        "body": ["Көпірді салуға екі жыл кетті.", "Ғимараттың ұзындығы — сексен метр."],
        "byline": "Г.Әбілқасымова",
        "alt": "Өзен үстіндегі жаңа көпір",
    },
    "ru": {
        "headline": "В селе открыли новый мост",
        "lead": "Дорога через реку стала короче.",
        "body": ["Мост строили два года.", "Его длина — восемьдесят метров."],
        "byline": "Г.Абилкасымова",
        "alt": "Новый мост над рекой",
    },
    "en": {
        "headline": "A new bridge has opened",
        "lead": "The way across the river is shorter now.",
        "body": ["It took two years to build.", "The bridge is eighty metres long."],
        "byline": "G. Abilkasymova",
        "alt": "The new bridge over the river",
    },
}


@pytest.fixture(autouse=True)
def _section(_roles):
    SectionFactory()


def test_from_a_bare_headline_to_the_public_page(sign_in, open_page, photograph):
    press = sign_in("Press officers", "press")
    start_with_a_headline(press)
    write_everything(press)
    upload_a_picture(press, photograph)
    see_the_previews(press)
    send_for_review(press)
    address = publish_now(sign_in("Editors", "editor"))
    reader = open_page(javascript=False)
    reader.goto(address)
    for language in ("kk", "ru", "en"):
        reader.locator(f".languages a[hreflang={language}]").click()
        reads(reader, language)


def test_what_the_toolbar_makes_is_what_readers_get(sign_in):
    article = ArticleFactory(draft=True, body_ru="")
    page = sign_in("Press officers", "press")
    page.goto(f"/admin/news/article/{article.pk}/change/")
    open_tab(page, "ru")
    put_the_cursor_into_the_text(page, "ru")
    make_a_block(page, "blockquote", "Ждём всех")
    make_a_block(page, "bulletedlist", "утром", "вечером")
    make_a_link(page, "https://www.gov.kz/", "приказ")
    make_a_table(page, "Село")
    page.locator("[name=_preview][value=ru]").click()
    prose = page.locator(".prose")
    expect(prose.locator("blockquote")).to_have_text("Ждём всех")
    expect(prose.locator("ul li")).to_have_text(["утром", "вечером"])
    expect(prose.locator("a[href='https://www.gov.kz/']")).to_have_text("приказ")
    expect(prose.locator("table th").first).to_have_text("Село")
    expect(prose.locator("table tr")).to_have_count(3)


def test_a_scheduled_article_appears_when_its_moment_has_come(sign_in, open_page, clock):
    article = ArticleFactory(status="in_review", published_at=None)
    editor = sign_in("Editors", "editor")
    editor.goto(f"/admin/news/article/{article.pk}/publish/")
    expect(editor.locator(".field-moment .help")).to_contain_text("Asia/Almaty, UTC+05:00")
    editor.locator("[name=when][value=moment]").check()
    editor.fill("[name=moment_0]", "21.11.2026")
    editor.fill("[name=moment_1]", "08:00")
    editor.locator("#content-main form [type=submit]").click()
    expect(editor.locator(".messagelist .success")).to_contain_text("21 ноября 2026")
    article.refresh_from_db()

    reader = open_page(javascript=False)
    address = article.get_absolute_url("ru")
    assert reader.goto(address).status == 404
    reader.goto("/ru/")
    expect(reader.get_by_text(article.headline_ru)).to_have_count(0)
    clock.move_to(article.published_at - timedelta(seconds=20))
    assert reader.goto(address).status == 404
    clock.move_to(article.published_at)
    assert reader.goto(address).status == 200
    reader.goto("/ru/")
    expect(reader.get_by_role("link", name=article.headline_ru).first).to_be_visible()


# --- what the officers do ---


def test_the_editor_speaks_kazakh_to_those_who_work_in_kazakh(sign_in):
    article = ArticleFactory(draft=True)
    page = sign_in("Press officers", "press", locale="kk-KZ")
    page.goto(f"/admin/news/article/{article.pk}/change/")
    toolbar = page.locator("#panel-kk .cke_toolbox")
    expect(toolbar.get_by_role("button", name="Нөмірлі тізім")).to_be_visible()
    expect(toolbar.get_by_role("button", name="Кітапханадағы сурет")).to_be_visible()
    toolbar.get_by_role("button", name="Кесте").click()
    dialog = page.locator(".cke_dialog:visible")
    dialog.get_by_role("combobox", name="Тақырыптар").select_option(label="Бірінші жол")
    dialog.get_by_role("button", name="Жарайды").click()
    expect(dialog).to_have_count(0)
    toolbar.get_by_role("button", name="Сілтеме", exact=True).click()
    expect(dialog.get_by_role("textbox", name="Көрсетілетін мәтін")).to_be_visible()
    dialog.get_by_role("button", name="Бас тарту").click()


def start_with_a_headline(page):
    """Save a draft that has nothing but a section and a Russian headline."""
    page.locator("a[href='/admin/news/article/add/']").first.click()
    page.select_option("[name=section]", label="Новости района")
    open_tab(page, "ru")
    page.fill("[name=headline_ru]", "Мост")
    save(page)
    expect(page).to_have_url(re.compile(r"/admin/news/article/\d+/change/$"))
    expect(page.locator("[name=headline_ru]")).to_have_value("Мост")
    expect(page.locator("#tab-ru")).to_have_attribute("data-state", "incomplete")
    expect(page.locator("#tab-kk")).to_have_attribute("data-state", "missing")


def write_everything(page):
    for language, text in WRITTEN.items():
        open_tab(page, language)
        for field in ("headline", "lead", "byline"):
            page.fill(f"[name={field}_{language}]", text[field])
        write_body(page, language, text["body"])
        expect(page.locator(f"#tab-{language}")).to_have_attribute("data-state", "complete")


def write_body(page, language, paragraphs):
    """In the editor, as people do: two paragraphs, the second with a bold beginning."""
    put_the_cursor_into_the_text(page, language)
    page.keyboard.type(paragraphs[0])
    page.keyboard.press("Enter")
    page.locator(f"#panel-{language} .cke_button__bold").click()
    first, rest = paragraphs[1].split(" ", 1)
    page.keyboard.type(first)
    page.locator(f"#panel-{language} .cke_button__bold").click()
    page.keyboard.type(f" {rest}")


def put_the_cursor_into_the_text(page, language):
    page.frame_locator(f"#panel-{language} iframe").locator("body").click()
    expect(page.locator(f"#cke_id_body_{language}")).to_contain_class("cke_focus")


def make_a_block(page, button, *lines):
    page.click(f"#panel-ru .cke_button__{button}")
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # on an empty line: the block ends


def make_a_link(page, address, text):
    page.click("#panel-ru .cke_button__link")
    dialog = page.locator(".cke_dialog:visible")
    dialog.get_by_role("textbox", name="Отображаемый текст").fill(text)
    dialog.get_by_role("textbox", name="Ссылка", exact=True).fill(address)
    dialog.locator(".cke_dialog_ui_button_ok").click()
    expect(dialog).to_have_count(0)
    page.keyboard.press("End")  # the new link is selected: a new line would replace it
    page.keyboard.press("Enter")


def make_a_table(page, first_cell):
    page.click("#panel-ru .cke_button__table")
    dialog = page.locator(".cke_dialog:visible")
    dialog.get_by_role("combobox", name="Заголовки").select_option("row")
    dialog.locator(".cke_dialog_ui_button_ok").click()
    expect(dialog).to_have_count(0)
    page.keyboard.type(first_cell)


def upload_a_picture(page, photograph):
    with page.expect_popup() as opened:
        page.click("#add_id_main_picture")
    popup = opened.value
    file = {"name": "мост.jpg", "mimeType": "image/jpeg", "buffer": photograph}
    popup.set_input_files("[name=file]", file)
    for language, text in WRITTEN.items():
        popup.fill(f"[name=alt_{language}]", text["alt"])
    with popup.expect_event("close"):
        popup.click("[name=_save]")
    expect(page.locator(".field-picture_shown img")).to_be_visible()
    expect(page.locator("#select2-id_main_picture-container")).to_contain_text("Новый мост")


def see_the_previews(page):
    change_page = page.url
    for language in WRITTEN:
        page.locator(f"[name=_preview][value={language}]").click()
        expect(page.locator(".notice--preview")).to_be_visible()
        reads(page, language)
        page.locator(".notice--preview a").first.click()
        expect(page).to_have_url(change_page)
    expect(page.locator("[name=headline_ru]")).to_have_value(WRITTEN["ru"]["headline"])


def send_for_review(page):
    page.click("[name=_review]")
    page.fill("[name=note]", "Посмотрите, пожалуйста")
    page.locator("#content-main form [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".field-status_shown .readonly")).to_contain_text("на проверке")
    expect(page.locator("[name=_continue]")).to_be_visible()
    expect(page.locator("[name=_publish]")).to_have_count(0)
    assert page.goto(page.url.replace("/change/", "/publish/")).status == 403


def publish_now(page):
    page.locator("a[href='/admin/news/article/']").first.click()
    page.get_by_role("link", name=WRITTEN["ru"]["headline"]).click()
    page.click("[name=_publish]")
    expect(page.locator(".headlines")).to_contain_text(WRITTEN["kk"]["headline"])
    page.locator("[name=when][value=now]").check()
    page.locator("#content-main form [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return page.locator(".object-tools .viewsitelink").get_attribute("href")


def reads(page, language):
    text = WRITTEN[language]
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_text(text["headline"])
    expect(page.locator(".article .lead")).to_have_text(text["lead"])
    expect(page.locator(".prose p")).to_have_text(text["body"])
    expect(page.locator(".prose strong")).to_have_text(text["body"][1].split(" ")[0])
    expect(page.locator(".byline")).to_have_text(text["byline"])
    expect(page.locator(".figure img")).to_have_attribute("alt", text["alt"])


def open_tab(page, language):
    page.click(f"#tab-{language}")


def save(page):
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
