-- What is asked across people. Everything here can be thrown away and made again from the log.
-- {suffix} is empty for the tables in use, and a name for those that are being built beside them.

-- How far each follower has come, and which rules its rows are made under. A rebuild begins a new generation of
-- tables, so that a follower notices that what it remembers is about tables that are gone.
create table if not exists follower (
    name       text primary key,
    position   bigint not null default 0,
    generation bigint not null default 1,
    rules_hash text not null default ''
);

-- A span table keeps rows as spans of the log's positions: a row stood from from_position until to_position,
-- which no longer counts; null while it stands. Rows are opened and closed, never changed.

create table if not exists worklist{suffix} (
    person_id     uuid not null,
    row_key       text not null,
    kind          text not null,
    rule_id       text,
    rule_version  bigint,
    rule_kind     text,
    data_class    text not null,
    matter        text not null,
    giver         text not null,
    receiver      text not null,
    responsible   text not null,
    holder        text not null,
    next_move     text not null,
    state         text not null,
    handover_id   uuid,
    due_on        date not null,
    triggered_on  date not null,
    known_on      date not null,
    stands_from   date not null,
    stands_until  date not null,
    born_on       date,
    rules_hash    text not null,
    rule_due_on   date,
    answer_by     date,
    pair_class    text,
    pair_from     date,
    pair_until    date,
    tried_count   bigint not null,
    tried_on      date,
    tried_way     text,
    checked_by    text[] not null,
    ask_again_on  date[] not null,
    rule_part     text not null,
    due_at        timestamptz,
    asked_from    date,
    paused_on     date,
    from_position bigint not null,
    to_position   bigint check (to_position > from_position)
);

create table if not exists young{suffix} (
    person_id     uuid not null,
    row_key       text not null,
    born_on            date not null,
    holders            text[] not null,
    contact_person     text,
    lead_coordinator   text,
    status             text not null,
    status_since       date not null,
    plain_status       text not null,
    plain_status_since date not null,
    heard_master       date,
    heard_plan         date,
    heard_voice        date,
    heard_schooling    date,
    heard_absence      date,
    heard_education    date,
    heard_concern      date,
    heard_social       date,
    heard_health       date,
    heard_employment   date,
    heard_benefit      date,
    from_position bigint not null,
    to_position   bigint check (to_position > from_position)
);

create table if not exists milepaelen{suffix} (
    person_id         uuid not null,
    row_key           text not null,
    data_class        text not null,
    born_on           date not null,
    state             text not null,
    referred_on       date,
    referred_by       text,
    handover_id       uuid,
    answer_by         date,
    started_on        date,
    ended_on          date,
    absences_in_a_row bigint not null,
    stayed_away_1     date,
    stayed_away_2     date,
    stayed_away_3     date,
    last_marked_on    date,
    last_mark         text,
    last_talk_on      date,
    next_talk_on      date,
    last_measured_on  date,
    open_goals        bigint not null,
    proposed_on       date,
    proposal          text,
    from_position     bigint not null,
    to_position       bigint check (to_position > from_position)
);

create table if not exists wish{suffix} (
    person_id     uuid not null,
    row_key       text not null,
    party         text not null,
    wished_on     date not null,
    from_position bigint not null,
    to_position   bigint check (to_position > from_position)
);

-- Who is not followed by which table, from which position of the log: their rows there are left as they stood before
-- it, and nobody else is held up. An entry that could not be read or folded parks its person in every table, a fault in
-- one table's rows in that one. `reason` is the name of the fault, never its text.
create table if not exists parked{suffix} (
    person_id  uuid not null,
    table_name text not null,
    position   bigint not null,
    reason     text not null,
    primary key (person_id, table_name)
);

grant select on follower, worklist{suffix}, young{suffix}, milepaelen{suffix}, wish{suffix}, parked{suffix}
    to overgang_application;
grant select, insert, update on follower, worklist{suffix}, young{suffix}, milepaelen{suffix}, wish{suffix},
    parked{suffix} to overgang_follower;
-- Rows end and stay; they are deleted only when all of a person's rows are made again (again.py).
grant delete on worklist{suffix}, young{suffix}, milepaelen{suffix}, wish{suffix}, parked{suffix}
    to overgang_follower;
-- Erasing somebody deletes their rows in its own transaction, and tells the followers by the generation.
grant select, delete on worklist{suffix}, young{suffix}, milepaelen{suffix}, wish{suffix}, parked{suffix}
    to overgang_eraser;
grant select, update (generation) on follower to overgang_eraser;

-- Indexes: made last when rows are brought in bulk.

-- One standing row per key, however many followers believe they are the only one.
create unique index if not exists worklist_now{suffix}
    on worklist{suffix} (person_id, row_key) where to_position is null;
create index if not exists worklist_due{suffix}
    on worklist{suffix} (due_on, person_id, row_key) where to_position is null;
create index if not exists worklist_holder{suffix}
    on worklist{suffix} (holder, due_on, person_id, row_key) where to_position is null;
create index if not exists worklist_giver{suffix}
    on worklist{suffix} (giver, due_on, person_id, row_key) where to_position is null;
create index if not exists worklist_receiver{suffix}
    on worklist{suffix} (receiver, due_on, person_id, row_key) where to_position is null;
-- For any past list: those that stood then and have ended since.
create index if not exists worklist_then{suffix}
    on worklist{suffix} (to_position, from_position) where to_position is not null;
create index if not exists worklist_person{suffix} on worklist{suffix} (person_id, from_position);

create unique index if not exists young_now{suffix} on young{suffix} (person_id) where to_position is null;
create index if not exists young_born{suffix} on young{suffix} (born_on, person_id) where to_position is null;
create index if not exists young_then{suffix} on young{suffix} (person_id, from_position);

create unique index if not exists milepaelen_now{suffix} on milepaelen{suffix} (person_id) where to_position is null;
create index if not exists milepaelen_started{suffix}
    on milepaelen{suffix} (started_on, person_id) where to_position is null;
create index if not exists milepaelen_then{suffix} on milepaelen{suffix} (person_id, from_position);

create unique index if not exists wish_now{suffix} on wish{suffix} (person_id, row_key) where to_position is null;
create index if not exists wish_then{suffix} on wish{suffix} (person_id, from_position);
