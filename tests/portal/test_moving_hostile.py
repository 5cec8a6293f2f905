"""Broken, hostile and merely old files: what can be taken is taken, the rest is said."""

import json
import re

import pytest

from news.models import Article, ImportedRecord, Page, Picture, Section
from portal.moving import letters
from portal.moving.sources import json_lines
from tests.factories import SectionFactory
from tests.news import documents
from tests.news.hostile import encoded, png_claiming
from tests.portal.test_moving import lines, record, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    SectionFactory()


def item(number, title):
    return (
        f"<item><title>{title}</title><link>https://old.example/{number}</link>"
        f"<pubDate>Tue, 30 Oct 2018 09:{number:02}:00 +0500</pubDate>"
        "<description>Текст новости.</description></item>"
    )


def feed(*items, head='<?xml version="1.0"?>'):
    return f"{head}<rss><channel>{''.join(items)}</channel></rss>"


def taken(path, **options):
    said = run("import_news", str(path), section="district", **options)
    return said, list(
        Article.objects.order_by("published_at").values_list("headline_ru", flat=True)
    )


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("head", [BOMB, OUTSIDE, f"<!--{'x' * 200_000}-->{BOMB}"])
def test_a_file_with_entities_of_its_own_is_not_read(tmp_path, head, encoding):
    source = tmp_path / "feed.xml"
    source.write_text(feed(item(1, "&a;"), head=head), encoding=encoding)
    said = run("import_news", str(source), format="feed", section="district", fails=True)
    assert "defines entities of its own" in said
    assert not Article.objects.exists()


def test_an_article_about_entities_is_read(tmp_path):
    source = tmp_path / "feed.xml"
    source.write_text(feed(item(1, "<![CDATA[Что такое <!ENTITY]]>")))
    assert len(taken(source)[1]) == 1


def test_forbidden_characters_and_broken_bytes_cost_one_letter_and_no_record(tmp_path):
    source = tmp_path / "feed.xml"
    text = feed(item(1, "Перв\x0bая"), item(2, "Вторая"), item(3, "Третья"))
    source.write_bytes(text.encode().replace("Вторая".encode(), b"\xd0\x92\xff\xfe"))
    said, headlines = taken(source)
    assert headlines == ["Первая", "В\ufffd\ufffd", "Третья"]
    assert "Letters to look at: 1" in said


@pytest.mark.parametrize("encoding", ["windows-1251", "kz1048", "utf-8-sig", "utf-16"])
def test_tables_of_office_programs_are_read_in_their_own_letters(tmp_path, encoding):
    source = tmp_path / "table.csv"
    kazakh = "Жаңа мектеп ашылды" if encoding != "windows-1251" else "Мектеп"
    source.write_text(
        "key;published_at;headline_kk;body_kk;headline_ru;body_ru\r\n"
        f"1;30.10.2018 09:30;{kazakh};<p>Мектеп.</p>;Новая школа;<p>Текст.</p>\r\n",
        encoding=encoding,
    )
    _said, headlines = taken(source)
    assert headlines == ["Новая школа"]
    assert Article.objects.get().headline_kk == kazakh


@pytest.mark.parametrize("declared", ["", '<meta charset="windows-1251">'])
def test_a_saved_page_without_utf8_is_read(tmp_path, declared):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "1.html").write_bytes(
        f"{declared}<h1>Бұқар жырау ауданы</h1><div>Жаңа көпір ашылды.</div>".encode("kz1048")
    )
    selectors = tmp_path / "selectors.json"
    selectors.write_text(json.dumps({"headline": "h1", "body": "div"}))
    said = run(
        "import_news", str(tmp_path / "old"), section="district", selectors=selectors, fails=True
    )
    assert "has no date" in said
    (tmp_path / "old" / "1.html").write_bytes(
        f"{declared}<h1>Бұқар жырау ауданы</h1><b>30.10.2018</b><div>Жаңа көпір</div>".encode(
            "kz1048"
        )
    )
    selectors.write_text(json.dumps({"headline": "h1", "body": "div", "date": "b"}))
    run("import_news", str(tmp_path / "old"), section="district", selectors=selectors)
    assert Article.objects.get().headline_kk == "Бұқар жырау ауданы"


WRONG = [
    {"key": 5},
    {"section": ["district"]},
    {"number": "x"},
    {"number": 10**30},
    {"number": True},
    {"old_addresses": "/a"},
    {"gallery": [1]},
    {"pictures": {"a": 1}},
    {"pictures": [{"key": "a"}]},
    {"pictures": [{"key": "a", "file": "a", "focus": ["x", 1]}]},
    {"attachments": [{"file": 1}]},
    {"kind": ["article"]},
    {"headline": {"ru": "x" * 500}},
    {"video_url": "javascript:alert(1)"},
    {"key": "a\0b"},
    {"status": "live"},
    {"comments_state": "sometimes"},
    {"corrections": [{"note": {"ru": "x"}, "made_at": "вчера"}]},
    {"updated_at": 10**400},
]


@pytest.mark.parametrize("changes", WRONG, ids=[str(sorted(one))[2:-2] for one in WRONG])
def test_values_of_the_wrong_kind_cost_their_record_alone(tmp_path, changes):
    source = lines(tmp_path / "a.jsonl", record(1) | changes, record(2))
    said = run("import_news", source, fails=True)
    assert "line 1: " in said
    assert Article.objects.get().headline_ru == "Новость 2"


def test_lines_without_end_or_sense_cost_themselves_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "LONGEST", 2000)
    source = tmp_path / "a.jsonl"
    good = json.dumps(record(3))
    source.write_bytes(
        b"\xff\xfe\n" + b'"' + b"x" * 9000 + b'"\n' + b"[" * 1500 + b"\n{}\n[]\n" + good.encode()
    )
    said = run("import_news", str(source), fails=True)
    for number, problem in ((1, "UTF-8"), (2, "longer than"), (3, ""), (4, ""), (5, "no record")):
        assert f"line {number}: " in said
        assert problem in said
    assert Article.objects.get().headline_ru == "Новость 3"


def test_nesting_without_end_is_set_aside(tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_text("[" * 200_000 + "\n" + json.dumps(record(1)))
    assert "line 1: " in run("import_news", str(source), fails=True)
    assert Article.objects.count() == 1


def test_bombs_are_lost_files_and_the_rest_goes_on(tmp_path):
    """A picture of billions of pixels, a document of gigabytes: neither is unpacked."""
    for name, content in {
        "huge.png": png_claiming(50_000, 50_000), "bomb.docx": documents.BOMB,
        "sound.png": encoded("PNG"), "sound.docx": documents.DOCX,
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    pictures = [{"key": name, "file": f"{name}.png"} for name in ("huge", "sound")]
    attachments = [
        {"file": f"{name}.docx", "title": {"ru": "Приложение"}} for name in ("bomb", "sound")
    ]
    source = lines(
        tmp_path / "a.jsonl",
        record(1, pictures=pictures, gallery=["huge", "sound"], attachments=attachments),
        record(2),
    )
    said = run("import_news", source)
    assert "article taken: 2" in said
    lost = said.partition("Files that were not found or not taken: 2\n")[2].splitlines()
    assert lost[0].startswith("  line 1: huge.png: ")
    assert lost[1].startswith("  line 1: bomb.docx: ")
    article = Article.objects.get(headline_ru="Новость 1")
    assert article.gallery.count() == 1
    assert article.attachments.count() == 1
    assert Picture.objects.count() == 1


def test_a_dry_run_knows_what_its_earlier_records_would_have_made(tmp_path):
    (tmp_path / "a.jpg").write_bytes(encoded())
    comment = {
        "kind": "comment", "key": "c1", "article": "old-1", "author_name": "Айгүл",
        "text": "Рақмет!", "language": "kk", "created_at": "2018-10-31T10:00:00",
    }  # fmt: skip
    picture = {"kind": "picture", "key": "p", "file": "a.jpg", "alt": {"ru": "Школа"}}
    source = lines(
        tmp_path / "a.jsonl",
        picture,
        record(1, section="Новый раздел", main_picture="p"),
        record(2, section="Новый раздел", key="old-2"),
        record(2, section="Новый раздел", key="the same again"),
        comment,
        {"kind": "related", "article": "old-1", "related": ["old-2"]},
    )
    dry = run("import_news", source, dry_run=True)
    for model in (Article, Picture, ImportedRecord):
        assert not model.objects.exists()
    assert Section.objects.count() == 1
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert not [path for path in (tmp_path / "private").rglob("*") if path.is_file()]
    real = run("import_news", source)
    # Numbers that were given and taken back are not given again.
    dry, real = (re.sub(r"No\. \d+", "No. …", said) for said in (dry, real))
    assert dry == "Nothing was kept: this was a dry run.\n" + real
    assert "Duplicates, not taken: 1" in real
    assert "section taken: 1" in real


def test_what_editors_wrote_on_a_page_is_not_written_over(tmp_path):
    source = lines(
        tmp_path / "a.jsonl",
        {"kind": "page", "slug": "privacy", "title": {"ru": "Данные"}, "body": {"ru": "<p>А</p>"}},
    )
    Page.objects.filter(pk="privacy").update(body_ru="<p>Слова редакции</p>")
    assert "page left as the portal has it: 1" in run("import_news", source)
    assert Page.objects.get(pk="privacy").body_ru == "<p>Слова редакции</p>"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Жаңа мектеп ашылды", "kk"),
        ("В районе прошли отчётно-выборные собрания партии «Нұр Отан», выступил аким.", "ru"),
        ("Состоялось собрание первичных организаций партии «Нұр Отан» района", "ru"),
        ("Қоғам", "kk"),
        ("A new bridge", "en"),
    ],
)
def test_a_kazakh_name_makes_no_russian_text_kazakh(text, language):
    assert letters.language_of(text) == language
