"""How a statement is sent that comes again and again."""

from typing import Any


def cursor_for(connection: Any) -> Any:
    """For a statement whose text is the same each time: PostgreSQL plans it once for a connection
    (portal/postgresql/), SQLite remembers it anyway."""
    return getattr(connection, "prepared_cursor", connection.cursor)()
