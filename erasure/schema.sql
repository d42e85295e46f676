-- Who decided that what is erased, and how far it has come. Ids and codes only: `reference` is checked for names and
-- numbers before it is kept. Rows stay when everything else about the person is gone, as the proof that it was done.

-- streams: the file itself and the files that were joined into it. content: SHA-256 over how far these had come, so that
-- what was proposed, what was confirmed and what is erased is the same. An erasure of a restored backup that only the
-- ledger file knew of has an empty reference.
create table if not exists erasure (
    erasure_id   uuid primary key,
    person_id    uuid not null,
    streams      uuid[] not null check (cardinality(streams) > 0),
    key_group    text check (key_group in ('education', 'social', 'health', 'work')),
    ground       text not null,
    archive      text not null check (archive in ('handed-over', 'may-be-discarded')),
    reference    text not null,
    content      bytea,
    proposed_by  text not null,
    proposed_at  timestamptz not null,
    confirmed_by text check (confirmed_by <> proposed_by),
    confirmed_at timestamptz,
    withdrawn_by text,
    withdrawn_at timestamptz,
    finished_at  timestamptz,
    check ((confirmed_by is null) = (confirmed_at is null)),
    check ((withdrawn_by is null) = (withdrawn_at is null)),
    check (finished_at is null or (confirmed_at is not null and withdrawn_at is null))
);
create unique index if not exists erasure_open on erasure (person_id, coalesce(key_group, ''))
    where withdrawn_at is null and finished_at is null;
create index if not exists erasure_person on erasure (person_id);

-- A legal hold: as long as one stands, nothing of the person is erased.
create table if not exists erasure_hold (
    hold_id    uuid primary key,
    person_id  uuid not null,
    reference  text not null,
    set_by     text not null,
    set_at     timestamptz not null,
    lifted_by  text,
    lifted_at  timestamptz,
    check ((lifted_by is null) = (lifted_at is null))
);
create unique index if not exists erasure_hold_standing on erasure_hold (person_id) where lifted_at is null;

grant select, insert on erasure to overgang_application;
grant update (confirmed_by, confirmed_at, withdrawn_by, withdrawn_at) on erasure to overgang_application;
grant select, insert, update (lifted_by, lifted_at) on erasure_hold to overgang_application;
grant select, insert, update (confirmed_by, confirmed_at, withdrawn_by, withdrawn_at, finished_at)
    on erasure to overgang_eraser;
grant select on erasure_hold to overgang_eraser;
