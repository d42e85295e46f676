"""A throw-away cluster that somebody else runs: Debian's PostgreSQL 15, or the wheel's 18."""

import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from database.binaries import programs, run_as, server_user

DEBIAN = Path("/usr/lib/postgresql/15/bin")


def binaries(major: str) -> Path | None:
    """Find the programs of this major version, or None when they are not installed."""
    if major == "18":
        return programs(server_user())
    return DEBIAN if (DEBIAN / "postgres").exists() else None


@dataclass
class ForeignServer:
    home: Path
    process: "subprocess.Popen[bytes]"

    @classmethod
    def start(
        cls, home: Path, tools: Path, settings: Mapping[str, str] | None = None, *, checksums: bool = True
    ) -> "ForeignServer":
        """`home` must have a short path that the server's user can get through to."""
        user = server_user()
        home.mkdir(mode=0o700)
        if user is not None:
            os.chown(home, user.uid, user.gid)
        unsafe = ["--no-data-checksums"] if tools != DEBIAN else []  # 15 has none unless it is asked
        subprocess.run(
            [
                *(tools / "initdb", "-D", home / "data", "-U", "postgres", "--auth=trust", "--locale=C"),
                *("--encoding=UTF8", "--no-sync", *(["--data-checksums"] if checksums else unsafe)),
            ],
            check=True,
            capture_output=True,
            cwd="/",
            **run_as(user),
        )
        chosen = {"max_connections": "100", "listen_addresses": "", **(settings or {})}
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        with (home / "log").open("ab") as log:
            process = subprocess.Popen(
                [tools / "postgres", "-D", home / "data", "-k", home, *options],
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **run_as(user),
            )
        server = cls(home, process)
        while process.poll() is None:
            try:
                psycopg.connect(server.conninfo("postgres", "postgres")).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return server
        raise RuntimeError((home / "log").read_text(encoding="utf-8"))

    def conninfo(self, role_name: str, dbname: str) -> str:
        return make_conninfo(host=str(self.home), user=role_name, dbname=dbname)

    def stop(self) -> None:
        self.process.send_signal(2)
        self.process.wait(30)
