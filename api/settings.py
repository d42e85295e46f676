"""Settings from the environment, read once. Every one is described in docs/drift/indstillinger.md."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_PORT = 8000


class SettingRefused(Exception):  # noqa: N818 - the program refuses to start
    """A setting cannot be used. The text says which and why, in Danish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this program was started."""

    database_url: str | None
    data: Path
    schema: str
    port: int

    @property
    def keys(self) -> Path:
        """Where the keys lie; never inside the database's own folder."""
        return self.data / "keys"


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings, or SettingRefused."""
    given = os.environ if environment is None else environment
    port = given.get("PORT", "") or str(DEFAULT_PORT)
    if not port.isdigit() or not 0 < int(port) < 2**16:
        raise SettingRefused(f"PORT er “{port}”; det skal være et tal mellem 1 og 65535.")
    schema = given.get("OVERGANG_SCHEMA", "") or "demo"
    if not schema.isidentifier() or not schema.islower() or not schema.isascii():
        raise SettingRefused("OVERGANG_SCHEMA må kun bestå af små bogstaver a-z, tal og understregning.")
    return Settings(
        database_url=given.get("DATABASE_URL") or None,
        data=Path(given.get("OVERGANG_DATA", "") or "data").absolute(),
        schema=schema,
        port=int(port),
    )
