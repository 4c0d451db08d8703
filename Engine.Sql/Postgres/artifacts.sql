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

-- Makes a content's row, or keeps the one that is there from being collected; true where its bytes are wanted.
CREATE FUNCTION sweeps.open_content(p_sha256 text, p_length bigint, p_place text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
DECLARE
    v_is_whole boolean;
BEGIN
    INSERT INTO content AS c (sha256, length, place, is_whole, touched_at, stored_by)
    VALUES (p_sha256, p_length, p_place, p_place IS NOT NULL, sweeps.clock(), session_user)
    ON CONFLICT (sha256) DO UPDATE SET touched_at = sweeps.clock()
    RETURNING c.is_whole INTO v_is_whole;
    IF v_is_whole THEN
        RETURN false;
    END IF;
    DELETE FROM content_chunk k WHERE k.sha256 = p_sha256;   -- of somebody who never came to the end
    RETURN true;
END
$$;

-- Adds a chunk to a content that is not whole; of one that is, nothing can be changed.
CREATE FUNCTION sweeps.put_chunk(p_sha256 text, p_number integer, p_bytes bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
    INSERT INTO content_chunk (sha256, number, bytes)
    SELECT c.sha256, p_number, p_bytes FROM content c WHERE c.sha256 = p_sha256 AND NOT c.is_whole
$$;

-- Stores an artifact; one of the same attempt and name stays as it was stored first. Its chunks are compared with
-- their hash here, so that nobody can put other bytes under the hash of somebody's content.
CREATE FUNCTION sweeps.put_artifact(
    p_sweep text, p_trial integer, p_attempt integer, p_name text, p_media_type text, p_sha256 text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    UPDATE content c SET is_whole = true
    WHERE c.sha256 = p_sha256 AND NOT c.is_whole AND p_sha256 = (
        SELECT encode(sha256(coalesce(string_agg(k.bytes, '' ORDER BY k.number), '')), 'hex')
        FROM content_chunk k WHERE k.sha256 = p_sha256);
    IF NOT EXISTS (SELECT FROM content c WHERE c.sha256 = p_sha256 AND c.is_whole) THEN
        PERFORM refuse(format('the bytes of %s do not have its hash', p_name));
    END IF;
    IF may_report(p_sweep, p_trial, p_attempt) THEN
        INSERT INTO artifact (sweep, trial, attempt, name, media_type, sha256, stored_at, stored_by)
        VALUES (
            p_sweep, p_trial, p_attempt, p_name, p_media_type, p_sha256, sweeps.clock(), session_user)
        ON CONFLICT DO NOTHING;
    END IF;
END
$$;

-- Forgets an artifact; a worker only checkpoints of trials that it runs.
CREATE FUNCTION sweeps.remove_artifact(p_sweep text, p_trial integer, p_attempt integer, p_name text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = sweeps, pg_temp AS $$
BEGIN
    DELETE FROM artifact a
    WHERE a.sweep = p_sweep AND a.trial = p_trial AND a.attempt = p_attempt AND a.name = p_name
        AND (may_control() OR a.media_type = 'application/x-sweep-checkpoint' AND EXISTS (
            SELECT FROM lease l WHERE l.sweep = p_sweep AND l.trial = p_trial
                AND l.is_held AND l.claimed_by = session_user));
END
$$;
