-- Lets the rows of a sweep follow a change of its state: leases that are taken away and given, and its own row.
-- With p_anew nothing that was there before stays: every lease begins at its full length.
CREATE FUNCTION sweeps.follow_state(
    p_sweep text, p_version bigint, p_anew boolean, p_taken_trials integer[], p_taken_attempts integer[],
    p_given_trials integer[], p_given_attempts integer[], p_given_workers text[],
    p_trials integer, p_is_completed boolean, p_is_paused boolean, p_is_cancelled boolean, p_priority integer,
    p_waiting integer, p_running integer, p_is_news boolean
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_now timestamptz := sweeps.clock();
BEGIN
    IF p_anew THEN
        UPDATE lease l SET is_held = false WHERE l.sweep = p_sweep;
    END IF;
    UPDATE lease l SET is_held = false
    FROM unnest(p_taken_trials, p_taken_attempts) AS t (trial, attempt)
    WHERE l.sweep = p_sweep AND l.trial = t.trial AND l.attempt = t.attempt;
    INSERT INTO lease
    SELECT p_sweep, g.trial, g.attempt, true, g.worker, s.number, coalesce(s.joined_by, session_user),
        v_now + setting_time('lease_ms'), v_now
    FROM unnest(p_given_trials, p_given_attempts, p_given_workers) AS g (trial, attempt, worker)
    LEFT JOIN live_sessions() l ON l.worker = g.worker
    LEFT JOIN session s ON s.number = l.number
    ON CONFLICT (sweep, trial) DO UPDATE SET
        attempt = excluded.attempt, is_held = true, worker = excluded.worker,
        session = excluded.session, claimed_by = excluded.claimed_by,
        ends_at = excluded.ends_at, renewed_at = excluded.renewed_at;
    UPDATE sweep s SET
        version = p_version, trials = p_trials, is_completed = p_is_completed, is_paused = p_is_paused,
        is_cancelled = p_is_cancelled, priority = p_priority, waiting = p_waiting, running = p_running
    WHERE s.name = p_sweep;
    IF p_is_news THEN
        PERFORM pg_notify('sweeps', p_sweep);
    END IF;
END
$$;
