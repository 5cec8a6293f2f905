"""The audit log: everything privileged arrives, nothing can be taken out, no citizen is in it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from comments import moderation
from news import publishing
from portal import audit
from portal.models import AuditEntry, StaffSession
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:portal_auditentry_changelist")


def entries(**about):
    return list(AuditEntry.objects.filter(**about).order_by("pk"))


def test_signing_in_and_out_and_failing(client, press):
    login = reverse("admin:login")
    client.post(login, {"username": "press", "password": "wrong"})
    client.post(login, {"username": "my-secret-password", "password": "x"})
    client.post(login, {"username": "press", "password": "secret"})
    client.post(reverse("admin:logout"))
    said = [(entry.event, entry.by_name, entry.target_id) for entry in entries()]
    number = str(press.pk)
    # the account itself was made by the factory, in nobody's name
    assert said[-4:] == [
        ("sign_in_failed", "", number),
        ("sign_in_failed", "", ""),  # what was typed may be a password
        ("signed_in", "press", ""),
        ("signed_out", "press", ""),
    ]


def test_a_lock_is_logged(client, press):
    for _ in range(5):
        client.post(reverse("admin:login"), {"username": "press", "password": "wrong"})
    assert entries(event="locked", target_id=press.pk)


def test_decisions_of_editors_and_moderators(editor, moderator):
    article = ArticleFactory(draft=True)
    publishing.publish(article, by=editor)
    comment = CommentFactory(article=article, text="Менің ЖСН 000000000000")
    moderation.reject(comment, by=moderator, reason="insult", note="Сыпайы болыңыз")
    (published,) = entries(event="editorial")
    assert (published.by, published.target_model, published.detail) == (
        editor,
        "news.article",
        "draft → published",
    )
    (rejected,) = entries(event="moderation")
    assert (rejected.by_name, rejected.target_id) == ("moderator", str(comment.pk))
    assert rejected.detail == "pending → rejected insult"


def test_what_is_saved_in_the_admin_by_fields_and_not_by_values(client, admin):
    client.force_login(admin)
    section = SectionFactory()
    address = reverse("admin:news_section_change", args=[section.pk])
    data = {"slug": "district", "title_kk": "Аудан", "title_en": "District", "position": "0"}
    response = client.post(address, data | {"title_ru": "СЛУЖЕБНОЕ"})
    assert response.status_code == 302
    (entry,) = entries(event="changed", target_model="news.section")
    assert entry.by == admin
    assert entry.target_id == str(section.pk)
    assert entry.detail
    assert "СЛУЖЕБНОЕ" not in entry.detail


def test_accounts_rights_and_passwords(client, admin, press):
    client.force_login(admin)
    editors = Group.objects.get(name="Editors")
    address = reverse("admin:auth_user_change", args=[press.pk])
    joined = timezone.localtime(press.date_joined)
    data = {
        "username": "press", "first_name": "", "last_name": "", "email": "",
        "groups": [editors.pk], "user_permissions": [], "is_superuser": "on", "is_staff": "on",
        "is_active": "on", "last_login_0": "", "last_login_1": "",
        "date_joined_0": joined.strftime("%d.%m.%Y"), "date_joined_1": joined.strftime("%H:%M:%S"),
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    (changed,) = entries(event="account_changed", detail="is_superuser")
    assert (changed.by, changed.target_id) == (admin, str(press.pk))
    rights = [entry.detail for entry in entries(event="rights_changed", by=admin)]
    assert "+ Editors" in rights
    assert "- Press officers" in rights
    press.set_password("other")
    press.save()
    assert entries(event="password_changed", target_id=press.pk)


def test_a_deleted_account_leaves_its_name(client, admin):
    person = UserFactory(username="aigerim")
    audit.record(audit.Event.EXPORTED, by=person, detail="news.csv")
    client.force_login(admin)
    client.post(
        reverse("admin:auth_user_changelist"),
        {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"},
    )
    (kept,) = entries(event="exported")
    assert (kept.by, kept.by_name) == (None, "aigerim")
    (deleted,) = entries(event="deleted", target_model="auth.user")
    assert (deleted.by, deleted.detail) == (admin, "aigerim")


def test_nothing_is_changed_or_taken_out(client, admin):
    audit.record(audit.Event.EXPORTED, by=admin)
    entry = AuditEntry.objects.get(event="exported")
    entry.detail = "nothing"
    for act in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(detail=""),
        lambda: AuditEntry.objects.bulk_update([entry], ["detail"]),
    ):
        with pytest.raises(TypeError):
            act()
    client.force_login(admin)
    change = reverse("admin:portal_auditentry_change", args=[entry.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"detail": "nothing"}).status_code == 403
    assert client.get(reverse("admin:portal_auditentry_add")).status_code == 403
    assert (
        client.post(reverse("admin:portal_auditentry_delete", args=[entry.pk])).status_code == 403
    )
    assert "delete_selected" not in client.get(LIST).text


def test_whoever_has_the_permission_reads_it_and_nobody_else(client, press, admin):
    client.force_login(press)
    assert client.get(LIST).status_code == 403
    client.force_login(admin)
    page = client.get(LIST + "?event=signed_in")
    assert page.status_code == 200
    assert "admin" in page.text


def test_the_list_costs_the_same_however_long_the_log(client, admin, django_assert_max_num_queries):
    AuditEntry.objects.bulk_create(
        AuditEntry(event="exported", by=admin, by_name="admin") for _ in range(300)
    )
    client.force_login(admin)
    with django_assert_max_num_queries(8) as queries:
        client.get(LIST)
    assert not [
        query["sql"]
        for query in queries.captured_queries
        if "COUNT(*)" in query["sql"] and "LIMIT 10000" not in query["sql"]
    ]


def test_what_is_old_is_forgotten_by_the_purge_alone(settings, admin):
    settings.AUDIT_KEPT_DAYS = 30
    audit.record(audit.Event.EXPORTED, by=admin)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        audit.record(audit.Event.SIGNED_IN, by=admin)
        assert audit.purge() >= 1
    assert [entry.event for entry in entries()] == ["signed_in"]


def test_the_daily_purge_takes_what_is_old_of_officers_too(client, press, settings):
    settings.AUDIT_KEPT_DAYS = 30
    client.post(reverse("admin:login"), {"username": "press", "password": "wrong"})
    client.force_login(press)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        call_command("purge_personal_data", stdout=StringIO())
    assert not AuditEntry.objects.exists()
    assert not StaffSession.objects.exists()
    assert not Session.objects.exists()
    assert not AccessAttempt.objects.exists()


def test_the_log_calls_states_what_the_pages_call_them(client, admin, editor, moderator):
    publishing.publish(ArticleFactory(draft=True), by=editor)
    moderation.reject(CommentFactory(), by=moderator, reason="insult")
    client.force_login(admin)
    client.cookies["language"] = "ru"
    page = client.get(reverse("admin:portal_auditentry_changelist")).text
    assert "черновик → опубликовано" in page
    assert "pending" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
