-- What was delivered, and what of it could not be used. docs/intake.md says how it is worked with.

-- One row per file and attempt. The file's name and contents may hold CPR numbers, so the name is sealed and the
-- contents are known by an HMAC of their hash only. An attempt that broke off has no finished_at.
create table if not exists delivery (
    delivery_id  uuid primary key,
    file_sealed  bytea not null,
    content      bytea not null,
    profile      text not null,
    delimiter    text not null,
    encoding     text not null,
    header       text[] not null,
    started_at   timestamptz not null,
    finished_at  timestamptz,
    rows         integer not null default 0,
    new          integer not null default 0,
    unchanged    integer not null default 0,
    corrected    integer not null default 0,
    set_aside    integer not null default 0
);
-- erased: rows about what was erased; nothing of them was kept.
alter table delivery add column if not exists erased integer not null default 0;
-- carried: how many rows from the beginning are carried through, by this attempt and those before it that broke off.
-- The next attempt at the same file goes on from there.
alter table delivery add column if not exists carried integer not null default 0;
create index if not exists delivery_content on delivery (content, profile) where finished_at is not null;
create index if not exists delivery_broken_off on delivery (content, profile) where finished_at is null;

-- Rows that wait for somebody. row_key is HMAC of profile and raw row: the same row is set aside once.
-- source_key (HMAC of source and id) and person_key (HMAC of the CPR number) are there when they could be read: by the
-- first a later row with the same id resolves this one, by the second an erasure finds it.
create table if not exists set_aside (
    row_key      bytea primary key,
    delivery_id  uuid not null references delivery,
    line         integer not null,
    column_name  text not null,
    reason       text not null,
    raw_sealed   bytea not null,
    source_key   bytea,
    person_key   bytea,
    at           timestamptz not null,
    resolved_at  timestamptz
);
-- The cells of a grid are set aside one by one, under a heading of their own, as text with ";" in UTF-8.
alter table set_aside add column if not exists own_header text[];
-- row_id names the row in addresses. corrected_by is the member of staff who put it right by hand: the row stays as it
-- came, and is not set aside again when the source sends it once more.
alter table set_aside add column if not exists row_id uuid not null default gen_random_uuid();
alter table set_aside add column if not exists corrected_by text;
-- put_away_by is the member of staff who said that the row can never be used: resolved_at is when, and it does not come
-- back when its file does.
alter table set_aside add column if not exists put_away_by text;
alter table set_aside add column if not exists put_away_reason text;
create unique index if not exists set_aside_row on set_aside (row_id);
create index if not exists set_aside_source on set_aside (source_key) where resolved_at is null;
create index if not exists set_aside_person on set_aside (person_key);
create index if not exists set_aside_waiting on set_aside (delivery_id) where resolved_at is null;

grant select, insert, update on delivery, set_aside to overgang_application;
grant select, delete on set_aside to overgang_eraser;
grant select on delivery to overgang_eraser;

-- What stands on the full lists, so that what is gone from the next can be seen. list_key is an HMAC of the kind of
-- file and source_key of the row, person_key of the CPR number. sealed is the fact, closed with the person's own key.
-- The row stood there from since_delivery to delivery_id; gone_at says when a whole list came without it.
create table if not exists listed (
    list_key       bytea not null,
    source_key     bytea not null,
    person_id      uuid not null,
    person_key     bytea not null,
    since_delivery uuid not null references delivery,
    delivery_id    uuid not null references delivery,
    sealed         bytea not null,
    gone_at        timestamptz,
    primary key (list_key, source_key)
);
create index if not exists listed_person on listed (list_key, person_key);
create index if not exists listed_of_person on listed (person_id);

-- What a row's being gone may mean, for somebody to confirm or reject: never an event by itself. sealed holds the fact
-- that stood on the list and what would be recorded. outcome: confirmed, rejected, withdrawn (the row came back).
create table if not exists proposal (
    proposal_id uuid primary key,
    list_key    bytea not null,
    source_key  bytea not null,
    person_id   uuid not null,
    party       text not null,
    delivery_id uuid not null references delivery,
    sealed      bytea not null,
    made_at     timestamptz not null,
    closed_at   timestamptz,
    closed_by   text,
    outcome     text check (outcome in ('confirmed', 'rejected', 'withdrawn')),
    reason      text,
    check ((closed_at is null) = (outcome is null))
);
create unique index if not exists proposal_open on proposal (list_key, source_key) where closed_at is null;
create index if not exists proposal_of_party on proposal (party) where closed_at is null;
create index if not exists proposal_of_person on proposal (person_id);

grant select, insert, update on listed, proposal to overgang_application;
grant select, delete on listed, proposal to overgang_eraser;
