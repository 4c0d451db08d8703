-- Artifacts: names in one table, bytes once for each content, in chunks or in a place outside. Whoever stores an
-- artifact does so in one transaction: open_content, put_chunk for each chunk, put_artifact last.

-- Tells this store's bytes from another's where both lie in one place outside.
INSERT INTO sweeps.store (key, value) VALUES ('id', gen_random_uuid()::text);

CREATE TABLE sweeps.content (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    length bigint NOT NULL CHECK (length >= 0),
    place text,   -- a folder or an s3: URL; nothing where the bytes are chunks here
    is_whole boolean NOT NULL,
    touched_at timestamptz NOT NULL,
    stored_by text NOT NULL,
    CHECK (place IS NOT NULL OR length <= 64 * 1024 * 1024)
);

CREATE TABLE sweeps.content_chunk (
    sha256 text NOT NULL REFERENCES sweeps.content (sha256) ON DELETE CASCADE,
    number integer NOT NULL,
    bytes bytea NOT NULL CHECK (length(bytes) <= 1024 * 1024),
    PRIMARY KEY (sha256, number)
);
-- Pictures and weights do not compress.
ALTER TABLE sweeps.content_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE sweeps.artifact (
    sweep text NOT NULL REFERENCES sweeps.sweep (name),
    trial integer NOT NULL,
    attempt integer NOT NULL,
    name text COLLATE "C" NOT NULL CHECK (name ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$'),
    media_type text NOT NULL,
    sha256 text NOT NULL REFERENCES sweeps.content (sha256),
    stored_at timestamptz NOT NULL,
    stored_by text NOT NULL,
    PRIMARY KEY (sweep, trial, attempt, name)
);
CREATE INDEX artifact_content ON sweeps.artifact (sha256);
