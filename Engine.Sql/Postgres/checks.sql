-- What a text must look like before a function believes it. A worker's events are checked whole: one that no
-- program can read would cost its sweep.

-- A worker's name: a word on a terminal and a file's name in every folder that leaves none. Also Shared's
-- WorkerName; a test compares them.
CREATE FUNCTION sweeps.is_worker_name(p_name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(p_name ~ '^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$', false)
$$;

-- A sweep's name, with the number that tells it from an older one of its file.
CREATE FUNCTION sweeps.is_sweep_name(p_name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(p_name ~ '^[a-z0-9][a-z0-9-]{0,79}$', false)
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

-- The keys that an event of a worker's kind may have besides; it has no others.
CREATE FUNCTION sweeps.other_keys_of(p_kind text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_kind
        WHEN 'attempt-started' THEN '{from}'
        WHEN 'attempt-finished' THEN '{updates,isSourceUnreadable}'
        WHEN 'trial-ended' THEN '{cause}'
        ELSE '{}' END::text[]
$$;

-- Whether an object has these keys with values of these types, and whole numbers where numbers are due. Takes json:
-- jsonb would spell 1e3, which no program reads as a whole number, as 1000.
CREATE FUNCTION sweeps.has_keys(p_object json, p_keys jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT bool_and(coalesce(
        json_typeof(p_object->k.key) = k.value
        AND (k.value <> 'number' OR p_object->>k.key ~ '^(0|[1-9][0-9]{0,8})$')
        AND (k.key <> 'attempt' OR p_object->>k.key ~ '^[a-z0-9-]+/[1-9][0-9]{0,8}[.][1-9][0-9]{0,8}$'), false))
    FROM jsonb_each_text(p_keys) k
$$;

-- Whether an object has these keys as above, of the others none but those named, and none twice.
CREATE FUNCTION sweeps.has_only(p_object json, p_keys jsonb, p_others text[] DEFAULT '{}') RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT SET search_path = sweeps, pg_temp AS $$
    SELECT CASE WHEN json_typeof(p_object) = 'object' THEN has_keys(p_object, p_keys) AND (
        SELECT count(*) = count(DISTINCT k) AND bool_and(p_keys ? k OR k = ANY (p_others))
        FROM json_object_keys(p_object) k) ELSE false END
$$;

-- Whether an object holds texts under names that no program takes for something else.
CREATE FUNCTION sweeps.has_texts(p_object json) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE WHEN json_typeof(p_object) = 'object' THEN NOT EXISTS (
        SELECT FROM json_each(p_object) l WHERE json_typeof(l.value) <> 'string' OR l.key LIKE '$%')
        ELSE false END
$$;

-- Whether a text is a time as the program writes it.
CREATE FUNCTION sweeps.is_time(p_text text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT p_text ~ ('^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,7})?'
        || '(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])$')
$$;

-- JSON that PostgreSQL reads: no text in it holds a NUL, as a slot's log may.
CREATE FUNCTION sweeps.without_nul(p_json text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN strpos(p_json, '\u0000') = 0 THEN p_json
        ELSE regexp_replace(p_json, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g') END
$$;

-- Whether a text is JSON of a bearable size whose texts are whole: jsonb takes no half of a character.
CREATE FUNCTION sweeps.is_whole_text(p_json text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT length(p_json) <= 1024 * 1024 AND p_json::jsonb IS NOT NULL
$$;

-- Whether a checkpoint is of an earlier attempt at the same trial.
CREATE FUNCTION sweeps.is_earlier(p_attempt text, p_from json) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = sweeps, pg_temp AS $$
    SELECT has_only(p_from, '{"attempt":"string","update":"number","sha256":"string"}')
        AND split_part(p_from->>'attempt', '.', 1) = split_part(p_attempt, '.', 1)
        AND split_part(p_from->>'attempt', '.', 2)::integer < split_part(p_attempt, '.', 2)::integer
$$;

-- Whether every program can read an event, here without NULs, that a worker appends: one that none can would cost
-- the whole sweep.
CREATE FUNCTION sweeps.is_readable(p_event text, p_trials integer) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = sweeps, pg_temp AS $$
    SELECT is_whole_text(p_event)
        AND has_only(e, keys_of(e->>'event'), other_keys_of(e->>'event'))
        AND e->>'version' = '1'
        AND e->>'command' ~ '^[0-9a-f]{32}$'
        AND is_time(e->>'at')
        -- The longest wait of the program is five minutes.
        AND coalesce(is_time(e->>'notBefore') AND (e->>'notBefore')::timestamptz
            BETWEEN (e->>'at')::timestamptz AND (e->>'at')::timestamptz + interval '1 hour', true)
        AND coalesce((e->>'trial')::integer BETWEEN 1 AND p_trials, true)
        AND coalesce(e->>'outcome' IN ('completed', 'diverged', 'failed'), true)
        AND coalesce(json_typeof(e->'cause') IN ('string', 'null'), true)
        AND coalesce(json_typeof(e->'updates') = 'null' OR e->>'updates' ~ '^(0|[1-9][0-9]{0,8})$', true)
        AND coalesce(json_typeof(e->'isSourceUnreadable') = 'boolean', true)
        AND coalesce(has_only(e->'place', '{"worker":"string","slot":"number","processId":"number"}'), true)
        AND coalesce(has_only(e->'environment',
            '{"device":"string","kernel":"string","program":"string","libraries":"object"}'), true)
        AND coalesce(has_texts(e->'environment'->'libraries'), true)
        AND (e->'from' IS NULL OR json_typeof(e->'from') = 'null' OR is_earlier(e->>'attempt', e->'from'))
        AND (e->'parent' IS NULL OR has_only(
            e->'parent', '{"attempt":"string","artifact":"string","sha256":"string"}'))
    FROM (SELECT p_event::json AS e) x
$$;

-- Whether the end of a slot's log can be read: lines, and no fewer of them written.
CREATE FUNCTION sweeps.is_log(p_log json) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = sweeps, pg_temp AS $$
    SELECT CASE WHEN has_only(p_log, '{"written":"number","last":"array"}')
        THEN json_array_length(p_log->'last') <= (p_log->>'written')::integer
            AND NOT EXISTS (SELECT FROM json_array_elements(p_log->'last') l WHERE json_typeof(l) <> 'string')
        ELSE false END
$$;

-- Whether a slot of a report can be read.
CREATE FUNCTION sweeps.is_slot(p_slot json) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = sweeps, pg_temp AS $$
    SELECT has_only(
            p_slot,
            '{"slot":"number","device":"string","processId":"number","state":"string","whyIdle":"string"}',
            '{attempt,updatesPerSecond,log}')
        AND (p_slot->'log' IS NULL OR is_log(p_slot->'log'))
        AND (json_typeof(p_slot->'attempt') = 'null' OR has_keys(p_slot, '{"attempt":"string"}'))
        AND (json_typeof(p_slot->'updatesPerSecond') = 'null' OR (
            json_typeof(p_slot->'updatesPerSecond') = 'number'
            AND abs((p_slot->>'updatesPerSecond')::double precision) < 1e300))
$$;

-- Whether what a worker says of itself can be read, is of a bearable size, and is of that worker.
CREATE FUNCTION sweeps.is_report(p_report text, p_worker text) RETURNS boolean LANGUAGE sql IMMUTABLE
SET search_path = sweeps, pg_temp AS $$
    SELECT CASE WHEN is_whole_text(without_nul(p_report))
        AND has_only(r, '{"worker":"string","box":"string","processId":"number","startedAt":"string",
            "devices":"array","labels":"object","program":"string","slots":"array","idle":"string"}',
            '{onlySweep}')
        THEN r->>'worker' = p_worker
            AND is_time(r->>'startedAt') AND (r->>'startedAt')::timestamptz IS NOT NULL
            AND has_texts(r->'labels')
            AND coalesce(json_typeof(r->'onlySweep') IN ('string', 'null'), true)
            AND NOT EXISTS (
                SELECT FROM json_array_elements(r->'devices') d WHERE json_typeof(d) <> 'string')
            AND NOT EXISTS (SELECT FROM json_array_elements(r->'slots') s WHERE is_slot(s) IS NOT TRUE)
        ELSE false END
    FROM (SELECT without_nul(p_report)::json AS r) x
$$;
