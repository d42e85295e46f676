"""A fictional municipality's files: deterministic, hanging together, nobody's."""

from demo.breaking import break_file, cut_file
from demo.files import FolderInUse, write
from demo.lives import Told, Youth, youths

__all__ = ["FolderInUse", "Told", "Youth", "break_file", "cut_file", "write", "youths"]
