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

-- epoch: keys wrapped under an older master key than this are refused. erasures: how many rows the ledger has.
-- index_check: an HMAC by which the index key is known again.
alter table log_head add column if not exists epoch integer not null default 1;
alter table log_head add column if not exists erasures bigint not null default 0;
alter table log_head add column if not exists index_check bytea;

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

-- What was already delivered: HMAC of source and source id, HMAC of the content, and the first entry. A delivery that
-- was moved to another person stays when that one is erased, without its content: it must not come back to the first.
create table if not exists log_sources (
    source_key bytea primary key,
    content    bytea not null,
    entry_id   uuid not null,
    stream     uuid not null
);

alter table log_sources add column if not exists moved boolean not null default false;

-- Which commands were already carried out, and where their entries begin.
create table if not exists log_commands (
    command_id uuid primary key,
    position   bigint not null,
    entry_ids  uuid[] not null
);

-- The erasure ledger: what of a stream is gone up to this position, all of it or one group. A key that is missing
-- without a row here is an incident. Rows are added by log_erase and never changed.
create table if not exists log_erasures (
    number     bigint primary key,
    erasure_id uuid not null unique,
    stream     uuid not null,
    key_group  text,
    position   bigint not null,
    at         timestamptz not null
);
create index if not exists log_erasures_stream on log_erasures (stream);

-- Appends entries, or nothing; answers with the position of the first. Raises OG001 when a version is taken or something
-- was erased since the writer read (decide again), OG002 when the command was carried out before, OG003 when a time is
-- given to a log that is not a demonstration, OG004 when an entry was closed with a key that is not stored, OG005 when
-- the stream was erased, OG006 when a key is wrapped under a master key that is no longer used. What is not given – keys,
-- deliveries, a command, a time – is null.
drop function if exists log_append(uuid[], bigint[], text[], bytea[], text[], text[], uuid[], uuid[], text[], int[],
    bytea[], bytea[], bytea[], uuid[], uuid[], uuid, uuid[], timestamptz);
drop function if exists log_append(uuid[], bigint[], text[], bytea[], text[], text[], uuid[], uuid[], text[], int[],
    bytea[], bytea[], bytea[], uuid[], uuid[], uuid, uuid[], timestamptz, bigint);
create function log_append(
    streams uuid[], versions bigint[], topics text[], states bytea[], kinds text[], groups text[],
    key_ids uuid[], key_streams uuid[], key_groups text[], key_epochs int[], key_wrapped bytea[],
    source_keys bytea[], source_contents bytea[], source_entries uuid[], source_streams uuid[],
    command uuid, entry_ids uuid[], recorded timestamptz, seen_erasures bigint
) returns bigint
language plpgsql security definer set search_path from current as $$
declare
    head record;
    given int := cardinality(streams);
    written boolean := false;
    new_sources int;
begin
    -- The lock, the next position and the time in one statement; undone with everything else when something is raised.
    update log_head as h
    set position = h.position + given,
        recorded_at = greatest(h.recorded_at, coalesce(recorded, clock_timestamp()))
    returning h.position - given + 1 as first, h.recorded_at, h.demo, h.erasures, h.epoch into head;

    if recorded is not null and not head.demo then
        raise exception using errcode = 'OG003', message = 'a time was given to a log that is not a demonstration';
    end if;
    if command is not null then
        insert into log_commands values (command, head.first, entry_ids) on conflict do nothing;
        if not found then
            raise exception using errcode = 'OG002', message = 'the command was carried out before';
        end if;
    end if;
    if head.erasures > 0 then
        if head.erasures <> seen_erasures
            and exists (select from log_erasures where stream = any(streams) and number > seen_erasures)
        then
            raise exception using errcode = 'OG001', message = 'something of it was erased meanwhile';
        end if;
        if exists (select from log_erasures where stream = any(streams) and key_group is null) then
            raise exception using errcode = 'OG005', message = 'the stream was erased';
        end if;
    end if;
    if head.epoch > any(key_epochs) then
        raise exception using errcode = 'OG006', message = 'a key is wrapped under an old master key';
    end if;
    if cardinality(key_ids) > 0 then
        insert into log_keys (key_id, stream, key_group, epoch, wrapped)
        select * from unnest(key_ids, key_streams, key_groups, key_epochs, key_wrapped);
    end if;

    -- One entry is what a click writes: checked and written by one statement. What does not pass comes to the checks
    -- of many below, which say why. The key's id stands after the format byte. A key that was destroyed, or lost in a
    -- restore, may still be in the memory of a writer; what it closed could never be opened.
    if given = 1 then
        insert into log_events (originator_id, originator_version, topic, state, notification_id, stream_kind,
            key_group, recorded_at)
        select streams[1], versions[1], topics[1], states[1], head.first, kinds[1], groups[1], head.recorded_at
        where versions[1] = 1 + coalesce(
                (select max(e.originator_version) from log_events e where e.originator_id = streams[1]), 0)
            and exists (select from log_keys where key_id = encode(substr(states[1], 2, 16), 'hex')::uuid);
        written := found;
    end if;
    if not written then
        if exists (
            select from (select s, min(v) as first from unnest(streams, versions) as new (s, v) group by s) as new
            where first <> 1 + coalesce(
                (select max(e.originator_version) from log_events e where e.originator_id = new.s), 0))
        then
            raise exception using errcode = 'OG001', message = 'somebody else wrote to the stream first';
        end if;
        if exists (
            select from (select distinct encode(substr(b, 2, 16), 'hex')::uuid as id from unnest(states) as new (b)) as used
            where not exists (select from log_keys where key_id = used.id))
        then
            raise exception using errcode = 'OG004', message = 'an entry was closed with a key that is not stored';
        end if;
        insert into log_events (originator_id, originator_version, topic, state, notification_id, stream_kind,
            key_group, recorded_at)
        select s, v, t, b, head.first - 1 + n, k, g, head.recorded_at
        from unnest(streams, versions, topics, states, kinds, groups) with ordinality as new (s, v, t, b, k, g, n);
    end if;

    if cardinality(source_keys) > 0 then
        insert into log_sources (source_key, content, entry_id, stream)
        select * from unnest(source_keys, source_contents, source_entries, source_streams)
        on conflict (source_key) do update set content = excluded.content
        where log_sources.stream = excluded.stream and log_sources.entry_id = excluded.entry_id;
        get diagnostics new_sources = row_count;
        if new_sources <> cardinality(source_keys) then
            -- Perhaps for another person: their stream's version did not show it.
            raise exception using errcode = 'OG001', message = 'somebody else delivered the same first';
        end if;
    end if;

    perform pg_notify(left('log_' || current_schema(), 63), (head.first + given - 1)::text);
    return head.first;
end $$;

-- What was delivered as one entry counts as delivered as another, on another stream: a fact that was moved to the
-- right person takes its source along, so that the next delivery corrects it there.
create or replace function log_move_sources(from_entries uuid[], to_entries uuid[], to_streams uuid[]) returns void
language sql security definer set search_path from current as $$
    update log_sources set entry_id = to_entry, stream = to_stream, moved = true
    from unnest(from_entries, to_entries, to_streams) as moved (from_entry, to_entry, to_stream)
    where entry_id = from_entry;
$$;

-- Stores keys that no entry uses yet; false, and nothing stored, when they are wrapped under a master key that is no
-- longer used. The insert waits while a rotation draws its line, so the epoch is looked at after it. Raises OG005 as
-- log_append.
create or replace function log_add_keys(
    key_ids uuid[], key_streams uuid[], key_groups text[], key_epochs int[], key_wrapped bytea[]
) returns boolean
language plpgsql security definer set search_path from current as $$
begin
    -- Held until the commit: an erasure waits for it and finds the key, or is seen here. Appends do not wait.
    perform from log_head for key share;
    if exists (select from log_erasures where stream = any(key_streams) and key_group is null) then
        raise exception using errcode = 'OG005', message = 'the stream was erased';
    end if;
    insert into log_keys (key_id, stream, key_group, epoch, wrapped)
    select * from unnest(key_ids, key_streams, key_groups, key_epochs, key_wrapped);
    if (select epoch from log_head) > any(key_epochs) then
        delete from log_keys where key_id = any(key_ids);
        return false;
    end if;
    return true;
end $$;

-- Erases a stream, or one group of it: ledger, keys, ciphertext and what was delivered, in the caller's transaction.
-- Under a known erasure_id it only finishes what a restored backup has brought back; what was written after the
-- erasure, under new keys, stays. Answers with how many entries were emptied.
create or replace function log_erase(erasure uuid, erased uuid, of_group text, erased_at timestamptz) returns bigint
language plpgsql security definer set search_path from current as $$
declare
    head record;
    until bigint;
    emptied bigint;
begin
    select * into head from log_head for update;
    select e.position into until from log_erasures e where e.erasure_id = erasure;
    if until is null then
        until := head.position;
        insert into log_erasures values (head.erasures + 1, erasure, erased, of_group, until, erased_at);
        update log_head set erasures = head.erasures + 1;
        delete from log_keys where stream = erased and (of_group is null or key_group = of_group);
    else
        delete from log_keys k where k.stream = erased and (of_group is null or k.key_group = of_group
            and k.key_id in (select encode(substr(e.state, 2, 16), 'hex')::uuid from log_events e
                where e.originator_id = erased and e.key_group = of_group and e.notification_id + 0 <= until
                and e.state <> ''));
    end if;
    if of_group is null then
        delete from log_sources where stream = erased and not moved;
        update log_sources set content = '' where stream = erased and moved;
    end if;
    update log_events set state = '' where originator_id = erased and (of_group is null or key_group = of_group)
        and notification_id + 0 <= until and state <> '';
    get diagnostics emptied = row_count;
    return emptied;
end $$;

-- The index key is known again by this; the first one that asks is the right one.
create or replace function log_index_check(given bytea) returns boolean
language plpgsql security definer set search_path from current as $$
begin
    update log_head set index_check = given where index_check is null;
    return (select index_check = given from log_head);
end $$;

revoke all on function log_append, log_move_sources, log_add_keys, log_erase, log_index_check from public;
grant execute on function log_append, log_move_sources, log_add_keys, log_index_check to overgang_application;
grant execute on function log_erase to overgang_eraser;
grant select on log_head, log_events, log_keys, log_erasures
    to overgang_application, overgang_follower, overgang_eraser;
grant select on log_sources, log_commands to overgang_application;
revoke insert on log_keys from overgang_application;
