"""Schemas whose tables are made once and lent to one test after another.

Making the tables of all rooms takes a tenth of a second, emptying them a tenth of that. Nothing of a test is left for
the next one, and nothing need be believed about that:

* every table that ever held a row gets a new, empty file (TRUNCATE), so that rows also lie in the order in which they
  come; sequences begin anew, and what the planner had learnt is forgotten;
* the schema gets a name that no test has had, so that a connection or thread that somebody forgot finds nothing;
* a schema in which anything but rows was changed – a table, a function, a right – is left alone and never lent again.
"""

from collections import defaultdict
from collections.abc import Callable

import psycopg
from psycopg import Connection, sql

from database import Database

Rooms = tuple[Callable[[Database], object], ...]
"""Make the tables of a room each."""

PATIENCE = "5s"
"""How long somebody who still works in a schema is waited for."""

_STRUCTURE = """
with here as (
    select n.oid, n.nspowner, n.nspacl from pg_namespace n where n.nspname = %(schema)s
), relations as (
    select c.oid from pg_class c join here on c.relnamespace = here.oid
), parts (part) as (
    select here::text from here
    union all select 'installed ' || i::text from {schema}.installed i
    union all select concat_ws(' ', 'class', c.oid, c.relname, c.relowner, c.relkind, c.relpersistence, c.relacl,
        c.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.reltablespace)
        from pg_class c join relations using (oid)
    union all select concat_ws(' ', 'function', p.oid, p.proname, p.proowner, p.proacl, p.prosrc, p.prosecdef,
        p.provolatile, p.prolang, p.proargtypes, replace(p.proconfig::text, %(schema)s, ''))
        from pg_proc p join here on p.pronamespace = here.oid
    union all select 'sequence ' || s::text from pg_sequence s join relations r on r.oid = s.seqrelid
    -- Of these every change leaves a new row version, and emptying tables none.
    union all select concat_ws(' ', 'column', a.attrelid, a.attnum, a.xmin) from pg_attribute a
        join relations r on r.oid = a.attrelid
    union all select concat_ws(' ', 'default', d.oid, d.xmin) from pg_attrdef d join relations r on r.oid = d.adrelid
    union all select concat_ws(' ', 'index', i.indexrelid, i.xmin) from pg_index i
        join relations r on r.oid = i.indexrelid
    union all select concat_ws(' ', 'constraint', c.oid, c.xmin) from pg_constraint c
        join here on c.connamespace = here.oid
    union all select concat_ws(' ', 'trigger', t.oid, t.xmin) from pg_trigger t join relations r on r.oid = t.tgrelid
    union all select concat_ws(' ', 'rule', w.oid, w.xmin) from pg_rewrite w join relations r on r.oid = w.ev_class
    union all select concat_ws(' ', 'policy', p.oid, p.xmin) from pg_policy p join relations r on r.oid = p.polrelid
    union all select concat_ws(' ', 'type', t.oid, t.xmin) from pg_type t join here on t.typnamespace = here.oid
    union all select concat_ws(' ', 'statistics', s.oid, s.xmin) from pg_statistic_ext s
        join here on s.stxnamespace = here.oid
    union all select concat_ws(' ', 'rights', d.oid, d.xmin) from pg_default_acl d
        join here on d.defaclnamespace = here.oid
)
select count(*), sum(hashtextextended(part, 0)::numeric) from parts
"""

_EMPTY = """
do $$
declare
    used text;
    one record;
begin
    perform set_config('lock_timeout', {patience}, true);
    select string_agg(oid::regclass::text, ', ') into used from pg_class
        where relnamespace = {old_name}::regnamespace and relkind = 'r' and relname <> 'installed'
        and (pg_relation_size(oid) > 0 or reltuples <> -1);
    if used is not null then
        execute 'truncate ' || used || ' cascade';
    end if;
    for one in select oid::regclass as name from pg_class
        where relnamespace = {old_name}::regnamespace
        and case relkind when 'S' then pg_sequence_last_value(oid) is not null else false end
    loop
        execute format('alter sequence %s restart', one.name);
    end loop;
    delete from pg_statistic s using pg_class c
        where c.oid = s.starelid and c.relnamespace = {old_name}::regnamespace;
    alter schema {old} rename to {new};
    perform set_config('search_path', {new_path}, true);
    for one in select oid::regprocedure as name from pg_proc
        where pronamespace = {new_name}::regnamespace and proconfig is not null
    loop
        execute format('alter routine %s set search_path from current', one.name);
    end loop;
end $$
"""


class Shelf:
    """What can be lent, by the rooms whose tables it has. `connect` gives a connection of the superuser."""

    def __init__(self, connect: Callable[[], "Connection[tuple[object, ...]]"]) -> None:
        self._connect = connect
        self._kept: dict[Rooms, list[str]] = defaultdict(list)
        self._structures: dict[str, object] = {}
        self._outside: Connection[tuple[object, ...]] | None = None

    def take(self, rooms: Rooms) -> str | None:
        """Take a schema in which these tables stand and are empty, or None when none is free."""
        kept = self._kept[rooms]
        return kept.pop() if kept else None

    def new(self, schema: str, new_name: str) -> str:
        """Empty a schema in which the tables were just made, and answer with its new name: it is lent at once."""
        structure = self._structure(schema)
        self._empty(schema, new_name)
        self._structures[new_name] = structure
        return new_name

    def give_back(self, schema: str, rooms: Rooms, new_name: str) -> None:
        """Empty it for the next one under a new name, unless more than rows was changed.

        Raises LockNotAvailable when somebody still works in it.
        """
        structure = self._structures.pop(schema)
        if self._structure(schema) == structure:
            self._empty(schema, new_name)
            self._structures[new_name] = structure
            self._kept[rooms].append(new_name)

    def close(self) -> None:
        if self._outside is not None:
            self._outside.close()

    def _empty(self, schema: str, new_name: str) -> None:
        script = sql.SQL(_EMPTY).format(
            patience=sql.Literal(PATIENCE),
            old=sql.Identifier(schema),
            old_name=sql.Literal(schema),
            new=sql.Identifier(new_name),
            new_name=sql.Literal(new_name),
            new_path=sql.Literal(f"{new_name},pg_temp"),
        )
        self._outsider().execute(script)

    def _structure(self, schema: str) -> object:
        try:
            question = sql.SQL(_STRUCTURE).format(schema=sql.Identifier(schema))
            return self._outsider().execute(question, {"schema": schema}).fetchone()
        except psycopg.errors.UndefinedTable:
            return None

    def _outsider(self) -> "Connection[tuple[object, ...]]":
        if self._outside is None or self._outside.closed:
            self._outside = self._connect()
            self._outside.execute("set synchronous_commit = off")  # a server that dies takes the shelf along
        return self._outside
