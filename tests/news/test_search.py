import random
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from news.models import Article
from news.periods import Period
from news.search import index
from news.search.counting import Filters
from news.search.documents import SearchDocument, first_key_at, key_of, parts
from news.search.highlight import fragments, marked
from news.search.parsing import parse
from news.search.query import search
from tests.factories import ArticleFactory, SectionFactory, local

pytestmark = pytest.mark.django_db


def found(text, **options):
    options.setdefault("articles", Article.objects.published())
    return [hit.article_id for hit in search(text, **options).hits]


def test_a_saved_article_is_found_and_a_changed_one_only_under_its_new_words():
    article = ArticleFactory(headline_ru="Открыт новый бассейн")
    assert found("бассейны") == [article.pk]
    article.headline_ru = "Открыт новый стадион"
    article.save()
    assert found("бассейн") == []
    assert found("стадионе") == [article.pk]


def test_a_deleted_article_leaves_nothing_behind():
    article = ArticleFactory(headline_ru="Открыт новый бассейн")
    article.delete()
    assert found("бассейн") == []
    assert not SearchDocument.objects.exists()


def test_words_of_lead_body_and_byline_are_found_and_html_is_not():
    article = ArticleFactory(
        lead_ru="Вода подана", body_ru="<h2>Скважина</h2><p>Насос</p>", byline_ru="Т. Курбанова"
    )
    for word in ("вода", "скважины", "насосом", "Курбанова"):
        assert found(word) == [article.pk]
    assert found("strong") == []


def test_only_what_the_public_may_read_is_found_and_the_clock_decides():
    draft = ArticleFactory(draft=True, headline_ru="Бассейн в черновике")
    ArticleFactory(withdrawn=True, headline_ru="Бассейн отозван")
    scheduled = ArticleFactory(
        headline_ru="Бассейн завтра", published_at=timezone.now() + timedelta(days=1)
    )
    assert found("бассейн") == []
    later = Article.objects.published(at=timezone.now() + timedelta(days=2))
    assert found("бассейн", articles=later) == [scheduled.pk]
    assert draft.pk in found("бассейн", articles=Article.objects.all())
    assert found("бассейн", articles=Article.objects.none()) == []


def test_a_bulk_change_of_status_needs_no_rebuild():
    article = ArticleFactory(headline_ru="Открыт новый бассейн")
    Article.objects.update(status=Article.Status.DRAFT)
    assert found("бассейн") == []
    Article.objects.update(status=Article.Status.PUBLISHED)
    assert found("бассейн") == [article.pk]


def test_a_language_without_text_is_for_the_admin_only():
    article = ArticleFactory(body_ru="", headline_ru="Бассейн без текста", lead_ru="")
    assert found("бассейн") == []
    assert found("бассейн", complete=False) == [article.pk]


def test_one_hit_for_an_article_in_the_language_of_the_page_where_both_match():
    article = ArticleFactory(headline_kk="«Нұрлы жер» 2026", headline_ru="«Нұрлы жер» 2026")
    for language in ("kk", "ru"):
        results = search("2026", articles=Article.objects.published(), prefer=language)
        assert [(hit.article_id, hit.language) for hit in results.hits] == [(article.pk, language)]
        assert results.counts.languages == {"kk": 1, "ru": 1}


def test_the_headline_outweighs_the_text_and_newest_first_is_by_choice():
    old = ArticleFactory(headline_ru="Бассейн открыт", published_at=local(2020, 5, 1))
    new = ArticleFactory(body_ru="<p>Где-то упомянут бассейн.</p>", published_at=local(2026, 5, 1))
    assert found("бассейн") == [old.pk, new.pk]
    assert found("бассейн", order="newest") == [new.pk, old.pk]


def test_of_equals_the_fresher_comes_first():
    old = ArticleFactory(headline_ru="Бассейн открыт", published_at=local(2020, 5, 1))
    new = ArticleFactory(headline_ru="Бассейн открыт", published_at=local(2026, 5, 1))
    assert found("бассейн") == [new.pk, old.pk]


def test_filters_narrow_and_counts_say_what_each_choice_would_leave():
    culture = SectionFactory(slug="culture")
    one = ArticleFactory(headline_ru="Бассейн", published_at=local(2025, 3, 1))
    two = ArticleFactory(headline_ru="Бассейн", published_at=local(2026, 3, 1), section=culture)
    kk = ArticleFactory(headline_kk="Бассейн", published_at=local(2026, 4, 1), section=culture)
    everything = Article.objects.published()
    results = search("бассейн", articles=everything, filters=Filters(section=culture))
    assert {hit.article_id for hit in results.hits} == {two.pk, kk.pk}
    assert results.counts.sections == {one.section_id: 1, culture.pk: 2}
    assert results.counts.years == {2026: 2}
    in_2025 = Filters(period=Period.of_year(2025))
    results = search("бассейн", articles=everything, filters=in_2025)
    assert [hit.article_id for hit in results.hits] == [one.pk]
    assert results.counts.years == {2025: 1, 2026: 2}
    results = search("бассейн", articles=everything, filters=Filters(language="kk"))
    assert [hit.article_id for hit in results.hits] == [kk.pk]
    assert results.counts.languages == {"kk": 1, "ru": 2}


def test_years_change_at_midnight_of_the_district():
    ArticleFactory(headline_ru="Бассейн", published_at=local(2026, 1, 1, 0, 0))
    ArticleFactory(headline_ru="Бассейн", published_at=local(2025, 12, 31, 23, 59))
    results = search("бассейн", articles=Article.objects.published())
    assert results.counts.years == {2025: 1, 2026: 1}


def test_words_found_nowhere_are_named_and_the_rest_is_searched():
    article = ArticleFactory(headline_ru="Открыт новый бассейн")
    results = search("бассейн жжжзз", articles=Article.objects.published())
    assert [hit.article_id for hit in results.hits] == [article.pk]
    assert results.unknown_words == ["жжжзз"]


def test_a_phrase_is_taken_literally_but_not_to_the_point_of_finding_nothing():
    together = ArticleFactory(headline_ru="Новый детский сад")
    ArticleFactory(headline_ru="Сад, где играет детский хор")
    results = search("«детский сад»", articles=Article.objects.published())
    assert results.hits[0].article_id == together.pk
    assert results.has_all_words
    results = search("«хор детский»", articles=Article.objects.published())
    assert results.hits
    assert not results.has_all_words


def test_a_search_costs_few_queries(django_assert_max_num_queries):
    """Four where words are found as they are, three more where they are not."""
    ArticleFactory.create_batch(30)
    for text in ("школа", "жаңа мектеп ашылды", "«новая школа»"):
        with django_assert_max_num_queries(4):
            search(text, articles=Article.objects.published(), filters=Filters(language="ru"))
    for text in ("школа", "мект", "vtrntg jjj", "жаңа мектеп ашылды қайда", "«новая школа» zzz"):
        with django_assert_max_num_queries(7):
            search(
                text,
                articles=Article.objects.published(),
                filters=Filters(language="ru", section=SectionFactory()),
            )


ODD = [
    "", " ", "\x00", "%", "_", "*", '"', "'", "''", '""', "«", ")", "((", "AND", "OR NOT",
    "NEAR(а б)",
    "терм:школа", "headline_kk:", "школа*", "^школа", "a&b|!c", "<->", "<script>",
    "школа'::tsquery",
    "\\", "\u202e", "😀", "🇰🇿 school", "а" * 600, "а " * 400, "2" * 90, "х" * 41,
    "ß ﬁ İ", "ก า", "中文 新聞",
    "; DROP TABLE news_article; --", "١٢",
    "e\u0301", "\ud7ff", "школа\nмектеп\tauyl", "-", "—", "қ.а.", "…",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_asked_is_answered(text):
    ArticleFactory()
    results = search(text, articles=Article.objects.published())
    assert results.total >= 0


def test_random_input_is_indexed_searched_and_marked():
    chance = random.Random(7)
    alphabet = (
        "аәбғкқнңоөуұүіһыиеёйшщьъ abcxyi i0129.,-—«»\"'()*:&|!%_\\\u00ad\u200b\u0301<>é中\U0001f600"
    )
    article = ArticleFactory()
    for _ in range(25):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randrange(1, 120)))
        article.headline_ru = text[:200]
        article.body_ru = f"<p>{text}</p>"
        article.save()
        query = parse(text[: chance.randrange(1, 120)])
        search(query.text, articles=Article.objects.published())
        assert "".join(piece.text for piece in marked(text, "ru", query)) == text
        for fragment in fragments(text * 5, "kk", query):
            assert fragment


def test_every_word_of_an_article_finds_it():
    article = ArticleFactory(
        body_kk="<p>Қ.А. Сейілов 13,6 пайыз 4-сынып covid-19 Мемлекеттiк «Нұрлы жер»</p>"
    )
    text = "Қ.А. Сейілов 13,6 4-сынып covid-19 Мемлекеттiк Нұрлы"
    for word in text.split():
        assert found(word) == [article.pk], word


def test_matching_words_are_marked_in_all_their_forms():
    query = parse("мектеп әкімі")
    text = "Аудан әкімі мектептерді аралады"
    assert [piece.text for piece in marked(text, "kk", query) if piece.is_match] == [
        "әкімі",
        "мектептерді",
    ]


def test_fragments_show_where_the_words_meet():
    filler = "Бұл жерде іздегеніміз жоқ сөйлем тұр. " * 20
    text = f"{filler}Жаңа мектепті аудан әкімі ашты. {filler}"
    (first, *rest) = fragments(text, "kk", parse("мектеп әкім"))
    shown = "".join(piece.text for piece in first)
    assert "мектепті аудан әкімі" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 220
    assert rest == []


def test_a_text_without_a_match_shows_its_beginning():
    (only,) = fragments("Бір сөйлем. " * 40, "kk", parse("жоқсөз"))
    assert only[0].text.startswith("Бір сөйлем.")
    assert not any(piece.is_match for piece in only)
    assert fragments("", "kk", parse("мектеп")) == []


def test_keys_hold_moment_article_and_language():
    moment = local(2018, 10, 30)
    key = key_of(123456, "ru", moment)
    assert parts(key) == (int(moment.timestamp()), 123456, "ru")
    assert first_key_at(moment) < key < first_key_at(moment + timedelta(seconds=1))
    assert 0 < key_of(2**27 - 1, "en", local(9000, 1, 1)) < 2**63


def test_publishing_moves_the_document_to_its_new_date():
    article = ArticleFactory(draft=True)
    before = set(SearchDocument.objects.values_list("key", flat=True))
    article.status, article.published_at = Article.Status.PUBLISHED, local(2026, 1, 1)
    article.save()
    after = set(SearchDocument.objects.values_list("key", flat=True))
    assert len(before) == len(after) == 2
    assert not before & after


def rebuilt(*arguments):
    out, err = StringIO(), StringIO()
    call_command("rebuild_search", *arguments, stdout=out, stderr=err)
    seen, redone = map(int, re.findall(r"\d+", out.getvalue()))
    return seen, redone, err.getvalue()


def test_the_command_finds_what_went_past_save():
    article = ArticleFactory()
    ArticleFactory()
    SearchDocument.objects.filter(article=article).delete()
    seen, redone, bar = rebuilt()
    assert (seen, redone) == (2, 1)
    assert "100%  2/2" in bar
    assert rebuilt()[1] == 0
    Article.objects.filter(pk=article.pk).update(headline_ru="Открыт новый бассейн")
    assert found("бассейн") == []
    assert rebuilt("--all")[:2] == (2, 2)
    assert found("бассейн") == [article.pk]


def test_a_stopped_command_goes_on_where_it_was(monkeypatch):
    ArticleFactory.create_batch(5)
    SearchDocument.objects.all().delete()
    monkeypatch.setattr(index, "LOOKED_AT_ONCE", 2)
    run = index.rebuild()
    next(run)
    assert next(run).redone == 2
    run.close()
    assert rebuilt()[:2] == (5, 3)


def test_a_stopped_command_for_everything_says_where_to_go_on(monkeypatch):
    ArticleFactory.create_batch(5)
    monkeypatch.setattr(index, "LOOKED_AT_ONCE", 2)
    run = index.rebuild(everything=True)
    next(run)
    assert rebuilt("--all", "--after", str(next(run).last))[:2] == (3, 3)


def test_an_article_without_text_does_not_stop_the_command():
    ArticleFactory(only_ru=True, draft=True, headline_ru="", lead_ru="", body_ru="", byline_ru="")
    assert rebuilt()[0] == 1


def test_the_index_has_no_more_than_the_documents():
    ArticleFactory.create_batch(3)
    Article.objects.first().delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO news_search(news_search) VALUES ('integrity-check')")
            cursor.execute("SELECT count(*) FROM news_search WHERE news_search MATCH '\"rшкол\"'")
            assert cursor.fetchone() == (2,)
    assert len(found("школа")) == 2
