"""What officers paste: from Word, and from pages of other sites."""

from pathlib import Path

import pytest

from news.richtext import clean_html

PASTED = Path(__file__).parent / "pasted"


def cleaned(name):
    once = clean_html((PASTED / name).read_text(encoding="utf-8"))
    assert clean_html(once) == once
    return "".join(line.strip() for line in once.splitlines())


def test_a_text_from_word_keeps_what_it_says_and_nothing_of_how_word_sets_it():
    assert cleaned("word.html") == (
        "<h2>План работ</h2>"
        "<p><strong>Бұқар жырау ауданында</strong> начался <em>ремонт</em> дорог.</p>"
        "<ul><li>улица Мира;</li><li>улица Абая.</li></ul>"
        "<table><tbody><tr><td><p><strong>Село</strong></p></td><td><p>Километры</p></td></tr>"
        "<tr><td><p>Гагарин</p></td><td><p>4,5</p></td></tr></tbody></table>"
        '<p>Подробнее — <a href="https://www.gov.kz/plan" rel="noopener">на сайте</a>.</p>'
    )


def test_a_text_from_another_site_keeps_its_paragraphs_and_brings_no_stranger_along():
    assert cleaned("web_page.html") == (
        "<p>Жаңа мектеп</p><p>Ауылда үш жүз орындық мектеп ашылды.<br></p><h2>Не болады</h2>"
        "<ul><li><p>спорт залы</p></li><li>кітапхана</li></ul><p>Сурет: басқа сайттан</p>"
        "<p>Бөлісу</p>"
    )


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<div>Раз</div><div>Два</div>", "<p>Раз</p><p>Два</p>"),
        ("<div><p>Раз</p><h2>Два</h2></div>", "<p>Раз</p><h2>Два</h2>"),
        ('<p><a href="javascript:x()">Раз <strong>два</strong></a></p>',
         "<p>Раз <strong>два</strong></p>"),
        ("<p>·&nbsp;&nbsp; раз</p>", "<ul><li>раз</li></ul>"),
        ("<p>о том и о сём</p>", "<p>о том и о сём</p>"),
        ("<p>· раз</p>", "<p>· раз</p>"),
    ],
)  # fmt: skip
def test_boxes_dead_links_and_bullets(html, clean):
    assert clean_html(html) == clean
