-- What may be done to a store. These functions run with the rights of their owner and check whose call it is by
-- session_user; refusals have the codes SW001 (another version than expected), SW002 (not allowed), SW003 (the
-- lease is still held), SW004 (there is no such sweep) and SW005 (the worker has not joined, or not again yet).

-- Those that workers and users call set their own search path; the others are only called by them. What runs with
-- every command is in plpgsql, whose plans are kept. Each migration makes all functions anew, these and those of
-- checks.sql, appending.sql, workers.sql and contents.sql.

-- The store's time; not now(), which is the transaction's start and stands still while it waits for a lock.
CREATE FUNCTION sweeps.clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()';

CREATE FUNCTION sweeps.setting_time(p_key text) RETURNS interval LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT s.value::bigint * interval '1 millisecond' FROM sweeps.store s WHERE s.key = p_key);
END
$$;

-- Whether the caller is the owner or a user; a worker may only speak for attempts.
CREATE FUNCTION sweeps.may_control() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT pg_has_role(session_user, n.nspowner, 'MEMBER') OR EXISTS (
            SELECT FROM pg_roles r
            WHERE r.rolname = 'sweep_user' AND pg_has_role(session_user, r.oid, 'MEMBER'))
        FROM pg_namespace n WHERE n.nspname = 'sweeps');
END
$$;

CREATE FUNCTION sweeps.refuse(p_why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', p_why USING ERRCODE = 'SW002';
END
$$;

-- Sessions whose lock is held by the connection that took it; of one worker only the last can be.
CREATE FUNCTION sweeps.live_sessions() RETURNS TABLE (number bigint, worker text) LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
    SELECT s.number, s.worker FROM session s
    JOIN pg_locks l ON l.pid = s.process AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND ((l.classid::bigint << 32) | l.objid::bigint) = s.lock_key
        AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
    WHERE NOT s.has_left
        AND NOT EXISTS (SELECT FROM session later WHERE later.worker = s.worker AND later.number > s.number)
$$;

-- Locks a sweep until the transaction ends; no version when there is none of that name. The lock is the weakest that
-- keeps commands apart: rows that refer to a sweep, such as batches, are stored meanwhile.
CREATE FUNCTION sweeps.lock_sweep(p_sweep text, OUT version bigint, OUT clock timestamptz) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    SELECT s.version INTO version FROM sweep s WHERE s.name = p_sweep FOR NO KEY UPDATE;
    clock := sweeps.clock();
END
$$;

-- Keeps names from being taken by others until the transaction ends.
CREATE FUNCTION sweeps.lock_names() RETURNS timestamptz LANGUAGE plpgsql
SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('sweeps names', 0));
    RETURN sweeps.clock();
END
$$;

CREATE FUNCTION sweeps.submit_sweep(
    p_name text, p_base_name text, p_spec text, p_program text, p_experiment text, p_command uuid,
    p_at timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    IF NOT may_control() THEN
        PERFORM refuse(format('%s is a worker and may not submit a sweep', session_user));
    END IF;
    IF NOT is_sweep_name(p_name) OR NOT is_sweep_name(p_base_name) OR is_now(p_at) IS NOT TRUE THEN
        PERFORM refuse('a sweep has a name of lower-case letters, digits and hyphens, and begins now');
    END IF;
    INSERT INTO sweep (
        name, base_name, spec, program, experiment, submitted_at, command,
        version, trials, is_completed, is_paused, is_cancelled, priority, waiting, running)
    VALUES (
        p_name, p_base_name, p_spec, p_program, p_experiment, p_at, p_command,
        0, 0, false, false, false, 0, 0, 0);
END
$$;

-- The session that a token speaks for: the last one of its worker, joined by the caller, and not known to have
-- been gone for longer than the grace.
CREATE FUNCTION sweeps.session_of(p_token uuid, OUT number bigint, OUT worker text) LANGUAGE plpgsql AS $$
BEGIN
    SELECT s.number, s.worker INTO number, worker FROM session s
    WHERE s.token = p_token AND s.joined_by = session_user AND NOT s.has_left
        AND (s.gone_since IS NULL OR s.gone_since + setting_time('grace_ms') > sweeps.clock())
        AND NOT EXISTS (SELECT FROM session later WHERE later.worker = s.worker AND later.number > s.number);
END
$$;

-- Whether the holder of a lease has been gone for longer than the grace.
CREATE FUNCTION sweeps.is_gone(p_lease sweeps.lease) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF p_lease.session IS NULL THEN
        RETURN p_lease.renewed_at + setting_time('grace_ms') <= sweeps.clock()
            AND NOT EXISTS (SELECT FROM live_sessions() l WHERE l.worker = p_lease.worker);
    END IF;
    RETURN coalesce(
        (SELECT s.has_left OR coalesce(s.gone_since + setting_time('grace_ms') <= sweeps.clock(), false)
         FROM session s WHERE s.number = p_lease.session),
        true);
END
$$;

-- Whether a lease is past its end, as judged by a caller that has itself been connected for a whole lease: an
-- outage of the database costs nobody an attempt.
CREATE FUNCTION sweeps.is_expired(p_lease sweeps.lease) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN p_lease.ends_at < sweeps.clock() AND coalesce(
        (SELECT a.backend_start + setting_time('lease_ms') <= sweeps.clock()
         FROM pg_stat_activity a WHERE a.pid = pg_backend_pid()),
        false);
END
$$;

-- The leases that may be taken away now. Notes since when sessions are gone: the grace counts from there.
CREATE FUNCTION sweeps.abandoned(p_sweep text, p_expired_too boolean) RETURNS TABLE (
    sweep text, trial integer, attempt integer, worker text, ends_at timestamptz, why text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE session s SET gone_since = sweeps.clock()
    WHERE s.gone_since IS NULL AND s.number NOT IN (SELECT l.number FROM live_sessions() l);
    UPDATE session s SET gone_since = NULL
    WHERE s.gone_since IS NOT NULL AND s.number IN (SELECT l.number FROM live_sessions() l);
    RETURN QUERY
        SELECT found.sweep, found.trial, found.attempt, found.worker, found.ends_at, found.why FROM (
            SELECT l.*, CASE
                WHEN is_gone(l) THEN 'gone'
                WHEN p_expired_too AND is_expired(l) THEN 'expired'
            END AS why
            FROM lease l WHERE l.is_held AND (l.sweep = p_sweep OR p_sweep IS NULL)
        ) found WHERE found.why IS NOT NULL ORDER BY found.sweep, found.trial;
END
$$;

-- Whether an attempt may be reported lost: always by a user; by a worker its own; by whoever looks, when the
-- lease is past its end or its holder is gone.
CREATE FUNCTION sweeps.require_loss(
    p_lease sweeps.lease, p_why text, p_session bigint, p_is_free boolean
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (CASE p_why
        WHEN 'gone' THEN is_gone(p_lease)
        WHEN 'expired' THEN is_expired(p_lease)
        ELSE p_is_free OR p_lease.session = p_session
    END) IS NOT TRUE THEN
        RAISE EXCEPTION 'the lease of %/%.% is still held', p_lease.sweep, p_lease.trial, p_lease.attempt
            USING ERRCODE = 'SW003';
    END IF;
END
$$;

-- Extends leases; gives the places, from 1, of those that are held no more or by somebody else.
CREATE FUNCTION sweeps.renew(p_sweeps text[], p_trials integer[], p_attempts integer[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_is_free boolean := may_control();
    v_now timestamptz := sweeps.clock();
BEGIN
    -- In one order everywhere, so that two renewals never wait for each other.
    PERFORM FROM lease l
        JOIN unnest(p_sweeps, p_trials, p_attempts) AS r (sweep, trial, attempt)
            ON l.sweep = r.sweep AND l.trial = r.trial AND l.attempt = r.attempt
        ORDER BY l.sweep, l.trial FOR UPDATE OF l;
    UPDATE lease l SET ends_at = v_now + setting_time('lease_ms'), renewed_at = v_now
    FROM unnest(p_sweeps, p_trials, p_attempts) AS r (sweep, trial, attempt)
    WHERE l.sweep = r.sweep AND l.trial = r.trial AND l.attempt = r.attempt
        AND l.is_held AND (v_is_free OR l.claimed_by = session_user);
    RETURN QUERY
        SELECT r.place FROM unnest(p_sweeps, p_trials, p_attempts) WITH ORDINALITY
            AS r (sweep, trial, attempt, place)
        WHERE NOT EXISTS (
            SELECT FROM lease l
            WHERE l.sweep = r.sweep AND l.trial = r.trial AND l.attempt = r.attempt
                AND l.is_held AND (v_is_free OR l.claimed_by = session_user))
        ORDER BY r.place;
END
$$;

-- Refuses what is of no sweep; of a worker only what its own running attempts report is kept.
CREATE FUNCTION sweeps.may_report(p_sweep text, p_trial integer, p_attempt integer) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM sweep s WHERE s.name = p_sweep) THEN
        RAISE EXCEPTION 'there is no sweep ''%''', p_sweep USING ERRCODE = 'SW004';
    END IF;
    RETURN may_control() OR EXISTS (
        SELECT FROM lease l
        WHERE l.sweep = p_sweep AND l.trial = p_trial AND l.attempt = p_attempt
            AND l.is_held AND l.claimed_by = session_user);
END
$$;

-- Stores metric batches of one sweep; one that is stored already changes nothing. Writers of one sweep take
-- turns until they commit, so that positions are seen in their order.
CREATE FUNCTION sweeps.put_batches(
    p_sweep text, p_trials integer[], p_attempts integer[], p_numbers integer[],
    p_first integer[], p_last integer[], p_packed bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(p_numbers, p_packed) AS b (number, packed)
        WHERE (b.number > 0 AND octet_length(b.packed) BETWEEN 1 AND 1024 * 1024) IS NOT TRUE) THEN
        PERFORM refuse('a metric batch has a number from 1 and at most 1 MB');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('sweeps batches ' || p_sweep, 0));
    INSERT INTO metric_batch (sweep, trial, attempt, number, first_step, last_step, packed)
    SELECT p_sweep, b.trial, b.attempt, b.number, b.first, b.last, b.packed
    FROM unnest(p_trials, p_attempts, p_numbers, p_first, p_last, p_packed) WITH ORDINALITY
        AS b (trial, attempt, number, first, last, packed, place)
    JOIN (
        SELECT a.trial, a.attempt FROM (
            SELECT DISTINCT trial, attempt FROM unnest(p_trials, p_attempts) AS u (trial, attempt)) a
        WHERE may_report(p_sweep, a.trial, a.attempt)) AS allowed USING (trial, attempt)
    ORDER BY b.place
    ON CONFLICT DO NOTHING;
END
$$;
