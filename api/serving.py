"""Serves on loopback until it is told to stop."""

import socket
from typing import Any

import click
import uvicorn

from api.app import create_app
from api.house import House
from api.settings import SettingRefused

LOOPBACK = "127.0.0.1"
MOST_CONNECTIONS = 500
"""The last barrier, half of the files that a process may usually open; `api.shedding` answers long before it."""


class _Announcing(uvicorn.Server):
    """Says the address when pages can be had, not before."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            click.echo(f"Overgang kører på http://{LOOPBACK}:{self.config.port} – stop med Ctrl-C.")


def refuse_taken_port(port: int) -> None:
    """Raise SettingRefused when something else serves there; better now than after the database was filled."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise SettingRefused(
                f"Port {port} er optaget af et andet program. Stop det, eller vælg en anden port: PORT=8001 make run"
            ) from None


def serve(house: House) -> None:
    """Serve the house's pages; returns when interrupted, with everything stopped."""
    # The access log would hold case numbers; who looked at whom stands in the read log instead.
    config = uvicorn.Config(
        create_app(house),
        host=LOOPBACK,
        port=house.settings.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
        limit_concurrency=MOST_CONNECTIONS,
        log_config=_plain_log(),
    )
    try:
        _Announcing(config).run()
    except KeyboardInterrupt:
        click.echo("Stoppet.")
    finally:
        house.close()  # again, in case an impatient second Ctrl-C cut the orderly end short


def _plain_log() -> dict[str, Any]:
    line = {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    handler = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "filters": {"quiet": {"()": "api.serving.NoTraces"}},
        "handlers": {"out": handler},
        "root": {"handlers": ["out"], "level": "WARNING"},
    }


class NoTraces:
    """A traceback may quote what somebody wrote; `api.errors` logs class, place and reference instead."""

    @staticmethod
    def filter(record: Any) -> bool:
        """Keep the line, drop the trace."""
        record.exc_info = record.exc_text = None
        return True
