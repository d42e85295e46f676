-- Who people are. No name and no CPR number stands here in clear; a date of birth stands only in the log.
-- The follower has no right to anything here: lists hold ids, never names. What is sealed names its own key.

create table if not exists person (
    person_id    uuid primary key,
    case_number  text not null unique check (case_number ~ '^[1-9][0-9]{5,6}$'),
    cpr_hmac     bytea not null unique check (octet_length(cpr_hmac) = 32),
    cpr_sealed   bytea not null,
    name_sealed  bytea not null,
    protected    boolean not null,
    created_at   timestamptz not null,
    changed_at   timestamptz not null
);
-- The file in which this one goes on, when both were about the same young person. Erasing that one erases this row.
alter table person add column if not exists joined_into uuid references person on delete cascade
    check (joined_into <> person_id);
create index if not exists person_joined_into on person (joined_into) where joined_into is not null;
comment on column person.protected is 'name and address protection (CPR-loven § 28); only lifted by a decision of its own';
grant select, insert, update on person to overgang_application;
grant select, delete on person to overgang_eraser;

create table if not exists person_name_prefix (
    person_id   uuid not null references person on delete cascade,
    prefix_hmac bytea not null check (octet_length(prefix_hmac) = 16),
    primary key (prefix_hmac, person_id)
);
create index if not exists person_name_prefix_person on person_name_prefix (person_id);
grant select, insert, delete on person_name_prefix to overgang_application;
grant select, delete on person_name_prefix to overgang_eraser;

create table if not exists relative (
    person_id   uuid not null references person on delete cascade,
    reference   text not null check (reference ~ '^relative-[1-9][0-9]*$'),
    relation    text not null check (relation ~ '^[a-z-]{1,40}$'),
    name_sealed bytea not null,
    created_at  timestamptz not null,
    primary key (person_id, reference)
);
grant select, insert, update on relative to overgang_application;
grant select, delete on relative to overgang_eraser;

create table if not exists unit (
    unit_id     text primary key check (unit_id ~ '^[a-z0-9-]{1,40}$'),
    party       text not null,
    name_sealed bytea not null
);
grant select, insert, update on unit to overgang_application;

create table if not exists staff (
    staff_id    text primary key check (staff_id ~ '^[a-z0-9-]{1,40}$'),
    unit_id     text not null references unit,
    function    text not null check (function in ('worker', 'coordinator', 'leader', 'dpo')),
    name_sealed bytea not null,
    active      boolean not null
);
comment on table staff is 'never deleted: the log and the read log point here';
grant select, insert, update on staff to overgang_application;

-- Who is away, and who stands in. May be changed and erased; nothing of it is in the log.
create table if not exists staff_absence (
    absence_id    uuid primary key,
    staff_id      text not null references staff,
    substitute_id text not null references staff check (substitute_id <> staff_id),
    first_day     date not null,
    last_day      date not null check (last_day >= first_day),
    made_by       text not null references staff,
    made_at       timestamptz not null
);
comment on column staff_absence.last_day is 'counted in';
create index if not exists staff_absence_staff on staff_absence (staff_id, last_day);
create index if not exists staff_absence_substitute on staff_absence (substitute_id, last_day);
grant select, insert, delete on staff_absence to overgang_application;

-- Who saw whom. The application adds and reads; nobody but the owner can change a row; the eraser ends its retention.
create table if not exists read_log (
    id               bigint generated always as identity primary key,
    at               timestamptz not null,
    staff_id         text not null,
    unit_id          text not null,
    party            text not null,
    person_id        uuid,
    category         text not null,
    purpose          text not null,
    route            text not null,
    outcome          text not null,
    break_glass      boolean not null,
    criterion_sealed bytea
);
comment on column read_log.person_id is 'no reference to person: the row stays when the person is erased; empty when nobody was shown';
create index if not exists read_log_person on read_log (person_id, at);
create index if not exists read_log_staff on read_log (staff_id, at);
create index if not exists read_log_at on read_log (at);
grant select, insert on read_log to overgang_application;
grant select, delete on read_log to overgang_eraser;

create table if not exists session (
    token_hash   bytea primary key check (octet_length(token_hash) = 32),
    staff_id     text not null references staff,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null
);
create index if not exists session_staff on session (staff_id);
grant select, insert, update (last_seen_at), delete on session to overgang_application;
