"""deploy/ as far as it can be judged without an init system or containers of our own."""

import subprocess

import pytest
import yaml

from tests.servers import ROOT, needs

DEPLOY = ROOT / "deploy"


@pytest.fixture
def units(tmp_path):
    """The units with programs that exist on this machine."""
    needs("systemd-analyze", "systemd")
    for path in (DEPLOY / "systemd").iterdir():
        text = path.read_text().replace("/srv/portal/.venv/bin/", "/usr/bin/env ")
        (tmp_path / path.name).write_text(text)
    return sorted(map(str, tmp_path.iterdir()))


def test_systemd_understands_every_unit(units):
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_services_may_do_little(units):
    for unit in units:
        if unit.endswith(".service"):
            result = subprocess.run(
                ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
                capture_output=True,
                text=True,
                check=False,
            )
            assert result.returncode == 0, result.stdout[-300:]


def test_every_timed_command_exists_and_has_its_timer():
    for path in (DEPLOY / "systemd").glob("portal-*.service"):
        command = path.read_text().partition("manage.py ")[2].split()[0]
        assert list(ROOT.glob(f"*/management/commands/{command}.py")), path.name
        assert path.with_suffix(".timer").exists()


def test_containers_name_what_exists():
    """As much as can be said without Docker."""
    for line in (DEPLOY / "docker" / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source
    compose = yaml.safe_load((DEPLOY / "docker" / "compose.yaml").read_text())
    services, volumes = compose["services"], compose["volumes"]
    assert {"database", "redis", "web1", "web2", "nginx"} <= services.keys()
    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith(".") and source != "./tls":
                assert (DEPLOY / "docker" / source).resolve().exists(), source
            elif not source.startswith("."):
                assert source in volumes, source
