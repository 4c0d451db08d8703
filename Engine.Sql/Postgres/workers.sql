-- How workers join, leave and speak of themselves.

-- Whether a worker's last session is another login's and may still come back: nobody takes a name away in the
-- moment that its connection is broken. Notes since when it is gone, so that the grace counts from there.
CREATE FUNCTION sweeps.is_still_of_another(p_worker text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_last sweeps.session;
BEGIN
    UPDATE session s SET gone_since = sweeps.clock()
    WHERE s.worker = p_worker AND s.gone_since IS NULL AND s.joined_by <> session_user AND NOT s.has_left;
    SELECT * INTO v_last FROM session s WHERE s.worker = p_worker ORDER BY s.number DESC LIMIT 1;
    RETURN coalesce(
        v_last.joined_by <> session_user AND NOT v_last.has_left
            AND v_last.gone_since + setting_time('grace_ms') > sweeps.clock(),
        false);
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
    IF NOT is_worker_name(p_worker) THEN
        PERFORM refuse('the name of the worker is none');
    END IF;
    IF EXISTS (SELECT FROM live_sessions() l WHERE l.worker = p_worker)
        OR NOT pg_try_advisory_lock(v_key) THEN
        RETURN false;
    END IF;
    IF is_still_of_another(p_worker) THEN
        PERFORM pg_advisory_unlock(v_key);
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

-- Keeps what a worker says of itself; a worker speaks only for the one it has joined as. What workers said that
-- were not seen for a day goes, as in every store (ICoordinator.SightingsKept).
CREATE FUNCTION sweeps.report_worker(p_worker text, p_report text, p_token uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    IF NOT may_control() AND NOT EXISTS (SELECT FROM session_of(p_token) s WHERE s.worker = p_worker) THEN
        RAISE EXCEPTION '% has not joined as the worker %', session_user, p_worker USING ERRCODE = 'SW005';
    END IF;
    IF NOT is_worker_name(p_worker) OR is_report(p_report, p_worker) IS NOT TRUE THEN
        PERFORM refuse('no program could read this report of a worker');
    END IF;
    INSERT INTO worker (name, report, seen_at) VALUES (p_worker, p_report, sweeps.clock())
    ON CONFLICT (name) DO UPDATE SET report = excluded.report, seen_at = excluded.seen_at;
    DELETE FROM worker w WHERE w.seen_at < sweeps.clock() - interval '1 day';
END
$$;
