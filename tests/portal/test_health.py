"""What an operator learns at /readyz, in the admin and from `manage.py health`."""

import socket
import ssl
import subprocess
import threading
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from news import outbox
from news.models import OutgoingMail
from portal import health, jobs
from tests.factories import ArticleFactory
from tests.servers import free_port

pytestmark = pytest.mark.django_db
STATES = {"good", "notice", "bad"}


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.JOB_PERIODS = {}


def found(name):
    return next(finding for finding in health.findings() if str(finding.name).startswith(name))


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


def test_readiness_names_each_part_that_hangs_without_waiting_for_it(client, monkeypatch):
    released = threading.Event()
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    monkeypatch.setattr(health.within, "__defaults__", (0.1,))
    for name in ("database", "storage"):
        monkeypatch.setitem(health.PARTS, name, lambda: released.wait(20))
    response = client.get("/readyz")
    released.set()
    assert response.status_code == 503
    assert response.content == b"not ready: database, storage\n"


def test_readiness_tells_no_secrets(client, monkeypatch):
    def refuse():
        raise OSError("redis://:secret@10.0.0.1 refused")

    monkeypatch.setitem(health.PARTS, "cache", refuse)
    assert client.get("/readyz").content == b"not ready: cache\n"


def test_folders_that_cannot_be_written_are_named(client, monkeypatch):
    monkeypatch.setattr("os.access", lambda *args: False)  # root may write everywhere
    assert client.get("/readyz").content == b"not ready: storage\n"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_is_for_those_who_run_the_portal(client, admin, language):
    client.force_login(admin)
    client.cookies["language"] = client.cookies["__Host-language"] = language
    response = client.get(reverse("admin:health"))
    assert response.status_code == 200
    found = {str(finding.name): finding for finding in response.context["findings"]}
    assert len(found) == 12
    assert all(finding.state in STATES and finding.text for finding in found.values())
    assert reverse("admin:health") in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("who", ["press", "editor", "moderator"])
def test_nobody_else_sees_it(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("admin:health")).status_code == 403
    assert reverse("admin:health") not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.usefixtures("_english")
def test_mail_that_waits_long_or_was_given_up_is_seen(client, admin):
    assert found("Mail").state == "good"
    outbox.post(to="a@example.kz", subject="s", body="Secret words", language="ru", key="k")
    assert found("Mail").text == "1 message waits, the oldest for 0\xa0minutes"
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert found("Mail").state == "bad"
    OutgoingMail.objects.update(status="failed", finished_at=timezone.now())
    assert "given up" in found("Mail").text
    client.force_login(admin)
    address = reverse("admin:news_outgoingmail_changelist")
    mail = OutgoingMail.objects.get()
    for page in (address, reverse("admin:news_outgoingmail_change", args=[mail.pk])):
        text = client.get(page).content.decode()
        assert "a@example.kz" in text
        assert "Secret words" not in text
    client.post(address, {"action": "send_again", "_selected_action": [mail.pk]})
    assert OutgoingMail.objects.get().status == "waiting"


@pytest.mark.usefixtures("_english")
def test_a_mail_server_that_does_not_answer_is_told_before_anything_waits(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_HOST_PASSWORD = "secret"
    told = found("Mail")
    assert told.state == "bad"
    assert "the mail server: ConnectionRefusedError" in told.text
    assert "secret" not in told.text
    controller = Controller(object(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    try:
        assert found("Mail").state == "good"
    finally:
        controller.stop()


@pytest.mark.usefixtures("_english")
def test_late_jobs_and_backups_are_seen(settings):
    settings.JOB_PERIODS = {"backup": timedelta(hours=26)}
    assert found("Timed jobs").text == "late: backup: never done"
    assert found("Backup").state == "notice"
    with jobs.run("backup") as run:
        run.summary = "12 articles"
    assert found("Timed jobs").state == found("Backup").state == "good"
    assert found("Backup").text.endswith("; 12 articles")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert found("Backup").state == "bad"


@pytest.mark.usefixtures("_english")
def test_scheduled_articles_are_told_and_a_wrong_clock_with_them(monkeypatch):
    ArticleFactory(published_at=timezone.now() + timedelta(hours=3))
    assert found("Scheduled articles").text.startswith("1 article waits for its moment, the next: ")
    monkeypatch.setattr(health, "_clocks_apart", lambda: timedelta(seconds=90))
    assert found("Scheduled articles").state == "bad"
    assert "90 s apart" in found("Scheduled articles").text


@pytest.mark.usefixtures("_english")
def test_a_disk_that_fills_up_is_seen(monkeypatch):
    assert found("Disk of").text.endswith("are free")
    monkeypatch.setattr(health, "LITTLE_SPACE", 10**18)
    assert found("Disk of").state == "bad"


@pytest.fixture
def https(tmp_path, monkeypatch):
    """A real TLS server on this machine, whose certificate ends in thirty days."""
    certificate = tmp_path / "certificate.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", str(tmp_path / "key.pem"), "-out", str(certificate),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, tmp_path / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                plain, _address = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(plain, server_side=True).close()
            except OSError:
                plain.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@pytest.mark.usefixtures("_english")
def test_the_end_of_the_certificate_is_told_before_it_comes(settings, https, monkeypatch):
    settings.SITE_URL = f"https://localhost:{https}"
    assert found("Certificate").state == "good"
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert found("Certificate").state == "bad"
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "CERTIFICATE_VERIFY_FAILED" in found("Certificate").text  # nobody we trust signed it
    settings.SITE_URL = "https://localhost:1"
    assert found("Certificate").text == "ConnectionRefusedError: [Errno 111] Connection refused"


def test_the_command_tells_the_same_and_fails_when_something_is_wrong(capsys, settings):
    call_command("health")
    out = capsys.readouterr().out
    assert "good    Database: " in out
    settings.JOB_PERIODS = {"backup": timedelta(hours=26)}
    with pytest.raises(CommandError, match="1 of 12 need attention"):
        call_command("health")
    assert "bad     Timed jobs: late: backup: never done" in capsys.readouterr().out


def test_what_is_known_is_said_in_the_readers_language(settings):
    settings.REDIS_URL = ""
    with translation.override("ru"):
        assert found("Кэш").text == "файлы"
