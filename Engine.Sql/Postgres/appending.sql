-- How events are appended. What the rows of a sweep, of its trials and of its leases repeat of the history is
-- derived here from each event and never told by a caller.

-- Where an attempt's id belongs: its sweep, its trial and its number.
CREATE FUNCTION sweeps.place_of(p_attempt text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_match(p_attempt, '^(.*)/([0-9]{1,9})\.([0-9]{1,9})$')
$$;

-- Lets the lease of a trial follow one event of an attempt, and gives it as it was; without the right fence
-- there is no event.
CREATE FUNCTION sweeps.follow_attempt(
    p_sweep text, p_event json, p_why text, p_session bigint, p_worker text, p_is_free boolean
) RETURNS sweeps.lease LANGUAGE plpgsql AS $$
DECLARE
    v_kind text := p_event->>'event';
    v_place text[] := place_of(p_event->>'attempt');
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
            RAISE EXCEPTION '% has not joined as the worker %', session_user, v_claimant
                USING ERRCODE = 'SW005';
        END IF;
        IF NOT is_worker_name(v_claimant) THEN
            PERFORM refuse('the name of the worker that claims is none');
        END IF;
        INSERT INTO lease VALUES (
            p_sweep, v_trial, v_attempt, true, v_claimant,
            CASE WHEN p_worker = v_claimant THEN p_session END,
            session_user, v_now + setting_time('lease_ms'), v_now)
        ON CONFLICT (sweep, trial) DO UPDATE SET
            attempt = excluded.attempt, is_held = true, worker = excluded.worker,
            session = excluded.session, claimed_by = excluded.claimed_by,
            ends_at = excluded.ends_at, renewed_at = excluded.renewed_at;
        RETURN v_lease;
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
    RETURN v_lease;
END
$$;

-- What a trial does where it does not run: 'waiting', 'blocked' (it waits for a parent) or 'ended'.
CREATE FUNCTION sweeps.standing_of(p_sweep sweeps.sweep, p_trial integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_known sweeps.trial;
BEGIN
    SELECT * INTO v_known FROM trial t WHERE t.sweep = p_sweep.name AND t.number = p_trial;
    RETURN CASE
        WHEN p_trial NOT BETWEEN 1 AND p_sweep.trials THEN 'unknown'
        WHEN p_sweep.is_cancelled OR v_known.has_ended THEN 'ended'
        WHEN p_sweep.follows AND v_known.is_released IS NOT TRUE THEN 'blocked'
        ELSE 'waiting' END;
END
$$;

-- Refuses a claim that no program would make: of a trial that does not wait, or that may not be claimed.
CREATE FUNCTION sweeps.require_claimable(p_sweep sweeps.sweep, p_event json) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_trial integer := (place_of(p_event->>'attempt'))[2]::integer;
BEGIN
    IF p_sweep.is_paused OR p_sweep.is_completed OR p_sweep.is_cancelled THEN
        PERFORM refuse(format('%s is paused or over: nobody may claim in it', p_sweep.name));
    END IF;
    IF standing_of(p_sweep, v_trial) <> 'waiting' THEN
        PERFORM refuse(format('the trial %s/%s does not wait for a slot', p_sweep.name, v_trial));
    END IF;
    IF p_event->'environment'->>'program' IS DISTINCT FROM p_sweep.program THEN
        PERFORM refuse(format('%s is of another program', p_sweep.name));
    END IF;
END
$$;

-- Refuses what a worker says of trials and workers and what does not follow from its attempts that ended just
-- now: p_ends has "trial:outcome" of each, p_failed the workers of those that failed.
CREATE FUNCTION sweeps.require_consequence(
    p_sweep sweeps.sweep, p_event json, p_ends text[], p_failed text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_kind text := p_event->>'event';
    v_trial text := p_event->>'trial';
    v_parent text[] := place_of(p_event->'parent'->>'attempt');
    v_follows boolean;
BEGIN
    v_follows := CASE v_kind
        -- Without an attempt it can only say that a parent failed the trial.
        WHEN 'trial-ended' THEN v_trial || ':' || (p_event->>'outcome') = ANY (p_ends)
            OR p_event->>'outcome' = 'failed' AND standing_of(p_sweep, v_trial::integer) = 'blocked'
        WHEN 'trial-retry-planned' THEN p_ends && ARRAY[v_trial || ':failed', v_trial || ':lost']
        WHEN 'worker-excluded' THEN p_event->>'worker' = ANY (p_failed)
        WHEN 'trial-released' THEN EXISTS (
            SELECT FROM artifact a
            WHERE a.sweep = v_parent[1] AND a.trial = v_parent[2]::integer
                AND a.attempt = v_parent[3]::integer AND a.name = p_event->'parent'->>'artifact'
                AND a.sha256 = p_event->'parent'->>'sha256')
        ELSE true END;
    IF v_follows IS NOT TRUE THEN
        PERFORM refuse(format(
            'it does not follow here: %s is a worker and may not append %s', session_user, v_kind));
    END IF;
END
$$;

-- The row of a sweep after one more event, and those of its trials; refuses what does not follow.
CREATE FUNCTION sweeps.follow(p_sweep sweeps.sweep, p_event json) RETURNS sweeps.sweep LANGUAGE plpgsql AS $$
DECLARE
    v_row sweeps.sweep := p_sweep;
    v_trial integer := (p_event->>'trial')::integer;
    v_standing text;
BEGIN
    IF v_trial IS NOT NULL THEN
        v_standing := standing_of(p_sweep, v_trial);
        IF EXISTS (SELECT FROM lease l WHERE l.sweep = p_sweep.name AND l.trial = v_trial AND l.is_held) THEN
            PERFORM refuse(format('the trial %s/%s still runs', p_sweep.name, v_trial));
        END IF;
        IF (CASE p_event->>'event'
            WHEN 'trial-ended' THEN v_standing IN ('waiting', 'blocked')
            WHEN 'trial-retry-planned' THEN v_standing = 'waiting'
            WHEN 'trial-released' THEN v_standing = 'blocked'
            WHEN 'trial-reopened' THEN v_standing = 'ended' AND NOT p_sweep.is_cancelled
            ELSE true END) IS NOT TRUE THEN
            PERFORM refuse(format(
                'the trial %s/%s is %s: no %s follows', p_sweep.name, v_trial, v_standing, p_event->>'event'));
        END IF;
    END IF;
    CASE p_event->>'event'
        WHEN 'sweep-submitted' THEN
            v_row.trials := json_array_length(p_event->'plan'->'trials');
            v_row.follows := coalesce(json_typeof(p_event->'plan'->'from') = 'object', false);
            v_row.waiting := CASE WHEN v_row.follows THEN 0 ELSE v_row.trials END;
        WHEN 'sweep-extended' THEN
            v_row.trials := v_row.trials + json_array_length(p_event->'addition'->'trials');
            v_row.waiting := v_row.waiting
                + CASE WHEN v_row.follows THEN 0 ELSE v_row.trials - p_sweep.trials END;
            v_row.is_completed := false;
        WHEN 'sweep-completed' THEN
            IF v_row.running > 0 OR v_row.waiting > 0 OR v_row.trials <> (
                SELECT count(*) FROM trial t WHERE t.sweep = p_sweep.name AND t.has_ended) THEN
                PERFORM refuse(format('not every trial of %s has ended', p_sweep.name));
            END IF;
            v_row.is_completed := true;
            v_row.is_paused := false;
        WHEN 'sweep-cancelled' THEN
            v_row.is_cancelled := true;
            v_row.waiting := 0;
        WHEN 'sweep-paused' THEN v_row.is_paused := true;
        WHEN 'sweep-resumed' THEN v_row.is_paused := false;
        WHEN 'priority-changed' THEN v_row.priority := (p_event->>'priority')::integer;
        WHEN 'attempt-started' THEN
            v_row.running := v_row.running + 1;
            v_row.waiting := v_row.waiting - 1;
        WHEN 'attempt-finished', 'attempt-lost', 'attempt-handed-back', 'attempt-cancelled' THEN
            v_row.running := v_row.running - 1;
            v_row.waiting := v_row.waiting + 1;
        WHEN 'trial-ended' THEN
            INSERT INTO trial AS t (sweep, number, has_ended) VALUES (p_sweep.name, v_trial, true)
            ON CONFLICT (sweep, number) DO UPDATE SET has_ended = true;
            v_row.waiting := v_row.waiting - CASE v_standing WHEN 'waiting' THEN 1 ELSE 0 END;
        WHEN 'trial-released' THEN
            INSERT INTO trial AS t (sweep, number, is_released) VALUES (p_sweep.name, v_trial, true)
            ON CONFLICT (sweep, number) DO UPDATE SET is_released = true;
            v_row.waiting := v_row.waiting + 1;
        WHEN 'trial-reopened' THEN
            UPDATE trial t SET has_ended = false WHERE t.sweep = p_sweep.name AND t.number = v_trial;
            v_row.waiting := v_row.waiting
                + CASE standing_of(p_sweep, v_trial) WHEN 'waiting' THEN 1 ELSE 0 END;
            v_row.is_completed := false;
        WHEN 'attempt-checkpointed', 'trial-retry-planned', 'worker-excluded', 'limits-changed' THEN
            NULL;
        ELSE PERFORM refuse(format('no program knows the event %s', p_event->>'event'));
    END CASE;
    RETURN v_row;
END
$$;

-- Whether an event has the store's time, as far as two looks at a clock agree.
CREATE FUNCTION sweeps.is_now(p_at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN p_at BETWEEN now() + (sweeps.clock() - clock_timestamp()) - interval '1 second'
        AND sweeps.clock() + interval '1 second';
END
$$;

-- Refuses a finish of a worker that counts on batches which are not stored.
CREATE FUNCTION sweeps.require_batches(p_lease sweeps.lease, p_last integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF p_last <> (
        SELECT count(*) FROM metric_batch b
        WHERE b.sweep = p_lease.sweep AND b.trial = p_lease.trial AND b.attempt = p_lease.attempt
            AND b.number BETWEEN 1 AND p_last) THEN
        PERFORM refuse(format(
            'batches of %s/%s.%s are missing', p_lease.sweep, p_lease.trial, p_lease.attempt));
    END IF;
END
$$;

-- Whether one more loss may be a trial's last one whoever claimed it: the fewest after which the rules end a trial.
CREATE FUNCTION sweeps.was_lost_often(p_sweep text, p_trial integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN 2 <= (
        SELECT count(*) FROM event e
        WHERE e.sweep = p_sweep AND e.kind = 'attempt-lost'
            AND (place_of(e.json::json->>'attempt'))[2]::integer = p_trial);
END
$$;

-- Refuses to leave a sweep whose every trial has its outcome and of which nothing says that it is completed: no
-- worker would look at it again, and it would seem to run for ever.
CREATE FUNCTION sweeps.require_end(p_sweep sweeps.sweep) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF p_sweep.running = 0 AND p_sweep.waiting = 0 AND NOT p_sweep.is_completed AND NOT p_sweep.is_cancelled
        AND p_sweep.trials = (
            SELECT count(*) FROM trial t WHERE t.sweep = p_sweep.name AND t.has_ended) THEN
        PERFORM refuse(format('every trial of %s has ended, and sweep-completed is missing', p_sweep.name));
    END IF;
END
$$;

-- Appends events at an expected version, stamped with clock and session_user. p_why says for each event, where
-- it is a loss, by which right: 'gone', 'expired' or nothing.
CREATE FUNCTION sweeps.append_events(
    p_sweep text, p_expected bigint, p_events text[], p_why text[], p_token uuid, p_is_news boolean
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_is_free boolean := may_control();
    v_session bigint;
    v_worker text;
    v_ends text[] := '{}';
    v_failed text[] := '{}';
    v_some_ended boolean := false;
    v_text text;
    v_event json;
    v_kind text;
    v_outcome text;
    v_lease sweeps.lease;
    v_sweep sweeps.sweep;
BEGIN
    SELECT * INTO v_sweep FROM sweep s WHERE s.name = p_sweep FOR NO KEY UPDATE;
    IF v_sweep.version IS DISTINCT FROM p_expected THEN
        RAISE EXCEPTION 'the sweep % has version %, not %', p_sweep, v_sweep.version, p_expected
            USING ERRCODE = 'SW001';
    END IF;
    IF cardinality(p_events) = 0 THEN
        PERFORM refuse('no event is no reason to change a sweep');
    END IF;
    IF p_token IS NOT NULL THEN
        SELECT s.number, s.worker INTO v_session, v_worker FROM session_of(p_token) s;
    END IF;
    FOR i IN 1 .. cardinality(p_events) LOOP
        v_text := without_nul(p_events[i]);
        v_event := v_text::json;
        v_kind := v_event->>'event';
        IF NOT v_is_free AND is_workers_kind(v_kind) IS NOT TRUE THEN
            PERFORM refuse(format('%s is a worker and may not append %s', session_user, v_kind));
        END IF;
        IF is_now((v_event->>'at')::timestamptz) IS NOT TRUE THEN
            PERFORM refuse(format('the event %s has another time than the store', v_kind));
        END IF;
        IF v_kind LIKE 'attempt-%' THEN
            v_lease := follow_attempt(p_sweep, v_event, p_why[i], v_session, v_worker, v_is_free);
            v_outcome := CASE v_kind WHEN 'attempt-finished' THEN v_event->>'outcome'
                WHEN 'attempt-lost' THEN CASE
                    WHEN v_lease.claimed_by = session_user OR was_lost_often(p_sweep, v_lease.trial) THEN 'failed'
                    ELSE 'lost' END END;
            v_ends := v_ends || (v_lease.trial || ':' || v_outcome);
            IF v_kind = 'attempt-started' THEN
                PERFORM require_claimable(v_sweep, v_event);
            ELSIF v_kind = 'attempt-finished' THEN
                PERFORM require_batches(v_lease, (v_event->>'lastBatch')::integer);
                v_failed := v_failed || CASE v_outcome WHEN 'failed' THEN v_lease.worker END;
            END IF;
        ELSIF NOT v_is_free THEN
            PERFORM require_consequence(v_sweep, v_event, v_ends, v_failed);
        END IF;
        IF NOT v_is_free AND is_readable(v_text, v_sweep.trials) IS NOT TRUE THEN
            PERFORM refuse(format('no program could read this event %s', v_kind));
        END IF;
        v_sweep := follow(v_sweep, v_event);
        INSERT INTO event (sweep, version, kind, json, stored_at, stored_by)
        VALUES (p_sweep, p_expected + i, v_kind, p_events[i], sweeps.clock(), session_user);
        v_some_ended := v_some_ended OR v_kind = 'trial-ended';
    END LOOP;
    IF v_some_ended THEN
        PERFORM require_end(v_sweep);
    END IF;
    UPDATE sweep s SET
        version = p_expected + cardinality(p_events), trials = v_sweep.trials, follows = v_sweep.follows,
        waiting = v_sweep.waiting, running = v_sweep.running, is_completed = v_sweep.is_completed,
        is_paused = v_sweep.is_paused, is_cancelled = v_sweep.is_cancelled, priority = v_sweep.priority
    WHERE s.name = p_sweep;
    IF p_is_news THEN
        PERFORM pg_notify('sweeps', p_sweep);
    END IF;
END
$$;
