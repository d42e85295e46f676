"""Who people are: young people, their relatives, and the staff. The only room that knows names and numbers.

Unlike the log it may be changed and erased. Everything that says who somebody is lies sealed in the tables.
"""

from importlib.resources import files

from database.database import Database


def install(db: Database) -> None:
    """Make the tables of this room; asked twice is nothing."""
    db.install([("people", schema())])


def schema() -> str:
    """The SQL of this room, for whoever installs several rooms at once."""
    return files("people").joinpath("schema.sql").read_text("utf-8")
