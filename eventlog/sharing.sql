-- Writers share a flush of the journal (docs/decisions/0013-appending.md).
--
-- A commit waits for the disk, and holds its locks while it waits. Under the log's one lock four writers would flush one
-- after the other, for nothing: the journal is one file, and a flush takes along everything that stands in it before.
-- So an entry is appended in two transactions of one call. The first is seen and gives the lock back without waiting;
-- the second waits for the disk, together with everybody who waits just then. There is no answer before both are done.
--
-- Why nothing is given up:
-- * Nobody is told that something is stored before it is on disk. The call cannot be half made, and whoever learns in
--   another way that something was stored, and is about to be told so, settles first (recorder.carried_out, .settle).
-- * What others see may for a moment be lost by a crash, but never what came of it: whatever they write stands behind
--   it in the journal, and their own commit takes it along. A follower's rows, a second decision and the row that says
--   who looked at a page are such writes, so a page of people is on disk before a byte of it leaves.
-- * A crash leaves a beginning of the journal: positions stay gapless, and a standby gets it in the same order.
-- * What was erased is not written here: log_erase, batches and moves wait for the disk under the lock, as ever.

-- When the transaction that calls this has been committed, everything that it could see is on disk. It puts an empty
-- record into the journal, because a commit waits only for one who wrote: a transaction number alone is not enough.
create or replace function log_settle() returns pg_lsn
language sql as $$
    select pg_logical_emit_message(true, 'overgang', '');
$$;

-- As log_append, and in no transaction of the caller's. An error of the class 57 may mean that the entry is stored: the
-- command tells.
drop procedure if exists log_append_sharing;
create procedure log_append_sharing(
    inout first_position bigint,
    streams uuid[], versions bigint[], topics text[], states bytea[], kinds text[], groups text[],
    key_ids uuid[], key_streams uuid[], key_groups text[], key_epochs int[], key_wrapped bytea[],
    source_keys bytea[], source_contents bytea[], source_entries uuid[], source_streams uuid[],
    command uuid, entry_ids uuid[], recorded timestamptz, seen_erasures bigint
)
language plpgsql as $$
declare
    only_the_first text := set_config('synchronous_commit', 'off', true);  -- ends with the transaction
    settled pg_lsn;
begin
    first_position := log_append(streams, versions, topics, states, kinds, groups, key_ids, key_streams, key_groups,
        key_epochs, key_wrapped, source_keys, source_contents, source_entries, source_streams, command, entry_ids,
        recorded, seen_erasures);
    commit;
    settled := log_settle();
    commit;
end $$;

revoke all on function log_settle from public;
revoke all on procedure log_append_sharing from public;
grant execute on function log_settle to overgang_application;
grant execute on procedure log_append_sharing to overgang_application;
