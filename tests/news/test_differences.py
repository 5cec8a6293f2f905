"""What a reader is shown between two texts."""

import re

import pytest

from news import differences

pytestmark = pytest.mark.django_db


def marked(html):
    """Without the words that only screen readers say."""
    return re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("в 9 часов", "в 10 часов", "в <del>9</del> <ins>10</ins> часов"),
        ("есть", "есть", "есть"),
        ("", "<b> & co", "<ins>&lt;b&gt; &amp; co</ins>"),
    ],
)
def test_words(before, after, shown):
    assert marked(differences.of_texts(before, after)) == shown


def test_a_paragraph_put_in_between_leaves_the_others_alone():
    shown = marked(
        differences.of_bodies("<p>Один.</p><p>Два.</p>", "<p>Один.</p><p>Новый.</p><p>Два.</p>")
    )
    assert shown == "<p>Один.</p><p><ins>Новый.</ins></p><p>Два.</p>"


def test_lists_tables_and_quotations_stay_what_they_are():
    body = (
        "<h2>Кесте</h2><ul><li>бір</li><li>екі</li></ul><blockquote><p>Сөз</p></blockquote>"
        "<table><tbody><tr><td>А</td><td>1</td></tr></tbody></table>"
    )
    shown = marked(differences.of_bodies(body, body.replace("екі", "үш").replace(">1<", ">2<")))
    assert "<ul><li>бір</li><li><del>екі</del> <ins>үш</ins></li></ul>" in shown
    assert "<blockquote><p>Сөз</p></blockquote>" in shown
    assert "<p>А | <del>1</del> <ins>2</ins></p>" in shown


def test_another_address_behind_the_same_words_is_written_out():
    before, after = (
        f'<p>Читайте <a href="https://{host}/">тут</a>.</p>' for host in ("a.kz", "b.kz")
    )
    shown = differences.of_bodies(before, after)
    assert "(https://a.kz/)" in shown
    assert "(https://b.kz/)" in shown


def test_nothing_of_a_text_becomes_markup():
    shown = differences.of_bodies(
        "<p>&lt;script&gt;</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )
    assert "<script" not in shown


def test_a_long_text_is_compared_in_reasonable_work():
    before = "".join(f"<p>Абзац номер {n} о делах района.</p>" for n in range(800))
    shown = differences.of_bodies(before, before.replace("номер 400", "№ 400"))
    assert shown.count("<ins>") == 1


def test_what_is_counted():
    assert differences.tally("<p>один два</p>", "<p>один три четыре</p>") == differences.Tally(2, 1)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Один", "Один", ""),
        ("", "Новое", "<p><ins>Новое</ins></p>"),
        ("https://a.kz/1", "", "<p><del>https://a.kz/1</del></p>"),
        (
            "Мост открыли в среду утром",
            "Мост открыли в пятницу утром",
            "<p>Мост открыли в <del>среду</del> <ins>пятницу</ins> утром</p>",
        ),
        (
            "<p>Раз.</p><p>Два три и ещё.</p>",
            "<p>Раз.</p><p>Два четыре и ещё.</p><ul><li>Пять &amp; шесть</li></ul>",
            "<p>Два <del>три</del> <ins>четыре</ins> и ещё.</p><p><ins>Пять &amp; шесть</ins></p>",
        ),
    ],
)  # fmt: skip
def test_only_the_blocks_that_differ(before, after, shown):
    assert marked(differences.alone(before, after)) == shown


def test_blocks_of_a_body_are_its_paragraphs():
    body = "<h2>А</h2>\n<p>Б&nbsp;в</p><table><tr><td>д</td></tr></table>"
    assert differences.paragraphs(body) == ["А", "Б в", "д"]
    assert differences.paragraphs("Просто слова") == ["Просто слова"]
