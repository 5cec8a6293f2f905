"""Look the locked packages up in the public vulnerability database with pip-audit.

pip-audit lives in an environment of its own, var/audit/, and never in that of the portal.
"""

import json
import subprocess
import sys
import venv
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "audit"
LOCK = ROOT / "requirements" / "base.txt"
ALLOWED = ROOT / "requirements" / "audit-allow.txt"


def pip_audit() -> dict:
    program = HOME / "bin" / "pip-audit"
    if not program.exists():
        venv.create(HOME, with_pip=True)
        pip = [HOME / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "pip-audit"], check=True)  # noqa: S603
    options = ["--requirement", LOCK, "--require-hashes", "--disable-pip", "--format", "json"]
    answer = subprocess.run(  # noqa: S603
        [program, *options, "--progress-spinner", "off"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return json.loads(answer.stdout)
    except ValueError:
        sys.exit(f"The database could not be asked:\n{answer.stderr.strip()}")


def allowed(text: str, today: date) -> tuple[set[str], list[str]]:
    """Advisories that are accepted today, and complaints about the list itself."""
    names, complaints = set(), []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, until, reason = [*line.split(maxsplit=2), "", ""][:3]
        try:
            is_over = date.fromisoformat(until) < today
        except ValueError:
            is_over = True
        if is_over or not reason:
            complaints.append(f"line {number}: {name} has run out, or lacks a date or a reason")
        else:
            names.add(name)
    return names, complaints


def verdict(report: dict, text: str, today: date) -> list[str]:
    names, complaints = allowed(text, today)
    for package in report["dependencies"]:
        for advisory in package.get("vulns", []):
            if names.isdisjoint({advisory["id"], *advisory.get("aliases", [])}):
                fixed = ", ".join(advisory.get("fix_versions", [])) or "nothing yet"
                complaints.append(
                    f"{package['name']} {package['version']}: {advisory['id']}, mended in {fixed}"
                )
    return complaints


def main() -> None:
    complaints = verdict(pip_audit(), ALLOWED.read_text(encoding="utf-8"), date.today())
    sys.exit("\n".join(complaints) if complaints else None)


if __name__ == "__main__":
    main()
