-- What may be done to a store. These functions run with the rights of their owner and check whose call it is by
-- session_user; refusals have the codes SW001 (another version than expected), SW002 (not allowed), SW003 (the
-- lease is still held), SW004 (there is no such sweep) and SW005 (the worker has not joined, or not again yet).

-- Those that workers and users call set their own search path; the others are only called by them. What runs with
-- every command is in plpgsql, whose plans are kept.

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

-- Locks a sweep until the transaction ends; no version when there is none of that name.
CREATE FUNCTION sweeps.lock_sweep(p_sweep text, OUT version bigint, OUT clock timestamptz) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    SELECT s.version INTO version FROM sweep s WHERE s.name = p_sweep FOR UPDATE;
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

-- Lets the lease of a trial follow one event of an attempt; without the right fence there is no event.
CREATE FUNCTION sweeps.follow_attempt(
    p_sweep text, p_event json, p_why text, p_session bigint, p_worker text, p_is_free boolean
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_kind text := p_event->>'event';
    v_place text[] := regexp_match(p_event->>'attempt', '^(.*)/([0-9]{1,9})\.([0-9]{1,9})$');
    v_trial integer := v_place[2]::integer;
    v_attempt integer := v_place[3]::integer;
    v_claimant text := p_event->'place'->>'worker';
    v_now timestamptz := sweeps.clock();
    v_lease sweeps.lease;
BEGIN
    IF v_place[1] IS DISTINCT FROM p_sweep THEN
        PERFORM refuse(format('the event %s is of another sweep', v_kind));
    END IF;
    SELECT * INTO v_lease FROM lease l WHERE l.sweep = p_sweep AND l.trial = v_trial FOR UPDATE;
    IF v_kind = 'attempt-started' THEN
        IF v_lease.is_held OR v_attempt <> coalesce(v_lease.attempt, 0) + 1 THEN
            PERFORM refuse(format('%s is not the next attempt of its trial', p_event->>'attempt'));
        END IF;
        IF NOT p_is_free AND v_claimant IS DISTINCT FROM p_worker THEN
            RAISE EXCEPTION '% has not joined as the worker %', session_user, v_claimant USING ERRCODE = 'SW005';
        END IF;
        INSERT INTO lease VALUES (
            p_sweep, v_trial, v_attempt, true, v_claimant,
            CASE WHEN p_worker = v_claimant THEN p_session END,
            session_user, v_now + setting_time('lease_ms'), v_now)
        ON CONFLICT (sweep, trial) DO UPDATE SET
            attempt = excluded.attempt, is_held = true, worker = excluded.worker,
            session = excluded.session, claimed_by = excluded.claimed_by,
            ends_at = excluded.ends_at, renewed_at = excluded.renewed_at;
        RETURN;
    END IF;
    IF v_lease.is_held IS NOT TRUE OR v_lease.attempt <> v_attempt THEN
        PERFORM refuse(format('%s holds no lease', p_event->>'attempt'));
    END IF;
    IF v_kind = 'attempt-lost' THEN
        PERFORM require_loss(v_lease, p_why, p_session, p_is_free);
    ELSIF NOT p_is_free AND v_lease.claimed_by <> session_user THEN
        PERFORM refuse(format('%s was claimed by %s', p_event->>'attempt', v_lease.claimed_by));
    END IF;
    IF v_kind <> 'attempt-checkpointed' THEN
        UPDATE lease l SET is_held = false WHERE l.sweep = p_sweep AND l.trial = v_trial;
    END IF;
END
$$;

-- What a worker may append: events of attempts, and what follows from them. The one list of it.
CREATE FUNCTION sweeps.is_workers_kind(p_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_kind IN (
        'attempt-started', 'attempt-checkpointed', 'attempt-finished', 'attempt-lost', 'attempt-handed-back',
        'trial-ended', 'trial-retry-planned', 'trial-released', 'worker-excluded', 'sweep-completed')
$$;

-- The keys that an event of a worker's kind must have, and the JSON type of each; the one list of it.
CREATE FUNCTION sweeps.keys_of(p_kind text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT '{"version":"number","event":"string","command":"string","at":"string"}'::jsonb || CASE p_kind
        WHEN 'attempt-started' THEN '{"attempt":"string","place":"object","environment":"object"}'
        WHEN 'attempt-checkpointed' THEN '{"attempt":"string","update":"number","sha256":"string"}'
        WHEN 'attempt-finished' THEN
            '{"attempt":"string","outcome":"string","reason":"string","logTail":"string","lastBatch":"number"}'
        WHEN 'attempt-lost' THEN '{"attempt":"string","reason":"string","logTail":"string"}'
        WHEN 'attempt-handed-back' THEN '{"attempt":"string"}'
        WHEN 'trial-ended' THEN '{"trial":"number","outcome":"string"}'
        WHEN 'trial-retry-planned' THEN '{"trial":"number","notBefore":"string"}'
        WHEN 'trial-released' THEN '{"trial":"number","parent":"object"}'
        WHEN 'worker-excluded' THEN '{"worker":"string","reason":"string"}'
        ELSE '{}' END::jsonb
$$;

-- Whether an object has these keys with values of these types, and whole numbers where numbers are due.
CREATE FUNCTION sweeps.has_keys(p_object jsonb, p_keys jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT bool_and(coalesce(
        jsonb_typeof(p_object->k.key) = k.value
        AND (k.value <> 'number' OR p_object->>k.key ~ '^[0-9]{1,9}$')
        AND (k.key <> 'attempt' OR p_object->>k.key ~ '/[1-9][0-9]{0,8}[.][1-9][0-9]{0,8}$'), false))
    FROM jsonb_each_text(p_keys) k
$$;

-- Whether every program can read an event that a worker appends: one that none can would end them all.
CREATE FUNCTION sweeps.is_readable(p_event text, p_trials integer) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = sweeps, pg_temp AS $$
    SELECT has_keys(e, keys_of(e->>'event'))
        AND (SELECT count(*) FROM json_object_keys(p_event::json))
            = (SELECT count(*) FROM jsonb_object_keys(e))   -- no key twice
        AND e->>'version' = '1'
        AND e->>'command' ~ '^[0-9a-f]{32}$'
        AND e->>'at' ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$'
        AND coalesce(
            e->>'notBefore' ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$', true)
        AND coalesce((e->>'trial')::integer BETWEEN 1 AND p_trials, true)
        AND coalesce(e->>'outcome' IN ('completed', 'diverged', 'failed'), true)
        AND coalesce(jsonb_typeof(e->'cause') IN ('string', 'null'), true)
        AND coalesce(jsonb_typeof(e->'updates') = 'null' OR e->>'updates' ~ '^[0-9]{1,9}$', true)
        AND coalesce(has_keys(e->'place', '{"worker":"string","slot":"number","processId":"number"}'), true)
        AND coalesce(has_keys(e->'environment',
            '{"device":"string","kernel":"string","program":"string","libraries":"object"}'), true)
        AND NOT EXISTS (
            SELECT FROM jsonb_each(CASE WHEN jsonb_typeof(e->'environment') = 'object'
                AND jsonb_typeof(e->'environment'->'libraries') = 'object'
                THEN e->'environment'->'libraries' ELSE '{}' END) l
            WHERE jsonb_typeof(l.value) <> 'string')
        AND (e->'from' IS NULL OR jsonb_typeof(e->'from') = 'null' OR has_keys(
            e->'from', '{"attempt":"string","update":"number","sha256":"string"}'))
        AND (e->'parent' IS NULL OR has_keys(
            e->'parent', '{"attempt":"string","artifact":"string","sha256":"string"}'))
    FROM (SELECT p_event::jsonb AS e) x
$$;

-- Appends events at an expected version, stamped with clock and session_user; leases and the sweep's row
-- follow. p_why says for each event, where it is a loss, by which right: 'gone', 'expired' or nothing.
CREATE FUNCTION sweeps.append_events(
    p_sweep text, p_expected bigint, p_events text[], p_why text[], p_token uuid,
    p_trials integer, p_is_completed boolean, p_is_paused boolean, p_is_cancelled boolean, p_priority integer,
    p_waiting integer, p_running integer, p_is_news boolean
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_is_free boolean := may_control();
    v_version bigint;
    v_session bigint;
    v_worker text;
    v_spoken text[] := '{}';   -- attempts that these events speak for
    v_event json;
    v_kind text;
    v_trials integer;
BEGIN
    SELECT s.version, s.trials INTO v_version, v_trials FROM sweep s WHERE s.name = p_sweep FOR UPDATE;
    IF v_version IS DISTINCT FROM p_expected THEN
        RAISE EXCEPTION 'the sweep % has version %, not %', p_sweep, v_version, p_expected
            USING ERRCODE = 'SW001';
    END IF;
    IF cardinality(p_events) = 0 THEN
        PERFORM refuse('no event is no reason to change a sweep');
    END IF;
    IF p_token IS NOT NULL THEN
        SELECT s.number, s.worker INTO v_session, v_worker FROM session_of(p_token) s;
    END IF;
    FOR i IN 1 .. cardinality(p_events) LOOP
        v_event := p_events[i]::json;
        v_kind := v_event->>'event';
        IF NOT v_is_free AND NOT is_workers_kind(v_kind) THEN
            PERFORM refuse(format('%s is a worker and may not append %s', session_user, v_kind));
        END IF;
        IF NOT v_is_free AND v_kind = 'sweep-completed' AND v_trials > (
            SELECT count(DISTINCT e.json::json->>'trial') FROM event e
            WHERE e.sweep = p_sweep AND e.kind = 'trial-ended') THEN
            PERFORM refuse(format('not every trial of %s has ended', p_sweep));
        END IF;
        IF (v_event->>'at')::timestamptz NOT BETWEEN
            now() + (sweeps.clock() - clock_timestamp()) - interval '1 second'
            AND sweeps.clock() + interval '1 second' THEN
            PERFORM refuse(format('the event %s has another time than the store', v_kind));
        END IF;
        IF v_kind LIKE 'attempt-%' THEN
            PERFORM follow_attempt(p_sweep, v_event, p_why[i], v_session, v_worker, v_is_free);
            v_spoken := v_spoken || (v_event->>'attempt');
        ELSIF v_kind IN ('trial-ended', 'trial-retry-planned', 'trial-released') AND EXISTS (
            SELECT FROM lease l
            WHERE l.sweep = p_sweep AND l.trial = (v_event->>'trial')::integer AND l.is_held) THEN
            PERFORM refuse(format('the trial %s/%s still runs', p_sweep, v_event->>'trial'));
        END IF;
        -- A worker ends a trial with one of its attempts; without one it can only say that a parent failed it.
        IF NOT v_is_free AND v_kind = 'trial-ended' AND v_event->>'outcome' <> 'failed' AND NOT EXISTS (
            SELECT FROM unnest(v_spoken) AS s (attempt)
            WHERE s.attempt LIKE '%/' || (v_event->>'trial') || '.%') THEN
            PERFORM refuse(format('%s is a worker and may not end %s/%s', session_user, p_sweep, v_event->>'trial'));
        END IF;
        IF NOT v_is_free AND is_readable(p_events[i], v_trials) IS NOT TRUE THEN
            PERFORM refuse(format('no program could read this event %s', v_kind));
        END IF;
        INSERT INTO event (sweep, version, kind, json, stored_at, stored_by)
        VALUES (p_sweep, p_expected + i, v_kind, p_events[i], sweeps.clock(), session_user);
    END LOOP;
    UPDATE sweep s SET
        version = p_expected + cardinality(p_events), waiting = p_waiting, running = p_running,
        is_completed = CASE WHEN v_is_free THEN p_is_completed ELSE v_kind = 'sweep-completed' END,
        trials = CASE WHEN v_is_free THEN p_trials ELSE s.trials END,
        is_paused = CASE WHEN v_is_free THEN p_is_paused ELSE s.is_paused END,
        is_cancelled = CASE WHEN v_is_free THEN p_is_cancelled ELSE s.is_cancelled END,
        priority = CASE WHEN v_is_free THEN p_priority ELSE s.priority END
    WHERE s.name = p_sweep;
    IF p_is_news THEN
        PERFORM pg_notify('sweeps', p_sweep);
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

-- Takes the lock of a worker's name for this connection, in a new session or, after a broken connection, in the
-- same one again; false when somebody else has the name.
CREATE FUNCTION sweeps.join_worker(p_worker text, p_token uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_key bigint := hashtextextended('sweeps worker ' || p_worker, 0);
    v_known sweeps.session;
BEGIN
    IF EXISTS (SELECT FROM live_sessions() l WHERE l.worker = p_worker)
        OR NOT pg_try_advisory_lock(v_key) THEN
        RETURN false;
    END IF;
    SELECT * INTO v_known FROM session s WHERE s.token = p_token;
    IF v_known.number IS NULL THEN
        UPDATE session s SET gone_since = sweeps.clock() WHERE s.worker = p_worker AND s.gone_since IS NULL;
        DELETE FROM session s WHERE s.gone_since < sweeps.clock() - interval '1 day'
            AND NOT EXISTS (SELECT FROM lease l WHERE l.session = s.number AND l.is_held);
        INSERT INTO session (worker, token, joined_by, lock_key, process, has_left)
        VALUES (p_worker, p_token, session_user, v_key, pg_backend_pid(), false);
        RETURN true;
    END IF;
    IF v_known.has_left OR v_known.joined_by <> session_user
        OR EXISTS (SELECT FROM session s WHERE s.worker = p_worker AND s.number > v_known.number) THEN
        PERFORM pg_advisory_unlock(v_key);
        RETURN false;
    END IF;
    UPDATE session s SET process = pg_backend_pid(), gone_since = NULL WHERE s.number = v_known.number;
    RETURN true;
END
$$;

-- Ends a session at once: its leases need not wait for the grace.
CREATE FUNCTION sweeps.leave_worker(p_token uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_key bigint;
BEGIN
    UPDATE session s SET has_left = true, gone_since = sweeps.clock()
    WHERE s.token = p_token AND s.joined_by = session_user RETURNING s.lock_key INTO v_key;
    IF v_key IS NOT NULL THEN
        PERFORM pg_advisory_unlock(v_key);
    END IF;
END
$$;

-- Keeps what a worker says of itself; a worker speaks only for the one it has joined as.
CREATE FUNCTION sweeps.report_worker(p_worker text, p_report text, p_token uuid, p_kept interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    IF NOT may_control() AND NOT EXISTS (SELECT FROM session_of(p_token) s WHERE s.worker = p_worker) THEN
        RAISE EXCEPTION '% has not joined as the worker %', session_user, p_worker USING ERRCODE = 'SW005';
    END IF;
    INSERT INTO worker (name, report, seen_at) VALUES (p_worker, p_report, sweeps.clock())
    ON CONFLICT (name) DO UPDATE SET report = excluded.report, seen_at = excluded.seen_at;
    DELETE FROM worker w WHERE w.seen_at < sweeps.clock() - p_kept;
END
$$;
