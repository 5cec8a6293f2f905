"""The map of personal data knows every field of every table."""

import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "docs" / "personal-data.md"
COLUMNS = 7


def rows():
    """Cells of every row that names a table."""
    for line in MAP.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            yield cells


def on_the_map():
    found: dict[str, set[str]] = {}
    for table, fields, *_rest in rows():
        found.setdefault(table.strip("`"), set()).update(re.findall(r"`(\w+)`", fields))
    return found


def in_the_database():
    """Fields by table; a translated one once, under its common name."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = {field.name for field in model._meta.concrete_fields} - {"id"}
        found[model._meta.label_lower] = {
            name
            for name in names
            if not (match := re.fullmatch(r"(\w+)_(kk|ru|en)", name)) or match[1] not in names
        }
    return found


def test_every_field_is_on_the_map_or_said_to_hold_nothing_of_people():
    known = on_the_map()
    missing = {
        table: sorted(fields - known.get(table, set()))
        for table, fields in in_the_database().items()
        if fields - known.get(table, set()) or table not in known
    }
    assert missing == {}, "add rows to docs/personal-data.md"


def test_nothing_is_on_the_map_that_is_gone():
    existing = in_the_database()
    gone = {
        table: sorted(fields - existing.get(table, set()))
        for table, fields in on_the_map().items()
        if fields - existing.get(table, set()) or table not in existing
    }
    assert gone == {}, "take rows out of docs/personal-data.md"


def test_each_row_of_personal_data_answers_every_question():
    personal = [cells for cells in rows() if len(cells) > 2]
    assert personal
    for cells in personal:
        assert len(cells) == COLUMNS, cells
        assert all(cells), cells
