"""Makes the log's tables, and names the log."""

from importlib.resources import files
from uuid import UUID, uuid4

from database import Database, DatabaseRefused, Role


def install(db: Database, *, municipality: str, demo: bool, log_id: UUID | None = None) -> None:
    """Make what is missing. The log's name and its demo mark are set once and never change.

    Raises DatabaseRefused when the database belongs to another kind of log than asked for.
    """
    db.install([("eventlog", _script("schema.sql")), ("eventlog sharing", _script("sharing.sql"))])
    with db.connection(Role.OWNER) as conn:
        conn.execute(
            "insert into log_head (log_id, municipality, demo) values (%s, %s, %s) on conflict do nothing",
            [log_id or uuid4(), municipality, demo],
        )
        row = conn.execute("select demo from log_head").fetchone()
    if row is None or row[0] is not demo:
        kind = "en demonstration" if not demo else "ikke mærket som demonstration"
        raise DatabaseRefused(
            f"Databasen er {kind}. Brug en anden datamappe eller et andet skema; mærket ændres aldrig."
        )


def _script(name: str) -> str:
    return files("eventlog").joinpath(name).read_text("utf-8")
