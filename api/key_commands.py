"""`overgang noegler`: the master key. docs/drift/noegler.md is its manual."""

import click

from api.clock import now
from api.command_messages import clear_messages
from api.settings import read


@click.group("noegler")
def keys() -> None:
    """Skift hovednøglen, så slettede oplysninger ikke kan læses nogen steder."""


@keys.command("roter")
def rotate() -> None:
    """Lav en ny hovednøgle, luk alle nøgler med den, og slet den gamle. Programmet må gerne køre imens."""
    from api.demonstration import open_demo_or_own
    from eventlog.keys import Forged, KeyMissing
    from eventlog.rotating import rotate as change

    with clear_messages():
        house = open_demo_or_own(read(), now)
        try:
            changed = change(house.db, house.secrets, house.log.log_id, done=_tell)
        except (KeyMissing, Forged):
            raise click.ClickException(
                "En nøgle i databasen kan ikke åbnes, så den gamle hovednøgle er ikke slettet. Er mappen med nøgler og "
                "databasen fra samme tid? Se docs/drift/noegler.md."
            ) from None
        finally:
            house.close()
    gone = ", ".join(f"master-{epoch}.key" for epoch in changed.destroyed)
    click.echo(f"master-{changed.epoch}.key er i brug; {changed.rewrapped} nøgler er lukket med den. Slettet: {gone}.")
    click.echo(
        "Tag nu en kopi af nøglemappen og af tabellen log_keys, og slet de gamle kopier af begge. En sikkerhedskopi af "
        "databasen fra før i dag kan kun læses sammen med den nye kopi af log_keys; med sine egne nøgler kan ingen "
        "læse den mere."
    )


_SAID = {
    "made": "En ny hovednøgle er lavet.",
    "announced": "Nye nøgler lukkes med den.",
    "rewrapped": "Alle nøgler er lukket med den.",
    "destroyed": "Den gamle hovednøgle er overskrevet og slettet.",
}


def _tell(step: str) -> None:
    if step in _SAID:
        click.echo(_SAID[step])
