"""CKEditor 4 gets no fixes: what keeps it harmless is checked, and what is stored proves it."""

import copy
from io import StringIO
from pathlib import PurePath

import pytest
from django.contrib.staticfiles.finders import find, get_finders
from django.core.management import call_command
from django.db import models

from news.models import Article, Page
from portal import checks, editor
from tests.factories import ArticleFactory

HOLE = '<p onclick="x()">Мәтін</p><script>alert(1)</script><![CDATA[<img src=x onerror=x()>]]>'


@pytest.mark.parametrize(
    "undone",
    [
        {"fullPage": True},
        {"versionCheck": True},
        {"allowedContent": True},
        {"extraAllowedContent": "script[src]"},
        {"protectedSource": ["x"]},
        {"disallowedContent": "*{*}"},
        {"uploadUrl": "/upload/"},
        {"filebrowserUploadUrl": "/upload/"},
        {"extraPlugins": "librarypicture,uploadimage"},
        {"extraPlugins": "librarypicture,codesnippetgeshi,preview"},
        {"extraPlugins": "librarypicture,exportpdf"},
    ],
)
def test_undone_hardening_fails_the_check(settings, undone):
    assert not list(checks.the_editor_stays_hardened())
    settings.CKEDITOR_CONFIGS = copy.deepcopy(settings.CKEDITOR_CONFIGS)
    settings.CKEDITOR_CONFIGS["news"].update(undone)
    assert list(checks.the_editor_stays_hardened())


def test_nothing_of_the_editors_own_pages_is_published():
    paths = {PurePath(path) for finder in get_finders() for path, _ in finder.list(None)}
    assert not [path for path in paths if path.suffix in (".html", ".htm", ".php", ".swf")]
    plugins = PurePath("ckeditor/ckeditor/plugins")
    published = {path.parts[3] for path in paths if path.is_relative_to(plugins)}
    assert {"link", "table", "pastefromword"} < published
    assert published - {"icons.png", "icons_hidpi.png"} <= set(editor.NEWS["plugins"].split(","))
    for name in ("ckeditor.js", "lang/kk.js", "lang/ru.js", "plugins/link/dialogs/link.js"):
        assert find(f"ckeditor/ckeditor/{name}")
    for name in ("plugins/scayt/README.md", "samples/index.html", "plugins/preview/preview.html"):
        assert not find(f"ckeditor/ckeditor/{name}")


def test_the_finder_of_everything_fails_the_check(settings):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
    assert [error.id for error in checks.the_editor_stays_hardened()] == ["portal.E018"]


def test_a_role_that_does_not_exist_is_named(settings):
    settings.STAFF_TWO_FACTOR_ROLES = ["Editors", "superusers", "comments.open_identity"]
    assert not list(checks.roles_with_a_code_exist())
    settings.STAFF_TWO_FACTOR_ROLES = ["Editor"]
    assert [error.id for error in checks.roles_with_a_code_exist()] == ["portal.E020"]


# --- what is stored ---


def run(*arguments):
    said, status = StringIO(), 0
    try:
        call_command("check_richtext", *arguments, stdout=said, stderr=StringIO())
    except SystemExit as end:
        status = end.code
    return status, said.getvalue()


def past_the_field(model, pk, **columns):
    """Write as nothing of the portal can."""
    query = models.sql.UpdateQuery(model)
    query.add_filter("pk", pk)
    query.add_update_fields(
        [(model._meta.get_field(name), None, models.Value(text, output_field=models.TextField()))
         for name, text in columns.items()]
    )  # fmt: skip
    query.get_compiler("default").execute_sql(None)


@pytest.mark.django_db
def test_what_came_through_the_field_never_differs():
    ArticleFactory(body_kk=HOLE, body_ru="<p>Текст</p>" + HOLE)
    status, said = run()
    assert status == 0, said
    assert "0 would come out differently" in said


@pytest.mark.django_db
def test_what_came_past_it_is_found_in_every_language_and_mended():
    article, other = ArticleFactory(), ArticleFactory()
    page = Page.objects.first()
    past_the_field(Article, article.pk, body_ru=HOLE, body_en="<p>One<iframe></iframe></p>")
    past_the_field(Page, page.pk, body_kk=HOLE)
    before = (article.updated_at, other.body_kk)
    status, said = run()
    assert status == 1
    assert "3 would come out differently" in said
    assert f"news.Article {article.pk} body_ru" in said
    assert f"news.Page {page.pk} body_kk" in said
    assert "onclick" in Article.objects.get(pk=article.pk).body_ru
    assert run("--fix")[0] == 1
    article.refresh_from_db()
    assert article.body_ru.startswith("<p>Мәтін</p>")
    assert "script" not in article.body_ru
    assert (article.updated_at, Article.objects.get(pk=other.pk).body_kk) == before
    assert run()[0] == 0
