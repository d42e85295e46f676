"""What operators can mend is said in one Danish sentence, not as a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from api.settings import SettingRefused


@contextmanager
def clear_messages() -> Iterator[None]:
    """Turn what a command was refused with into its message and exit code 1."""
    from database import DatabaseFault, DatabaseRefused, Unavailable
    from erasure import ErasureRefused, ErasureStuck
    from eventlog import SecretsRefused
    from eventlog.rotating import RotationRunning
    from projections.turns import RebuildRunning

    try:
        yield
    except (SettingRefused, DatabaseRefused, SecretsRefused, ErasureStuck) as refusal:
        raise click.ClickException(str(refusal)) from None
    except ErasureRefused as refusal:
        raise click.ClickException(refusal.text) from None
    except RotationRunning:
        raise click.ClickException("En anden er ved at skifte hovednøglen. Prøv igen, når det er færdigt.") from None
    except RebuildRunning:
        raise click.ClickException(
            "Listerne bliver bygget op, eller unge bliver genoptaget, lige nu. Prøv igen, når det er færdigt."
        ) from None
    except Unavailable:
        raise click.ClickException("Databasen svarer ikke. Se docs/drift/postgresql.md.") from None
    except DatabaseFault as fault:
        # By its code alone: the database's own words quote what stood in the row.
        raise click.ClickException(
            f"Databasen afviste det (kode {fault.sqlstate or 'ukendt'}). Det, der var gemt, er der stadig; kør "
            "kommandoen igen, eller meld koden."
        ) from None
