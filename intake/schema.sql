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
create index if not exists delivery_content on delivery (content, profile) where finished_at is not null;

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
create index if not exists set_aside_source on set_aside (source_key) where resolved_at is null;
create index if not exists set_aside_person on set_aside (person_key);
create index if not exists set_aside_waiting on set_aside (delivery_id) where resolved_at is null;

grant select, insert, update on delivery, set_aside to overgang_application;
grant select, delete on set_aside to overgang_eraser;
