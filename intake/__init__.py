"""Files in: what other systems export becomes facts in the log, or is set aside with its reason."""

from importlib.resources import files

from database import Database
from intake.deliveries import Delivery, deliveries, import_each, import_paths, size_of
from intake.importing import import_file, try_again
from intake.office import Office
from intake.profile import Profile
from intake.profiles import ProfileFault, read_profiles, shipped_profiles
from intake.report import FileRefused, Report, Wrong

__all__ = [
    "Delivery",
    "FileRefused",
    "Office",
    "Profile",
    "ProfileFault",
    "Report",
    "Wrong",
    "deliveries",
    "import_each",
    "import_file",
    "import_paths",
    "install",
    "read_profiles",
    "schema",
    "shipped_profiles",
    "size_of",
    "try_again",
]


def install(db: Database) -> None:
    """Make the tables of this room; asked twice is nothing."""
    db.install([("intake", schema())])


def schema() -> str:
    """The SQL of this room, for whoever installs several rooms at once."""
    return files("intake").joinpath("schema.sql").read_text("utf-8")
