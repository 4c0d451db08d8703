-- What the functions must know of trials to tell a false event from a true one; kept by append_events alone. Run
-- when a store is made and at each migration: a store that was made without gets it from its histories.
ALTER TABLE sweeps.sweep ADD COLUMN IF NOT EXISTS follows boolean NOT NULL DEFAULT false;
DO $$
BEGIN
    IF to_regclass('sweeps.trial') IS NOT NULL THEN
        RETURN;
    END IF;
    -- One row for each trial that ever ended or was released; the others wait, for a parent where there is one.
    CREATE TABLE sweeps.trial (
        sweep text NOT NULL REFERENCES sweeps.sweep (name),
        number integer NOT NULL,
        has_ended boolean NOT NULL DEFAULT false,
        is_released boolean NOT NULL DEFAULT false,
        PRIMARY KEY (sweep, number)
    ) WITH (fillfactor = 50);
    UPDATE sweeps.sweep s SET follows = true FROM sweeps.event e
    WHERE e.sweep = s.name AND e.version = 1 AND json_typeof(e.json::json->'plan'->'from') = 'object';
    INSERT INTO sweeps.trial (sweep, number, has_ended, is_released)
    SELECT e.sweep, (e.json::json->>'trial')::integer,
        coalesce((array_agg(e.kind ORDER BY e.version DESC) FILTER (WHERE e.kind <> 'trial-released'))[1]
            = 'trial-ended', false),
        bool_or(e.kind = 'trial-released')
    FROM sweeps.event e WHERE e.kind IN ('trial-ended', 'trial-reopened', 'trial-released')
    GROUP BY 1, 2;
END
$$;
