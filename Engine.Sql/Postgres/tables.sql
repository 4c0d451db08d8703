-- The tables of a store in PostgreSQL, all in the schema "sweeps". Nobody but their owner writes them directly:
-- everybody else calls the functions of functions.sql.

CREATE TABLE sweeps.store (
    key text PRIMARY KEY,
    value text NOT NULL
);

-- What a list or a name decision needs without folding histories; its lock is the sweep's.
CREATE TABLE sweeps.sweep (
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    name text PRIMARY KEY,
    base_name text NOT NULL,
    spec text NOT NULL,
    program text NOT NULL,
    experiment text NOT NULL,
    submitted_at timestamptz NOT NULL,
    command uuid NOT NULL UNIQUE,
    version bigint NOT NULL,
    trials integer NOT NULL,
    is_completed boolean NOT NULL,
    is_paused boolean NOT NULL,
    is_cancelled boolean NOT NULL,
    priority integer NOT NULL,
    waiting integer NOT NULL,
    running integer NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE sweeps.event (
    sweep text NOT NULL REFERENCES sweeps.sweep (name),
    version bigint NOT NULL,
    kind text NOT NULL,
    json text NOT NULL,
    stored_at timestamptz NOT NULL,
    stored_by text NOT NULL,
    PRIMARY KEY (sweep, version)
);

-- One row for each trial that ever ran: its last attempt, and whether that may still speak for the trial.
CREATE TABLE sweeps.lease (
    sweep text NOT NULL REFERENCES sweeps.sweep (name),
    trial integer NOT NULL,
    attempt integer NOT NULL,
    is_held boolean NOT NULL,
    worker text NOT NULL,
    session bigint,
    claimed_by text NOT NULL,
    ends_at timestamptz NOT NULL,
    renewed_at timestamptz NOT NULL,
    PRIMARY KEY (sweep, trial)
) WITH (fillfactor = 50);
CREATE INDEX lease_held ON sweeps.lease (sweep) WHERE is_held;

-- Each time a worker joins it has a new session: whoever knows the token speaks for it. The session lives as
-- long as its connection holds the lock of the worker's name.
CREATE TABLE sweeps.session (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    worker text NOT NULL,
    token uuid NOT NULL UNIQUE,
    joined_by text NOT NULL,
    lock_key bigint NOT NULL,
    process integer NOT NULL,
    has_left boolean NOT NULL,
    gone_since timestamptz
);
CREATE INDEX session_of_worker ON sweeps.session (worker, number);

CREATE TABLE sweeps.worker (
    name text PRIMARY KEY,
    report text NOT NULL,
    seen_at timestamptz NOT NULL
);

CREATE TABLE sweeps.metric_batch (
    position bigint GENERATED ALWAYS AS IDENTITY,
    sweep text NOT NULL REFERENCES sweeps.sweep (name),
    trial integer NOT NULL,
    attempt integer NOT NULL,
    number integer NOT NULL,
    first_step integer NOT NULL,
    last_step integer NOT NULL,
    packed bytea NOT NULL,
    PRIMARY KEY (sweep, trial, attempt, number)
);
CREATE UNIQUE INDEX metric_batch_position ON sweeps.metric_batch (sweep, position);

-- A history is never altered, by its owner neither, except while a migration says that it is one.
CREATE FUNCTION sweeps.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('sweeps.is_migrating', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'a history cannot be altered' USING ERRCODE = 'SW002';
    END IF;
    RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW WHEN 'DELETE' THEN OLD END;
END
$$;
CREATE TRIGGER is_never_changed BEFORE UPDATE OR DELETE ON sweeps.event
    FOR EACH ROW EXECUTE FUNCTION sweeps.refuse_change();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON sweeps.event
    FOR EACH STATEMENT EXECUTE FUNCTION sweeps.refuse_change();
