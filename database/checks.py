"""What somebody else's server must be before we write to it."""

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from database.refusal import DatabaseRefused
from database.roles import Role

OLDEST = 15
"""The oldest major version of PostgreSQL we use."""

# synchronous_commit below `on` confirms a write that a crash, or the loss of the primary, can take back.
# Without a standby `local` and `remote_write` equal `on`, so asking for `on` costs nobody anything.
_SAFE = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
    "data_checksums": ("on",),
}
_REMEDY = {
    "fsync": "alter system set fsync = on; select pg_reload_conf();",
    "full_page_writes": "alter system set full_page_writes = on; select pg_reload_conf();",
    "synchronous_commit": (
        "alter system set synchronous_commit = on; select pg_reload_conf();\n"
        "  (og fjern en indstilling på bruger eller database: alter role … reset synchronous_commit)"
    ),
    "data_checksums": "stop serveren og kør: pg_checksums --enable -D <datamappen>",
}


def refuse_unsafe(connection: Connection[TupleRow], schema: str) -> None:
    """Raise DatabaseRefused, saying what to do, unless this server and login keep what we promise."""
    _refuse_old(connection)
    _refuse_forgetful(connection)
    _refuse_powerful(connection)
    _refuse_missing_roles(connection, schema)


def _where(connection: Connection[TupleRow]) -> str:
    info = connection.info
    return f"databasen {info.dbname} på {info.host}:{info.port} (bruger {info.user})"


def _setting(connection: Connection[TupleRow], name: str) -> str:
    row = connection.execute("select current_setting(%s)", [name]).fetchone()
    return "" if row is None else str(row[0])


def _refuse_old(connection: Connection[TupleRow]) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        raise DatabaseRefused(
            f"PostgreSQL {version} er for gammel: {_where(connection)}.\n"
            f"Overgang kræver mindst version {OLDEST}. Opgrader serveren."
        )


def _refuse_forgetful(connection: Connection[TupleRow]) -> None:
    encoding = _setting(connection, "server_encoding")
    if encoding != "UTF8":
        raise DatabaseRefused(
            f"Tegnsættet er {encoding}, ikke UTF8: {_where(connection)}.\n"
            "Opret databasen igen: create database overgang encoding 'UTF8' template template0;"
        )
    for name, safe in _SAFE.items():
        found = _setting(connection, name)
        if found not in safe:
            raise DatabaseRefused(
                f"Serveren kan miste det, den har bekræftet: {name} er {found},"
                f" skal være {' eller '.join(safe)} – {_where(connection)}.\n"
                f"Det retter databaseadministratoren sådan:\n  {_REMEDY[name]}"
            )


def _refuse_powerful(connection: Connection[TupleRow]) -> None:
    powerful = connection.execute(
        "select rolname from pg_roles where (rolsuper or rolbypassrls)"
        " and (pg_has_role(session_user, oid, 'member') or rolname = any(%s)) order by rolname",
        [[role.value for role in Role]],
    ).fetchall()
    if powerful:
        names = ", ".join(name for (name,) in powerful)
        raise DatabaseRefused(
            f"Brugeren må for meget: {names} er superbruger eller går uden om rækkesikkerheden"
            f" – {_where(connection)}.\n"
            "Så gælder adgangsreglerne ikke. Opret en bruger til Overgang og ret DATABASE_URL:\n"
            "  create role overgang_login login nosuperuser nobypassrls password '…';"
        )


def _refuse_missing_roles(connection: Connection[TupleRow], schema: str) -> None:
    # From 16 on one may be a member without the right to change to the role.
    right = "member" if connection.info.server_version < 160_000 else "set"  # noqa: PLR2004
    found: dict[str, bool] = dict(
        connection.execute(
            "select rolname, pg_has_role(session_user, oid, %s) from pg_roles where rolname = any(%s)",
            [right, [role.value for role in Role]],
        ).fetchall()
    )
    missing = [role.value for role in Role if role.value not in found]
    ungranted = [role.value for role in Role if not found.get(role.value)]
    if not ungranted:
        return
    login = sql.Identifier(connection.info.user).as_string(connection)
    database = sql.Identifier(connection.info.dbname).as_string(connection)
    lines = [f"create role {name} nologin nosuperuser nobypassrls;" for name in missing]
    lines.append(f"grant {', '.join(ungranted)} to {login};")
    if Role.OWNER.value in missing:
        lines.append(f"create schema if not exists {schema};")
        lines.append(f"alter schema {schema} owner to {Role.OWNER};")
        lines.append(f"grant connect on database {database} to {login};")
    raise DatabaseRefused(
        f"Roller mangler eller er ikke givet til brugeren: {', '.join(ungranted)} – {_where(connection)}.\n"
        "Kør som databaseadministrator i den database:\n  " + "\n  ".join(lines)
    )
