"""An import that loses its process, and its files from a web that fails."""

import json
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from news.models import Article, Picture
from tests.factories import SectionFactory
from tests.news.documents import PDF
from tests.news.hostile import encoded
from tests.portal.installation import migrate, own_database
from tests.portal.test_moving import lines, record, run
from tests.servers import ROOT, Portal, folder

pytestmark = pytest.mark.django_db


class OldSite(BaseHTTPRequestHandler):
    """The files of the portal that news comes from."""

    def do_GET(self):
        files, asked, goes_on = self.server.files, self.server.asked, self.server.goes_on
        asked.set()
        goes_on.wait(30)
        content = files.get(self.path)
        if content is None:
            self.wfile.write(b"no HTTP at all\r\n\r\n")
            return
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            pass  # whoever asked is no more

    def log_message(self, *_arguments):
        pass


@contextmanager
def old_site(files):
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldSite)
    server.files, server.asked, server.goes_on = files, threading.Event(), threading.Event()
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.goes_on.set()
        server.shutdown()
        thread.join()
        server.server_close()


COUNT = """
import json
from news.models import *
models = (Article, Picture, ArticlePicture, Attachment, ArticleRevision, EditorialDecision)
found = {model.__name__: model.objects.count() for model in models}
found["headlines"] = sorted(article.headline_ru for article in Article.objects.all())
found["files"] = [attachment.file.size for attachment in Attachment.objects.all()]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    with folder() as place, own_database(place) as variables:
        portal = Portal(place, **variables)
        migrate(portal, django_db_blocker)
        yield portal


def counted(portal):
    result = portal.manage("shell", "--no-imports", "-c", COUNT)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_an_import_killed_halfway_is_run_again_and_everything_is_there_once(portal):
    files = {"/plan.pdf": PDF, "/a.png": encoded("PNG"), "/b.png": encoded("PNG", (700, 500))}
    with old_site(files) as web:
        first = {"key": "a", "file": "a.png"}
        (portal.folder / "a.png").write_bytes(files["/a.png"])
        second = {"key": "b", "file": f"{web.address}/b.png"}
        plan = {"file": f"{web.address}/plan.pdf", "title": {"ru": "План"}}
        source = lines(
            portal.folder / "news.jsonl",
            {"kind": "section", "slug": "district", "title": {"kk": "Аудан", "ru": "Район"}},
            record(1, pictures=[first], gallery=["a"]),
            record(2, pictures=[first, second], gallery=["a", "b"], attachments=[plan]),
            record(3),
        )
        command = [sys.executable, "manage.py", "import_news", source, "--download"]
        with subprocess.Popen(
            command, cwd=ROOT, env=portal.environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as interrupted:  # fmt: skip
            assert web.asked.wait(60), "the import asks for a file of the second article"
            interrupted.send_signal(signal.SIGKILL)
        assert interrupted.returncode == -signal.SIGKILL
        found = counted(portal)
        assert found["headlines"] == ["Новость 1"]
        assert (found["Picture"], found["ArticlePicture"], found["Attachment"]) == (1, 1, 0)

        web.goes_on.set()
        again = portal.manage("import_news", source, "--download")
        assert again.returncode == 0, again.stdout + again.stderr
        assert again.stdout.splitlines() == [
            "article taken: 2", "article there already: 1", "picture taken: 1",
            "section there already: 1",
        ]  # fmt: skip
        whole = counted(portal)
        assert whole["headlines"] == ["Новость 1", "Новость 2", "Новость 3"]
        assert whole["files"] == [len(PDF)]
        once = {
            "Article": 3, "Picture": 2, "ArticlePicture": 3, "Attachment": 1,
            "ArticleRevision": 3, "EditorialDecision": 3,
        }  # fmt: skip
        assert {name: whole[name] for name in once} == once
        third = portal.manage("import_news", source, "--download")
        assert "article there already: 3" in third.stdout
        assert counted(portal) == whole


def test_a_server_that_speaks_no_http_costs_one_file(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    SectionFactory()
    with old_site({"/a.png": encoded("PNG")}) as web:
        web.goes_on.set()
        pictures = [
            {"key": name, "file": f"{web.address}/{name}.png"} for name in ("nonsense", "a")
        ]
        source = lines(tmp_path / "a.jsonl", record(1, pictures=pictures), record(2))
        said = run("import_news", source, download=True)
    assert "article taken: 2" in said
    assert "not taken: 1\n" in said
    assert f"line 1: {web.address}/nonsense.png" in said
    assert (Article.objects.count(), Picture.objects.count()) == (2, 1)
