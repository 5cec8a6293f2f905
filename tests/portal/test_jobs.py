"""A timed command leaves a record, runs once at a time, and is missed when it does not run."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management.base import CommandError
from django.utils import timezone

from portal import env, jobs
from portal.models import JobRun

pytestmark = pytest.mark.django_db


def fail(name, error=None, *, summary=""):
    with jobs.run(name) as run:
        run.summary = summary
        raise error or CommandError("No.")


def test_a_run_is_recorded_with_what_it_did():
    with jobs.run("backup") as run:
        run.summary = "12 articles"
        assert jobs.last("backup").outcome == "running"
        assert jobs.last_done("backup") is None
    done = jobs.last_done("backup")
    assert (done.summary, done.outcome, bool(done.host)) == ("12 articles", "done", True)
    assert done.finished_at >= done.started_at


def test_a_failure_is_recorded_and_goes_on_to_whoever_asked():
    with pytest.raises(CommandError):
        fail("backup", CommandError("The disk is full."), summary="3 files")
    assert jobs.last("backup").outcome == "failed"
    assert jobs.last("backup").summary == "3 files\nThe disk is full."


def test_an_unforeseen_error_is_named_without_what_it_quotes():
    with pytest.raises(ValueError, match="Aigul"):
        fail("backup", ValueError("Aigul Serikova wrote …"))
    assert jobs.last("backup").summary == "ValueError"


def test_the_same_job_does_not_run_twice_at_once():
    with jobs.run("backup"):
        with pytest.raises(jobs.BusyError, match="backup is running already"):
            fail("backup", AssertionError())
        with jobs.run("check_links"):  # another job may
            pass
    with jobs.run("backup"):
        pass
    assert JobRun.objects.filter(name="backup", outcome="done").count() == 2


def test_a_run_that_was_killed_is_told_from_one_that_goes_on():
    JobRun.objects.create(name="backup")  # its process is gone, and its lock with it
    with jobs.run("backup"):
        pass
    outcomes = JobRun.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["interrupted", "done"]


def test_a_job_is_late_when_its_last_good_run_is_too_old(settings):
    settings.JOB_PERIODS = {"backup": timedelta(hours=26), "send_mail": timedelta(minutes=10)}
    assert [late.name for late in jobs.late()] == ["backup", "send_mail"]
    for name in settings.JOB_PERIODS:
        with jobs.run(name):
            pass
    assert jobs.late() == []
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        with pytest.raises(CommandError):
            fail("send_mail")  # does not count
        assert [late.name for late in jobs.late()] == ["send_mail"]


def test_old_runs_are_forgotten_but_never_the_last_good_one(monkeypatch):
    monkeypatch.setattr(jobs, "RUNS_KEPT", 3)
    with jobs.run("backup") as good:
        pass
    for _ in range(5):
        with pytest.raises(CommandError):
            fail("backup")
    assert JobRun.objects.count() == 4
    assert jobs.last_done("backup") == good


def test_periods_are_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("JOB_PERIODS", "send_mail=10m, backup=26h, check_links=8d")
    assert env.periods("JOB_PERIODS", "") == {
        "send_mail": timedelta(minutes=10),
        "backup": timedelta(hours=26),
        "check_links": timedelta(days=8),
    }


@pytest.mark.parametrize("value", ["backup", "backup=", "backup=0h", "backup=26", "backup=-1h"])
def test_a_period_that_makes_no_sense_is_named(monkeypatch, value):
    monkeypatch.setenv("JOB_PERIODS", value)
    with pytest.raises(env.SettingsError, match="JOB_PERIODS"):
        env.periods("JOB_PERIODS", "")
