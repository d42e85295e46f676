"""A fictional municipality's files: deterministic, hanging together, nobody's."""

from demo.breaking import break_file, cut_file
from demo.files import FolderInUse, write
from demo.key import KEY_FILE, Answer, answer_key
from demo.law import rules_of_the_municipality
from demo.life import Planted, Told
from demo.lives import Youth, youths

__all__ = [
    "KEY_FILE",
    "Answer",
    "FolderInUse",
    "Planted",
    "Told",
    "Youth",
    "answer_key",
    "break_file",
    "cut_file",
    "rules_of_the_municipality",
    "write",
    "youths",
]
