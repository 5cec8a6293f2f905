"""Moving in and out: nothing doubled, nothing silently lost, old addresses lead on."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment, Department
from news import attachments, revisions, translations
from news.models import Article, Attachment, ImportedRecord, Page, Picture, Section
from portal import pages
from portal.moving import letters
from tests.factories import ArticleFactory, CommentFactory, PictureFactory, SectionFactory
from tests.news.documents import PDF, sent
from tests.news.hostile import encoded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"


def run(*arguments, fails=False, **options):
    """What the command printed; with ``fails``, its complaint too."""
    out = io.StringIO()
    if fails:
        with pytest.raises(CommandError) as complaint:
            call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
        return out.getvalue() + str(complaint.value)
    try:
        call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
    except CommandError as error:
        raise AssertionError(out.getvalue()) from error
    return out.getvalue()


def lines(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def record(number=1, **changes):
    return {
        "kind": "article", "key": f"old-{number}", "section": "district",
        "published_at": f"2018-10-{number:02}T09:30:00",
        "headline": {"ru": f"Новость {number}"}, "body": {"ru": "<p>Текст новости.</p>"},
    } | changes  # fmt: skip


@pytest.fixture(autouse=True)
def _section():
    SectionFactory()


# --- the portal's own lines ---


def test_a_second_run_adds_nothing_and_changes_nothing(tmp_path):
    source = lines(tmp_path / "a.jsonl", record(1), record(2))
    run("import_news", source)
    Article.objects.filter(headline_ru="Новость 1").update(lead_ru="Дописано у нас")
    assert "article there already: 2" in run("import_news", source)
    assert Article.objects.count() == 2
    assert Article.objects.get(headline_ru="Новость 1").lead_ru == "Дописано у нас"


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(tmp_path):
    source = lines(tmp_path / "a.jsonl", record(1), record(2, published_at="30 февраля"))
    said = run("import_news", source, dry_run=True, fails=True)
    assert "article taken: 1" in said
    assert "line 2: This is no moment" in said
    assert not Article.objects.exists()
    assert not ImportedRecord.objects.exists()


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ('{"kind": "article"', "line 2: The line is not JSON"),
        ('{"kind": "article", "key": "1", "body": {}}', "Missing fields: headline, published_at."),
        ("[]", "an object is expected"),
        (json.dumps(record(2, published_at=None)), "has no date"),
        (json.dumps(record(2, headline={"de": "Neu"})), "unknown languages: de"),
        (json.dumps(record(2, body={})), "line 2"),
        (json.dumps(record(2, headlin="x")), "Unknown fields: headlin"),
        (json.dumps(record(2, headline={"ru": "х" * 300})), "line 2"),
        (json.dumps({"kind": "poem", "key": "1"}), "Unknown kind"),
    ],
)
def test_a_bad_record_is_set_aside_with_its_reason_and_the_rest_goes_on(
    tmp_path, broken, complaint
):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(record(1))}\n{broken}\n{json.dumps(record(3))}\n")
    said = run("import_news", str(path), fails=True)
    assert complaint in said
    assert "Records set aside: 1." in said
    assert Article.objects.count() == 2


def test_hostile_html_is_cleaned_on_the_way_in(tmp_path):
    body = {"ru": '<p onclick="x()">Текст<script>alert(1)</script></p>'}
    run("import_news", lines(tmp_path / "a.jsonl", record(1, body=body)))
    assert Article.objects.get().body_ru == "<p>Текст</p>"


def test_no_file_outside_the_source_is_carried_in(tmp_path):
    (tmp_path / "secret.png").write_bytes(encoded("PNG"))
    (tmp_path / "source").mkdir()
    pictures = [{"key": "p", "file": "../secret.png"}]
    source = lines(tmp_path / "source" / "a.jsonl", record(1, pictures=pictures))
    assert "../secret.png" in run("import_news", source)
    assert not Picture.objects.exists()


def test_an_article_the_portal_has_is_reported_and_not_doubled(tmp_path):
    moment = timezone.now().replace(microsecond=0) - timedelta(days=1)
    ArticleFactory(headline_ru="Новость 1", published_at=moment)
    source = lines(tmp_path / "a.jsonl", record(1, published_at=moment.isoformat()))
    assert "Duplicates, not taken: 1" in run("import_news", source)
    assert Article.objects.count() == 1


def test_imported_languages_stand_in_the_ledger_and_count_for_no_speed(tmp_path, press, client):
    """When an old portal's translation was ready nobody knows: that is not how fast we are."""
    both = record(
        1,
        headline={"kk": "Жаңа мектеп", "ru": "Школа"},
        body={"kk": "<p>Мәтін</p>", "ru": "<p>Т</p>"},
    )
    run("import_news", lines(tmp_path / "a.jsonl", both, record(2)))
    article = Article.objects.get(headline_kk="Жаңа мектеп")
    states = {code: s.state.value for code, s in translations.standings(article).items()}
    assert states == {"kk": "complete", "ru": "complete", "en": "missing"}
    assert article.translations.count() == 2
    before = translations.texts_of(article)
    article.body_kk = "<p>Түзетілді</p>"
    article.save()
    translations.follow(article, before)
    assert not article.translations.filter(complete_at__isnull=False).exists()
    article.refresh_from_db()
    assert article.outdated_ru
    client.force_login(press)
    board = client.get(reverse("admin:news_article_languages"), {"kk": "missing"}).text
    assert "Новость 2" in board
    assert "Жаңа мектеп" not in board


# --- letters ---


def test_letters_decoded_with_the_wrong_table_are_mended_and_reported(tmp_path):
    right = "В районе открылась новая школа"
    wrong = right.encode().decode("cp1251", errors="ignore")
    assert letters.is_broken(wrong)
    said = run("import_news", lines(tmp_path / "a.jsonl", record(1, headline={"ru": wrong})))
    assert "mended (mojibake)" in said or "decoded wrongly" in said
    assert not letters.is_broken(right)
    assert letters.mended("Бұқар жырау".encode().decode("cp1252", errors="ignore"))


def test_a_latin_i_in_a_kazakh_word_becomes_the_kazakh_letter(tmp_path):
    headline = {"kk": "Жаңа мектепте iс-шара өттi"}
    said = run(
        "import_news", lines(tmp_path / "a.jsonl", record(1, headline=headline, body=headline))
    )
    assert "Latin letters mended: iс → іс, өттi → өтті" in said
    assert Article.objects.get().headline_kk == "Жаңа мектепте іс-шара өтті"


# --- other portals ---

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>Школа открыта</title><link>https://old.example/2018/10/school/</link>
<dc:creator>Пресс-служба</dc:creator><guid>https://old.example/?p=17</guid>
<content:encoded><![CDATA[Первый абзац.

Второй <img src="/wp-content/uploads/2018/10/a.png" alt="Школа"> абзац.]]></content:encoded>
<excerpt:encoded><![CDATA[Кратко]]></excerpt:encoded>
<wp:post_id>17</wp:post_id><wp:post_date>2018-10-30 09:30:00</wp:post_date>
<wp:post_date_gmt>2018-10-30 03:30:00</wp:post_date_gmt><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>
<category domain="category" nicename="district"><![CDATA[Район]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>18</wp:meta_value></wp:postmeta>
</item>
<item><title>a</title><wp:post_id>18</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://old.example/wp-content/uploads/2018/10/b.png</wp:attachment_url></item>
<item><title>Корзина</title><wp:post_id>19</wp:post_id><wp:post_type>post</wp:post_type>
<wp:status>trash</wp:status></item>
</channel></rss>"""


def test_a_wordpress_export_with_its_pictures_and_addresses(client, tmp_path):
    (tmp_path / "site.xml").write_text(WXR, encoding="utf-8")
    media = tmp_path / "files" / "uploads" / "2018" / "10"
    media.mkdir(parents=True)
    (media / "a.png").write_bytes(encoded("PNG"))
    (media / "b.png").write_bytes(encoded("PNG"))
    said = run("import_news", str(tmp_path / "site.xml"), media=tmp_path / "files", fails=True)
    assert "post 19" in said
    assert "picture taken: 2" in said
    article = Article.objects.get()
    assert article.published_at.isoformat() == "2018-10-30T03:30:00+00:00"
    assert (article.lead_ru, article.byline_ru) == ("Кратко", "Пресс-служба")
    assert article.body_ru.startswith("<p>Первый абзац.</p><p>Второй")
    assert "data-picture" in article.body_ru
    assert Picture.objects.count() == 2
    assert article.main_picture
    for old in ("/2018/10/school/", "/2018/10/school", "/?p=17"):
        response = client.get(old)
        assert response.status_code == 301
        assert response.url.endswith(article.get_absolute_url("ru")[3:])


def test_a_lost_picture_is_reported_and_the_article_taken(tmp_path):
    (tmp_path / "site.xml").write_text(WXR, encoding="utf-8")
    said = run("import_news", str(tmp_path / "site.xml"), fails=True)
    assert "uploads/2018/10/b.png" in said
    assert "data-record" not in Article.objects.get().body_ru


def test_feeds(tmp_path):
    (tmp_path / "rss.xml").write_text(
        """<rss version="2.0"><channel><item><title>Жаңа мектеп</title>
        <link>https://old.example/1</link><description>&lt;p&gt;Мәтін&lt;/p&gt;</description>
        <pubDate>Tue, 30 Oct 2018 09:30:00 +0600</pubDate></item></channel></rss>"""
    )
    (tmp_path / "atom.xml").write_text(
        """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:2</id><title>Школа</title>
        <link href="https://old.example/2"/><updated>2018-10-31T09:30:00+06:00</updated>
        <content type="html">&lt;p&gt;Текст&lt;/p&gt;</content></entry></feed>"""
    )
    run("import_news", str(tmp_path / "rss.xml"), section="district")
    run("import_news", str(tmp_path / "atom.xml"), section="district")
    assert Article.objects.get(headline_kk="Жаңа мектеп").body_kk == "<p>Мәтін</p>"
    assert Article.objects.get(headline_ru="Школа").body_ru == "<p>Текст</p>"


def test_a_table_written_by_a_spreadsheet(tmp_path):
    path = tmp_path / "news.csv"
    path.write_text(
        "key;section;published_at;headline_kk;body_kk;headline_ru;body_ru\n"
        "1;Новости района;30.10.2018 09:30;Мектеп;<p>Мәтін</p>;Школа;<p>Текст</p>\n",
        encoding="utf-8-sig",
    )
    run("import_news", str(path))
    article = Article.objects.get()
    assert (article.headline_kk, article.headline_ru, article.section.slug) == (
        "Мектеп", "Школа", "district",
    )  # fmt: skip


def test_saved_pages_by_selectors(client, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "17.html").write_bytes(
        '<meta charset="windows-1251"><link rel="canonical" href="https://old.example/view.php?id=17">'
        '<h1>Школа открыта</h1><i class="d">Опубликовано 30.10.2018, 09:30</i>'
        '<div class="t"><p>Текст</p><script>x()</script></div>'.encode("cp1251")
    )
    (pages / "empty.html").write_text("<p>ничего</p>")
    selectors = tmp_path / "selectors.json"
    selectors.write_text(
        '{"headline": "h1", "body": ".t", "date": ".d", "address": "link[rel=canonical]"}'
    )
    said = run(
        "import_news", str(pages), selectors=selectors, section="district", format="html",
        fails=True,
    )  # fmt: skip
    assert "empty.html" in said
    article = Article.objects.get()
    assert article.body_ru == "<p>Текст</p>"
    assert client.get("/view.php?id=17").status_code == 301
    assert client.get("/view.php?id=18").status_code == 404


# --- round trip ---


def test_export_into_an_empty_portal_gives_the_same_portal(tmp_path):
    picture, in_text = PictureFactory(), PictureFactory(caption_ru="Подпись")
    first = ArticleFactory(
        english=True, main_picture=picture, byline_ru="Автор",
        body_ru=f'<p>До.</p><img data-picture="{in_text.pk}"><p>После.</p>',
    )  # fmt: skip
    first.gallery.create(picture=in_text, position=1)
    attachments.store(
        Attachment(article=first, title_kk="Қаулы", title_ru="Постановление"),
        attachments.accept(sent(PDF)),
    )
    second = ArticleFactory(withdrawn=True)
    third = ArticleFactory(comments_state="read_only", comments_message_ru="Только чтение")
    for other in (third, second):  # the later number first
        first.related.add(other)
    note = revisions.record(third, by=None)
    third.corrections.create(
        note_kk="Күні түзетілді", note_ru="Исправлена дата", before=note, after=note
    )
    page = Page.objects.get(pk="privacy")
    page.body_ru = "<p>Наши слова.</p>"
    page.save()
    ArticleFactory(draft=True)
    ArticleFactory(published_at=timezone.now() + timedelta(days=1))
    question = CommentFactory(article=first, status="approved")
    office = Department.objects.create(name_kk="Бөлім", name_ru="Отдел")
    CommentFactory(
        article=first, parent=question, kind="official", department=office, status="approved"
    )
    CommentFactory(article=first, text="Никем не одобрено")

    run("export_news", str(tmp_path / "one"))
    before = (tmp_path / "one" / "records.jsonl").read_text()
    assert "Никем не одобрено" not in before
    addresses = sorted(article.get_absolute_url() for article in Article.objects.readable())
    Comment.objects.filter(parent__isnull=False).delete()
    for model in (Comment, Department, Article, Picture, Section, Page):
        model.objects.all().delete()
    pages.create_missing()
    run("import_news", str(tmp_path / "one"))
    assert sorted(article.get_absolute_url() for article in Article.objects.all()) == addresses
    assert Comment.objects.filter(kind="official").get().parent.text == question.text
    assert Page.objects.get(pk="privacy").body_ru == "<p>Наши слова.</p>"
    run("export_news", str(tmp_path / "two"))
    assert (tmp_path / "two" / "records.jsonl").read_text() == before
    ArticleFactory()  # the database gives numbers beyond those that were carried in


def test_an_unfinished_export_is_not_taken_for_a_good_one(tmp_path):
    (tmp_path / "records.jsonl.part").write_text("{}")
    with pytest.raises(CommandError):
        call_command("import_news", str(tmp_path))
