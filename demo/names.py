"""Names of nobody, out of `names.toml`."""

import tomllib
from importlib.resources import files
from random import Random

_NAMES: dict[str, list[str]] = tomllib.loads(files("demo").joinpath("names.toml").read_text("utf-8"))
_LONG_ONE_IN = 40


def first_name(draw: Random, *, is_male: bool, is_new: bool) -> str:
    """A first name; some are double, a few are very long, newcomers have names from elsewhere."""
    sex = "male" if is_male else "female"
    if is_new:
        return draw.choice(_NAMES[f"newly_come_{sex}"])
    return draw.choice(_NAMES["long" if draw.randrange(_LONG_ONE_IN) == 0 else sex])


def last_name(draw: Random) -> str:
    """A surname that nobody takes for a real one."""
    return draw.choice(_NAMES["long_surnames" if draw.randrange(_LONG_ONE_IN) == 0 else "surnames"])
