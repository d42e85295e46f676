-- The log. Rows are added by log_append and by nothing else; docs/log-format.md says what they mean.

-- One row: which log this is, and how far it has come. Its lock is what puts writers in a row, so that positions
-- are gapless and in the order of commit: a reader who has seen position n has seen everything before it.
create table if not exists log_head (
    one           boolean primary key default true check (one),
    log_id        uuid not null,
    municipality  text not null,
    demo          boolean not null,
    position      bigint not null default 0,
    recorded_at   timestamptz not null default '-infinity'
);

create table if not exists log_events (
    originator_id      uuid not null,
    originator_version bigint not null,
    topic              text not null,
    state              bytea not null,
    notification_id    bigint not null primary key,
    stream_kind        text not null,
    key_group          text not null,
    recorded_at        timestamptz not null,
    unique (originator_id, originator_version)
);

-- Data keys, wrapped by a master key that is not in the database. written_in tells a key of the asker's own, still
-- open transaction from one that is there to stay.
create table if not exists log_keys (
    key_id     uuid primary key,
    stream     uuid not null,
    key_group  text not null,
    epoch      integer not null,
    wrapped    bytea not null,
    written_in xid8 not null default pg_current_xact_id()
);
create index if not exists log_keys_stream on log_keys (stream);

-- What was already delivered: HMAC of source and source id, HMAC of the content, and the first entry.
create table if not exists log_sources (
    source_key bytea primary key,
    content    bytea not null,
    entry_id   uuid not null,
    stream     uuid not null
);

-- Which commands were already carried out, and where their entries begin.
create table if not exists log_commands (
    command_id uuid primary key,
    position   bigint not null,
    entry_ids  uuid[] not null
);

-- Appends entries, or nothing. Raises OG001 when a version is taken (decide again), OG002 when the command was
-- carried out before, OG003 when a time is given to a log that is not a demonstration, OG004 when an entry was closed
-- with a key that is not stored.
create or replace function log_append(
    streams uuid[], versions bigint[], topics text[], states bytea[], kinds text[], groups text[],
    key_ids uuid[], key_streams uuid[], key_groups text[], key_epochs int[], key_wrapped bytea[],
    source_keys bytea[], source_contents bytea[], source_entries uuid[], source_streams uuid[],
    command uuid, entry_ids uuid[], recorded timestamptz
) returns table (first_position bigint, stamped timestamptz)
language plpgsql security definer set search_path from current as $$
declare
    head record;
    given int := cardinality(streams);
    new_sources int;
    used uuid[];
begin
    select * into head from log_head for update;
    if recorded is not null and not head.demo then
        raise exception using errcode = 'OG003', message = 'a time was given to a log that is not a demonstration';
    end if;
    if command is not null and exists (select from log_commands c where c.command_id = command) then
        raise exception using errcode = 'OG002', message = 'the command was carried out before';
    end if;
    if exists (
        select from (select s, min(v) as first from unnest(streams, versions) as new (s, v) group by s) as new
        where first <> 1 + coalesce(
            (select max(e.originator_version) from log_events e where e.originator_id = new.s), 0)
    ) then
        raise exception using errcode = 'OG001', message = 'somebody else wrote to the stream first';
    end if;

    first_position := head.position + 1;
    stamped := greatest(head.recorded_at, coalesce(recorded, clock_timestamp()));

    insert into log_keys (key_id, stream, key_group, epoch, wrapped)
    select * from unnest(key_ids, key_streams, key_groups, key_epochs, key_wrapped);

    -- The key's id stands after the format byte. A key that was destroyed, or lost in a restore, may still be in the
    -- memory of a writer; what it closed could never be opened.
    used := array(select distinct encode(substr(b, 2, 16), 'hex')::uuid from unnest(states) as new (b));
    if (select count(*) from log_keys where key_id = any(used)) <> cardinality(used) then
        raise exception using errcode = 'OG004', message = 'an entry was closed with a key that is not stored';
    end if;

    insert into log_events
    select s, v, t, b, head.position + n, k, g, stamped
    from unnest(streams, versions, topics, states, kinds, groups) with ordinality as new (s, v, t, b, k, g, n);

    insert into log_sources (source_key, content, entry_id, stream)
    select * from unnest(source_keys, source_contents, source_entries, source_streams)
    on conflict (source_key) do update set content = excluded.content
    where log_sources.stream = excluded.stream and log_sources.entry_id = excluded.entry_id;
    get diagnostics new_sources = row_count;
    if new_sources <> cardinality(source_keys) then
        -- Perhaps for another person: their stream's version did not show it.
        raise exception using errcode = 'OG001', message = 'somebody else delivered the same first';
    end if;

    if command is not null then
        insert into log_commands values (command, first_position, entry_ids);
    end if;

    update log_head set position = head.position + given, recorded_at = stamped;
    perform pg_notify(left('log_' || current_schema(), 63), (head.position + given)::text);
    return next;
end $$;

-- What was delivered as one entry counts as delivered as another, on another stream: a fact that was moved to the
-- right person takes its source along, so that the next delivery corrects it there.
create or replace function log_move_sources(from_entries uuid[], to_entries uuid[], to_streams uuid[]) returns void
language sql security definer set search_path from current as $$
    update log_sources set entry_id = to_entry, stream = to_stream
    from unnest(from_entries, to_entries, to_streams) as moved (from_entry, to_entry, to_stream)
    where entry_id = from_entry;
$$;

revoke all on function log_append, log_move_sources from public;
grant execute on function log_append, log_move_sources to overgang_application;
grant select on log_head, log_events, log_keys to overgang_application, overgang_follower;
grant select on log_sources, log_commands to overgang_application;
grant insert on log_keys to overgang_application;
